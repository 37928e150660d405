import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { atRest, realEngine } from './realEngine.ts';
import { ScriptedClient } from './scriptedClient.ts';

const TRANSCRIPT = readFileSync(new URL('../../../samples/transcripts/plan-committee.txt', import.meta.url), 'utf8');

let client: ScriptedClient;
afterEach(() => client.stop());

it('begins a page of findings with the one that is asked for, within what narrows the list', async () => {
  client = await ScriptedClient.start({ files: { 'ws/committee.txt': TRANSCRIPT }, open: realEngine() });
  const { runId } = await client.request('run/start', { workflow: 'auto', uris: [client.uri('ws/committee.txt')] });
  expect(await atRest(client, runId)).toBe('done');
  const query = { runId, offset: 0, limit: 200, analyzer: '', search: '' } as const;
  const { rows, total } = await client.request('run/findings', query);
  expect(rows.length).toBeGreaterThan(5);
  for (const [at, { key }] of rows.entries()) {
    expect(await client.request('run/findings', { ...query, limit: 2, from: key })).toEqual({ total, offset: at, rows: rows.slice(at, at + 2) });
  }
  const narrowed = { ...query, search: rows[4]?.text.toLowerCase().slice(0, 12) ?? '' };
  const found = (await client.request('run/findings', narrowed)).rows;
  expect(found.length).toBeLessThan(rows.length);
  for (const [at, { key }] of found.entries()) expect(await client.request('run/findings', { ...narrowed, from: key })).toMatchObject({ total: found.length, offset: at });
  const hidden = rows.find(({ key }) => !found.some((one) => one.key === key));
  expect(await client.request('run/findings', { ...narrowed, from: hidden?.key ?? '' })).toMatchObject({ total: found.length, rows: [] });
});
