import { sqliteCode } from './openDatabase.ts';

export const DAMAGED = 'work.db is damaged. Move it away to start a new one; the damaged file is left as it is';

/** Part of a sentence that says what is wrong, and a sentence that says what to do; empty where the first does. */
interface Trouble {
  readonly reason: string;
  readonly remedy: string;
}

const FULL: Trouble = { reason: 'the disk is full', remedy: 'Free some space, then try again.' };
const DISK: Trouble = { reason: 'the disk reports an error, or is full', remedy: 'Free some space and check the disk, then try again.' };
const LOCKED: Trouble = { reason: 'another process keeps it locked', remedy: 'Wait for the other window or terminal to finish, or close it, then try again.' };

/** A file that takes no more writes, whatever is tried. */
const UNWRITABLE: readonly (readonly [RegExp, Trouble])[] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, { reason: DAMAGED, remedy: '' }],
  [/^SQLITE_FULL/, FULL],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/, {
    reason: 'the store cannot be written', remedy: 'Allow writing to its folder and files, or name another folder in the setting collate.store, then try again.',
  }],
  [/^SQLITE_IOERR/, DISK],
];
const OTHERS: readonly (readonly [RegExp, Trouble])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, LOCKED],
  [/^SQLITE_NOMEM/, { reason: 'there is not enough memory', remedy: 'Close other programs, then try again.' }],
  [/^SQLITE_TOOBIG/, { reason: 'something is too long to be kept', remedy: 'Analyze smaller parts of the document.' }],
  [/^SQLITE_(ERROR|SCHEMA|MISMATCH)$/, { reason: 'its tables are not as Collate left them', remedy: 'Move the file away to start a new one; it is left as it is.' }],
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
const UNEXPECTED_REMEDY = 'Try again. If that does not help, report it with what the log says.';

/** True where another process holds the file for the moment. */
export function isBusy(thrown: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(thrown) ?? '');
}

/** True for a file that takes no more writes, whatever is tried. */
export function isUnwritable(thrown: unknown): boolean {
  const code = sqliteCode(thrown);
  return code !== null && UNWRITABLE.some(([pattern]) => pattern.test(code));
}

/** True of what nobody foresaw: what was thrown belongs in the log. */
export function isUnexpected(thrown: unknown): boolean {
  return !isBusy(thrown) && !isUnwritable(thrown);
}

function troubleIn(thrown: unknown): Trouble {
  const code = sqliteCode(thrown);
  if (code === null) {
    if (thrown instanceof TypeError || thrown instanceof RangeError || thrown instanceof SyntaxError) return { reason: 'Collate met an error of its own', remedy: UNEXPECTED_REMEDY };
    const system = thrown instanceof Error && 'code' in thrown ? BY_SYSTEM_CODE[String(thrown.code)] : undefined;
    return { reason: system ?? (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, ''), remedy: UNEXPECTED_REMEDY };
  }
  // SQLite's own words are for the log: they name tables and columns.
  return [...UNWRITABLE, ...OTHERS].find(([pattern]) => pattern.test(code))?.[1] ?? { reason: `it gives the error ${code}`, remedy: UNEXPECTED_REMEDY };
}

/** Why the store cannot be used: part of a sentence, with no stop at its end. */
export function troubleOf(thrown: unknown): string {
  return troubleIn(thrown).reason;
}

/** Begins the sentence of a `storeUnavailable`; the reason follows, and what to do. */
const UNUSABLE = 'The store cannot be used: ';
const REFUSED = 'The store could not do this: ';
/** What SQLite's own wait for the disk would end with. */
export const DISK_ERROR = `${UNUSABLE}${DISK.reason}. ${DISK.remedy}`;

/** What is wrong, and what to do. */
export function troubleSentence(thrown: unknown): string {
  const { reason, remedy } = troubleIn(thrown);
  return `${isUnexpected(thrown) ? REFUSED : UNUSABLE}${reason}.${remedy === '' ? '' : ` ${remedy}`}`;
}

/** The reason alone, from such a sentence. */
export function reasonIn(sentence: string): string {
  const remedy = [...UNWRITABLE, ...OTHERS].find(([, one]) => one.remedy !== '' && sentence.endsWith(one.remedy))?.[1].remedy ?? '';
  return sentence.slice(0, sentence.length - remedy.length).replace(UNUSABLE, '').trimEnd().replace(/\.$/, '');
}
