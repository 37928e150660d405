import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const PICTURES = 'images/gallery';
/** Bytes a picture may have, and how many there may be: a repository keeps every version of each. */
const LARGEST = 150_000;
const MOST = 14;

describe('the gallery', () => {
  const named = [...readFileSync(join(docs, 'gallery.md'), 'utf8').matchAll(/!\[[^\]]+\]\((?<path>[^)]+)\)/gu)].map(({ groups }) => groups?.['path'] ?? '');
  const files = readdirSync(join(docs, PICTURES));

  it('names every picture there is, once, and none that is not there', () => {
    expect(named.toSorted()).toEqual(files.map((file) => `${PICTURES}/${file}`).toSorted());
  });

  it('has few and small pictures', () => {
    expect(files.length).toBeLessThanOrEqual(MOST);
    expect(files.filter((file) => statSync(join(docs, PICTURES, file)).size > LARGEST)).toEqual([]);
  });

  it('is no part of the package', () => {
    const kept = readFileSync(join(docs, '..', '.vscodeignore'), 'utf8').split('\n').filter((line) => line.startsWith('!docs'));
    // Only pictures beside each other: `*` does not reach into the gallery's folder.
    expect(kept.filter((line) => /gallery|docs\/\*\*|docs\/images\/\*\*/u.test(line))).toEqual([]);
  });
});
