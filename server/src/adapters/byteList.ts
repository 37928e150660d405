/** Numbers are written in parts of seven bits, lowest first; this bit says that more follow. */
const MORE = 0x80;
/** Bytes of the largest number. */
const NUMBER_BYTES = 4;
const FIRST_SIZE = 1 << 12;

/** Bytes that grow. */
export class ByteList {
  bytes = Buffer.allocUnsafe(FIRST_SIZE);
  length = 0;

  /** Makes room for that many more. */
  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(2 * (this.length + more));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  push(other: Uint8Array): void {
    this.reserve(other.length);
    this.bytes.set(other, this.length);
    this.length += other.length;
  }

  /** A number from 0 below 2 ** 28. */
  pushNumber(value: number): void {
    if (this.length + NUMBER_BYTES > this.bytes.length) this.reserve(NUMBER_BYTES);
    const { bytes } = this;
    let at = this.length;
    let rest = value;
    for (; rest >= MORE; rest >>= 7) bytes[at++] = (rest & (MORE - 1)) | MORE;
    bytes[at++] = rest;
    this.length = at;
  }

  /** Copies of the bytes from there on. */
  from(start: number): Buffer {
    return Buffer.from(this.bytes.subarray(start, this.length));
  }
}

/** Reads numbers that a `ByteList` was given. */
export class NumberReader {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  next(): number {
    let byte = this.#bytes[this.at++] ?? 0;
    let value = byte & (MORE - 1);
    for (let shift = 7; byte >= MORE; shift += 7) {
      byte = this.#bytes[this.at++] ?? 0;
      value |= (byte & (MORE - 1)) << shift;
    }
    return value;
  }
}
