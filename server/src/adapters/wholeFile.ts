import { randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';

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
  };
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return `${path} was not written: ${reasons[codeOf(thrown)] ?? words}.`;
}

/** A file that could not be written; the message is a sentence for the user. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
}

/**
 * Writes beside the target and renames, so that neither a full disk nor another writer at the same time leaves a half file;
 * a device is written as it is.
 */
export async function write(path: string, text: string): Promise<void> {
  const known = await stat(path).catch(() => null);
  const part = known === null || known.isFile() ? `${path}.${randomUUID()}.part` : path;
  try {
    if (known?.isDirectory() === true) throw Object.assign(new Error(), { code: 'EISDIR' });
    await writeFile(part, text);
    if (part !== path) await rename(part, path);
  } catch (thrown) {
    if (part !== path) await rm(part, { force: true }).catch(() => undefined);
    throw new WriteError(writeSentence(path, thrown));
  }
}
