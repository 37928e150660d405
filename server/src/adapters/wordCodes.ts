import { ByteList } from './byteList.ts';

/** Byte behind each word of a list; in the words themselves a blank takes its place. */
export const WORD_END = 30;

const FIRST_SIZE = 1 << 12;
/** Three bytes of UTF-8 and more: marks and scripts that part words without a blank. Each such character begins a word. */
const FIRST_WIDE = 0xe2;
const LAST_LEAD = 0xf7;

/** True for letters, digits and all that is not ASCII. */
const IS_LETTER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x80 || /[0-9a-z]/i.test(String.fromCharCode(byte)) ? 1 : 0));
const IS_WIDE = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= FIRST_WIDE && byte <= LAST_LEAD ? 1 : 0));

/** Where a text is cut is said by two bytes beside each other, so that a part of a text is cut as it is in the whole. */
function isCut(before: number, byte: number): boolean {
  return IS_LETTER[byte] === 1 && (IS_LETTER[before] === 0 || IS_WIDE[byte] === 1);
}

/** The words of a text, each with the blanks and marks behind it: together they are the text. */
export function cutWords(text: Uint8Array): readonly Uint8Array[] {
  const words: Uint8Array[] = [];
  let start = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && !isCut(text[at - 1] ?? 0, text[at] ?? 0)) continue;
    words.push(text.subarray(start, at));
    start = at;
  }
  return words;
}

/** Words of a run by number, in the order they first came. A hash table over their bytes, since there are millions to look up. */
export class WordCodes {
  readonly #words = new ByteList();
  #starts = new Int32Array(FIRST_SIZE);
  #hashes = new Int32Array(FIRST_SIZE);
  /** Codes plus one by hash; 0 is free. A power of two long, and never more than half full. */
  #table = new Int32Array(2 * FIRST_SIZE);
  count = 0;

  /** `words` as `since` gives them. */
  constructor(words: readonly Uint8Array[]) {
    for (const list of words) {
      for (let start = 0, end = list.indexOf(WORD_END); end !== -1; start = end + 1, end = list.indexOf(WORD_END, start)) {
        let hash = 0;
        for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (list[at] ?? 0)) | 0;
        this.#code(list, start, end, hash);
      }
    }
  }

  /** Bytes the words take: a mark for `since`. */
  get length(): number {
    return this.#words.length;
  }

  /** The words that came since, each with `WORD_END` behind it. */
  since(length: number): Buffer {
    return this.#words.from(length);
  }

  /** Adds the codes of a text's words; words that are new are numbered. No byte of it is `WORD_END`. */
  encode(text: Uint8Array, into: ByteList): void {
    const { length } = text;
    if (length === 0) return;
    let start = 0;
    let before = text[0] ?? 0;
    let hash = before;
    for (let at = 1; at < length; at++) {
      const byte = text[at] ?? 0;
      if (isCut(before, byte)) {
        into.pushNumber(this.#code(text, start, at, hash));
        start = at;
        hash = 0;
      }
      hash = (Math.imul(hash, 31) + byte) | 0;
      before = byte;
    }
    into.pushNumber(this.#code(text, start, length, hash));
  }

  #code(text: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#table.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let entry = this.#table[slot] ?? 0; entry !== 0; entry = this.#table[slot] ?? 0) {
      if (this.#hashes[entry - 1] === hash && this.#equals(entry - 1, text, start, end)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(text, start, end, hash, slot);
  }

  #equals(code: number, text: Uint8Array, start: number, end: number): boolean {
    const { bytes } = this.#words;
    let own = this.#starts[code] ?? 0;
    for (let at = start; at < end; at++) if (bytes[own++] !== text[at]) return false;
    return bytes[own] === WORD_END;
  }

  #add(text: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const code = this.count++;
    if (code === this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#hashes = grown(this.#hashes);
    }
    this.#starts[code] = this.#words.length;
    this.#hashes[code] = hash;
    this.#words.push(text.subarray(start, end));
    this.#words.pushNumber(WORD_END);
    this.#table[slot] = code + 1;
    if (2 * this.count > this.#table.length) this.#rehash();
    return code;
  }

  #rehash(): void {
    const table = new Int32Array(2 * this.#table.length);
    const mask = table.length - 1;
    for (let code = 0; code < this.count; code++) {
      const hash = this.#hashes[code] ?? 0;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = code + 1;
    }
    this.#table = table;
  }
}

function grown(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(2 * numbers.length);
  twice.set(numbers);
  return twice;
}
