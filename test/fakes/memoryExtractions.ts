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
  };
}
