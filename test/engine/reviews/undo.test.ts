import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewAction } from '../../../shared/protocol/reviews.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { provision } from '../carryOver/plan.ts';
import { value } from '../runs/scenarios.ts';
import { reviewBench, type ReviewBench } from './reviewedRun.ts';

const plan = Array.from({ length: 4 }, (_, n) => provision(n));
const STATES = { accept: 'accepted', reject: 'rejected', reopen: 'open' } as const;

type Step =
  | { readonly window: number; readonly kind: 'accept' | 'reject' | 'reopen'; readonly rows: readonly number[] }
  | { readonly window: number; readonly kind: 'undo' | 'redo' };

/** Decisions of a run as a list of acts that are made or taken back: nothing that is not in product terms. */
class Model {
  readonly #acts: { readonly window: number; readonly kind: keyof typeof STATES; readonly rows: readonly number[]; isMade: boolean }[] = [];
  readonly #redo: Record<number, number[]> = {};

  stateOf(row: number): string {
    const last = this.#acts.findLast(({ rows, isMade }) => isMade && rows.includes(row));
    return last === undefined ? 'open' : STATES[last.kind];
  }

  act(window: number, kind: keyof typeof STATES, rows: readonly number[]): void {
    const others = rows.filter((row) => this.stateOf(row) !== STATES[kind]);
    if (others.length === 0) return;
    this.#acts.push({ window, kind, rows: others, isMade: true });
    this.#redo[window] = [];
  }

  undo(window: number): boolean {
    const undone = (this.#redo[window] ??= []);
    // Acts made again stand where they stood, so the last one made in the window is the last of its list.
    const at = this.#acts.findLastIndex((one) => one.window === window && one.isMade);
    const act = this.#acts[at];
    if (act === undefined) return false;
    act.isMade = false;
    undone.push(at);
    return true;
  }

  redo(window: number): boolean {
    const act = this.#acts[this.#redo[window]?.pop() ?? -1];
    if (act === undefined) return false;
    act.isMade = true;
    return true;
  }
}

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ window: fc.nat(1), kind: fc.constantFrom('accept', 'reject', 'reopen'), rows: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 }) }),
  fc.record({ window: fc.nat(1), kind: fc.constantFrom('undo', 'redo') }),
);

describe('acts, undo and redo of two windows', () => {
  it('give what a list of acts gives, in both of them', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const store = memoryStore();
      const windows = ['first', 'second'].map((owner) => reviewBench({ store, owner, alive: () => true })) as [ReviewBench, ReviewBench];
      const runId = await windows[0].crosswalk(plan, plan);
      const ids = (await windows[0].rows(runId)).filter(({ title }) => plan.some((one) => one.title === title)).map(({ id }) => id);
      const model = new Model();
      for (const one of steps) {
        const { reviews } = windows[one.window]!.runs;
        if (!('rows' in one)) {
          expect((await reviews[one.kind](runId, '')).ok).toBe(model[one.kind](one.window));
          continue;
        }
        value(await reviews.act(runId, one.rows.map((row) => ids[row]!), { kind: one.kind } as ReviewAction, ''));
        model.act(one.window, one.kind, one.rows);
      }
      for (const window of windows) {
        const states = value(await window.runs.rowReviews(runId));
        expect(ids.map((id) => states.get(id)?.state ?? 'open')).toEqual(ids.map((_, row) => model.stateOf(row)));
      }
      // Nothing of the trail is ever lost: its lines are numbered without a gap.
      const entries = await Promise.all(ids.map(async (id) => value(await windows[0].runs.reviews.history(runId, id)).entries));
      const sequences = entries.flat().map(({ sequence }) => sequence).sort((a, b) => a - b);
      expect(sequences).toEqual(sequences.map((_, at) => at + 1));
    }), { numRuns: 40 });
  }, 60_000);
});
