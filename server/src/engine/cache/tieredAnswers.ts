import type { AnswerCache, CachedAnswer, CacheStats, KeptAnswers } from '../models/modelStores.ts';
import { LruCache } from './lruCache.ts';

/** Of one process; some 30,000 answers of a page. */
const MAX_MEMORY_BYTES = 64 * 1024 * 1024;
/** Bytes of a character in memory, at most. */
const CHARACTER_BYTES = 2;
/** What an entry takes beside its words, roughly. */
const ENTRY_BYTES = 200;

/** Answers in memory before those in the file, which other processes write and clear, too. */
export class TieredAnswers implements AnswerCache {
  readonly #file: KeptAnswers;
  readonly #memory: LruCache<CachedAnswer>;
  #generation: number | null = null;

  constructor(file: KeptAnswers, maxBytes = MAX_MEMORY_BYTES) {
    this.#file = file;
    this.#memory = new LruCache(maxBytes, (key, { answer }) => ENTRY_BYTES + CHARACTER_BYTES * (key.length + answer.length));
  }

  async get(keys: readonly string[]): Promise<readonly (CachedAnswer | null)[]> {
    await this.#followGeneration();
    const found = new Map<string, CachedAnswer>();
    const missing = new Set<string>();
    for (const key of keys) {
      const inMemory = this.#memory.get(key);
      if (inMemory === undefined) missing.add(key);
      else found.set(key, inMemory);
    }
    if (missing.size > 0) {
      const asked = [...missing];
      const inFile = await this.#file.get(asked);
      asked.forEach((key, at) => {
        const value = inFile[at] ?? null;
        if (value === null) return;
        found.set(key, value);
        this.#memory.set(key, value);
      });
    }
    return keys.map((key) => found.get(key) ?? null);
  }

  put(entries: Parameters<AnswerCache['put']>[0]): Promise<void> {
    for (const { key, value } of entries) this.#memory.set(key, value);
    return this.#file.put(entries);
  }

  version(): Promise<number> {
    return this.#file.version();
  }

  stats(): Promise<CacheStats> {
    return this.#file.stats();
  }

  async clear(): Promise<number> {
    const cleared = await this.#file.clear();
    this.#generation = await this.#file.generation();
    this.#memory.clear();
    return cleared;
  }

  /** What was cleared in another window or terminal is not answered from memory here. */
  async #followGeneration(): Promise<void> {
    const generation = await this.#file.generation();
    if (this.#generation !== null && generation !== this.#generation) this.#memory.clear();
    this.#generation = generation;
  }
}
