import { describe, expect, it } from 'vitest';
import { memoryAnswers } from '../../fakes/memoryAnswers.ts';
import { memoryExtractions } from '../../fakes/memoryExtractions.ts';
import { cli, FakeRuns, type CliResult, type RunOptions } from './fakeSession.ts';

async function filled(answers: number) {
  const caches = { answers: memoryAnswers(), extractions: memoryExtractions() };
  const usage = { tokensIn: 1, tokensOut: 1, tokensCached: 0, estimated: false };
  await caches.answers.put(Array.from({ length: answers }, (_, n) => ({ key: String(n), value: { answer: 'x'.repeat(999), usage } })));
  await caches.extractions.put('text', 'y'.repeat(1_496));
  return caches;
}

const collate = (words: string, options: RunOptions): Promise<CliResult> => cli(words.split(' '), new FakeRuns({}), options);

describe('collate cache', () => {
  it('says what is held', async () => {
    const { code, out } = await collate('cache stats', await filled(3));
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
      'WHAT               ENTRIES    SIZE  OLDEST                 NEWEST',
      'answers of models        3  3.0 kB  1 Jan 1970, 00:00 UTC  1 Jan 1970, 00:00 UTC',
      'texts read               1  1.5 kB  1 Jan 1970, 00:00 UTC  1 Jan 1970, 00:00 UTC',
      'in /folder/.collate',
      '',
    ]);
  });

  it('says it as JSON, and nothing else', async () => {
    const { code, out, err } = await collate('cache stats --json -', await filled(0));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      answers: { entries: 0, bytes: 0, oldest: null, newest: null },
      extractions: { entries: 1, bytes: 1_500, oldest: '1970-01-01T00:00:00.001Z', newest: '1970-01-01T00:00:00.001Z' },
    });
  });

  it('clears what costs nothing', async () => {
    const caches = await filled(0);
    expect(await collate('cache clear', caches)).toMatchObject({ code: 0, out: '1.5 kB freed: 0 answers of models, 1 text read\n' });
    expect(caches.extractions.entries.size).toBe(0);
  });

  it('clears nothing that was paid for without --yes', async () => {
    const caches = await filled(3);
    expect(await collate('cache clear', caches)).toMatchObject({
      code: 1, out: '',
      err: 'Nothing was cleared: 3 answers of models were paid for (3.0 kB) and would be paid for again. To clear them, too: collate cache clear --yes\n',
    });
    expect([caches.answers.entries.size, caches.extractions.entries.size]).toEqual([3, 1]);
    expect((await collate('cache clear --store kept', caches)).err).toMatch(/: collate cache clear --yes --store kept\n$/);
    expect(await collate('cache clear --yes', caches)).toMatchObject({ code: 0, out: '4.5 kB freed: 3 answers of models, 1 text read\n' });
    expect([caches.answers.entries.size, caches.extractions.entries.size]).toEqual([0, 0]);
  });

  it('does nothing where there is no store', async () => {
    const store = { mode: 'memory' as const, message: 'Runs are kept in memory.' };
    expect(await collate('cache clear --yes', { ...(await filled(3)), store })).toMatchObject({ code: 1, out: '', err: 'Runs are kept in memory.\n' });
  });
});
