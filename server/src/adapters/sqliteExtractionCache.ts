import type { CacheStats, ExtractionCache } from '../engine/ports.ts';
import type { CacheFile } from './cacheFile.ts';
import { KeptTexts, type KeptLimits } from './keptTexts.ts';

/** An extraction is good for as long as its reader: its key names the version. */
export const EXTRACTION_LIMITS: KeptLimits = { maxBytes: 200_000_000, maxAgeMs: Infinity, grouping: { waitMs: 0, most: 8 } };

/** What was read from texts, in cache.db. */
export class SqliteExtractionCache implements ExtractionCache {
  readonly #texts: KeptTexts;

  constructor(file: CacheFile, limits: KeptLimits = EXTRACTION_LIMITS, now: () => number = Date.now) {
    this.#texts = new KeptTexts(file, 'extraction', limits, now);
  }

  async get(key: string): Promise<string | null> {
    return (await this.#texts.get([key]))[0] ?? null;
  }

  put(key: string, extraction: string): Promise<void> {
    return this.#texts.put([{ key, value: extraction }]);
  }

  stats(): Promise<CacheStats> {
    return this.#texts.stats();
  }

  clear(): Promise<number> {
    return this.#texts.clear();
  }

  flush(): Promise<void> {
    return this.#texts.flush();
  }
}
