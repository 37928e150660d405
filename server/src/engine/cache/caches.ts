import type { AnswerCache, CacheStats } from '../models/modelStores.ts';
import type { ExtractionCache } from '../ports.ts';

/** What the cache of a store holds. */
export interface CachesStats {
  /** Answers of models: paid for. */
  readonly answers: CacheStats;
  /** What was read from texts: read again at no cost. */
  readonly extractions: CacheStats;
}

/** Looks at the cache of a store and clears it. Nothing in it is a result: runs stay as they are. */
export interface Caches {
  stats(): Promise<CachesStats>;
  /** What went. */
  clear(): Promise<CachesStats>;
}

export function createCaches({ answers, extractions }: { readonly answers: AnswerCache; readonly extractions: ExtractionCache }): Caches {
  const stats = async (): Promise<CachesStats> => ({ answers: await answers.stats(), extractions: await extractions.stats() });
  return {
    stats,
    clear: async () => {
      const before = await stats();
      await answers.clear();
      await extractions.clear();
      const left = await stats();
      return { answers: gone(before.answers, left.answers), extractions: gone(before.extractions, left.extractions) };
    },
  };
}

/** What another process wrote meanwhile counts as left. */
function gone(before: CacheStats, left: CacheStats): CacheStats {
  return { ...before, entries: Math.max(0, before.entries - left.entries), bytes: Math.max(0, before.bytes - left.bytes) };
}
