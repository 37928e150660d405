import type { Problem } from '../../../../shared/model.ts';
import { withoutCover } from './coverPage.ts';
import type { SpanOf } from './document.ts';
import { trimRange, type DraftUnit, type Reading } from './draftUnit.ts';
import { headingGoesOn, sentenceHeading, titleBelow, type HeadingBelow } from './headingBelow.ts';
import { bareNumber, capitalLine, headingLine, markedLine, type Head, type HeadingLine } from './headingLine.ts';
import { withoutInlineMarks } from './inlineMarks.ts';
import { lineMarks } from './lineMarks.ts';
import { definitionHead, settleDefinitions, type OutlineHead } from './outlineDefinitions.ts';
import { letterOrRoman } from './parenStyle.ts';
import { isContentsLine, repeatedContents } from './tableOfContents.ts';
import { cappedTables, cutTables } from './tables/cutTables.ts';
import { findTables } from './tables/findTables.ts';
import type { FoundTable } from './tables/foundTable.ts';
import { fencedLines, linesOf, type TextLine } from './textLines.ts';

/** A lettered paragraph without a heading of its own is a unit from this many words on; a shorter one stays inside. */
const MIN_PARAGRAPH_WORDS = 12;
/** A shorter sentence beside longer paragraphs of its list is a unit, too, from this many words on. */
const MIN_RULE_WORDS = 6;
/** Paragraphs of a document without headings are joined until they have this many words. */
const MIN_GROUP_WORDS = 25;
/** A line that ends so goes on in the next one, whatever that starts with. */
const GOES_ON = /(?:\b(?:Section|Sections|Article|Articles|and|or|of|to|the|under|in|with|by|from|AS|CFR|USC|§|§§|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred)|\b(?:C\.F\.R|U\.S\.C)\.|,)$/;

/** `Unit.type` of a definition. */
const DEFINITION = 'definition';
/** The last word of a list's item but one, "...; or": the next line is an item. */
const LIST_GOES_ON = /[;,][ \t]*(?:and|or|and\/or)$/;

function wordCountBetween(text: string, start: number, end: number, limit: number): number {
  let words = 0;
  let inside = false;
  for (let at = start; at < end && words < limit; at += 1) {
    const space = text.charCodeAt(at) <= 32;
    if (!space && !inside) words += 1;
    inside = !space;
  }
  return words;
}

const SETEXT = /^(?:={3,}|-{3,})[ \t]*$/;

/** `Title` over `=====`: the heading and its depth. */
function setext(line: TextLine, next: TextLine | undefined): HeadingLine | null {
  if (next === undefined || !SETEXT.test(next.text) || line.text.trim() === '' || /^[ \t]*(?:[-*+>|]|\d+[.)])/.test(line.text)) return null;
  if (line.text.length > 200) return null;
  return { style: next.text.startsWith('=') ? '#' : '##', title: line.text.trim(), textStart: line.text.length };
}

interface Found {
  readonly heads: readonly OutlineHead[];
  readonly contents: readonly TextLine[];
  readonly lines: readonly TextLine[];
  readonly tables: readonly FoundTable[];
}

/** A line so long was wrapped: its sentence goes on in the next, in UTF-16 code units. */
const WRAPPED_LINE = 56;
const SENTENCE_END = /[.:;!?)\]"\u201d*_|]$/;

/** A number at the start of a line in the middle of a sentence: "... subject to the limits of this / Section 4.2 ...". */
function isMention(head: HeadingLine, line: TextLine, before: string): boolean {
  // Nobody writes "ARTICLE II" in a sentence.
  if (head.style.startsWith('(') || head.style.startsWith('#') || /^[ \t]*(?:\*\*|__)?[A-Z]{4,}\b/.test(line.text) || before.length < WRAPPED_LINE || SENTENCE_END.test(before)) return false;
  const above = headingLine(before);
  const isHeading = above !== null && above.textStart >= before.length;
  return (head.title === '' || head.textStart >= line.text.length) && !isHeading && !/^[ \t]*(?:[-*+•]|\|)/.test(before);
}

