/** Whether a JPEG has all its parts, to its end. What its pixels say cannot be told without drawing them. Source: ITU T.81, B.1. */
import type { PictureFault } from './pictureFault.ts';

const MARK = 0xff;
const [START_OF_SCAN, END] = [0xda, 0xd9];
const isRestart = (mark: number): boolean => mark >= 0xd0 && mark <= 0xd7;
/** Nothing follows these marks: restarts, a start, and one for arithmetic coding. */
const standsAlone = (mark: number): boolean => mark === 0x01 || mark === 0xd8 || isRestart(mark);

/** Where the pixels that begin at `from` end: at the next mark that is no part of them. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(MARK, from);
  while (at !== -1) {
    const next = bytes[at + 1];
    if (next === undefined) return -1;
    if (next !== 0 && next !== MARK && !isRestart(next)) return at;
    at = bytes.indexOf(MARK, next === MARK ? at + 1 : at + 2);
  }
  return -1;
}

/** Null: it is whole. What stands behind the end, as cameras write it, is not looked at. */
export function jpegFault(bytes: Uint8Array): PictureFault | null {
  let at = 2;
  while (at + 1 < bytes.length) {
    const mark = bytes[at + 1] as number;
    if (bytes[at] !== MARK) return 'damaged';
    if (mark === END) return null;
    if (mark === MARK) {
      at += 1;
    } else if (standsAlone(mark)) {
      at += 2;
    } else {
      if (at + 4 > bytes.length) return 'cutOff';
      const length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
      if (length < 2) return 'damaged';
      at += 2 + length;
      if (mark !== START_OF_SCAN) continue;
      at = endOfScan(bytes, at);
      if (at === -1) return 'cutOff';
    }
  }
  return 'cutOff';
}
