/** An adoption agreement as its author sees it: parts with numbered items. */
export interface Form {
  readonly name: string;
  /** Lines before the first part. */
  readonly front: string;
  readonly parts: readonly FormPart[];
}
export interface FormPart {
  readonly title: string;
  readonly items: readonly FormItem[];
}
export interface FormItem {
  /** Names the item in source and target; a target with several names serves several sources. */
  readonly names: readonly string[];
  /** Its number in the base; none for a new one. */
  readonly printed?: string;
  readonly title: string;
  /** What ends the title: a point, or a colon before a blank. */
  readonly ends: '.' | ':';
  /** The plan's section it cites. */
  readonly cites?: string;
  /** What it asks, then its options, tables and notes; MARKS stand around the place of a planted difference. */
  readonly lines: readonly string[];
}

/** A line with a box in front. */
export interface OptionLine {
  readonly at: number;
  readonly indent: string;
  readonly ticked: boolean;
  readonly letter: string | null;
  readonly words: string;
  /** Line behind its last one, with what hangs below it. */
  readonly end: number;
}

const PART = /^## PART [A-Z]+\. (.*)$/;
const ITEM = /^\*\*(\d+)\. (.+?)(?: \(Plan Section ([\d.]+(?:\([a-z]\))?)\))?([.:])\*\*(?: (.*))?$/;
const OPTION = /^(\s*)- \[([ x])\] (?:\(([a-z]+)\) )?(.*)$/;

/** Reads a form written as `## PART A. TITLE`, `**1. Title (Plan Section 2.01).** What is asked`, `- [ ] (a) option`. */
export function readForm(name: string, markdown: string): Form {
  const front: string[] = [];
  const parts: { title: string; items: (FormItem & { lines: string[] })[] }[] = [];
  for (const line of markdown.trimEnd().split('\n')) {
    const part = PART.exec(line);
    const item = ITEM.exec(line);
    const open = parts.at(-1);
    if (part !== null) parts.push({ title: part[1] ?? '', items: [] });
    else if (open === undefined) front.push(line);
    else if (item !== null) {
      const [, printed = '', title = '', cites, ends, ask = ''] = item;
      open.items.push({ names: [`i${printed}`], printed, title, ends: ends === ':' ? ':' : '.', ...(cites === undefined ? {} : { cites }), lines: [ask] });
    } else open.items.at(-1)?.lines.push(line);
  }
  return { name, front: front.join('\n').trim(), parts: parts.map(({ title, items }) => ({ title, items: items.map((item) => ({ ...item, lines: trimmed(item.lines) })) })) };
}

function trimmed(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, Math.max(1, last + 1));
}

export function optionsOf(lines: readonly string[]): readonly OptionLine[] {
  return lines.flatMap((line, at) => {
    const match = OPTION.exec(line);
    if (match === null) return [];
    const [, indent = '', box, letter, words = ''] = match;
    const next = lines.findIndex((other, k) => k > at && other.length - other.trimStart().length <= indent.length);
    return [{ at, indent, ticked: box === 'x', letter: letter ?? null, words, end: next === -1 ? lines.length : next }];
  });
}

export const topOptions = (lines: readonly string[]): readonly OptionLine[] => optionsOf(lines).filter(({ indent }) => indent === '');

/** A line of an option as the form prints it. */
export function optionLine({ indent, ticked, letter, words }: Pick<OptionLine, 'indent' | 'ticked' | 'letter' | 'words'>): string {
  return `${indent}- [${ticked ? 'x' : ' '}] ${letter === null ? '' : `(${letter}) `}${words}`;
}

/** Empties blanks and boxes of some words. */
export function emptied(words: string): string {
  return words.replace(/__[^_\n]+__/gu, '____________').replace(/\[x\]/gu, '[ ]');
}

export const isYesNo = (lines: readonly string[]): boolean => {
  const [yes, no, more] = topOptions(lines);
  return more === undefined && /^Yes\b/u.test(yes?.words ?? '') && /^No\b/u.test(no?.words ?? '');
};
/** True where the form says, or Yes and No show, that one answer is asked for. */
export const takesOne = (lines: readonly string[]): boolean => isYesNo(lines) || (topOptions(lines).length > 1 && /\b(?:select|check|choose) one\b/iu.test(lines[0] ?? ''));
export const takesMany = (lines: readonly string[]): boolean => topOptions(lines).length > 1 && /\ball that apply\b|\bunless the box is checked\b/u.test(lines[0] ?? '');