/** Every heading of the text, in order. Code fences and tables hold none; lines of a table of contents are set apart. */
function findHeads(text: string): Found {
  const lines = linesOf(text);
  const fenced = fencedLines(lines);
  const tables = findTables(lines, fenced);
  const tabled = new Set(tables.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, k) => first + k)));
  const isOpen = (index: number): boolean => fenced[index] !== true && !tabled.has(index);
  const marks = lineMarks(lines, isOpen);
  const heads: OutlineHead[] = [];
  const contents: TextLine[] = [];
  let before = '';
  let afterBlank = true;
  let skipTo = -1;
  lines.forEach((line, index) => {
    if (index <= skipTo) return;
    const blank = line.text.trim() === '';
    const next = lines[index + 1];
    const open = !blank && isOpen(index);
    if (open && isContentsLine(line.text)) {
      contents.push(line);
    } else if (open && (afterBlank || LIST_GOES_ON.test(before) || !GOES_ON.test(before))) {
      const under = tabled.has(index + 1) ? null : setext(line, next);
      const head = under ?? headOf(line, lines, index, afterBlank, before, marks.get(index));
      if (head !== null) {
        const below = under === null ? belowHead(head, lines, index) : null;
        if (under !== null) skipTo = index + 1;
        else if (below !== null) skipTo = below.last;
        const textAt = under !== null ? (next?.end ?? line.end) : (below?.textAt ?? line.start + head.textStart);
        heads.push({ ...head, title: below?.title ?? head.title, start: line.start, textAt, ...(afterBlank ? {} : { isTight: true }) });
      } else if (afterBlank || SENTENCE_END.test(before)) {
        const definition = definitionHead(line);
        if (definition !== null) heads.push(definition);
      }
    }
    before = line.text.trimEnd();
    afterBlank = blank;
  });
  return { heads: settleDefinitions(withoutInlineMarks(heads, text), text), contents, lines, tables };
}

function headOf(
  line: TextLine,
  lines: readonly TextLine[],
  index: number,
  afterBlank: boolean,
  before: string,
  mark: { readonly style: string; readonly number: string } | undefined,
): HeadingLine | null {
  const found = headingLine(line.text) ?? (mark === undefined ? null : markedLine(line.text, mark.number, mark.style));
  if (found !== null) return !afterBlank && isMention(found, line, before) ? null : found;
  const bare = bareNumber(line.text);
  if (bare !== null) return titleBelow(lines, index) === null || (!afterBlank && isMention(bare, line, before)) ? null : bare;
  const capitals = afterBlank && (lines[index + 1]?.text.trim() ?? 'x') === '' ? capitalLine(line.text) : null;
  return capitals === null ? null : { style: 'CAPITALS', title: capitals, textStart: line.text.length };
}

/** The title of a number that stands alone on its line, or the rest of a title that is broken over two. */
function belowHead(head: HeadingLine, lines: readonly TextLine[], index: number): HeadingBelow | null {
  const line = lines[index];
  if (line === undefined || head.style.startsWith('#') || head.style === 'CAPITALS') return null;
  if (head.title !== '') return headingGoesOn(head, lines, index);
  const sentence = sentenceHeading(head, lines, index);
  if (sentence !== null) return sentence;
  return head.number === undefined || head.textStart < line.text.trimEnd().length || head.style.startsWith('(') ? null : titleBelow(lines, index);
}

interface OpenHead {
  readonly style: string;
  readonly title: string;
  readonly number: string;
  readonly label: string;
}

