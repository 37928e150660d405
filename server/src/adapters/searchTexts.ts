import { ROW_END, ROWS_A_TEXT } from './matchRowSpot.ts';
import type { Connection } from './openDatabase.ts';

/** Searches that are remembered a connection: a list asks for its count, its page and its groups with the same words. */
const REMEMBERED = 4;

const END = String.fromCharCode(ROW_END);

/** Words as they are kept and as they are looked for. */
function folded(words: string): string {
  return words.toLowerCase().replaceAll(END, ' ');
}

/** Keeps the searched words of a step's rows of one side, which stand at `first` and behind it. */
export function writeSearchTexts(connection: Connection, run: string, first: number, words: readonly string[]): void {
  const insert = connection.prepare('INSERT INTO searchTexts (run, spot, text) VALUES (?, ?, ?)');
  for (let at = 0; at < words.length; at += ROWS_A_TEXT) {
    insert.run(run, first + at, Buffer.from(words.slice(at, at + ROWS_A_TEXT).map(folded).join(END)));
  }
}

/** Adds the spots of the rows of one text that have the words. A few searches of the machine's own a row, however long it is. */
function findIn(text: Buffer, needle: Buffer, first: number, found: number[]): void {
  let start = 0;
  let spot = first;
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, start)) {
    for (;;) {
      const end = text.indexOf(ROW_END, start);
      const isHere = end === -1 || end > at;
      if (isHere) found.push(spot);
      if (end === -1) return;
      start = end + 1;
      spot += 1;
      if (isHere) break;
    }
  }
}

interface Search {
  readonly key: string;
  /** Texts there were: rows are only ever added to a run. */
  readonly texts: number;
  readonly spots: readonly number[];
}

const searches = new WeakMap<Connection, readonly Search[]>();

/** Spots of the rows whose number, title or text have the words, in any case. */
export function spotsWith(connection: Connection, run: string, words: string): readonly number[] {
  const key = JSON.stringify([run, words]);
  const texts = connection.prepare<[string], { texts: number }>('SELECT count(*) AS texts FROM searchTexts WHERE run = ?').get(run)?.texts ?? 0;
  const known = searches.get(connection) ?? [];
  const before = known.find((one) => one.key === key && one.texts === texts);
  if (before !== undefined) return before.spots;
  const needle = Buffer.from(folded(words));
  const spots: number[] = [];
  for (const { spot, text } of connection.prepare<[string], { spot: number; text: Buffer }>('SELECT spot, text FROM searchTexts WHERE run = ?').iterate(run)) findIn(text, needle, spot, spots);
  searches.set(connection, [{ key, texts, spots }, ...known.filter((one) => one.key !== key)].slice(0, REMEMBERED));
  return spots;
}

/** Forgets what was found in a run: one that is deleted may come again with other rows. */
export function forgetSearches(connection: Connection): void {
  searches.delete(connection);
}
