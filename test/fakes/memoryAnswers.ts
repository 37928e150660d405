import type { CachedAnswer, KeptAnswers } from '../../server/src/engine/ports.ts';

export interface MemoryAnswers extends KeptAnswers {
  readonly entries: Map<string, CachedAnswer>;
}

export function memoryAnswers(): MemoryAnswers {
  const entries = new Map<string, CachedAnswer>();
  let generation = 0;
  let puts = 0;
  return {
    entries,
    get: async (keys) => keys.map((key) => entries.get(key) ?? null),
    version: async () => puts + entries.size,
    put: async (more) => {
      puts += 1;
      for (const { key, value } of more) entries.set(key, value);
    },
    stats: async () => {
      const bytes = [...entries].reduce((sum, [key, { answer }]) => sum + Buffer.byteLength(key) + Buffer.byteLength(answer), 0);
      return { entries: entries.size, bytes, oldest: entries.size === 0 ? null : 1, newest: entries.size === 0 ? null : 1 };
    },
    clear: async () => {
      const { size } = entries;
      entries.clear();
      generation += 1;
      return size;
    },
    generation: async () => generation,
  };
}
