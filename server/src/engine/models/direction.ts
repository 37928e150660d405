/** Vectors of meaning, as they are kept and compared. */
import { base64, fromBase64 } from '../report/base64.ts';

/**
 * Where a vector points to: each component in 127ths of the largest. Cosines ask for no more, and a direction of 1,536
 * components takes 2 kB as text where its floats would take 8. What is compared is always what was kept, so that a run that is
 * taken up compares the same.
 */
export type Direction = Int8Array;

const LARGEST = 127;

/** `vector` holds finite numbers, one of which is not 0. */
export function directionOf(vector: readonly number[]): Direction {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Int8Array.from(vector, (value) => Math.round((value / largest) * LARGEST));
}

export function directionText(direction: Direction): string {
  return base64(new Uint8Array(direction.buffer, direction.byteOffset, direction.byteLength));
}

/** Null: it is no text of a direction. */
export function readDirection(kept: unknown): Direction | null {
  const bytes = typeof kept === 'string' ? fromBase64(kept) : null;
  return bytes === null || bytes.every((byte) => byte === 0) ? null : new Int8Array(bytes.buffer);
}
