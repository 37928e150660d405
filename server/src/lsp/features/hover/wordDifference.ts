import { mergedDifference, unitWords, type MergedPart } from '../../../engine/index.ts';
import type { OutputUnit } from '../../../../../shared/model.ts';
import { plain } from './markdown.ts';

/** Words shown on either side of a difference. */
const CONTEXT_WORDS = 12;
/** A stretch that only one side has is cut in its middle beyond this, in words. */
const MAX_ONE_SIDE_WORDS = 60;
/** All of it, in characters before escaping: a hover is looked at, not read. */
const MAX_LENGTH = 1_600;

const MARKS = { both: '', source: '~~', target: '**' } as const satisfies Record<MergedPart['kind'], string>;

function middleCut(words: readonly string[], head: number, tail: number): string {
  if (words.length <= head + tail + 1) return words.join(' ');
  return [...words.slice(0, head), '\u2026', ...(tail === 0 ? [] : words.slice(-tail))].join(' ');
}

/** A part as it is shown: what stands in both is cut to what is near a difference. */
function shownWords({ kind, text }: MergedPart, isFirst: boolean, isLast: boolean): string {
  const words = text.split(' ');
  if (kind !== 'both') return middleCut(words, MAX_ONE_SIDE_WORDS / 2, MAX_ONE_SIDE_WORDS / 2);
  if (isFirst && isLast) return middleCut(words, 2 * CONTEXT_WORDS, 0);
  if (isFirst) return words.length <= CONTEXT_WORDS + 1 ? text : ['\u2026', ...words.slice(-CONTEXT_WORDS)].join(' ');
  return middleCut(words, CONTEXT_WORDS, isLast ? 0 : CONTEXT_WORDS);
}

export interface DifferenceShown {
  readonly markdown: string;
  /** False where nothing is deleted and nothing inserted. */
  readonly differs: boolean;
}

/**
 * Both wordings as one text: ~~only in the source~~, **only in the target**. Marks stand between spaces, so that they are
 * marks whatever stands beside them. Null where the two have too little in common.
 */
export function wordDifference(source: OutputUnit, targets: readonly OutputUnit[]): DifferenceShown | null {
  const { parts, compared, complete } = mergedDifference(unitWords(source), targets.map(unitWords));
  if (!compared) return null;
  const shown: string[] = [];
  let length = 0;
  let left = 0;
  parts.forEach((part, at) => {
    const words = shownWords(part, at === 0, at === parts.length - 1);
    if (length + words.length > MAX_LENGTH && part.kind !== 'both') left += 1;
    if (length + words.length > MAX_LENGTH || left > 0) return;
    length += words.length;
    const mark = MARKS[part.kind];
    shown.push(`${mark}${plain(words)}${mark}`);
  });
  const more = left > 0 ? [`\u2026 and ${left} more`] : complete ? [] : ['\u2026'];
  return { markdown: [...shown, ...more].join(' '), differs: parts.some(({ kind }) => kind !== 'both') };
}
