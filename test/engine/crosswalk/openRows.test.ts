import { describe, expect, it } from 'vitest';
import type { ItemOutcome, Models } from '../../../server/src/engine/models/modelRuntime.ts';
import { documentOf, run, type Section } from './harness.ts';

const TREES = ['amber', 'birch', 'cedar', 'dahlia', 'elm', 'fern', 'ginger', 'hazel', 'iris', 'juniper'];
const NAMES = TREES.flatMap((tree) => ['loans', 'pensions', 'bonuses', 'refunds', 'grants', 'awards', 'leases'].map((kind) => `${tree} ${kind}`));
const sections = (text: (name: string) => string): readonly Section[] => NAMES.map((title, i) => ({ number: String(i + 1), title, text: text(title) }));
const SOURCE = documentOf('s', sections((name) => `The board pays ${name} to workers who have asked for them in writing.`));
/** Said anew throughout: which provision it is is sure, whether it says the same is not. */
const TARGET = documentOf('t', sections((name) => `Workers receive ${name} from the board, provided that a written question was handed in and the board saw no reason against it.`));

/** Fails every item; what is still to come waits for `gate`. */
function failing(asked: string[][], planned: string[][], gate: (place: number) => Promise<void> = async () => undefined): Models {
  return {
    modelFor: (role) => (role === 'embed' ? null : 'model'),
    embeddings: { plan: async () => undefined, of: async () => null },
    known: async (_role, _task, items) => items.map(() => null),
    plan: async (_operation, _role, _task, items) => void planned.push(items.map(({ id }) => id)),
    ask: <I extends { readonly id: string }, T>(_operation: string, _role: string, _task: unknown, items: readonly I[]) => {
      asked.push(items.map(({ id }) => id));
      return items.map(async ({ id }, place): Promise<ItemOutcome<T>> => {
        await gate(place);
        return { id, from: 'model', result: { ok: false, failure: { code: 'badAnswer', message: 'Garbage.', retry: 'later' } } };
      });
    },
  };
}

describe('rows that rules leave open', () => {
  it('are asked about all at once, across the steps they are written in', async () => {
    const [asked, planned]: [string[][], string[][]] = [[], []];
    const { matches } = await run(SOURCE, TARGET, { models: failing(asked, planned) });
    expect(asked.map(({ length }) => length)).toEqual([NAMES.length]);
    expect(planned).toEqual(asked);
    expect(matches.map(({ outcome }) => outcome)).toEqual(NAMES.map(() => 'failed'));
  });

  it('of a step that is written are not asked about again, though their calls failed', async () => {
    const journal = new Map<string, string>();
    const stop = new AbortController();
    const stopped = run(SOURCE, TARGET, {
      journal, signal: stop.signal,
      // The second step's rows never come.
      models: failing([], [], (place) => (place < 50 ? Promise.resolve() : new Promise((_, reject) => {
        stop.signal.addEventListener('abort', () => reject(stop.signal.reason as Error));
        setImmediate(() => stop.abort(new Error('stopped')));
      }))),
    });
    await expect(stopped).rejects.toThrow('stopped');
    expect([...journal.keys()].filter((step) => step.startsWith('verify:'))).toEqual(['verify:0']);
    const asked: string[][] = [];
    await run(SOURCE, TARGET, { journal, models: failing(asked, []) });
    expect(asked.map(({ length }) => length)).toEqual([NAMES.length - 50]);
  });
});
