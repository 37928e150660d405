import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { STALE_MS } from '../../../server/src/adapters/fileLock.ts';
import { nodeFiles } from '../../../server/src/adapters/nodeFiles.ts';
import { CORRECTIONS_FILE, saveCorrection, savedCorrections } from '../../../server/src/conversions/savedCorrections.ts';
import { runScript } from '../store/childProcess.ts';
import { temporaryFolder } from '../store/storeFolder.ts';

const PERMISSIONS = 0o777;
const modeOf = (path: string): number => statSync(path).mode & PERMISSIONS;

describe('a file that is written', () => {
  it.each([0o600, 0o644, 0o755])('keeps its mode %i', async (mode) => {
    const path = join(temporaryFolder(), 'reviews.json');
    writeFileSync(path, 'before');
    chmodSync(path, mode);
    expect(await nodeFiles.write(path, 'after')).toEqual({ ok: true, value: undefined });
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['after', mode]);
  });

  const links: readonly (readonly [what: string, target: string, isThere: boolean])[] = [
    ['to a file', 'kept/reviews.json', true], ['to nothing yet', 'kept/new.json', false],
  ];
  it.each(links)('is the one a link leads to: %s', async (_, target, isThere) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'kept'));
    const place = join(folder, target);
    if (isThere) {
      writeFileSync(place, 'before');
      chmodSync(place, 0o640);
    }
    const [link, second] = [join(folder, 'link.json'), join(folder, 'second.json')];
    symlinkSync(target, link);
    symlinkSync('link.json', second);
    expect(await nodeFiles.write(second, 'after')).toEqual({ ok: true, value: undefined });
    expect([lstatSync(link).isSymbolicLink(), readlinkSync(link), readFileSync(place, 'utf8')]).toEqual([true, target, 'after']);
    if (isThere) expect(modeOf(place)).toBe(0o640);
    expect(readdirSync(join(folder, 'kept'))).toHaveLength(1);
  });

  it('is none where links lead in a circle', async () => {
    const path = join(temporaryFolder(), 'circle');
    symlinkSync('circle', path);
    expect(await nodeFiles.write(path, 'words')).toMatchObject({ failure: { message: `${path} was not written: its links lead in a circle. Name another place.` } });
  });
});

describe('corrections of a folder', () => {
  const script = fileURLToPath(new URL('./correctManyTimes.ts', import.meta.url));
  const EACH = 25;

  it('made by two processes at once are all kept', async () => {
    const folder = temporaryFolder();
    const ended = await Promise.all(['a.md', 'b.md'].map((name) => runScript(script, [folder, name, String(EACH)])));
    expect(ended.map(({ code, err }) => [code, err])).toEqual([[0, ''], [0, '']]);
    const saved = await savedCorrections(folder);
    for (const name of ['a.md', 'b.md']) expect(saved.get(join(folder, name))).toEqual(Array.from({ length: EACH }, (_, at) => ({ action: 'join', words: `${name} ${String(at)}` })));
    expect(readdirSync(folder)).toEqual([CORRECTIONS_FILE]);
  }, 60_000);

  it('are kept though a process that was killed left its lock behind', async () => {
    const folder = temporaryFolder();
    const lock = join(folder, `${CORRECTIONS_FILE}.lock`);
    writeFileSync(lock, 'somebody');
    const then = (Date.now() - 2 * STALE_MS) / 1_000;
    utimesSync(lock, then, then);
    await saveCorrection(folder, join(folder, 'a.md'), { action: 'join', words: 'words' });
    expect(readdirSync(folder)).toEqual([CORRECTIONS_FILE]);
  });

  it('are refused with a next step where a folder has the name of their file', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, CORRECTIONS_FILE));
    const says = `${join(folder, CORRECTIONS_FILE)} is a folder. Corrections are kept in a file of that name: rename the folder or move it away, then correct again.`;
    await expect(saveCorrection(folder, join(folder, 'a.md'), { action: 'join', words: 'words' })).rejects.toThrow(says);
    await expect(savedCorrections(folder)).rejects.toThrow(says);
    expect(readdirSync(folder)).toEqual([CORRECTIONS_FILE]);
  });
});
