import { textHash } from '../documents/hash.ts';

/** Consonants: no id is a word, and none can be taken for a number of a document. */
const LETTERS = 'bcdfghjkmnpqrstvwxz';
const LENGTH = 4;

/**
 * Short ids for prompts, one for each key and in order: always the same for the same key (but where two keys of the list
 * would share one), so that an item is asked in the same words in any batch. They are not counted up: a model that skips
 * an item does not hit the id of the next one.
 */
export function itemIds(keys: readonly string[]): readonly string[] {
  const owner = new Map<string, string>();
  return keys.map((key) => {
    for (let round = 0; ; round++) {
      const id = letters(textHash(round === 0 ? key : `${key} ${round}`));
      const taken = owner.get(id);
      if (taken !== undefined && taken !== key) continue;
      owner.set(id, key);
      return id;
    }
  });
}

function letters(hash: string): string {
  return Array.from({ length: LENGTH }, (_, at) => LETTERS.charAt(Number.parseInt(hash.slice(4 * at, 4 * at + 4), 16) % LETTERS.length)).join('');
}
