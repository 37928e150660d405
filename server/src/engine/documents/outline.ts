import type { Problem } from '../../../../shared/model.ts';
import type { SpanOf } from './document.ts';
import { trimRange, type DraftUnit, type Reading } from './draftUnit.ts';
import { capitalLine, headingLine, type Head, type HeadingLine } from './headingLine.ts';
import { letterOrRoman } from './parenStyle.ts';
import { isContentsLine, repeatedContents } from './tableOfContents.ts';

/** A lettered paragraph without a heading of its own is a unit from this many words on; a shorter one stays inside. */
const MIN_PARAGRAPH_WORDS = 12;
/** Paragraphs of a document without headings are joined until they have this many words. */
const MIN_GROUP_WORDS = 25;
/** A line that ends so goes on in the next one, whatever that starts with. */
const GOES_ON = /(?:\b(?:Section|Sections|Article|Articles|and|or|of|to|the|under|in|with|by|from|AS|CFR|USC|§|§§)|\b(?:C\.F\.R|U\.S\.C)\.|,)$/;
/** The last word of a list's item but one, "...; or": the next line is an item. */
const LIST_GOES_ON = /;[ \t]*(?:and|or|and\/or)$/;

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    const stop = text.indexOf('\n', start);
    const end = stop === -1 ? text.length : stop;
    lines.push({ start, end, text: text.slice(start, end) });
    start = end + 1;
  }
  return lines;
}

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
function setext(line: Line, next: Line | undefined): HeadingLine | null {
  if (next === undefined || !SETEXT.test(next.text) || line.text.trim() === '' || /^[ \t]*(?:[-*+>|]|\d+[.)])/.test(line.text)) return null;
  if (line.text.length > 200) return null;
  return { style: next.text.startsWith('=') ? '#' : '##', title: line.text.trim(), textStart: line.text.length };
}

interface Found {
  readonly heads: readonly Head[];
  readonly contents: readonly Line[];
}

/** Every heading of the text, in order. Code fences hold none; lines of a table of contents are set apart. */
function findHeads(text: string): Found {
  const lines = linesOf(text);
  const heads: Head[] = [];
  const contents: Line[] = [];
  let fence = '';
  let before = '';
  let afterBlank = true;
  let skipTo = -1;
  lines.forEach((line, index) => {
    if (index <= skipTo) return;
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line.text)?.[1];
    if (mark !== undefined) fence = fence === '' ? mark : mark.startsWith(fence) ? '' : fence;
    const blank = line.text.trim() === '';
    const next = lines[index + 1];
    const open = fence === '' && mark === undefined && !blank;
    if (open && isContentsLine(line.text)) {
      contents.push(line);
    } else if (open && (afterBlank || LIST_GOES_ON.test(before) || !GOES_ON.test(before))) {
      const found = setext(line, next) ?? headingLine(line.text);
      const capitals = found === null && afterBlank && next?.text.trim() === '' ? capitalLine(line.text) : null;
      const head = found ?? (capitals === null ? null : { style: 'CAPITALS', title: capitals, textStart: line.text.length });
      if (head !== null) {
        const under = setext(line, next) !== null;
        const title = titleBelow(head, lines, index);
        if (under) skipTo = index + 1;
        else if (title !== null) skipTo = title.index;
        const textAt = under ? (next?.end ?? line.end) : title === null ? line.start + head.textStart : title.end;
        heads.push({ ...head, title: title?.text ?? head.title, start: line.start, textAt });
      }
    }
    before = line.text.trimEnd();
    afterBlank = blank;
  });
  return { heads, contents };
}

/** The title of `ARTICLE II` where it stands alone on the next line that is not blank. */
function titleBelow(head: HeadingLine, lines: readonly Line[], index: number): { readonly text: string; readonly end: number; readonly index: number } | null {
  if (head.title !== '' || head.number === undefined || !/^[A-Za-z]+ /.test(head.number)) return null;
  let at = index + 1;
  while (lines[at]?.text.trim() === '' && at < index + 3) at += 1;
  const line = lines[at];
  if (line === undefined || headingLine(line.text) !== null) return null;
  const words = capitalLine(line.text);
  return words === null ? null : { text: words, end: line.end, index: at };
}

interface OpenHead {
  readonly style: string;
  readonly title: string;
  readonly number: string;
  readonly label: string;
}

/** Keeps the headings that are open at a place, by style. */
class OpenHeads {
  readonly #open: OpenHead[] = [];
  #letter: string | undefined;

  get path(): readonly OpenHead[] {
    return this.#open;
  }

  isParagraph(style: string): boolean {
    return style.startsWith('(');
  }

  /** The style with `(i)` settled; the stack is closed down to where the head belongs. */
  place(head: Head): string {
    let style = head.style;
    const mark = (head.number ?? '').slice(1, -1);
    if (style === '(a)') style = letterOrRoman(mark, this.#letter, this.#open.some((one) => one.style === '(i)'));
    const markdown = /^#+$/.test(style);
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

  push(head: OpenHead): void {
    this.#open.push(head);
  }
}

/** A paragraph's number with the section it hangs in, as `2.01(a)`. */
function fullNumber(head: Head, open: OpenHeads, paragraph: boolean): string | undefined {
  if (!paragraph && head.number?.startsWith('(') !== true) return head.number;
  const above = open.path.at(-1)?.number ?? '';
  return /\d/.test(above) ? `${above}${head.number ?? ''}` : head.number;
}

/**
 * Cuts a text at its outline. Units are headings with the text up to the next heading, down to the first level of
 * lettered or numbered paragraphs under a section; a paragraph is a unit when it has a heading of its own or at least
 * twelve words, and deeper lists stay inside it. A heading without text of its own is a unit with an empty text range.
 * Text before the first heading is a unit of its own. Lines of a table of contents are
 * no headings: they stay in the unit they stand in, and are reported. So every word belongs to exactly one unit.
 */
export function readOutline(text: string, spanOf: SpanOf): Reading {
  const found = findHeads(text);
  const repeated = repeatedContents(found.heads, text);
  const heads = found.heads.filter((head) => !repeated.has(head));
  if (heads.length === 0) return readParagraphs(text);

  const contentsStarts = [...found.contents.map((line) => line.start), ...[...repeated].map((head) => head.start)].sort((a, b) => a - b);
  const units: DraftUnit[] = [];
  const open = new OpenHeads();
  const cuts: { readonly start: number; readonly head: Head | null; readonly style: string; readonly paragraph: boolean }[] = [];
  let paragraphStyle: string | undefined;
  for (const [index, head] of heads.entries()) {
    const style = open.place(head);
    const paragraph = open.isParagraph(style);
    if (!paragraph) paragraphStyle = undefined;
    const end = heads[index + 1]?.start ?? text.length;
    const deep = paragraph && paragraphStyle !== undefined && style !== paragraphStyle;
    const thin = paragraph && head.title === '' && wordCountBetween(text, head.textAt, end, MIN_PARAGRAPH_WORDS) < MIN_PARAGRAPH_WORDS;
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
    });
    if (!paragraph) open.push({ style, title: head.title, number: head.number ?? '', label });
    else open.push({ style, title: head.title, number: number ?? '', label });
  }
  const first = cuts[0]?.start ?? text.length;
  const opening: DraftUnit[] = first > 0 ? [{ kind: 'provision', start: 0, end: first, textStart: 0, textEnd: first, outline: ['preamble'], level: 1 }] : [];
  const drafts = settleRanges(text, [...opening, ...units]);
  return { drafts, problems: contentsProblem(contentsStarts, text, spanOf) };
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
