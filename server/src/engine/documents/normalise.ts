/** A text as it is analysed, and the way back to the positions of the file it came from. */
export interface NormalisedText {
  readonly text: string;
  /** The offset in the decoded file (UTF-16, with its BOM, CRs and NULs) of an offset in `text`. */
  fileOffset(offset: number): number;
  /** Offsets in `text` before which NUL characters were taken out. */
  readonly removedNuls: readonly number[];
}

/** BOM, NUL, and every CR: the characters that are dropped or replaced. */
const CHANGED = /\uFEFF|\0|\r\n?/g;

/** Drops a leading BOM and NULs, and makes every line end `\n`. Linear in the text. */
export function normaliseText(raw: string): NormalisedText {
  const parts: string[] = [];
  /** Parallel: from this offset of the result on, so many characters of the file stand before it. */
  const from: number[] = [];
  const dropped: number[] = [];
  const removedNuls: number[] = [];
  let taken = 0;
  let length = 0;
  let missing = 0;
  const drop = (count: number): void => {
    missing += count;
    from.push(length);
    dropped.push(missing);
  };
  for (const match of raw.matchAll(CHANGED)) {
    const sign = match[0];
    if (sign === '\uFEFF' && match.index !== 0) continue;
    const before = raw.slice(taken, match.index);
    parts.push(before);
    length += before.length;
    taken = match.index + sign.length;
    if (sign === '\uFEFF') drop(1);
    else if (sign === '\0') {
      removedNuls.push(length);
      drop(1);
    } else {
      parts.push('\n');
      length += 1;
      if (sign === '\r\n') drop(1);
    }
  }
  parts.push(raw.slice(taken));
  return {
    text: parts.join(''),
    removedNuls,
    fileOffset(offset) {
      let low = 0;
      let high = from.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((from[middle] ?? 0) <= offset) low = middle + 1;
        else high = middle;
      }
      return offset + (low === 0 ? 0 : (dropped[low - 1] ?? 0));
    },
  };
}
