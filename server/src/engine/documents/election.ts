import type { Election, ElectionOption, TextPlace } from '../../../../shared/model.ts';
import { blanksIn } from './blanks.ts';
import { wordsBeforeBoxes } from './boxesBehind.ts';
import { trimRange } from './draftUnit.ts';
import { stateOf, typeOf } from './electionState.ts';
import { placesWithin, type OptionBox } from './optionBox.ts';
import { letterOrRoman } from './parenStyle.ts';
import { belowInnerBox } from './optionColumns.ts';
import { optionPlace } from './optionPlace.ts';
import { citationsIn } from './planCitation.ts';
import { typedAnswer } from './typedAnswer.ts';

/** A list's mark behind or before a box: `a.`, `(ii)`, `3)`. */
const MARK_AFTER = /^[ \t\u00a0*]*(?:\((?:[A-Za-z]{1,4}|\d{1,2})\)|(?:[A-Za-z]|[ivxIVX]{2,5}|\d{1,2})[.)])(?=[ \t\n*]|$)/;
const MARK_BEFORE = /(?:\((?:[A-Za-z]{1,4}|\d{1,2})\)|\b(?:[A-Za-z]|[ivxIVX]{2,5}|\d{1,2})[.)])[ \t]{0,4}$/;
/** So far back of a box its mark is looked for. */
const MARK_LENGTH = 12;
/** Nothing leads a line that stands further in than this, in UTF-16 code units. */
const LEAD_WITHIN = 300;
/** Columns a tab stands for. */
const TAB = 4;

/** The column of the first sign of the line on which `at` stands, and whether only a bullet or a list mark stands before it there. */
export function lineLead(text: string, at: number): { readonly column: number; readonly leads: boolean; readonly lineStart: number } {
  const from = Math.max(0, at - LEAD_WITHIN);
  const lineStart = from + text.slice(from, at).lastIndexOf('\n') + 1;
  const before = text.slice(lineStart, at);
  const rest = before.replace(/^[ \t]*(?:>[ \t]?)?(?:[-*+\u2022][ \t]+)?/, '');
  const leads = rest.trim() === '' || (MARK_BEFORE.exec(rest)?.index ?? -1) === 0 || /^\d{1,2}[.)][ \t]+$/.test(rest);
  const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
  return { column: columnsOf(indent), leads, lineStart };
}

function columnsOf(words: string): number {
  return [...words].reduce((sum, sign) => sum + (sign === '\t' ? TAB : 1), 0);
}

interface Placed {
  readonly box: OptionBox;
  /** Where its words begin: behind the box and its mark. */
  readonly from: number;
  /** Where the option begins: its line, or its mark or box where it stands beside another. */
  readonly opens: number;
  readonly column: number;
  readonly leads: boolean;
  readonly mark: string;
}

function placed(text: string, box: OptionBox, after: number, limit: number): Placed {
  const behind = MARK_AFTER.exec(text.slice(box.end, Math.min(limit, box.end + MARK_LENGTH)))?.[0] ?? '';
  const { column, leads, lineStart } = lineLead(text, box.start);
  const before = MARK_BEFORE.exec(text.slice(Math.max(lineStart, after, box.start - MARK_LENGTH), box.start))?.[0] ?? '';
  const mark = (behind === '' ? before : behind).replace(/[().\s*]/g, '');
  return { box, from: box.end + behind.length, opens: Math.max(after, leads ? lineStart : box.start - before.length), column: leads ? column : columnsOf(text.slice(lineStart, box.start)), leads, mark };
}

type MarkStyle = 'a' | 'A' | 'i' | '1' | '';

/** Depths by column first; where all stand in one column, by the style of their marks: `i.` behind `b.` hangs below it. */
function depthsOf(text: string, options: readonly Placed[]): readonly number[] {
  const open: { readonly column: number; readonly style: MarkStyle }[] = [];
  let letter: string | undefined;
  return options.map(({ box, column, leads, mark }, at) => {
    const before = options[at - 1];
    if (!leads && before !== undefined) {
      // Boxes of one line stand beside each other, but "[ ] b. Match: [ ] full [ ] half" asks again.
      const between = text.slice(before.from, box.start);
      if (before.leads && /:[ \t]*$/.test(between) && !between.includes('\n')) open.push({ column: Infinity, style: '' });
      return Math.max(0, open.length - 1);
    }
    const romanOpen = open.some(({ style }) => style === 'i');
    const style: MarkStyle = mark === '' ? '' : /^\d/.test(mark) ? '1' : mark !== mark.toLowerCase() ? 'A' : letterOrRoman(mark, letter, romanOpen) === '(i)' ? 'i' : 'a';
    if (style === 'a') letter = mark;
    while (open.length > 0 && (open.at(-1)?.column ?? 0) > column) open.pop();
    const sameColumn = open.findIndex((one) => one.column === column && (one.style === style || one.style === '' || style === ''));
    const starts = style === 'i' ? mark === 'i' : style === '1' ? mark === '1' : style === 'a' ? mark === 'a' : style === 'A' ? mark === 'A' : false;
    if (sameColumn !== -1) open.length = sameColumn;
    else if (open.at(-1)?.column === column && !starts) open.length = Math.max(0, open.findIndex((one) => one.column === column));
    open.push({ column, style });
    return open.length - 1;
  });
}

