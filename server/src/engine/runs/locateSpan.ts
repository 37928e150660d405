import type { Span } from '../../../../shared/model.ts';
import { Locator } from '../documents/locator/locator.ts';
import type { Located } from './api.ts';

/** Words before and after that tell one occurrence from another, in UTF-16 code units on each side. */
const CONTEXT = 400;
/** Occurrences looked at, the ones nearest to the old place first. */
const MAX_OCCURRENCES = 500;
/** A line shorter than this is no landmark: it may stand anywhere. */
const LANDMARK_LENGTH = 12;
/** Lines above the words that are tried as a landmark. */
const LANDMARK_LINES = 50;

function positionAt(text: string, offset: number): { readonly line: number; readonly character: number } {
  let line = 0;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return { line, character: offset - start };
}

/** Where `words` stand in `text`, nearest to `offset` first. */
function occurrences(text: string, words: string, offset: number): readonly number[] {
  const found: number[] = [];
  let before = text.lastIndexOf(words, offset);
  let after = text.indexOf(words, offset + 1);
  while (found.length < MAX_OCCURRENCES && (before !== -1 || after !== -1)) {
    const takeBefore = after === -1 || (before !== -1 && offset - before <= after - offset);
    if (takeBefore) {
      found.push(before);
      before = before === 0 ? -1 : text.lastIndexOf(words, before - 1);
    } else {
      found.push(after);
      after = text.indexOf(words, after + 1);
    }
  }
  return found;
}

/** How many characters around two places are equal: the same words in the same surroundings are the same words. */
function sharedContext(old: string, oldAt: number, current: string, currentAt: number, length: number): number {
  let before = 0;
  while (before < CONTEXT && oldAt - before > 0 && currentAt - before > 0 && old[oldAt - before - 1] === current[currentAt - before - 1]) before += 1;
  let after = 0;
  const oldEnd = oldAt + length;
  const end = currentAt + length;
  while (after < CONTEXT && oldEnd + after < old.length && end + after < current.length && old[oldEnd + after] === current[end + after]) after += 1;
  return before + after;
}

function bestOccurrence(span: Span, old: string, current: string): number | null {
  if (span.quote === '') return null;
  let best: { readonly at: number; readonly shared: number } | null = null;
  for (const at of occurrences(current, span.quote, span.start)) {
    const shared = sharedContext(old, span.start, current, at, span.quote.length);
    if (best === null || shared > best.shared) best = { at, shared };
  }
  return best?.at ?? null;
}

/** The line the words stood on by the nearest line above that is still there, once; otherwise their old line. */
function nearestLine(span: Span, old: string, current: string): number {
  const lastLine = positionAt(current, current.length).line;
  const oldLine = span.line - 1;
  const above = old.slice(0, span.start).split('\n').slice(-LANDMARK_LINES).reverse();
  for (const [distance, line] of above.entries()) {
    if (line.length < LANDMARK_LENGTH) continue;
    const at = current.indexOf(line);
    if (at === -1 || current.indexOf(line, at + 1) !== -1) continue;
    return Math.min(positionAt(current, at).line + distance, lastLine);
  }
  return Math.min(oldLine, lastLine);
}

/**
 * Where a span's words of the text `old` are in `current`. Of several equal quotes the one in the same surroundings is
 * taken, then the nearest. Words that were edited without another meaning give their place, words that are gone the line
 * they would stand on; both are marked as not current.
 */
export function locateSpan(span: Span, old: string, current: string): Located {
  const start = old === current ? span.start : bestOccurrence(span, old, current);
  if (start !== null) {
    const end = start + (span.end - span.start);
    return { start: positionAt(current, start), end: positionAt(current, end), current: true };
  }
  const reworded = new Locator(current).locate(span.quote, { near: span.start, around: old.slice(Math.max(0, span.start - CONTEXT), span.end + CONTEXT) });
  if (reworded !== null) return { start: positionAt(current, reworded.start), end: positionAt(current, reworded.end), current: false };
  const place = { line: nearestLine(span, old, current), character: 0 };
  return { start: place, end: place, current: false };
}
