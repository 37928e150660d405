import type { ExtractionCache } from '../../server/src/engine/ports.ts';

export interface MemoryExtractions extends ExtractionCache {
  readonly entries: Map<string, string>;
}

export function memoryExtractions(): MemoryExtractions {
  const entries = new Map<string, string>();
  return {
    entries,
    get: async (key) => entries.get(key) ?? null,
    put: async (key, extraction) => {
      entries.set(key, extraction);
    },
    stats: async () => {
      const bytes = [...entries].reduce((sum, [key, extraction]) => sum + Buffer.byteLength(key) + Buffer.byteLength(extraction), 0);
      return { entries: entries.size, bytes, oldest: entries.size === 0 ? null : 1, newest: entries.size === 0 ? null : 1 };
    },
    clear: async () => {
      const { size } = entries;
      entries.clear();
      return size;
    },
  };
}
