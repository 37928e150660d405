import { randomUUID } from 'node:crypto';
import { chmod, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** As many links one after another as Linux follows. */
const MAX_LINKS = 40;
/** Of a file's mode: who may do what, without what kind of file it is. */
const PERMISSIONS = 0o7777;

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

/** Why a file was not written, and what to do. */
export function writeSentence(path: string, thrown: unknown): string {
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full. Free some space, or name a place on another disk',
    EDQUOT: 'your quota on this disk is used up. Free some space, or name a place on another disk',
    EACCES: 'this user may not write there. Name another place',
    EPERM: 'this user may not write there. Name another place',
    EROFS: 'the disk is read-only. Name another place',
    EISDIR: 'it is a folder. Name a file in it',
    ENOENT: 'its folder does not exist. Make it first, or name another place',
    ENOTDIR: 'a part of its path is a file, not a folder. Name another place',
    EEXIST: 'a part of its path is a file, not a folder. Name another place',
    ELOOP: 'its links lead in a circle. Name another place',
  };
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return `${path} was not written: ${reasons[codeOf(thrown)] ?? words}.`;
}

/** A file that could not be written; the message is a sentence for the user. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
}

/** Where a path leads through its links, also when nothing is there yet. */
async function placeOf(path: string): Promise<string> {
  let place = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    try {
      return await realpath(place);
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOENT') throw thrown;
    }
    const next = await readlink(place).catch(() => null);
    if (next === null) return place;
    place = resolve(dirname(place), next);
  }
  throw Object.assign(new Error(), { code: 'ELOOP' });
}

/**
 * Writes beside the target and renames, so that neither a full disk nor another writer at the same time leaves a half file;
 * a device is written as it is. A link goes on leading where it leads, and a file keeps its permissions.
 */
export async function write(path: string, text: string): Promise<void> {
  let part: string | null = null;
  try {
    const place = await placeOf(path);
    const known = await stat(place).catch(() => null);
    if (known?.isDirectory() === true) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (known !== null && !known.isFile()) {
      await writeFile(place, text);
      return;
    }
    part = `${place}.${randomUUID()}.part`;
    await writeFile(part, text);
    if (known !== null) await chmod(part, known.mode & PERMISSIONS);
    await rename(part, place);
  } catch (thrown) {
    if (part !== null) await rm(part, { force: true }).catch(() => undefined);
    throw new WriteError(writeSentence(path, thrown));
  }
}
