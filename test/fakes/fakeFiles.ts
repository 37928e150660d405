import { fail, ok } from '../../shared/failure.ts';
import type { Files } from '../../server/src/engine/ports.ts';

/** Files that are in a map; a test may change it while a run reads. */
export function fakeFiles(files: Map<string, string | Uint8Array>): Files {
  return {
    read: async (path, maxBytes) => {
      const content = files.get(path);
      if (content === undefined) return fail('unreadable', `${path} does not exist.`);
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      return bytes.length > maxBytes ? fail('tooLarge', `${path} is too large.`) : ok(bytes);
    },
    write: async (path, text) => {
      files.set(path, text);
      return ok(undefined);
    },
  };
}
