import { sqliteCode } from './openDatabase.ts';

export const DAMAGED = 'work.db is damaged. Move it away to start a new one; the damaged file is left as it is';

const BY_SQLITE_CODE: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, DAMAGED],
  [/^SQLITE_FULL/, 'the disk is full'],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/, 'the store cannot be written'],
  [/^SQLITE_IOERR/, 'the disk reports an error, or is full'],
];
const BY_SYSTEM_CODE: Readonly<Record<string, string>> = {
  EACCES: 'its folder cannot be written',
  EPERM: 'its folder cannot be written',
  EROFS: 'its folder cannot be written',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'its path leads through a file, not a folder',
  EEXIST: 'its path is a file, not a folder',
};

/** True where another process holds the file for the moment. */
export function isBusy(thrown: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(thrown) ?? '');
}

/** True for a file that takes no more writes, whatever is tried. */
export function isUnwritable(thrown: unknown): boolean {
  const code = sqliteCode(thrown);
  return code !== null && BY_SQLITE_CODE.some(([pattern]) => pattern.test(code));
}

/** Why the store cannot be used: part of a sentence, with no stop at its end. */
export function troubleOf(thrown: unknown): string {
  const code = sqliteCode(thrown) ?? '';
  const known = BY_SQLITE_CODE.find(([pattern]) => pattern.test(code))?.[1];
  if (known !== undefined) return known;
  if (isBusy(thrown)) return 'another process keeps it locked';
  const system = thrown instanceof Error && 'code' in thrown ? BY_SYSTEM_CODE[String(thrown.code)] : undefined;
  return system ?? (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, '');
}
