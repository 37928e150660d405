import type { PageLine } from '../pageLines.ts';
import type { LineKinds } from './furnitureKind.ts';

/** Stamped across pages; a text layer spells them down the page, one letter a line, or backwards where they are turned. */
const STAMPS = [
  'DRAFT', 'COPY', 'SAMPLE', 'SPECIMEN', 'CONFIDENTIAL', 'VOID', 'PROOF', 'DUPLICATE', 'UNOFFICIAL', 'PRELIMINARY', 'SUPERSEDED', 'OBSOLETE', 'REDLINE',
  'ARCHIVED', 'RESTRICTED', 'PROPRIETARY', 'FILE COPY', 'DO NOT COPY', 'NOT FOR FILING', 'FOR REVIEW', 'EXAMPLE', 'CANCELLED', 'CANCELED',
];
const WORDS: readonly string[] = STAMPS.map((stamp) => stamp.replaceAll(' ', '')).flatMap((word) => [word, [...word].reverse().join('')]).sort((a, b) => b.length - a.length);
const WHOLE: ReadonlySet<string> = new Set(WORDS);
/** Letters of one stamp are no further apart than a page is long, double-spaced, in lines. */
const MAX_GAP = 90;
const MAX_SPACED = 60;

/** Marks single letters, alone on their lines, that spell a stamp down the page, and a stamp spelled `D R A F T` on one line. */
export function findWatermarks(lines: readonly PageLine[], kinds: LineKinds): void {
  const letters: { readonly index: number; readonly letter: string }[] = [];
  lines.forEach((line, index) => {
    if (line.fenced || line.blank) return;
    if (/^[A-Z]$/.test(line.text)) letters.push({ index, letter: line.text });
    else if (line.text.length <= MAX_SPACED && /^[A-Z](?: [A-Z]){3,}$/.test(line.text) && WHOLE.has(line.text.replaceAll(' ', ''))) kinds[index] = 'watermark';
  });
  for (let k = 0; k < letters.length; ) {
    const word = WORDS.find((candidate) => spells(letters, k, candidate));
    if (word === undefined) {
      k += 1;
      continue;
    }
    for (const { index } of letters.slice(k, k + word.length)) kinds[index] = 'watermark';
    k += word.length;
  }
}

function spells(letters: readonly { readonly index: number; readonly letter: string }[], from: number, word: string): boolean {
  for (let at = 0; at < word.length; at += 1) {
    const here = letters[from + at];
    if (here === undefined || here.letter !== word[at]) return false;
    const before = letters[from + at - 1];
    if (at > 0 && before !== undefined && here.index - before.index > MAX_GAP) return false;
  }
  return true;
}
