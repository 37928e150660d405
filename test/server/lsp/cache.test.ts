import { afterEach, expect, it } from 'vitest';
import { ScriptedClient } from './scriptedClient.ts';

let client: ScriptedClient;
afterEach(() => client.stop());

const usage = { tokensIn: 1, tokensOut: 1, tokensCached: 0, estimated: false };

it('the caches of a window are summed over its stores, and cleared', async () => {
  client = await ScriptedClient.start({ folders: ['ws', 'other', 'unused'] });
  const [first, second] = [client.engine('ws'), client.engine('other')];
  await first.answers.put([{ key: 'a', value: { answer: 'words', usage } }]);
  await second.answers.put([{ key: 'a', value: { answer: 'words', usage } }, { key: 'b', value: { answer: '', usage } }]);
  await second.extractions.put('text', 'extraction');
  const figures = { answers: { entries: 3, bytes: 13 }, extractions: { entries: 1, bytes: 14 } };
  expect(await client.request('cache/stats', null)).toEqual(figures);
  expect(await client.request('cache/clear', null)).toEqual(figures);
  expect([first.answers.entries.size, second.answers.entries.size, second.extractions.entries.size]).toEqual([0, 0, 0]);
  expect(await client.request('cache/stats', null)).toEqual({ answers: { entries: 0, bytes: 0 }, extractions: { entries: 0, bytes: 0 } });
});
