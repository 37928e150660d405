import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { CacheFile } from '../../../server/src/adapters/cacheFile.ts';
import { ANSWER_LIMITS, SqliteAnswerCache } from '../../../server/src/adapters/sqliteAnswerCache.ts';
import type { KeptLimits } from '../../../server/src/adapters/keptTexts.ts';
import type { CachedAnswer } from '../../../server/src/engine/ports.ts';

export const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export function answer(words: string): CachedAnswer {
  return { answer: words, usage: { tokensIn: 10, tokensOut: 2, tokensCached: 0, estimated: false } };
}

/** Answers in a folder's cache.db, closed when the test is over; `now` is what its clock says. */
export async function answersIn(folder: string, limits: Partial<KeptLimits> = {}, now: () => number = () => 1_000): Promise<SqliteAnswerCache> {
  const file = await CacheFile.open(join(folder, 'cache.db'), { log: quiet });
  const cache = new SqliteAnswerCache(file, { ...ANSWER_LIMITS, ...limits }, now);
  onTestFinished(async () => {
    await cache.flush();
    file.close();
  });
  return cache;
}
