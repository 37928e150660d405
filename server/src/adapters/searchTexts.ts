import { ByteList, NumberReader } from './byteList.ts';
import { ROWS_A_TEXT } from './matchRowSpot.ts';
import type { Connection } from './openDatabase.ts';
import { SearchWords, withWordCodes } from './searchWords.ts';
import { cutWords, WORD_END } from './wordCodes.ts';

// The words rows are found by are kept as numbers of words: a fifth of their text, so that all of a run are read and looked
// through in less time than its text would take. A row is the length of its numbers in bytes, and the numbers.

/** Searches that are remembered a connection: a list asks for its count, its page and its groups with the same words. */
const REMEMBERED = 4;

const END = String.fromCharCode(WORD_END);

/** Words as they are kept and as they are looked for. */
function folded(words: string): Buffer {
  return Buffer.from(words.toLowerCase().replaceAll(END, ' '));
}

/** Keeps the searched words of a step's rows of one side, which stand at `first` and behind it. */
export function writeSearchTexts(connection: Connection, run: string, first: number, words: readonly string[]): void {
  const insert = connection.prepare('INSERT INTO searchCodes (run, spot, rows) VALUES (?, ?, ?)');
  const row = new ByteList();
  withWordCodes(connection, run, (codes) => {
    for (let at = 0; at < words.length; at += ROWS_A_TEXT) {
      const rows = new ByteList();
      for (const one of words.slice(at, at + ROWS_A_TEXT)) {
        row.length = 0;
        codes.encode(folded(one), row);
        rows.pushNumber(row.length);
        rows.push(row.bytes.subarray(0, row.length));
      }
      insert.run(run, first + at, rows.from(0));
    }
  });
}

/** Says of the numbers of a row whether the words are in it. */
type IsIn = (codes: NumberReader, end: number) => boolean;

/** Null where no row can have the words. */
function finder(words: SearchWords, sought: Buffer): IsIn | null {
  const parts = cutWords(sought);
  const flags = parts.map((part, at) => words.having(part, parts.length === 1 ? {} : { begins: at > 0, ends: at < parts.length - 1 }));
  if (flags.some((one) => !one.includes(1))) return null;
  const [first, ...others] = flags;
  if (first === undefined) return () => true;
  return (codes, end) => {
    while (codes.at < end) {
      if (first[codes.next()] !== 1) continue;
      const behind = codes.at;
      let told = 0;
      while (told < others.length && codes.at < end && others[told]?.[codes.next()] === 1) told++;
      if (told === others.length) return true;
      codes.at = behind;
    }
    return false;
  };
}

interface Search {
  readonly key: string;
  /** Texts there were: rows are only ever added to a run. */
  readonly texts: number;
  readonly spots: readonly number[];
}

const searches = new WeakMap<Connection, readonly Search[]>();

function search(connection: Connection, run: string, sought: Buffer): readonly number[] {
  const isIn = finder(new SearchWords(connection, run), sought);
  const spots: number[] = [];
  if (isIn === null) return spots;
  const texts = connection.prepare<[string], { spot: number; rows: Buffer }>('SELECT spot, rows FROM searchCodes WHERE run = ?');
  for (const { spot, rows } of texts.iterate(run)) {
    const reader = new NumberReader(rows);
    for (let row = spot; reader.at < rows.length; row++) {
      const length = reader.next();
      const end = reader.at + length;
      if (isIn(reader, end)) spots.push(row);
      reader.at = end;
    }
  }
  return spots;
}

/** Spots of the rows whose number, title or text have the words, in any case. */
export function spotsWith(connection: Connection, run: string, words: string): readonly number[] {
  const key = JSON.stringify([run, words]);
  const texts = connection.prepare<[string], number>('SELECT count(*) FROM searchCodes WHERE run = ?').pluck().get(run) ?? 0;
  const before = searches.get(connection) ?? [];
  const same = before.find((one) => one.key === key && one.texts === texts);
  if (same !== undefined) return same.spots;
  const spots = search(connection, run, folded(words));
  searches.set(connection, [{ key, texts, spots }, ...before.filter((one) => one.key !== key)].slice(0, REMEMBERED));
  return spots;
}

/** Forgets what was found in a run: one that is deleted may come again with other rows. */
export function forgetSearches(connection: Connection): void {
  searches.delete(connection);
}
