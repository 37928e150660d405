import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { GuardedDatabase } from '../../../server/src/adapters/guardedDatabase.ts';
import { openDatabase, type Connection } from '../../../server/src/adapters/openDatabase.ts';
import { isUnexpected, reasonIn, troubleOf, troubleSentence } from '../../../server/src/adapters/storeTrouble.ts';
import { temporaryFolder } from './storeFolder.ts';

const THEIR_WORDS = 'near "SELEC": table runs has no column named x';

/** Anything SQLite may throw. */
function thrownBySqlite(code: string): Error {
  const connection = openDatabase(null, { synchronous: 'NORMAL' });
  try {
    connection.exec('SELEC');
    throw new TypeError('SQLite took it.');
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('code' in thrown)) throw thrown;
    const SqliteError = thrown.constructor as new (message: string, code: string) => Error;
    return new SqliteError(THEIR_WORDS, code);
  } finally {
    connection.close();
  }
}

const AGAIN = 'Try again. If that does not help, report it with what the log says.';
const sentences: readonly (readonly [code: string, sentence: string])[] = [
  ['SQLITE_FULL', 'The store cannot be used: the disk is full. Free some space, then try again.'],
  ['SQLITE_BUSY', 'The store cannot be used: another process keeps it locked. Wait for the other window or terminal to finish, or close it, then try again.'],
  ['SQLITE_LOCKED_SHAREDCACHE', 'The store cannot be used: another process keeps it locked. Wait for the other window or terminal to finish, or close it, then try again.'],
  ['SQLITE_CORRUPT_INDEX', 'The store cannot be used: work.db is damaged. Move it away to start a new one; the damaged file is left as it is.'],
  ['SQLITE_NOTADB', 'The store cannot be used: work.db is damaged. Move it away to start a new one; the damaged file is left as it is.'],
  ['SQLITE_READONLY_DBMOVED', 'The store cannot be used: the store cannot be written. Allow writing to its folder and files, or name another folder in the setting collate.store, then try again.'],
  ['SQLITE_IOERR_WRITE', 'The store cannot be used: the disk reports an error, or is full. Free some space and check the disk, then try again.'],
  ['SQLITE_NOMEM', 'The store could not do this: there is not enough memory. Close other programs, then try again.'],
  ['SQLITE_TOOBIG', 'The store could not do this: something is too long to be kept. Analyze smaller parts of the document.'],
  ['SQLITE_ERROR', 'The store could not do this: its tables are not as Collate left them. Move the file away to start a new one; it is left as it is.'],
  ['SQLITE_CONSTRAINT_UNIQUE', `The store could not do this: it gives the error SQLITE_CONSTRAINT_UNIQUE. ${AGAIN}`],
];

describe('what SQLite cannot do', () => {
  it.each(sentences)('%s is said in a sentence that says what to do', (code, sentence) => {
    const thrown = thrownBySqlite(code);
    expect(troubleSentence(thrown)).toBe(sentence);
    if (!isUnexpected(thrown)) expect(reasonIn(sentence)).toBe(troubleOf(thrown));
  });

  it('an error of our own is not told in its words either', () => {
    expect(troubleSentence(new TypeError('Cannot read properties of undefined'))).toBe(`The store could not do this: Collate met an error of its own. ${AGAIN}`);
  });
});

const doings: readonly (readonly [name: string, prepare: (connection: Connection) => void, work: (connection: Connection) => unknown, code: string, message: RegExp])[] = [
  ['a full disk', (own) => own.pragma(`max_page_count = ${String(own.pragma('page_count', { simple: true }))}`), (own) => own.prepare('INSERT INTO kept VALUES (2, ?)').run('x'.repeat(100_000)), 'storeUnavailable', /^The store cannot be used: the disk is full\. Free some space/],
  ['a file that takes no writes', (own) => own.pragma('query_only = ON'), (own) => own.exec("INSERT INTO kept VALUES (2, '')"), 'storeUnavailable', /^The store cannot be used: the store cannot be written\. Allow writing/],
  ['a table that is gone', (own) => own.exec('DROP TABLE kept'), (own) => own.prepare('SELECT * FROM kept').all(), 'internal', /^The store could not do this: its tables are not as Collate left them\. Move the file away/],
  ['a row that is there', () => undefined, (own) => own.exec("INSERT INTO kept VALUES (1, '')"), 'internal', /^The store could not do this: it gives the error SQLITE_CONSTRAINT_PRIMARYKEY\. Try again\./],
];

it.each(doings)('%s: the failure says what to do, the log has what SQLite says', async (_, prepare, work, code, message) => {
  const connection = openDatabase(join(temporaryFolder(), 'work.db'), { synchronous: 'NORMAL' });
  connection.exec("CREATE TABLE kept (id INTEGER PRIMARY KEY, words TEXT); INSERT INTO kept VALUES (1, '')");
  prepare(connection);
  const told: string[] = [];
  const database = new GuardedDatabase(connection, (words) => void told.push(words));
  onTestFinished(() => database.close());
  const done = await database.run(work);
  expect(done).toMatchObject({ ok: false, failure: { code, message: expect.stringMatching(message) as string } });
  expect(done.ok ? '' : done.failure.message).not.toMatch(/no such table|UNIQUE|kept/);
  if (code === 'internal') expect(told).toEqual([expect.stringMatching(/no such table: kept|UNIQUE constraint failed: kept\.id/)]);
  else expect(told).toEqual([]);
});
