import { blanksIn } from './blanks.ts';
import type { DraftUnit } from './draftUnit.ts';
import { optionBoxes } from './optionBox.ts';

/** Text before the first heading has substance from so many words in sentences on; title lines hold none. */
const MIN_PREAMBLE_WORDS = 25;
/** Below a heading of the cover, its own title in capitals, so many are enough. */
const MIN_HEADED_WORDS = 12;
/** A run of words is a sentence from so many words on, half of which start with a small letter. */
const SENTENCE = { words: 5, small: 0.5 };
const ANY_WORD = /\p{L}[\p{L}\p{N}'\u2019-]*/gu;

/** Words that stand in sentences, not in title lines, names or addresses. */
function sentenceWords(text: string): number {
  let total = 0;
  for (const part of text.split(/[.;:!?](?=\s|$)|\n[ \t]*\n/u)) {
    const words = part.match(ANY_WORD) ?? [];
    const small = words.filter((word) => /^\p{Ll}/u.test(word)).length;
    if (words.length >= SENTENCE.words && small >= words.length * SENTENCE.small) total += words.length;
  }
  return total;
}

/** Title lines stand before everything else: without a heading, below a title in capitals, or below the one of the document. */
function leastWords(text: string, draft: DraftUnit, next: DraftUnit, first: boolean): number | null {
  const { title, number, election, table, type } = draft;
  if (number !== undefined || election !== undefined || table !== undefined || type !== undefined) return null;
  if (title === undefined) return first ? MIN_PREAMBLE_WORDS : null;
  const isDocumentTitle = first && text.startsWith('# ', draft.start) && (next.level ?? 0) > (draft.level ?? 0);
  return isDocumentTitle || (title === title.toUpperCase() && title !== title.toLowerCase()) ? MIN_HEADED_WORDS : null;
}

/**
 * Leaves the words of a cover page (title lines, vendor, number of the document) to the headings they are: units before
 * the first numbered or filled-in one that hold no sentences have no text of their own. A preamble with substance stays
 * a provision, and so does everything in a document whose parts are not numbered, but for what stands before its first
 * heading.
 */
export function withoutCover(text: string, drafts: readonly DraftUnit[]): readonly DraftUnit[] {
  const bodyAt = drafts.findIndex(({ number, election }) => number !== undefined || election !== undefined);
  const last = bodyAt === -1 ? Math.min(1, drafts.length - 1) : bodyAt;
  let isCover = true;
  return drafts.map((draft, at) => {
    const next = drafts[at + 1];
    if (!isCover || at >= last || next === undefined) return draft;
    const least = leastWords(text, draft, next, at === 0);
    const own = text.slice(draft.textStart, draft.textEnd);
    isCover = least !== null && (bodyAt !== -1 || draft.title === undefined) && sentenceWords(own) < least && blanksIn(own, { start: 0, end: own.length }, []).length === 0 && optionBoxes(own).length === 0;
    return isCover ? { ...draft, textStart: draft.end, textEnd: draft.end } : draft;
  });
}
