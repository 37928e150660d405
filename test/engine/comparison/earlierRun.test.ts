import { describe, expect, it } from 'vitest';
import { createEngine, DEFAULT_SETTINGS, type RunPair } from '../../../server/src/engine/index.ts';
import { createRuns } from '../../../server/src/engine/runs/createRuns.ts';
import { decodeBytes } from '../../../server/src/engine/documents/decode.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';
import { documentRules } from '../../../server/src/engine/workflows/document/documentRules.ts';
import { planText, provision, type Provision } from '../carryOver/plan.ts';
import { bench, value, type Bench } from '../runs/scenarios.ts';
import { compared, finishedRun, plans, told, type Inputs } from './twoRuns.ts';

const numbered = (from: number, to: number): readonly Provision[] => Array.from({ length: to - from }, (_, n) => provision(from + n));
const OLD = planText(numbered(0, 8));
const NEW = planText(numbered(0, 8).with(3, provision(3, 88)));
const OTHER = planText(numbered(200, 208));
const crosswalk = (texts: Inputs['texts']): Inputs => ({ texts });
const analysis = (texts: Inputs['texts']): Inputs => ({ workflow: 'document', texts });

/** Ids of runs one after the other; `cancelled` ones are stopped before their end. */
async function runAll(own: Bench, all: readonly (Inputs | 'cancelled')[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const one of all) {
    if (one === 'cancelled') {
      const id = value(await own.runs.start({ workflow: 'crosswalk', inputs: [{ key: 'old.md', path: 'old.md', text: OLD }, { key: 'new.md', path: 'new.md', text: NEW }], settings: DEFAULT_SETTINGS }));
      own.runs.cancel(id, 'you');
      await own.runs.settled(id);
      ids.push(id);
    } else ids.push(await finishedRun(own, one));
    own.ports.clock.advance(1000);
  }
  return ids;
}

const BOTH = crosswalk({ 'old.md': OLD, 'new.md': NEW });

describe('the run before', () => {
  const cases: readonly (readonly [string, readonly (Inputs | 'cancelled')[], number | null, readonly [number, number] | null])[] = [
    ['there is none', [BOTH], 0, null],
    ['it is the newest over the same documents', [BOTH, BOTH, BOTH], 2, [1, 2]],
    ['it is before the one that is asked for', [BOTH, BOTH, BOTH], 1, [0, 1]],
    ['texts may have changed', [BOTH, crosswalk({ 'old.md': OTHER, 'new.md': NEW })], 1, [0, 1]],
    ['runs over others do not count', [BOTH, analysis({ 'old.md': OLD }), crosswalk({ 'old.md': OLD, 'c.md': OTHER }), BOTH], 3, [0, 3]],
    ['sides count', [crosswalk({ 'new.md': NEW, 'old.md': OLD }), BOTH], 1, null],
    ['a run that was stopped does not count', [BOTH, 'cancelled', BOTH], 2, [0, 2]],
    ['a file may have been renamed', [BOTH, crosswalk({ 'kept.md': OLD, 'new.md': NEW })], 1, [0, 1]],
    ['a file of the same name comes before a renamed one', [BOTH, crosswalk({ 'kept.md': OLD, 'new.md': NEW }), BOTH], 2, [0, 2]],
    ['of the newest run that has one', [BOTH, BOTH, analysis({ 'a.md': OTHER })], null, [0, 1]],
    ['of no run', [BOTH, analysis({ 'a.md': OTHER })], null, null],
    ['a run that is not there has none', [BOTH, BOTH], 7, null],
  ];
  it.each(cases)('%s', async (_, all, asked, expected) => {
    const own = bench({ files: new Map() });
    const ids = await runAll(own, all);
    const pair: RunPair | null = value(await own.runs.withEarlier(asked === null ? null : (ids[asked] ?? 'nobody')));
    expect(pair === null ? null : [pair.before.id, pair.after.id]).toEqual(expected === null ? null : expected.map((at) => ids[at]));
  });
});

describe('two runs of the engine', () => {
  it('differ by the provision that was edited alone, whatever was renumbered', async () => {
    const before = numbered(0, 14);
    const after = [provision(90), ...before.with(5, provision(5, 77))];
    const moved = told(await compared(plans(before, before), plans(after, before)));
    expect(moved.map((line) => line.replace(/ changed: .*;/, ' changed;'))).toEqual([
      'match ->1.1 new; unitAdded: 1.1 was added to the source document.',
      'match 1.6>2.1 changed; ownTextChanged: The text of 2.1 (was 1.6) changed.',
    ]);
  });

  it('say which rules gave them, and that the rules changed', async () => {
    const own = bench({ files: new Map() });
    const text = `${OLD}\nThe ${provision(3).title} of Section 99.9 applies to whoever is named in it.\n`;
    const first = await finishedRun(own, analysis({ 'plan.md': text }));
    expect(value(await own.runs.get(first)).rulesVersion).toMatch(/^\d+\.\d+$/);
    own.ports.clock.advance(1000);
    const readers = { version: 'next', decode: decodeBytes, readText, kindFor: () => undefined };
    const next = createRuns(own.ports, readers, { crosswalk: documentRules, transcript: documentRules, document: async (documents, context) => documentRules(documents.map((one) => ({ ...one, units: one.units.slice(0, 2) })), context) });
    const second = value(await next.start({ workflow: 'document', inputs: [{ key: 'plan.md', path: 'plan.md', text }], settings: DEFAULT_SETTINGS }));
    await next.settled(second);
    const comparison = value(await createEngine(own.ports).runs.compare(first, second));
    const causes = new Set(comparison.rows.flatMap((row) => row.causes.map(({ cause }) => cause)));
    expect(comparison.counts.gone).toBeGreaterThan(0);
    expect(causes).toEqual(new Set(['rulesChanged']));
  });

  it('are refused with a sentence where one is not there', async () => {
    const { runs } = bench({ files: new Map() });
    expect(await runs.compare('r1', 'r2')).toMatchObject({ ok: false, failure: { code: 'unreadable', message: 'There is no run r1 in this store. List the runs to see their ids.' } });
  });
});
