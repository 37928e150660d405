import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine, DEFAULT_SETTINGS, type RunRequest } from '../../../server/src/engine/index.ts';
import type { Output } from '../../../shared/model.ts';
import { interpose } from '../../fakes/interpose.ts';
import { fakePorts, type FakePorts } from '../../fakes/fakePorts.ts';
import { memoryExtractions } from '../../fakes/memoryExtractions.ts';
import { planText, provision, type Provision } from '../carryOver/plan.ts';
import { comparable, value } from '../runs/scenarios.ts';
import { edited, edits } from './edits.ts';

/** Long enough for the cache of extractions, and read in no time. */
const LONG = `\n${' '.repeat(100_001)}\n`;

const BASE = Array.from({ length: 14 }, (_, n) => provision(n));
const OTHER = BASE.map((own, n) => (n % 5 === 2 ? provision(n, 55) : own)).concat(provision(70));

/** A process over stores that may know earlier runs. */
class Desk {
  readonly files = new Map<string, string>();
  readonly ports: FakePorts;
  /** Extractions that were taken from the cache. */
  taken = 0;
  constructor() {
    const extractions = memoryExtractions();
    const counting = interpose('extractions', {
      ...extractions,
      get: async (key: string) => {
        const known = await extractions.get(key);
        if (known !== null) this.taken += 1;
        return known;
      },
    }, { before: () => undefined });
    this.ports = fakePorts({ files: this.files, extractions: counting });
  }

  async run(workflow: RunRequest['workflow'], texts: Readonly<Record<string, string>>): Promise<{ readonly id: string; readonly output: Output }> {
    for (const [key, text] of Object.entries(texts)) this.files.set(key, text);
    const { runs } = createEngine(this.ports);
    const inputs = Object.keys(texts).map((key) => ({ key, path: key }));
    const id = value(await runs.start({ workflow, inputs, settings: DEFAULT_SETTINGS }));
    expect(await runs.settled(id)).toMatchObject({ state: 'done' });
    this.ports.clock.advance(1000);
    return { id, output: value(await runs.output([id])) };
  }
}

/** Everything of an output but ids and times, to the byte. */
function bytes({ documents, runs }: Output): string {
  return JSON.stringify([documents, runs.map(comparable)]);
}

async function check(workflow: RunRequest['workflow'], before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Promise<number> {
  const warm = new Desk();
  const old = await warm.run(workflow, before);
  const again = await warm.run(workflow, after);
  const cold = await new Desk().run(workflow, after);
  expect(bytes(again.output)).toBe(bytes(cold.output));
  const { runs } = createEngine(warm.ports);
  const comparison = value(await runs.compare(old.id, again.id));
  for (const { state, causes, changes } of comparison.rows) {
    expect(causes.length > 0).toBe(state !== 'unchanged');
    expect(changes.length > 0).toBe(state === 'changed');
  }
  const [run] = again.output.runs;
  const now = comparison.rows.filter(({ state }) => state !== 'gone').length;
  expect(now).toBe((run?.matches.length ?? 0) + (run?.newTargets.length ?? 0) + (run?.findings.length ?? 0));
  const back = value(await runs.compare(again.id, old.id));
  const { changed, unchanged, new: added, gone } = comparison.counts;
  expect(back.counts).toEqual({ changed, unchanged, new: gone, gone: added });
  return warm.taken;
}

const plan = (provisions: readonly Provision[]): string => planText(provisions) + LONG;

describe('a run on an edited text equals a fresh run on it', () => {
  it('of a crosswalk, whichever side was edited', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(edits, edits, async (source, target) => {
        taken += await check('crosswalk', { 'old.md': plan(BASE), 'new.md': plan(OTHER) }, { 'old.md': plan(edited(BASE, source)), 'new.md': plan(edited(OTHER, target)) });
      }),
      { numRuns: 12 },
    );
    // Says something only where the warm run took from the cache what it could.
    expect(taken).toBeGreaterThan(0);
  });

  it('of an analysis with findings', async () => {
    const cites = (provisions: readonly Provision[]): readonly Provision[] =>
      provisions.map((own, n) => (n % 3 === 0 ? { ...own, text: `${own.text} Section 1.${String(n)} applies, and so does Section 9.${String(n)}.` } : own));
    await fc.assert(
      fc.asyncProperty(edits, async (own) => {
        await check('document', { 'plan.md': plan(cites(BASE)) }, { 'plan.md': plan(edited(cites(BASE), own)) });
      }),
      { numRuns: 12 },
    );
  });

  it('of a transcript', async () => {
    const SAID = ['We agreed to move the audit to May.', 'I will send the amendment by Friday.', 'Who keeps the minutes?', 'The open question is the match formula.', 'It rained.'];
    const talk = (turns: readonly number[]): string => turns.map((n, at) => `[00:${String(at).padStart(2, '0')}] Member ${'ABC'[n % 3] ?? ''}: ${SAID[n % SAID.length] ?? ''}`).join('\n') + LONG;
    const turns = fc.array(fc.nat(30), { minLength: 4, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(turns, turns, async (before, after) => {
        await check('transcript', { 'talk.txt': talk(before) }, { 'talk.txt': talk([...before.slice(0, 3), ...after]) });
      }),
      { numRuns: 12 },
    );
  });
});
