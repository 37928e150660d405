import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { LockedError, whileLocked } from '../adapters/fileLock.ts';
import { write, WriteError, writeSentence } from '../adapters/wholeFile.ts';
import type { Correction } from '../engine/index.ts';
import { UsageError } from '../usageError.ts';
import { readCorrections } from './corrections.ts';

/** The file of a workspace folder that holds what its readers say of the cut of its documents; kept where it can be versioned. */
export const CORRECTIONS_FILE = 'corrections.collate.json';

export type CorrectionsByPath = ReadonlyMap<string, readonly Correction[]>;

interface Saved {
  readonly whole: Readonly<Record<string, unknown>>;
  readonly list: readonly unknown[];
  readonly byPath: CorrectionsByPath;
}

/** Why the file cannot be read, and what to do. */
const UNREADABLE: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder. Corrections are kept in a file of that name: rename the folder or move it away, then correct again',
  EACCES: 'cannot be read: this user has no permission. Change its permissions, then correct again',
  EPERM: 'cannot be read: the system does not permit it. Change its permissions, then correct again',
  ELOOP: 'cannot be read: its links lead in a circle. Remove the link, then correct again',
};

const NOTHING: Saved = { whole: {}, list: [], byPath: new Map() };

async function load(folder: string): Promise<Saved> {
  let text: string;
  try {
    text = await readFile(join(folder, CORRECTIONS_FILE), 'utf8');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    if (code === 'ENOENT') return NOTHING;
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UsageError(`${join(folder, CORRECTIONS_FILE)} ${UNREADABLE[code] ?? `cannot be read: ${words}. Mend it or remove it`}.`);
  }
  let whole: unknown;
  try {
    whole = JSON.parse(text.replace(/^\ufeff/u, ''));
  } catch {
    throw new UsageError(`${CORRECTIONS_FILE} is not JSON. Mend it or remove it; nothing was changed in it.`);
  }
  if (typeof whole !== 'object' || whole === null || !('corrections' in whole) || !Array.isArray(whole.corrections)) {
    throw new UsageError(`${CORRECTIONS_FILE} has no list of "corrections". Mend it or remove it; nothing was changed in it.`);
  }
  const list = whole.corrections as readonly unknown[];
  return { whole: whole as Saved['whole'], list, byPath: readCorrections(list, CORRECTIONS_FILE, folder) };
}

/** What changes the file of a folder, one after another: each rests on what the one before has written. */
const changes = new Map<string, Promise<unknown>>();

/** While no other process changes the file either. */
async function alone<T>(folder: string, change: () => Promise<T>): Promise<T> {
  const file = join(folder, CORRECTIONS_FILE);
  try {
    return await whileLocked(`${file}.lock`, change);
  } catch (thrown) {
    if (thrown instanceof UsageError || thrown instanceof WriteError) throw thrown;
    if (thrown instanceof LockedError) throw new WriteError(`${file} was not written: another process is writing it and does not come to an end. Close other windows on this folder and try again, or remove ${file}.lock.`);
    throw new WriteError(writeSentence(file, thrown));
  }
}

function inTurn<T>(folder: string, change: () => Promise<T>): Promise<T> {
  const done = (changes.get(folder) ?? Promise.resolve()).then(() => alone(folder, change));
  const settled = done.catch(() => undefined).then(() => {
    if (changes.get(folder) === settled) changes.delete(folder);
  });
  changes.set(folder, settled);
  return done;
}

async function save(folder: string, { whole }: Saved, list: readonly unknown[]): Promise<void> {
  await write(join(folder, CORRECTIONS_FILE), `${JSON.stringify({ ...whole, corrections: list }, null, 2)}\n`);
}

/** The corrections of a folder's documents by absolute path; none where the file is not there. Throws a UsageError. */
export async function savedCorrections(folder: string): Promise<CorrectionsByPath> {
  return (await load(folder)).byPath;
}

/** Adds a correction of a document, by its absolute path. Throws a UsageError or WriteError, and then has changed nothing. */
export function saveCorrection(folder: string, path: string, correction: Correction): Promise<void> {
  return inTurn(folder, async () => {
    const saved = await load(folder);
    const document = relative(folder, path).split(sep).join('/');
    await save(folder, saved, [...saved.list, { document, ...correction }]);
  });
}

/** Takes back the newest correction of a document; the one taken back, or null where there is none. */
export function takeBackCorrection(folder: string, path: string): Promise<Correction | null> {
  return inTurn(folder, async () => {
    const saved = await load(folder);
    const own = saved.byPath.get(path) ?? [];
    const last = own.at(-1);
    if (last === undefined) return null;
    const at = saved.list.findLastIndex((one) => {
      const document = typeof one === 'object' && one !== null && 'document' in one ? one.document : null;
      return typeof document === 'string' && join(folder, document) === path;
    });
    await save(folder, saved, saved.list.filter((_, index) => index !== at));
    return last;
  });
}

/** The folder corrections of a document outside of every workspace folder stand in: its own. */
export function correctionsFolder(root: string | null, path: string): string {
  return root ?? dirname(path);
}
