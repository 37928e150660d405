import { describe, expect, it } from 'vitest';
import type { ReviewAction } from '../../../shared/protocol/reviews.ts';
import { claims } from '../../../shared/reviewQueue.ts';
import { provision } from '../carryOver/plan.ts';
import { value } from '../runs/scenarios.ts';
import { reviewBench } from './reviewedRun.ts';

const plan = Array.from({ length: 6 }, (_, n) => provision(n));
const changed = plan.map((one, n) => (n === 2 ? provision(2, 99) : one));

/** A crosswalk in which the third provision changed; the id of its row. */
async function reviewed() {
  const own = reviewBench();
  const runId = await own.crosswalk(plan, changed);
  const rows = await own.rows(runId);
  const id = rows.find(({ title }) => title === plan[2]?.title)?.id ?? '';
  const others = rows.filter(claims).map((row) => row.id).filter((other) => other !== id);
  const heading = rows.find(({ outcome }) => outcome === 'skipped')?.id ?? '';
  const act = (action: ReviewAction, ids = [id]) => own.runs.reviews.act(runId, ids, action, '');
  const rowNow = async () => (await own.rows(runId)).find((row) => row.id === id)?.review;
  return { ...own, runId, id, others, heading, act, rowNow };
}

const AT = Date.UTC(2026, 0, 5, 9);

