import type { Problem, Unit, UnitKind, UnitTable } from '../../../../shared/model.ts';
import type { TextRange } from '../../../../shared/words/textParts.ts';
import { contentHash } from './hash.ts';
import type { SpanOf } from './document.ts';
import { readingText } from './readingText.ts';

/** A unit before it has a key and a hash: ranges and names only. */
export interface DraftUnit {
  readonly kind: UnitKind;
  /** Heading and words. */
  readonly start: number;
  readonly end: number;
  readonly textStart: number;
  readonly textEnd: number;
  /** Labels from the outermost heading to the unit itself; the key is built from them. */
  readonly outline: readonly string[];
  readonly id?: string;
  readonly number?: string;
  readonly title?: string;
  readonly path?: readonly string[];
  readonly level?: number;
  readonly speaker?: string;
  readonly time?: string;
  /** The words by which the unit is known to be the same, where they are not all that stands between `textStart` and `textEnd`. */
  readonly words?: string;
  readonly type?: string;
  /** Ranges left out of the words: page furniture, hyphens at line ends. In order and apart. */
  readonly omitted?: readonly TextRange[];
  readonly table?: UnitTable;
}

/** What a reader of one format gives back: drafts in document order, and what it could not take. */
export interface Reading {
  readonly drafts: readonly DraftUnit[];
  readonly problems: readonly Problem[];
}

/** Longest label inside a key, in UTF-16 code units. */
const MAX_LABEL = 60;

function label(words: string): string {
  const folded = words.replace(/[\s/#:]+/g, ' ').trim();
  return folded.length <= MAX_LABEL ? folded : folded.slice(0, MAX_LABEL).replace(/[\uD800-\uDBFF]$/, '');
}

/** Gives every draft its key (`document#outline/path:ordinal`) and content hash. Keys are unique in the document. */
export function finishUnits(document: string, text: string, drafts: readonly DraftUnit[], spanOf: SpanOf): readonly Unit[] {
  const uses = new Map<string, number>();
  return drafts.map((draft) => {
    const { start, end, outline, words, ...rest } = draft;
    const path = outline.map(label).join('/');
    const ordinal = (uses.get(path) ?? 0) + 1;
    uses.set(path, ordinal);
    return {
      ...rest,
      key: `${document}#${path}:${ordinal}`,
      span: spanOf(start, end),
      contentHash: contentHash(draft.title ?? '', words ?? readingText(text, draft.textStart, draft.textEnd, draft.omitted).text),
    };
  });
}

/** Moves both ends of a range inwards past white space. */
export function trimRange(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  return { start: from, end: to };
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x2028 || code === 0x2029 || code === 0x3000;
}
