import { askedTitle } from './askedTitle.ts';
import { blanksIn } from './blanks.ts';
import { withoutCover } from './coverPage.ts';
import { trimRange, type DraftUnit, type Reading } from './draftUnit.ts';
import { electionOf, lineLead } from './election.ts';
import { capitalLine, headingLine, isTitleCase } from './headingLine.ts';
import { optionBoxes, placesWithin, type OptionBox } from './optionBox.ts';
import { lineEndHyphens } from './lineEndHyphens.ts';
import { citationsIn } from './planCitation.ts';
import { formLine, type FormLine } from './questionLine.ts';
import { plainTitle, questionTitle } from './questionTitle.ts';
import { typedLine } from './typedLine.ts';

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly column: number;
  readonly blank: boolean;
  readonly afterBlank: boolean;
  /** The first box on the line. */
  readonly box: OptionBox | undefined;
  /** True where the line begins with a box. */
  readonly isOption: boolean;
}

/** A piece of the form from one opening line to the next. */
interface Piece {
  readonly start: number;
  readonly column: number;
  readonly afterBlank: boolean;
  readonly opened: FormLine | null;
}

/** A numbered line of so many characters without a full stop heads the questions below it. */
const MAX_BARE = 120;
/** A note on the question above, or the end of its sentence behind the options. */
const GOES_ON = /^(?:[*_([]{0,3}(?:[Nn](?:ote|OTE)|[Cc](?:aution|AUTION)|[Ee](?:xample|XAMPLE)|\u2020|\*)|\p{Ll})/u;

/** Words that make a sentence of a line. */
const PREDICATE = /\b(?:shall|must|may|will|should|is|are|was|has|have|does|means|adopts|elects)\b/i;

function linesOf(text: string, boxes: readonly OptionBox[]): readonly Line[] {
  const lines: Line[] = [];
  let afterBlank = true;
  let next = 0;
  for (let start = 0; start <= text.length; ) {
    const stop = text.indexOf('\n', start);
    const end = stop === -1 ? text.length : stop;
    const words = text.slice(start, end);
    const blank = words.trim() === '';
    while (next < boxes.length && (boxes[next]?.start ?? 0) < start) next += 1;
    const first = boxes[next];
    const box = first !== undefined && first.start < end ? first : undefined;
    const { column } = lineLead(text, start + (words.length - words.trimStart().length));
    lines.push({ start, end, text: words, column, blank, afterBlank, box, isOption: box !== undefined && lineLead(text, box.start).leads });
    afterBlank = blank;
    start = end + 1;
  }
  return lines;
}

/** Lines from `at` on up to the next one that opens something: do they hold a box or a blank? */
function asks(text: string, lines: readonly Line[], at: number, boxes: readonly OptionBox[]): boolean {
  for (let k = at; k < lines.length; k += 1) {
    const line = lines[k] as Line;
    if (k > at && line.blank) {
      // The options may stand behind an empty line, or in a grid set below the question.
      const next = lines.slice(k, k + 3).find((one) => !one.blank);
      if (next?.isOption === true) return true;
      if (next === undefined || next.column <= (lines[at]?.column ?? 0)) return false;
      continue;
    }
    if (k > at && formLine(text, line.start, line.text, line.box) !== null) return false;
    if (k === at && typedLine(line.text) !== null) return true;
    if (line.box !== undefined || blanksIn(text, line, placesWithin(boxes, line.start, line.end)).length > 0) return true;
  }
  return false;
}

/** A label and its answer open a field below an empty line, a heading or another of their kind; below an option they may be its words. */
function mayBeTyped(lines: readonly Line[], at: number, boxColumn: number | null): boolean {
  const [line, above] = [lines[at], lines[at - 1]];
  if (line === undefined || above === undefined || line.afterBlank) return true;
  return boxColumn === null && (typedLine(above.text) !== null || headingLine(above.text) !== null || capitalLine(above.text) !== null || formLine(above.text, 0, above.text, undefined)?.opens === 'line');
}

/** Cuts the text where a part, a question, a lettered question, a line to fill in, or a paragraph behind options begins. */
function piecesOf(text: string, lines: readonly Line[], boxes: readonly OptionBox[]): readonly Piece[] {
  const pieces: Piece[] = [{ start: 0, column: 0, afterBlank: true, opened: null }];
  /** Column of the boxes of the open question; null while it has none. */
  let boxColumn: number | null = null;
  let filled = false;
  /** The first paragraph below the heading of the open part. */
  let lead: Line | null = null;
  let fence = '';
  const open = ({ start, column, afterBlank }: Line, opened: FormLine | null): void => {
    if (start === 0) pieces.length = 0;
    pieces.push({ start, column, afterBlank, opened });
    boxColumn = null;
    filled = false;
    lead = null;
  };
  lines.forEach((line, at) => {
    if (line.blank) return;
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line.text)?.[1];
    if (mark !== undefined) fence = fence === '' ? mark : mark.startsWith(fence) ? '' : fence;
    if (fence !== '' || mark !== undefined) return;
    const inside = boxColumn !== null && line.column > boxColumn;
    const found = formLine(text, line.start, line.text, line.box) ?? (line.box === undefined && mayBeTyped(lines, at, boxColumn) ? typedLine(line.text) : null);
    const capitals = found === null && line.afterBlank && !line.isOption && lines[at + 1]?.blank !== false && !/[_[]/.test(line.text) ? capitalLine(line.text) : null;
    const opens = capitals === null ? found?.opens : 'part';
    if (opens === 'part' || opens === 'question' && !inside) open(line, found ?? { opens: 'part', style: 'CAPITALS', title: capitals ?? '', textStart: line.text.length });
    else if ((opens === 'subQuestion' || opens === 'line') && !inside && asks(text, lines, at, boxes)) open(line, found);
    else if (!line.isOption && line.afterBlank && !inside && (boxColumn !== null || filled) && !GOES_ON.test(line.text.trimStart())) {
      // A heading over several questions is none of them.
      if (lead !== null && asks(text, lines, at, boxes)) open(lead, null);
      open(line, null);
    } else if (pieces.at(-1)?.opened?.opens === 'part' && lead === null && boxColumn === null && !filled && !line.isOption) lead = line;
    if (line.box !== undefined) boxColumn ??= line.column;
    else if (boxColumn === null && !filled) filled = blanksIn(text, line, []).length > 0;
  });
  return pieces;
}

interface OpenPart {
  readonly style: string;
  readonly column: number;
  readonly number: string;
  readonly name: string;
  readonly label: string;
}

/** A part closes parts of its own style and what hangs below them; a style not open yet hangs below the last. */
function place(open: OpenPart[], { opens, style }: FormLine): void {
  const markdown = style.startsWith('#');
  const same = open.findIndex((one) => one.style === style || (markdown && one.style.startsWith('#') && one.style.length >= style.length));
  if (same !== -1) open.length = same;
  else if (opens === 'part') while (open.length > 0 && !open.at(-1)?.style.match(/^(?:#|part|[A-Za-z]+$)/)) open.pop();
  else if (opens === 'question') while (open.length > 0 && /^(?:q|sub|line)/.test(open.at(-1)?.style ?? '') && !deeper(open.at(-1)?.style ?? '', style)) open.pop();
}

/** `2.1` stands below `2`; a question of another style does not. */
function deeper(above: string, style: string): boolean {
  const depth = (name: string): number => name.match(/1|\(/g)?.length ?? 0;
  return above.startsWith('q') && depth(style) > depth(above);
}

/** `Loans (Plan Section 5.03).` over lettered questions is their heading; a sentence is not. */
function isHead(words: string): boolean {
  const cited = citationsIn(words, { start: 0, end: words.length });
  const rest = cited.reduceRight((kept, { start, end }) => kept.slice(0, start) + kept.slice(end), words).replace(/[\s.:*]+$/, '');
  return rest !== '' && !/[.:;\n]/.test(rest) && !PREDICATE.test(rest);
}

function numberOf(opened: FormLine | null, open: readonly OpenPart[]): string | undefined {
  if (opened?.number?.startsWith('(') !== true) return opened?.number;
  const above = open.at(-1)?.number ?? '';
  return /\d/.test(above) ? `${above}${opened.number}` : opened.number;
}

/**
 * Cuts an adoption agreement at its questions. A unit with a box or a blank is a `field` and carries its election;
 * headings, instructions and notes apart are provisions. A question reaches from its number, or from the first line of
 * its paragraph where it has none, to the next one, with its options, their blanks and the notes below them. Lettered
 * questions without a box before their letter, and lines as `Name: ____` or `Name: Acme Tools, Inc.`, are fields of their own. So every word belongs
 * to exactly one unit.
 */
export function readAdoption(text: string): Reading {
  const boxes = optionBoxes(text);
  const pieces = piecesOf(text, linesOf(text, boxes), boxes);
  const broken = lineEndHyphens(text);
  const open: OpenPart[] = [];
  const drafts: DraftUnit[] = [];
  pieces.forEach(({ start, column, afterBlank, opened }, at) => {
    const end = pieces[at + 1]?.start ?? text.length;
    const whole = trimRange(text, start, end);
    if (whole.start >= whole.end) return;
    // A paragraph or line without a number belongs to the question it is set under, else to the part.
    if (opened === null || opened.opens === 'line') while (/^(?:q|sub|line)/.test(open.at(-1)?.style ?? '') && ((open.at(-1)?.column ?? 0) > column || ((open.at(-1)?.column ?? 0) === column && afterBlank))) open.pop();
    if (opened !== null) place(open, opened);
    // A numbered line over lettered questions is their heading, whatever stands behind its colon.
    const typed = opened !== null && opened.opens !== 'part' && (opened.opens !== 'question' || pieces[at + 1]?.opened?.opens !== 'subQuestion');
    const election = electionOf(text, whole, boxes, { broken, typed });
    const lineAt = start + (opened?.textStart ?? 0);
    const own = trimRange(text, Math.min(lineAt, end), end);
    const number = numberOf(opened, open);
    const asked = plainTitle(opened?.title ?? '');
    const words = text.slice(own.start, own.end);
    const heads = pieces[at + 1]?.opened?.opens === 'subQuestion' || pieces[at + 1]?.opened?.opens === 'line';
    const bare = asked === '' && election === null && (opened?.opens === 'question' || opened?.opens === 'part') && words.length <= MAX_BARE && (heads ? isHead(words) : !/[.\n]/.test(words));
    const wordsAt = bare ? whole.end : Math.min(Math.max(own.start, whole.start), whole.end);
    const textEnd = Math.max(wordsAt, Math.min(own.end, whole.end));
    const runIn = asked === '' && election === null && opened?.opens === 'question' ? questionTitle(text, { start: wordsAt, end: Math.min(textEnd, wordsAt + MAX_BARE) }, broken) : '';
    const named = isTitleCase(runIn) && text.startsWith(runIn, wordsAt) ? runIn : '';
    const textStart = Math.min(textEnd, wordsAt + named.length + (named === '' ? 0 : /^[.:*\s]*/.exec(text.slice(wordsAt + named.length, textEnd))?.[0].length ?? 0));
    const title = asked !== '' ? asked : bare ? plainTitle(words) : election === null ? named : askedTitle(text, { start: textStart, end: textEnd }, election, broken);
    const label = number ?? (title === '' ? (drafts.length === 0 && opened === null ? 'preamble' : 'text') : title);
    const path = open.map((one) => one.name).filter((name) => name !== '');
    const outline = [...open.map((one) => one.label), label];
    drafts.push({
      kind: election === null ? 'provision' : 'field', ...whole, textStart, textEnd, outline, level: outline.length,
      ...(number === undefined ? {} : { number }),
      ...(title === '' ? {} : { title }),
      ...(path.length === 0 ? {} : { path }),
      ...(election === null ? {} : { election }),
    });
    if (opened !== null) open.push({ style: opened.style, column, number: number ?? '', name: title === '' ? number ?? '' : title, label });
  });
  return { drafts: withoutCover(text, drafts), problems: [] };
}