describe('an action', () => {
  const plain = { standing: 'stands', reviewer: 'dana', exception: 'open' } as const;
  const cases: readonly (readonly [ReviewAction, message: string, expected: object])[] = [
    [{ kind: 'accept' }, '1.3 accepted.', { ...plain, state: 'accepted' }],
    [{ kind: 'reject', note: 'Not so.' }, '1.3 rejected.', { ...plain, state: 'rejected', note: 'Not so.' }],
    [{ kind: 'override', targets: [] }, '1.3 overridden: no counterpart.', { ...plain, state: 'overridden', override: [] }],
    [{ kind: 'note', note: ' Ask Lee. ' }, '1.3 noted.', { ...plain, state: 'open', note: 'Ask Lee.' }],
    [{ kind: 'note', note: 'x'.repeat(600) }, '1.3 noted.', { ...plain, state: 'open', note: 'x'.repeat(500) }],
    [{ kind: 'closeException', resolution: 'Agreed with the sponsor.' }, '1.3 exception EX-1 closed: Agreed with the sponsor.', { ...plain, state: 'open', exception: 'closed' }],
  ];
  it.each(cases)('%j', async (action, message, expected) => {
    const { act, rowNow, id } = await reviewed();
    expect(value(await act(action))).toEqual({ ids: [id], message, canUndo: true, canRedo: false });
    expect(await rowNow()).toMatchObject(expected);
  });

  it('shortens a long note to the words a list shows of it', async () => {
    const { act } = await reviewed();
    await act({ kind: 'note', note: 'x'.repeat(600) });
    expect(value(await act({ kind: 'note', note: 'x'.repeat(600) }))).toMatchObject({ ids: [] });
    expect(value(await act({ kind: 'note', note: 'x'.repeat(500) }))).toMatchObject({ message: '1.3 noted.' });
  });

  const refused: readonly (readonly [ReviewAction, says: string])[] = [
    [{ kind: 'override', targets: ['nowhere'] }, 'nowhere is not a unit of the target document new.md.'],
    [{ kind: 'override', targets: ['old.md#1/1.1'] }, 'old.md#1/1.1 is not a unit of the target document new.md.'],
    [{ kind: 'openException' }, '1.3 has the open exception EX-1 already. Close it first, or add a note.'],
    [{ kind: 'closeException', resolution: ' ' }, 'An exception is closed with a resolution. Say how it was settled.'],
    [{ kind: 'openException', dueDate: '2026-02-30' }, 'A due date is written as 2026-11-30; "2026-02-30" is none.'],
    [{ kind: 'note', note: 'x'.repeat(10_001) }, 'A note has at most 10000 characters; this one has 10001.'],
  ];
  it.each(refused)('%j is refused', async (action, says) => {
    const { act, rowNow } = await reviewed();
    const before = await rowNow();
    expect(await act(action)).toMatchObject({ ok: false, failure: { code: 'refused', message: says } });
    expect(await rowNow()).toEqual(before);
  });

  it('accepts no row of which nothing was claimed, nor says what cannot be said', async () => {
    const { act, heading, others, rows, runId } = await reviewed();
    expect(await act({ kind: 'accept' }, [...others, heading])).toMatchObject({ ok: false, failure: { code: 'refused', message: expect.stringContaining('there is nothing to accept') as unknown } });
    expect(await act({ kind: 'explode' } as unknown as ReviewAction)).toMatchObject({ ok: false, failure: { code: 'refused', message: '"explode" is nothing that can be said of a row. It can be accepted, rejected, opened again, overridden, noted or given an exception.' } });
    expect((await rows(runId)).some(({ review }) => review?.state === 'accepted')).toBe(false);
  });

  it('on rows one of which is not there is made on none', async () => {
    const { act, others, rows, runId } = await reviewed();
    expect(await act({ kind: 'accept' }, [...others, 'nobody'])).toMatchObject({ ok: false, failure: { code: 'unreadable', message: 'Row nobody is not part of this run. Open the run again and choose a row of it.' } });
    expect((await rows(runId)).some(({ review }) => review?.state === 'accepted')).toBe(false);
  });

  it('on many rows is one step', async () => {
    const { act, others, rows, runId, runs } = await reviewed();
    expect(value(await act({ kind: 'accept' }, [...others, ...others]))).toMatchObject({ ids: others, message: `${String(others.length)} rows accepted.` });
    expect(value(await runs.reviews.undo(runId, ''))).toEqual({ ids: others, message: `Undone: ${String(others.length)} rows accepted.`, canUndo: false, canRedo: true });
    expect((await rows(runId)).some(({ review }) => review?.state === 'accepted')).toBe(false);
    expect(value(await runs.reviews.redo(runId, ''))).toEqual({ ids: others, message: `Done again: ${String(others.length)} rows accepted.`, canUndo: true, canRedo: false });
    expect((await rows(runId)).filter(({ review }) => review?.state === 'accepted')).toHaveLength(others.length);
  });

  it('that says what is said already adds nothing', async () => {
    const { act, runs, runId, id } = await reviewed();
    await act({ kind: 'accept' });
    expect(value(await act({ kind: 'accept' }))).toEqual({ ids: [], message: 'Nothing to do: that is said already.', canUndo: true, canRedo: false });
    expect(value(await runs.reviews.history(runId, id)).entries.map(({ action }) => action)).toEqual(['accept', 'openException']);
  });

  it('is told in the history, with what was taken back', async () => {
    const { act, runs, runId, id, ports } = await reviewed();
    await act({ kind: 'accept' });
    ports.clock.advance(1000);
    await act({ kind: 'reject', note: 'No.' });
    await runs.reviews.undo(runId, 'Lee');
    const { entries, review, exception } = value(await runs.reviews.history(runId, id));
    expect(entries.map(({ sequence, action, words, reviewer, after }) => [sequence, action, words, reviewer, after?.state ?? null])).toEqual([
      [4, 'undo', 'undone: rejected', 'Lee', 'accepted'],
      [3, 'reject', 'rejected', 'dana', 'rejected'],
      [2, 'accept', 'accepted', 'dana', 'accepted'],
      [1, 'openException', 'exception EX-1 opened', 'Collate', null],
    ]);
    expect(review).toEqual({ state: 'accepted', standing: 'stands', reviewer: 'dana', at: AT + 1000, exception: 'open' });
    expect(exception).toEqual({ label: 'EX-1', state: 'open', openedBy: 'Collate', openedAt: AT + 1000 });
  });

  it('while the run is at work is refused', async () => {
    const own = reviewBench({ before: (call) => (call === 'compute.run' ? new Promise(() => undefined) : undefined) });
    void own.crosswalk(plan, changed);
    await new Promise((resolve) => setImmediate(resolve));
    const [run] = value(await own.runs.list(0, 1)).runs;
    const refusal = { failure: { code: 'refused', message: 'The run is still at work. Review it when it has come to rest, or cancel it.' } };
    expect(await own.runs.reviews.act(run?.id ?? '', ['a'], { kind: 'accept' }, '')).toMatchObject(refusal);
    expect(await own.runs.reviews.acceptAbove(run?.id ?? '', 0.5, '')).toMatchObject(refusal);
  });
});
