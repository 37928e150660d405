import type { BigIntStats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/failure.ts';
import type { Files } from '../engine/ports.ts';
import { write } from './wholeFile.ts';

/** Read at once, in bytes; between two reads a cancel lands. */
const CHUNK_BYTES = 1024 * 1024;
const BYTES_PER_MB = 1024 * 1024;

function megabytes(bytes: number): string {
  return (bytes / BYTES_PER_MB).toFixed(1);
}

const SENTENCES: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `${path} does not exist. Check the name, and whether it was moved or renamed.`,
  ENOTDIR: (path) => `${path} does not exist: a part of its path is a file, not a folder. Check the path.`,
  EISDIR: (path) => `${path} is a folder. Name a file in it.`,
  EACCES: (path) => `${path} cannot be read: this user has no permission. Change its permissions, or copy it to a place you own.`,
  EPERM: (path) => `${path} cannot be read: the system does not permit it. Copy it to a place you own.`,
  ELOOP: (path) => `${path} cannot be read: its links lead in a circle.`,
  ENAMETOOLONG: (path) => `${path} cannot be read: its name is longer than the system allows.`,
  EMFILE: (path) => `${path} cannot be read now: too many files are open. Run again when other work has ended.`,
  EIO: (path) => `${path} cannot be read: the disk reports an error.`,
};

function unreadable(path: string, thrown: unknown): Result<Uint8Array> {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return fail('unreadable', SENTENCES[code]?.(path) ?? `${path} cannot be read: ${words}.`, code === 'EMFILE' ? 'later' : 'never');
}

function tooLarge(path: string, bytes: number, maxBytes: number): Result<Uint8Array> {
  return fail(
    'tooLarge',
    `${path} has ${megabytes(bytes)} MB, above the limit of ${megabytes(maxBytes)} MB. Split it, or raise the setting collate.documents.maxSizeMb.`,
  );
}

function changed(before: BigIntStats, after: BigIntStats, bytes: number): boolean {
  return before.mtimeNs !== after.mtimeNs || before.size !== after.size || after.size !== BigInt(bytes);
}

/** Everything up to the end of the file, at most `limit` bytes; null when cancelled. */
async function readAll(file: FileHandle, limit: number, signal: AbortSignal): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < limit) {
    if (signal.aborted) return null;
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, limit - length));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, length);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    length += bytesRead;
  }
  return signal.aborted ? null : Buffer.concat(chunks, length);
}

async function read(path: string, maxBytes: number, signal: AbortSignal): Promise<Result<Uint8Array>> {
  // Asked before it is opened: opening a pipe would wait for a writer.
  const kind = await stat(path);
  if (kind.isDirectory()) return unreadable(path, Object.assign(new Error(), { code: 'EISDIR' }));
  if (!kind.isFile()) return fail('unreadable', `${path} is not a file but a device, a pipe or a socket. Save its content as a file.`);
  if (kind.size > maxBytes) return tooLarge(path, kind.size, maxBytes);
  const file = await open(path, 'r');
  try {
    const before = await file.stat({ bigint: true });
    const bytes = await readAll(file, maxBytes + 1, signal);
    if (bytes === null) return fail('cancelled', 'Cancelled.', 'now');
    const after = await file.stat({ bigint: true });
    if (bytes.length > maxBytes) return tooLarge(path, Math.max(bytes.length, Number(after.size)), maxBytes);
    if (changed(before, after, bytes.length)) {
      return fail('unreadable', `${path} was written to while it was read. Run again when it is saved.`, 'now');
    }
    return ok(bytes);
  } finally {
    await file.close();
  }
}

/** Files of this machine. What goes wrong comes back as a sentence; nothing is thrown. */
export const nodeFiles: Files = {
  read: async (path, maxBytes, signal) => {
    if (signal.aborted) return fail('cancelled', 'Cancelled.', 'now');
    try {
      return await read(path, maxBytes, signal);
    } catch (thrown) {
      return unreadable(path, thrown);
    }
  },
  write: async (path, text) => {
    try {
      await write(path, text);
      return ok(undefined);
    } catch (thrown) {
      return fail('unreadable', thrown instanceof Error ? thrown.message : String(thrown));
    }
  },
};
