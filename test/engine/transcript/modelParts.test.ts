import { beforeAll, describe, expect, it } from 'vitest';
import { nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { createEngine } from '../../../server/src/engine/index.ts';
import type { Finding, RunOutput, RunSnapshot } from '../../../shared/model.ts';
import { MEETING_NOTES, NEEDS_MODEL } from '../../../server/src/engine/workflows/transcript/analyzers.ts';
import { NO_MODEL_NOW } from '../../../server/src/engine/workflows/transcript/askNotes.ts';
import { spokenLines } from '../../../server/src/engine/workflows/transcript/spokenLines.ts';
import { transcriptParts } from '../../../server/src/engine/workflows/transcript/transcriptParts.ts';
import { fakeModel, type AskedPart } from '../../fakes/fakeModel.ts';
import { read as readDocument } from '../documents/read.ts';
import { checkLedger, value } from '../runs/scenarios.ts';
import { asking, byModel, longTalk, noteStarts, outputOf, plansOf, READER, readTalk, talkPorts, type Read } from './modelTalk.ts';

const TURNS = 400;
const TALK = longTalk(TURNS);
/** What a run found, without when and how. */
const found = ({ findings, ledger, analyses }: RunOutput): unknown => ({ findings, ledger, analyses });
const spent = ({ metrics }: RunSnapshot): number => metrics.reduce((sum, { costUsd }) => sum + costUsd, 0);
const plans = (findings: readonly Finding[]): readonly number[] => findings.map(({ text }) => Number(/plan (\d+)/u.exec(text)?.[1]));
const notesOf = (output: RunOutput): RunOutput['analyses'][number] | undefined => output.analyses.find(({ analyzer }) => analyzer === MEETING_NOTES);

let whole: Read;
let parts: readonly AskedPart[];
beforeAll(async () => {
  const seen: AskedPart[] = [];
  whole = await readTalk(TALK, { notes: (part) => {
    seen.push(part);
    return plansOf(part);
  } });
  parts = seen;
}, 60_000);

const cut = transcriptParts(spokenLines(readDocument(TALK, 'talk.txt')));

describe('a talk in parts', () => {
  it('has every turn in one part, cut between turns, with the turns around it besides', () => {
    expect(cut.length).toBeGreaterThan(3);
    expect(cut.flatMap(({ lines }) => lines.map(({ turn }) => turn))).toEqual(Array.from({ length: TURNS }, (_, n) => n));
    for (const [at, { before, lines, after }] of cut.entries()) {
      const tokens = lines.reduce((sum, line) => sum + line.tokens, 0);
      expect(tokens).toBeLessThanOrEqual(3_000);
      if (at < cut.length - 1) expect(tokens).toBeGreaterThanOrEqual(2_000);
      const [first, last] = [lines[0]?.turn ?? -1, lines.at(-1)?.turn ?? -1];
      expect(before.map(({ turn }) => turn)).toEqual(Array.from({ length: before.length }, (_, k) => first - before.length + k));
      expect(after.map(({ turn }) => turn)).toEqual(Array.from({ length: after.length }, (_, k) => last + 1 + k));
      expect([before.length > 0, after.length > 0]).toEqual([at > 0, at < cut.length - 1]);
    }
  });

  it('keeps its parts further on where turns are put in at the front', () => {
    const words = (talk: string): readonly string[] => transcriptParts(spokenLines(readDocument(talk, 'talk.txt'))).map(({ before, lines, after }) => [...before, ...lines, ...after].map((line) => line.words).join('\n'));
    const talk = longTalk(2_000);
    const before = new Set(words(talk));
    const after = words(`${longTalk(7)}\n${talk}`);
    expect(after.filter((part) => before.has(part)).length / after.length).toBeGreaterThan(0.75);
  });

  it('cuts a turn that is too long for a part between its sentences', () => {
    const speech = `Ann Berg: ${Array.from({ length: 900 }, (_, n) => `The council wrote letter number ${String(n)} about it.`).join(' ')}`;
    const long = transcriptParts(spokenLines(readDocument(`Bo Lund: Go on.\n${speech}\nBo Lund: Thanks.\nAnn Berg: Bye.`, 'talk.txt')));
    expect(long.length).toBeGreaterThan(2);
    const shown = long.flatMap(({ lines }) => lines);
    expect(shown.filter(({ turn }) => turn === 1).map(({ words }) => words).join(' ')).toBe(speech.slice('Ann Berg: '.length));
    for (const { tokens, words } of shown) {
      expect(tokens).toBeLessThanOrEqual(1_100);
      expect(words).toMatch(/[.]$/u);
    }
  });

  it('is asked part by part, one in a call', () => {
    expect(whole.model.asked.every((ids) => ids.length === 1)).toBe(true);
    expect(whole.model.asked).toHaveLength(cut.length);
    expect(whole.end.ledger.analysis).toMatchObject({ total: 10 + cut.length, decided: 2 + cut.length, skipped: 8, failed: 0 });
  });

  it('gives every note once, in the order of the talk, also of turns that two parts show', () => {
    const twice = parts.flatMap(({ before, after }) => [...before, ...after]).filter(({ words }) => words.startsWith('All right then'));
    expect(twice.length).toBeGreaterThan(0);
    expect(plans(byModel(whole.output))).toEqual(Array.from({ length: TURNS / 10 }, (_, n) => n * 10));
    expect(new Set(whole.output.findings.map(({ method }) => method)).size).toBe(2);
    expect(noteStarts(whole.output)).toEqual(noteStarts(whole.output).toSorted((a, b) => a - b));
    const keys = whole.output.findings.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(notesOf(whole.output)?.read).toMatch(/gpt-4o-mini read turns 1 to 400 in \d+ parts and found 40 more$/u);
    checkLedger(whole.end);
  });

  it('counts calls, tokens and cost', () => {
    const metric = whole.end.metrics.find(({ operation }) => operation === 'modelNotes');
    expect(metric).toMatchObject({ calls: cut.length, items: cut.length, errors: 0 });
    expect(metric?.costUsd).toBeGreaterThan(0);
    expect(whole.end.models?.[0]).toMatchObject({ operation: 'modelNotes', forecast: { items: cut.length, calls: cut.length } });
  });

  it('finds the same whatever order answers come in', async () => {
    const waiting: (() => void)[] = [];
    const backwards = await readTalk(TALK, { notes: plansOf, before: () => new Promise((resolve) => {
      waiting.push(resolve);
      setImmediate(() => waiting.pop()?.());
    }) });
    expect(found(backwards.output)).toEqual(found(whole.output));
  });

  it('makes no call for what was answered before', async () => {
    const again = await readTalk(TALK, { notes: plansOf }, READER, whole.ports);
    expect(again.model.asked).toEqual([]);
    expect(found(again.output)).toEqual(found(whole.output));
  });
});

describe('a part without an answer that can be used', () => {
  const failing: readonly (readonly [name: string, says: { readonly text: string; readonly finish: 'stop' | 'length' | 'refusal' }, reason: string])[] = [
    ['garbage', { text: 'Sorry, what?', finish: 'stop' }, 'The model\'s answer cannot be used, also when it was asked again. The answer holds no JSON object'],
    ['a refusal', { text: '', finish: 'refusal' }, 'The model declined to answer'],
    ['an answer of another shape', { text: '{"items":[{"id":"ID","notes":[{"turn":"x","quote":"y","kind":"idea","owner":null,"due":null}]}]}', finish: 'stop' }, 'The model\'s answer has not the shape asked for.'],
  ];
  for (const [name, says, reason] of failing) {
    it(`(${name}) fails alone; what rules and other parts found stays`, async () => {
      const [, second] = parts.toSorted((a, b) => TALK.indexOf(a.turns[1]?.words ?? '') - TALK.indexOf(b.turns[1]?.words ?? ''));
      const read = await readTalk(TALK, { notes: plansOf, says: (_call, [part]) => (part?.id === second?.id ? { ...says, text: says.text.replace('ID', part?.id ?? '') } : null) });
      expect(read.end.state).toBe('partial');
      expect(read.end.stateReason).toMatch(/^1 of \d+ analyses failed\. The ledger names the reasons\. A new run asks again about what failed, .* name another model in collate\.models\.analyze; it is asked about everything\.$/u);
      checkLedger(read.end);
      const own = second?.turns.filter(({ words }) => words.startsWith('All right then')).length ?? 0;
      expect(byModel(read.output).length).toBeLessThan(TURNS / 10);
      expect(byModel(read.output).length).toBeGreaterThanOrEqual(TURNS / 10 - own);
      expect(read.output.findings.filter(({ method }) => method === 'rules')).toEqual(whole.output.findings.filter(({ method }) => method === 'rules'));
      expect(notesOf(read.output)).toMatchObject({ outcome: 'decided', reason: expect.stringMatching(/^turns \d+ to \d+ were not read by a model: /u) as string });
      expect(notesOf(read.output)?.reason).toContain(reason.replace(/\.$/u, ''));
      expect(notesOf(read.output)?.read).toMatch(/; 1 of \d+ parts not read by a model$/u);
    });
  }
});

describe('a part whose answer is cut off', () => {
  const CUT_OFF = { text: '{"items":[{"id":"', finish: 'length' } as const;
  /** Of turns that are read in the part, without those around it. */
  const wordsIn = ({ turns }: AskedPart): number => turns.reduce((sum, { words }) => sum + words.length, 0);

  it('is asked in halves, and the notes are the same', async () => {
    const [, second] = parts;
    const read = await readTalk(TALK, { notes: plansOf, says: (_call, [part]) => (part?.id === second?.id ? CUT_OFF : null) });
    expect(read.end.state).toBe('done');
    expect(found(read.output)).toEqual(found(whole.output));
    expect(read.model.asked).toHaveLength(whole.model.asked.length + 2);
    expect(read.end.metrics.find(({ operation }) => operation === 'modelNotes')?.calls).toBe(whole.model.asked.length + 2);
  });

  it('is cut again, and with it every other, as far as it takes', async () => {
    const most = Math.max(...parts.map(wordsIn));
    const read = await readTalk(TALK, { notes: plansOf, says: (_call, [part]) => (part !== undefined && wordsIn(part) > most / 3 ? CUT_OFF : null) });
    expect(read.end.state).toBe('done');
    expect(found(read.output)).toEqual(found(whole.output));
    expect(read.model.asked.length).toBeGreaterThan(4 * whole.model.asked.length);
  });

  it('fails in the lines that cannot be cut further, which are named; what was read beside them stays', async () => {
    const words = (TALK.split('\n')[100] ?? '').replace(/^[^:]*: /u, '');
    const read = await readTalk(TALK, { notes: plansOf, says: (_call, [part]) => (part?.turns.some((one) => one.words === words) === true ? CUT_OFF : null) });
    expect(read.end.state).toBe('partial');
    expect(read.end.stateReason).toMatch(/^1 of \d+ analyses failed\./u);
    checkLedger(read.end);
    const [, first = '', last = ''] = /^turns (\d+) to (\d+) were not read by a model: The model's answer was cut off at its limit/u.exec(notesOf(read.output)?.reason ?? '') ?? [];
    expect(Number(first)).toBeLessThanOrEqual(101);
    expect(Number(last)).toBeGreaterThanOrEqual(101);
    const within = Number(last) - Number(first) + 1;
    expect(within).toBeLessThan(TURNS / cut.length / 2);
    expect(notesOf(read.output)?.read).toMatch(/read turns 1 to \d+, \d+ to 400 in .*; 1 of \d+ parts not read in full by a model$/u);
    const plan = (n: number): boolean => n >= Number(first) - 1 && n < Number(last);
    const expected = Array.from({ length: TURNS / 10 }, (_, n) => n * 10);
    // Those at its edges are shown to the parts beside it.
    for (const n of expected.filter((one) => !plan(one))) expect(plans(byModel(read.output))).toContain(n);
    expect(new Set(plans(byModel(read.output))).size).toBe(byModel(read.output).length);
  });
});

describe('a reading that is stopped', () => {
  it('pauses at its budget with what rules found, and goes on to the same end, paying for nothing twice', async () => {
    const paused = await readTalk(TALK, { notes: plansOf }, { ...READER, budgetPerRun: spent(whole.end) * 0.6 });
    expect(paused.end).toMatchObject({ state: 'paused', resumable: true, pausedBy: 'budget' });
    checkLedger(paused.end);
    expect(paused.output.findings.filter(({ method }) => method === 'rules')).toEqual(whole.output.findings.filter(({ method }) => method === 'rules'));
    const { id } = paused.end;
    value(await paused.runs.resume(id, { budgetPerRun: 10 }));
    expect(await paused.runs.settled(id)).toMatchObject({ state: 'done' });
    expect(found(await outputOf(paused.runs, id))).toEqual(found(whole.output));
    const asked = paused.model.asked.flat();
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('says what was not read, where no model may be asked any more', async () => {
    const paused = await readTalk(TALK, { notes: plansOf }, { ...READER, budgetPerRun: spent(whole.end) * 0.6 });
    const before = paused.model.asked.length;
    value(await paused.runs.resume(paused.end.id, { provider: 'local' }));
    const end = await paused.runs.settled(paused.end.id);
    expect(end.state).toBe('done');
    checkLedger(end);
    expect(paused.model.asked.length).toBe(before);
    expect(end.ledger.analysis?.reasons[NO_MODEL_NOW]).toBeGreaterThan(0);
    expect(notesOf(await outputOf(paused.runs, paused.end.id))?.reason).toMatch(new RegExp(`^turns .* were not read by a model: ${NO_MODEL_NOW}$`, 'u'));
  });

  it('keeps what rules and answered parts say when it is cancelled, and goes on from there', async () => {
    let hangs = true;
    const model = fakeModel({ notes: plansOf, before: (call, signal) => (call < 3 || !hangs ? Promise.resolve() : new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))) });
    const { runs } = createEngine(talkPorts(TALK, model));
    const id = value(await runs.start(asking()));
    for (let done = 0; done < 3; done = value(await runs.get(id)).progress?.operation === 'modelNotes' ? (value(await runs.get(id)).progress?.done ?? 0) : 0) await nodeYield();
    expect(runs.cancel(id, 'you')).toBe(true);
    const end = await runs.settled(id);
    expect(end).toMatchObject({ state: 'cancelled', resumable: true });
    checkLedger(end);
    const kept = await outputOf(runs, id);
    expect(kept.findings.filter(({ method }) => method === 'rules')).toEqual(whole.output.findings.filter(({ method }) => method === 'rules'));
    hangs = false;
    value(await runs.resume(id));
    expect(await runs.settled(id)).toMatchObject({ state: 'done' });
    expect(found(await outputOf(runs, id))).toEqual(found(whole.output));
  });

  it('is taken up by another process where it was killed', async () => {
    const model = fakeModel({ notes: plansOf, before: (call, signal) => (call < 3 ? Promise.resolve() : new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))) });
    const ports = talkPorts(TALK, model);
    const { runs } = createEngine(ports);
    const id = value(await runs.start(asking()));
    for (let done = 0; done < 3; done = value(await runs.get(id)).progress?.operation === 'modelNotes' ? (value(await runs.get(id)).progress?.done ?? 0) : 0) await nodeYield();
    await runs.close();
    const next = fakeModel({ notes: plansOf });
    const later = createEngine({ ...ports, owner: 'another', modelProvider: next.port }).runs;
    value(await later.resume(id));
    expect(await later.settled(id)).toMatchObject({ state: 'done' });
    expect(found(await outputOf(later, id))).toEqual(found(whole.output));
    const first = new Set(model.asked.slice(0, 3).flat());
    expect(next.asked.flat().filter((one) => first.has(one))).toEqual([]);
    expect(next.asked.length).toBe(whole.model.asked.length - 3);
  });

  it('by rules alone asks nobody, whatever model is named', async () => {
    const rules = await readTalk(TALK, {}, { ...READER, provider: 'local' });
    expect(rules.model.asked).toEqual([]);
    expect(rules.end).toMatchObject({ state: 'done', provider: 'local' });
    expect(new Set(rules.output.analyses.flatMap(({ reason }) => reason ?? []))).toEqual(new Set([NEEDS_MODEL]));
    expect(rules.output.findings).toEqual(whole.output.findings.filter(({ method }) => method === 'rules'));
  });
});