const DIVISIONS = /^(?:article|chapter|part|title)$/;
const BELOW_DIVISIONS = /^(?:CAPITALS$|section\d|\(|definition$|[1aA]\.$)/;
const APPENDICES = /^(?:appendix|schedule|exhibit|annex)$/;
const BELOW_APPENDICES = /^(?:CAPITALS$|article$|chapter$|section\d|\(|definition$|[1aA]\.$)/;

/** Keeps the headings that are open at a place, by style. */
class OpenHeads {
  readonly #open: OpenHead[] = [];
  #letter: string | undefined;
  /** Number of the last item of an open `1.` list, and of the last chapter. */
  #item: number | undefined;
  #chapter: number | undefined;

  get path(): readonly OpenHead[] {
    return this.#open;
  }

  isParagraph(style: string, title = ''): boolean {
    return style.startsWith('(') || style === '1.' || style === 'a.' || (style === 'A.' && title === '');
  }

  /** `1.` below a section 2.01 numbers a list, unless it is the next chapter. */
  #isListItem({ number, title }: Head): boolean {
    if (!/^\d+$/.test(number ?? '') || !this.#open.some(({ style }) => /^section[2-9]/.test(style))) return false;
    const value = Number(number);
    const isNextItem = this.#item !== undefined && value === this.#item + 1;
    const isNextChapter = this.#chapter !== undefined && value === this.#chapter + 1;
    return isNextItem ? !(isNextChapter && title !== '') : value === 1 && !isNextChapter;
  }

  /** The style with `(i)` settled; the stack is closed down to where the head belongs. */
  place(head: Head, following: readonly string[]): string {
    let style = head.style;
    const mark = (head.number ?? '').slice(1, -1);
    if (style === '(a)') style = letterOrRoman(mark, this.#letter, this.#open.some((one) => one.style === '(i)'), following);
    if (style === 'section1' && this.#isListItem(head)) style = '1.';
    if (style === '1.') this.#item = Number(head.number);
    else if (!this.isParagraph(style)) this.#item = undefined;
    if (style === 'section1') this.#chapter = Number(head.number);
    const markdown = /^#+$/.test(style);
    if (!this.#open.some((one) => one.style === style)) this.#closeBelow(style);
    const at = this.#open.findIndex((one) => one.style === style || (markdown && /^#+$/.test(one.style) && one.style.length >= style.length));
    if (at !== -1) this.#open.length = at;
    else if (markdown) {
      // A Markdown heading closes whatever hangs below shallower ones, but is itself below them.
      while (this.#open.length > 0 && !/^#+$/.test(this.#open.at(-1)?.style ?? '')) this.#open.pop();
    }
    if (style === '(a)') this.#letter = mark;
    else if (!this.isParagraph(style)) this.#letter = undefined;
    return style;
  }

  /** An article, seen for the first time, stands below no section and no title page; an appendix below no article. */
  #closeBelow(style: string): void {
    const below = DIVISIONS.test(style) ? BELOW_DIVISIONS : APPENDICES.test(style) ? BELOW_APPENDICES : null;
    if (below === null) return;
    const at = this.#open.findIndex((one) => below.test(one.style));
    if (at !== -1) this.#open.length = at;
  }

  push(head: OpenHead): void {
    this.#open.push(head);
  }
}

/** Marks of so many items are looked at to tell `(i)` the letter from `(i)` the numeral. */
const MARKS_AHEAD = 40;

function followingMarks(heads: readonly Head[], index: number): readonly string[] {
  if (heads[index]?.style !== '(a)') return [];
  const marks: string[] = [];
  for (const head of heads.slice(index + 1, index + 1 + MARKS_AHEAD)) {
    if (!head.style.startsWith('(')) break;
    marks.push((head.number ?? '').slice(1, -1));
  }
  return marks;
}

/** A paragraph's number with the section it hangs in, as `2.01(a)`. */
function fullNumber(head: Head, open: OpenHeads, paragraph: boolean): string | undefined {
  if (!paragraph && head.number?.startsWith('(') !== true) return head.number;
  const above = open.path.at(-1)?.number ?? '';
  if (!/\d/.test(above)) return head.number;
  // `a.` below 7.14 is cited as 7.14(a).
  const mark = (head.number ?? '').replace(/^([A-Za-z0-9]{1,4})[.)]?$/, '($1)');
  return `${above}${mark}`;
}

/**
 * Cuts a text at its outline. Units are headings with the text up to the next heading, down to the first level of
 * lettered or numbered paragraphs under a section; a paragraph is a unit when it has a heading of its own or at least
 * twelve words, and deeper lists stay inside it. A heading without text of its own is a unit with an empty text range.
 * Text before the first heading is a unit of its own; the title lines of a cover page have no text. Lines of a table of contents are
 * no headings: they stay in the unit they stand in, and are reported. So every word belongs to exactly one unit.
 */
export function readOutline(text: string, spanOf: SpanOf): Reading {
  const found = findHeads(text);
  const repeated = repeatedContents(found.heads, text);
  const heads = found.heads.filter((head) => !repeated.has(head));
  const tables = found.tables;
  if (heads.length === 0) {
    const paragraphs = readParagraphs(text);
    return { drafts: cutTables(text, found.lines, tables, paragraphs.drafts), problems: [...paragraphs.problems, ...cappedTables(found.lines, tables, spanOf)] };
  }

  const contentsStarts = [...found.contents.map((line) => line.start), ...[...repeated].map((head) => head.start)].sort((a, b) => a - b);
  const units: DraftUnit[] = [];
  const open = new OpenHeads();
  const cuts: { readonly start: number; readonly head: Head | null; readonly style: string; readonly paragraph: boolean }[] = [];
  let paragraphStyle: string | undefined;
  for (const [index, head] of heads.entries()) {
    const style = open.place(head, followingMarks(heads, index));
    const paragraph = open.isParagraph(style, head.title);
    if (!paragraph) paragraphStyle = undefined;
    const end = heads[index + 1]?.start ?? text.length;
    const deep = paragraph && paragraphStyle !== undefined && style !== paragraphStyle;
    const thin = paragraph && isThin(text, heads, index) && !isShortRule(text, heads, index);
    if (deep || thin) continue;
    if (paragraph) paragraphStyle = style;
    cuts.push({ start: head.start, head, style, paragraph });
    const number = fullNumber(head, open, paragraph);
    const label = head.number ?? (head.title === '' ? 'untitled' : head.title);
    const path = open.path.map((one) => (one.title === '' ? one.number : one.title)).filter((words) => words !== '');
    const outline = [...open.path.map((one) => one.label), label];
    units.push({
      kind: 'provision', start: head.start, end, textStart: head.textAt, textEnd: end, outline, level: outline.length,
      ...(number === undefined ? {} : { number }),
      ...(head.title === '' ? {} : { title: head.title }),
      ...(path.length === 0 ? {} : { path }),
      ...(head.isDefinition === true ? { type: DEFINITION } : {}),
    });
    if (!paragraph) open.push({ style, title: head.title, number: head.number ?? '', label });
    else open.push({ style, title: head.title, number: number ?? '', label });
  }
  const first = cuts[0]?.start ?? text.length;
  const opening: DraftUnit[] = first > 0 ? [{ kind: 'provision', start: 0, end: first, textStart: 0, textEnd: first, outline: ['preamble'], level: 1 }] : [];
  const drafts = withoutCover(text, cutTables(text, found.lines, tables, settleRanges(text, [...opening, ...units])));
  return { drafts, problems: [...contentsProblem(contentsStarts, text, spanOf), ...cappedTables(found.lines, tables, spanOf)] };
}

function endOfHead(text: string, heads: readonly Head[], index: number): number {
  return heads[index + 1]?.start ?? text.length;
}

/** True for a paragraph without a heading of its own and too short to stand alone. */
function isThin(text: string, heads: readonly Head[], index: number): boolean {
  const head = heads[index];
  return head?.title === '' && wordCountBetween(text, head.textAt, endOfHead(text, heads, index), MIN_PARAGRAPH_WORDS) < MIN_PARAGRAPH_WORDS;
}

/** True for a short paragraph that is a sentence and opens a list of longer ones: a person cuts them alike. */
function isShortRule(text: string, heads: readonly Head[], index: number): boolean {
  const [head, next] = [heads[index], heads[index + 1]];
  if (head === undefined || next === undefined || head.style !== next.style || !head.style.startsWith('(') || isThin(text, heads, index + 1)) return false;
  const end = endOfHead(text, heads, index);
  return text.slice(head.textAt, end).trimEnd().endsWith('.') && wordCountBetween(text, head.textAt, end, MIN_RULE_WORDS) >= MIN_RULE_WORDS;
}

/** Ends every unit where the next begins, trims white space, drops what is empty. */
function settleRanges(text: string, units: readonly DraftUnit[]): readonly DraftUnit[] {
  const settled: DraftUnit[] = [];
  units.forEach((unit, index) => {
    const limit = units[index + 1]?.start ?? text.length;
    const own = trimRange(text, Math.min(unit.textStart, limit), limit);
    const whole = trimRange(text, unit.start, limit);
    if (whole.start >= whole.end) return;
    const textStart = Math.min(Math.max(own.start, whole.start), whole.end);
    settled.push({ ...unit, start: whole.start, end: whole.end, textStart, textEnd: Math.min(Math.max(own.end, textStart), whole.end) });
  });
  return settled;
}

function contentsProblem(starts: readonly number[], text: string, spanOf: SpanOf): readonly Problem[] {
  const first = starts[0];
  if (first === undefined) return [];
  const stop = text.indexOf('\n', first);
  return [{
    code: 'contents.noHeadings',
    message: `${starts.length === 1 ? '1 line of a table of contents was' : `${starts.length} lines of a table of contents were`} not taken as headings.`,
    severity: 'info',
    span: spanOf(first, stop === -1 ? text.length : stop),
  }];
}

/** A text without headings: its paragraphs, short ones joined to what follows. */
export function readParagraphs(text: string): Reading {
  const drafts: DraftUnit[] = [];
  let start: number | null = null;
  let end = 0;
  const close = (): void => {
    if (start === null) return;
    const range = trimRange(text, start, end);
    if (range.start < range.end) {
      drafts.push({ kind: 'provision', ...range, textStart: range.start, textEnd: range.end, outline: ['paragraph'], level: 1 });
    }
    start = null;
  };
  for (const line of linesOf(text)) {
    if (line.text.trim() !== '') {
      start ??= line.start;
      end = line.end;
    } else if (start !== null && wordCountBetween(text, start, end, MIN_GROUP_WORDS) >= MIN_GROUP_WORDS) close();
  }
  close();
  return { drafts, problems: [] };
}
