import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { planText, provision } from '../../engine/carryOver/plan.ts';
import { atRest, realEngine } from './realEngine.ts';
import { ScriptedClient } from './scriptedClient.ts';

const plan = Array.from({ length: 5 }, (_, n) => provision(n));
const changed = plan.map((one, n) => (n === 2 ? provision(2, 99) : one));

let client: ScriptedClient;
afterEach(() => client.stop());

/** A server over the real engine and store, with one finished crosswalk. */
async function crosswalked() {
  client = await ScriptedClient.start({
    files: { 'ws/old.md': planText(plan), 'ws/new.md': planText(changed) },
    configuration: () => ({ review: { reviewer: 'Dana Whitfield' } }),
    open: realEngine(),
  });
  const start = async (): Promise<string> => {
    const { runId } = await client.request('run/start', { workflow: 'crosswalk', uris: [client.uri('ws/old.md'), client.uri('ws/new.md')] });
    expect(await atRest(client, runId)).toBe('done');
    return runId;
  };
  const runId = await start();
  const query = { runId, offset: 0, limit: 200, filter: 'all', search: '' } as const;
  const { rows } = await client.request('run/matches', query);
  const id = rows.find(({ title }) => title === plan[2]?.title)?.id ?? '';
  return { runId, query, rows, id, start };
}

describe('reviewing over the wire', () => {
  it('answers every message, and tells that rows changed', async () => {
    const { runId, query, rows, id } = await crosswalked();
    const before = await client.request('run/facets', { runId });
    expect(before.review).toMatchObject({ open: rows.length, accepted: 0, exception: 1 });
    const done = await client.request('review/act', { runId, ids: [id], action: { kind: 'accept', note: 'Agreed.' } });
    expect(done).toEqual({ ids: [id], message: '1.3 accepted.', canUndo: true, canRedo: false });
    await client.until(() => client.events.some(({ name, value }) => name === 'review/changed' && (value as { runIds: string[] }).runIds.includes(runId)));
    expect((await client.request('run/matches', { ...query, review: 'accepted', sort: 'confidence' })).rows).toMatchObject([{ id, review: { reviewer: 'Dana Whitfield', note: 'Agreed.' } }]);
    expect((await client.request('run/match', { runId, id })).row.review?.state).toBe('accepted');
    expect(await client.request('run/matchIndex', { query, id })).toBe(rows.findIndex((row) => row.id === id));
    expect(await client.request('run/matchGroups', { ...query, group: 'review' })).toEqual([{ label: 'open', first: 0, rows: rows.length - 1 }, { label: 'accepted', first: rows.length - 1, rows: 1 }]);
    expect((await client.request('review/history', { runId, id })).entries.map(({ words }) => words)).toEqual(['accepted', 'exception EX-1 opened']);
    expect((await client.request('review/undo', { runId })).message).toBe('Undone: 1.3 accepted.');
    expect((await client.request('review/redo', { runId })).message).toBe('Done again: 1.3 accepted.');
    const offer = await client.request('review/bulkOffer', { runId, atLeast: 0.5 });
    expect((await client.request('review/acceptAbove', { runId, atLeast: 0.5 })).ids).toHaveLength(offer.rows);
    const uri = client.uri('ws/reviews.json');
    const { written } = await client.request('review/export', { runId, uri });
    expect(JSON.parse(readFileSync(fileURLToPath(uri), 'utf8'))).toMatchObject({ schemaVersion: 1, reviews: { length: written } });
    expect(await client.request('review/import', { runId, uri, conflicts: 'mine' })).toEqual({ applied: 0, unchanged: written, unknown: 0, conflicts: [], problems: [] });
    expect(await client.failure('review/export', { runId, uri: 'untitled:x' })).toMatchObject({ code: 'refused', message: 'untitled:x is not a file on this machine. Choose one.' });
    expect(existsSync(join(client.folder, 'ws/x'))).toBe(false);
  });

  it('compares with the run before it and deletes', async () => {
    const { runId, start, id } = await crosswalked();
    expect(await client.request('run/compare', { runId, with: null })).toBeNull();
    await client.request('review/act', { runId, ids: [id], action: { kind: 'reject' } });
    const second = await start();
    const moved = await client.request('run/compare', { runId: second, with: null });
    expect(moved).toMatchObject({ before: { id: runId }, after: { id: second }, counts: { changed: 0, new: 0, gone: 0 } });
    expect(moved).not.toHaveProperty('rows');
    const page = { runId: second, with: runId, offset: 0, limit: 2 } as const;
    expect(await client.request('run/comparedRows', { ...page, state: 'unchanged' })).toMatchObject({ total: moved?.counts.unchanged, rows: { length: 2 } });
    expect(await client.request('run/comparedRows', { ...page, state: 'gone' })).toEqual({ total: 0, offset: 0, rows: [] });
    expect(await client.request('run/delete', { runId })).toBeNull();
    expect(await client.failure('run/get', { runId })).toMatchObject({ code: 'unreadable' });
    expect((await client.request('run/facets', { runId: second })).review.rejected).toBe(1);
  });
});
