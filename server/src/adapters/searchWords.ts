import type { Connection } from './openDatabase.ts';
import { WORD_END, WordCodes } from './wordCodes.ts';

/** Runs whose words are remembered a connection: those that are being written. */
const REMEMBERED = 4;

interface Known {
  /** Lists of words the store had then. */
  readonly lists: number;
  readonly codes: WordCodes;
}

const known = new WeakMap<Connection, Map<string, Known>>();

function listsOf(connection: Connection, run: string): readonly Buffer[] {
  return connection.prepare<[string], Buffer>('SELECT words FROM searchWords WHERE run = ? ORDER BY first').pluck().all(run);
}

/** Words by number of a run that is written. What another process, or a write that came to nothing, did is noticed. */
function codesOf(connection: Connection, run: string): Known {
  const lists = connection.prepare<[string], number>('SELECT count(*) FROM searchWords WHERE run = ?').pluck().get(run) ?? 0;
  const before = known.get(connection)?.get(run);
  return before?.lists === lists ? before : { lists, codes: new WordCodes(listsOf(connection, run)) };
}

/** Lends the words of a run, and keeps those that are new. */
export function withWordCodes(connection: Connection, run: string, write: (codes: WordCodes) => void): void {
  const { lists, codes } = codesOf(connection, run);
  const { count, length } = codes;
  write(codes);
  const isMore = codes.count > count;
  if (isMore) connection.prepare('INSERT INTO searchWords (run, first, words) VALUES (?, ?, ?)').run(run, count, codes.since(length));
  const others = [...(known.get(connection) ?? [])].filter(([other]) => other !== run).slice(-(REMEMBERED - 1));
  known.set(connection, new Map([...others, [run, { lists: lists + (isMore ? 1 : 0), codes }]]));
}

/** Forgets the words of a run that is written no more. */
export function forgetWordCodes(connection: Connection, run: string): void {
  known.get(connection)?.delete(run);
}

/** Words of a run as one text, to look for some among them. */
export class SearchWords {
  /** `WORD_END` before and behind each word. */
  readonly #text: Buffer;
  readonly #ends: Int32Array;

  constructor(connection: Connection, run: string) {
    this.#text = Buffer.concat([Buffer.of(WORD_END), ...listsOf(connection, run)]);
    const ends: number[] = [];
    for (let at = this.#text.indexOf(WORD_END, 1); at !== -1; at = this.#text.indexOf(WORD_END, at + 1)) ends.push(at);
    this.#ends = Int32Array.from(ends);
  }

  /** 1 for each word, by its code, that has the part: at its beginning, at its end, both, or anywhere. */
  having(part: Uint8Array, { begins = false, ends = false }: { readonly begins?: boolean; readonly ends?: boolean }): Uint8Array {
    const end = Buffer.of(WORD_END);
    const sought = Buffer.concat([...(begins ? [end] : []), part, ...(ends ? [end] : [])]);
    const found = new Uint8Array(this.#ends.length);
    let code = 0;
    for (let at = this.#text.indexOf(sought); at !== -1 && code < found.length; at = this.#text.indexOf(sought, at)) {
      code = this.#codeAt(at + (begins ? 1 : 0), code);
      found[code] = 1;
      // The next word; its `WORD_END` may be the one that ends this.
      at = this.#ends[code] ?? 0;
    }
    return found;
  }

  /** The word a byte is of, which is not before `from`. */
  #codeAt(at: number, from: number): number {
    let [low, high] = [from, this.#ends.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ends[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
