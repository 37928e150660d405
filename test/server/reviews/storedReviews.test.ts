import { claims } from '../../../shared/reviewQueue.ts';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDatabase } from '../../../server/src/adapters/openDatabase.ts';
import { WATCH_MS } from '../../../server/src/adapters/storeWatch.ts';
import { provision } from '../../engine/carryOver/plan.ts';
import { reviewBench } from '../../engine/reviews/reviewedRun.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { openIn, temporaryFolder, type OpenedStore } from '../store/storeFolder.ts';

const plan = Array.from({ length: 5 }, (_, n) => provision(n));

const windowOn = (stores: OpenedStore, owner: string) => reviewBench({ store: stores.runs, extractions: stores.extractions, owner, alive: () => true });

async function reviewedFolder() {
  const folder = temporaryFolder();
  const stores = await openIn(folder);
  const own = windowOn(stores, 'first');
  const runId = await own.crosswalk(plan, plan);
  const ids = (await own.rows(runId)).filter(claims).map(({ id }) => id);
  return { folder, stores, own, runId, ids };
}

describe('reviews in work.db', () => {
  it('are there after a restart, in the list, the detail and the history', async () => {
    const { folder, stores, own, runId, ids } = await reviewedFolder();
    value(await own.runs.reviews.act(runId, ids.slice(0, 2), { kind: 'reject', note: 'No.' }, 'Lee'));
    await stores.close();
    const later = windowOn(await openIn(folder), 'later');
    const review = { state: 'rejected', standing: 'stands', note: 'No.', reviewer: 'Lee' };
    expect((await later.rows(runId)).filter((row) => row.review !== undefined)).toMatchObject([{ review }, { review }]);
    expect(value(await later.runs.match(runId, ids[1] ?? '')).row.review).toMatchObject(review);
    expect(new Set(value(await later.runs.rowReviews(runId)).keys())).toEqual(new Set(ids.slice(0, 2)));
    expect(value(await later.runs.reviews.history(runId, ids[0] ?? '')).entries).toMatchObject([{ words: 'rejected' }]);
    // What another process made cannot be taken back here.
    expect(await later.runs.reviews.undo(runId, '')).toMatchObject({ failure: { code: 'refused', message: 'Nothing was decided in this window that could be undone.' } });
  });

  it('of two windows on one file are all kept, in one order', async () => {
    const { folder, own, runId, ids } = await reviewedFolder();
    const other = windowOn(await openIn(folder), 'second');
    const acts = Array.from({ length: 20 }, (_, n) => {
      const { reviews } = (n % 2 === 0 ? own : other).runs;
      return reviews.act(runId, [ids[n % ids.length] ?? ''], { kind: 'note', note: `note ${String(n)}` }, n % 2 === 0 ? 'Lee' : 'Dana');
    });
    for (const done of await Promise.all(acts)) value(done);
    const histories = await Promise.all(ids.map(async (id) => value(await own.runs.reviews.history(runId, id)).entries));
    const entries = histories.flat();
    expect(new Set(entries.map(({ note }) => note)).size).toBe(20);
    expect(entries.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(value(await own.runs.rowReviews(runId))).toEqual(value(await other.runs.rowReviews(runId)));
  });

  it('made elsewhere are told to whoever listens', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { folder, own, runId, ids } = await reviewedFolder();
    const other = windowOn(await openIn(folder), 'second');
    const told: (readonly string[])[] = [];
    const stop = own.runs.reviews.onElsewhere((runIds) => told.push(runIds));
    await vi.advanceTimersByTimeAsync(WATCH_MS);
    value(await own.runs.reviews.act(runId, [ids[0] ?? ''], { kind: 'accept' }, ''));
    await vi.advanceTimersByTimeAsync(WATCH_MS);
    expect(told).toEqual([]);
    value(await other.runs.reviews.act(runId, [ids[1] ?? ''], { kind: 'accept' }, ''));
    await vi.advanceTimersByTimeAsync(WATCH_MS);
    expect(told).toEqual([[runId]]);
    stop();
    value(await other.runs.reviews.act(runId, [ids[2] ?? ''], { kind: 'accept' }, ''));
    await vi.advanceTimersByTimeAsync(2 * WATCH_MS);
    expect(told).toHaveLength(1);
  });

  it('are told of with the runs that another window makes and deletes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { folder, own } = await reviewedFolder();
    const other = windowOn(await openIn(folder), 'second');
    const told: string[] = [];
    own.runs.reviews.onElsewhere((runIds) => told.push(...runIds));
    await vi.advanceTimersByTimeAsync(WATCH_MS);
    const made = await other.crosswalk(plan, plan);
    await vi.advanceTimersByTimeAsync(WATCH_MS);
    expect(told).toContain(made);
    told.length = 0;
    value(await other.runs.delete(made));
    await vi.advanceTimersByTimeAsync(WATCH_MS);
    expect(told).toEqual([made]);
  });

  it('are refused with the reason where none could be kept, and shown as before', async () => {
    const { folder, stores, own, runId, ids } = await reviewedFolder();
    value(await own.runs.reviews.act(runId, [ids[0] ?? ''], { kind: 'accept' }, ''));
    await stores.close();
    const full = await openIn(folder);
    const later = windowOn(full, 'later');
    await later.rows(runId);
    const holder = openDatabase(join(folder, 'work.db'), { synchronous: 'FULL' });
    onTestFinished(() => void holder.close());
    holder.exec('CREATE TRIGGER full BEFORE INSERT ON reviewLines BEGIN SELECT raise(ABORT, \'no room\'); END');
    const before = value(await later.runs.rowReviews(runId));
    expect(await later.runs.reviews.act(runId, ids, { kind: 'reject' }, '')).toMatchObject({ ok: false });
    holder.exec('DROP TRIGGER full');
    expect(value(await later.runs.rowReviews(runId))).toEqual(before);
    expect(value(await later.runs.reviews.act(runId, ids.slice(1), { kind: 'reject' }, '')).ids).toHaveLength(ids.length - 1);
  });

  it('cannot be made of a run that is in memory only, and the run goes on', async () => {
    const stores = await openIn(join(temporaryFolder(), 'a\0b'));
    const own = windowOn(stores, 'first');
    const runId = await own.crosswalk(plan, plan.map((one, n) => (n === 2 ? provision(2, 99) : one)));
    const refused = await own.runs.reviews.act(runId, (await own.rows(runId)).map(({ id }) => id), { kind: 'accept' }, '');
    expect(refused).toMatchObject({ ok: false, failure: { code: 'storeUnavailable' } });
    expect(refused.ok ? '' : refused.failure.message).toMatch(/^This cannot be reviewed, because no decision could be kept\. Runs are kept only until this process ends: /);
    // What asks for an exception is counted all the same.
    expect(await own.runs.reviews.openExceptions(runId)).toEqual({ ok: true, value: 1 });
  });

  it('stay when their run is deleted with its rows and texts', async () => {
    const { folder, own, runId, ids } = await reviewedFolder();
    value(await own.runs.reviews.act(runId, [ids[1] ?? ''], { kind: 'accept' }, ''));
    const unreviewed = await own.crosswalk([provision(50)], [provision(51)], ['a.md', 'b.md']);
    for (const id of [runId, unreviewed]) value(await own.runs.delete(id));
    const look = openDatabase(join(folder, 'work.db'), { synchronous: 'FULL' });
    onTestFinished(() => void look.close());
    const left = (table: string): unknown => look.prepare(`SELECT count(*) AS n FROM ${table}`).pluck().get();
    expect(['runs', 'runDocuments', 'journal', 'matchRows', 'rowStates', 'texts', 'reviewLines'].map((table) => [table, left(table)])).toEqual([
      ['runs', 0], ['runDocuments', 0], ['journal', 0], ['matchRows', 0], ['rowStates', 0], ['texts', 0], ['reviewLines', 1],
    ]);
    expect(look.prepare('SELECT DISTINCT run FROM units').pluck().all()).toEqual([runId]);
    const again = await own.crosswalk(plan, plan);
    expect((await own.rows(again)).filter(({ review }) => review?.state === 'accepted').map(({ title }) => title)).toEqual([plan[1]?.title]);
  });
});
