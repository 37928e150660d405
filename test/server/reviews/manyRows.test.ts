import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fillStore, storeRows } from '../../../bench/storeRows.ts';
import { openDatabase } from '../../../server/src/adapters/openDatabase.ts';
import { claims } from '../../../shared/reviewQueue.ts';
import { reviewBench } from '../../engine/reviews/reviewedRun.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { openIn, temporaryFolder } from '../store/storeFolder.ts';

/** More than are written in one part. */
const ROWS = 1_200;
const runId = 'run';

async function manyRows() {
  const folder = temporaryFolder();
  const open = async (owner: string) => {
    const stores = await openIn(folder);
    return { stores, ...reviewBench({ store: stores.runs, extractions: stores.extractions, owner, alive: () => true }) };
  };
  const own = await open('first');
  const rows = storeRows(ROWS);
  await fillStore(own.stores.runs, runId, rows);
  const ids = (rows.matches ?? []).map(({ row }) => row).filter(claims).map(({ id }) => id);
  const stateOf = async (window: typeof own) => value(await window.runs.reviews.facets(runId)).review;
  return { folder, open, own, ids, stateOf };
}

describe('a step on many rows', () => {
  it('is taken back and made again as one, and another window is told of it', async () => {
    const { open, own, ids, stateOf } = await manyRows();
    const other = await open('second');
    const before = await stateOf(own);
    expect(value(await own.runs.reviews.act(runId, ids, { kind: 'accept' }, 'Lee'))).toMatchObject({ ids, canUndo: true, canRedo: false });
    expect([(await stateOf(own)).accepted, (await stateOf(other)).accepted]).toEqual([ids.length, ids.length]);
    expect(value(await own.runs.reviews.undo(runId, 'Lee')).ids).toEqual(ids);
    expect([await stateOf(own), await stateOf(other)]).toEqual([before, before]);
    expect(value(await own.runs.reviews.redo(runId, 'Lee')).ids).toEqual(ids);
    const { entries } = value(await other.runs.reviews.history(runId, ids[700] ?? ''));
    expect(entries.map(({ words }) => words)).toEqual(['done again: accepted', 'undone: accepted', 'accepted']);
  }, 60_000);

  it('and one of another window at the same time are both kept, in one order', async () => {
    const { open, own, ids } = await manyRows();
    const other = await open('second');
    const [all, one] = await Promise.all([
      own.runs.reviews.act(runId, ids, { kind: 'accept' }, 'Lee'),
      other.runs.reviews.act(runId, [ids[3] ?? ''], { kind: 'note', note: 'Mine.' }, 'Dana'),
    ]);
    expect([all.ok, one.ok]).toEqual([true, true]);
    const { review, entries } = value(await own.runs.reviews.history(runId, ids[3] ?? ''));
    expect(review).toMatchObject({ state: 'accepted', note: 'Mine.' });
    expect(entries).toHaveLength(2);
    expect(value(await own.runs.rowReviews(runId))).toEqual(value(await other.runs.rowReviews(runId)));
  }, 60_000);

  it('that fails half way changes nothing', async () => {
    const { folder, own, ids, stateOf } = await manyRows();
    const before = await stateOf(own);
    const holder = openDatabase(join(folder, 'work.db'), { synchronous: 'FULL' });
    onTestFinished(() => void holder.close());
    holder.exec("CREATE TRIGGER full BEFORE INSERT ON reviewLines WHEN new.sequence > 900 BEGIN SELECT raise(ABORT, 'no room'); END");
    expect(await own.runs.reviews.act(runId, ids, { kind: 'reject' }, '')).toMatchObject({ ok: false });
    expect(await stateOf(own)).toEqual(before);
    holder.exec('DROP TRIGGER full');
    expect(value(await own.runs.reviews.act(runId, ids, { kind: 'reject' }, '')).ids).toEqual(ids);
  }, 60_000);
});
