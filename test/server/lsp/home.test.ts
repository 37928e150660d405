import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentKey, documentUri, rootOf, storeDirOf, type Home } from '../../../server/src/lsp/home.ts';

const HOME: Home = { root: '/home/ana/plans', storeDir: '/home/ana/plans/.collate' };
const OUTSIDE: Home = { root: null, storeDir: '/global' };

describe('document keys', () => {
  const TABLE: readonly (readonly [uri: string, home: Home, key: string])[] = [
    ['file:///home/ana/plans/old.md', HOME, 'old.md'],
    ['file:///home/ana/plans/2019/old%20plan.md', HOME, '2019/old plan.md'],
    ['file:///elsewhere/old.md', HOME, '/elsewhere/old.md'],
    ['file:///home/ana/plans2/old.md', HOME, '/home/ana/plans2/old.md'],
    ['file:///elsewhere/old.md', OUTSIDE, '/elsewhere/old.md'],
    ['file:///home/ana/plans/..old.md', HOME, '..old.md'],
    ['untitled:Untitled-1', HOME, 'untitled:Untitled-1'],
  ];
  for (const [uri, home, key] of TABLE) {
    it(`${uri} is ${key} and back`, () => {
      expect(documentKey(uri, home)).toBe(key);
      expect(documentUri(key, home)).toBe(uri);
    });
  }
});

describe('the folder of a file', () => {
  const TABLE: readonly (readonly [path: string, roots: readonly string[], root: string | null])[] = [
    ['/a/b/c.md', ['/a'], '/a'],
    ['/a/b/c.md', ['/a', '/a/b'], '/a/b'],
    ['/ab/c.md', ['/a'], null],
    ['/c.md', ['/'], '/'],
    ['/c.md', [], null],
  ];
  for (const [path, roots, root] of TABLE) it(`${path} in ${roots.join(' ')} is ${root}`, () => expect(rootOf(path, roots)).toBe(root));
});

describe('the store', () => {
  const TABLE: readonly (readonly [root: string | null, setting: string, fallback: string | undefined, dir: string])[] = [
    ['/a', '', undefined, '/a/.collate'],
    ['/a', 'runs', undefined, '/a/runs'],
    ['/a', '/runs', undefined, '/runs'],
    [null, '', '/global', '/global'],
    [null, 'runs', '/global', '/global'],
    [null, '/runs', '/global', '/runs'],
    [null, '', undefined, join(homedir(), '.collate')],
  ];
  for (const [root, setting, fallback, dir] of TABLE) {
    it(`of ${root} with "${setting}" is ${dir}`, () => expect(storeDirOf(root, setting, fallback)).toBe(dir));
  }
});