/** An option's words on one line, its blanks as one sign, without citations and the hyphens of `broken` words. */
function labelOf(text: string, { start, end }: TextPlace, broken: readonly TextPlace[]): string {
  const cited = citationsIn(text, { start, end });
  const blanks = blanksIn(text, { start, end }, []);
  let label = '';
  let from = start;
  for (const place of [...cited.map((one) => ({ ...one, shown: ' ' })), ...placesWithin(broken, start, end).map((one) => ({ ...one, shown: '' })), ...blanks.map((one) => ({ ...one, shown: '____' }))].sort((a, b) => a.start - b.start)) {
    if (place.start < from) continue;
    label += text.slice(from, place.start) + place.shown;
    from = place.end;
  }
  return (label + text.slice(from, end)).replace(/\*\*|[\\|]/g, '').replace(/\s+/g, ' ').replace(/^[\s:.\u2013-]+/, '').trim();
}

/**
 * Where an option's words end: at the next option, or at an empty line behind which the text stands no deeper than the
 * box: that is said of the question again.
 */
function wordsEnd(text: string, option: Placed, limit: number): number {
  for (let at = text.indexOf('\n', option.from); at !== -1 && at < limit; at = text.indexOf('\n', at + 1)) {
    const gap = /^\n(?:[ \t]*\n)+/.exec(text.slice(at, Math.min(limit, at + 400)))?.[0];
    if (gap === undefined) continue;
    const next = at + gap.length;
    const { column } = lineLead(text, next + (/^[ \t]*/.exec(text.slice(next, Math.min(limit, next + 200)))?.[0].length ?? 0));
    if (column <= option.column) return at;
  }
  return limit;
}

/** A box at the end of a line, behind its words as in a table, has none of the words of the next line; nor has one beside others of a note below. */
function lastOnLine(text: string, { box, leads }: Placed, end: number): number {
  if (leads) return end;
  const { lineEnd, below } = belowInnerBox(text, box.end, end);
  if (below !== 'own') return lineEnd;
  const stop = text.indexOf('\n', box.end);
  const line = stop === -1 ? end : Math.min(stop, end);
  return /[\p{L}\p{N}_]/u.test(text.slice(box.end, Math.min(line, box.end + LEAD_WITHIN))) ? end : line;
}

const WRAPPED_COLUMNS = { state: 'ambiguous', stateReason: 'Its options stand in columns, and their words go on below: which words belong to which box cannot be read.' } as const;

/** What a stretch of a form asks and how it is answered; null where it has neither a box nor a blank. `boxes` are those of the whole text; `broken`: what is left out of its words at line ends; `typed`: an answer may stand behind a label without a blank. */
export function electionOf(text: string, { start, end }: TextPlace, boxes: readonly OptionBox[], { broken, typed }: { readonly broken: readonly TextPlace[]; readonly typed: boolean }): Election | null {
  const own = placesWithin(boxes, start, end).filter((box) => box.end <= end);
  const before = wordsBeforeBoxes(text, { start, end }, own);
  const marks = own.map((box, at) => placed(text, box, own[at - 1]?.end ?? start, own[at + 1]?.start ?? end));
  const depths = depthsOf(text, marks);
  const options: (ElectionOption & { readonly shape: OptionBox['shape'] })[] = marks.map((mark, at) => {
    const { box } = mark;
    const ahead = before?.[at];
    if (ahead !== undefined) return { label: labelOf(text, ahead, broken), selected: box.selected, depth: 0, box: { start: box.start, end: box.end }, words: ahead, fillIns: blanksIn(text, ahead, []), shape: box.shape };
    const limit = Math.max(mark.from, Math.min(marks[at + 1]?.opens ?? end, lastOnLine(text, mark, end)));
    const words = trimRange(text, mark.from, wordsEnd(text, mark, limit));
    return {
      label: labelOf(text, words, broken), selected: box.selected, depth: depths[at] ?? 0, box: { start: box.start, end: box.end },
      words, fillIns: blanksIn(text, words, []), shape: box.shape,
    };
  });
  const covered = options.flatMap<TextPlace>(({ box, words }) => [box, words]).sort((a, b) => a.start - b.start);
  const drawn = blanksIn(text, { start, end }, covered);
  const answer = typed && options.length === 0 && drawn.length === 0 ? typedAnswer(text, { start, end }) : null;
  const blanks = answer === null ? drawn : [answer];
  if (options.length === 0 && blanks.length === 0) return null;
  const question = text.slice(start, options[0] === undefined ? end : optionPlace(options[0]).start);
  const type = typeOf(question, options);
  const state = stateOf(type.type, options, blanks);
  const inColumns = before === null && marks.some(({ box, leads }, at) => !leads && belowInnerBox(text, box.end, Math.max(box.end, marks[at + 1]?.opens ?? end)).below === 'columns');
  return {
    ...type,
    ...(inColumns && state.state === 'answered' ? WRAPPED_COLUMNS : state),
    options: options.map(({ shape: _shape, ...option }) => option),
    blanks,
    citations: citationsIn(text, { start, end }),
  };
}
