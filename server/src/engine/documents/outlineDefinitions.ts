import { definitionLine, isDefinitionsTitle, isTermTitle } from './definitionLine.ts';
import type { Head } from './headingLine.ts';
import type { TextLine } from './textLines.ts';

/** A heading that may be the start of a definition only; settled when its section is known. */
export interface OutlineHead extends Head {
  /** `means`: a quoted term that "means" something; `listed`: a definition only in a section of definitions. */
  readonly candidate?: 'means' | 'listed';
  /** True where no blank line stands above it. */
  readonly isTight?: boolean;
}

const STYLE = 'definition';
/** Without a heading that says so, a section holds definitions from so many of them on. */
const MIN_LIST = 2;
const LOOKED_AT = 240;

/** A paragraph that may define a term, as a heading to be settled. */
export function definitionHead(line: TextLine): OutlineHead | null {
  const found = definitionLine(line.text);
  if (found === null) return null;
  const { term, textStart, proof } = found;
  return { style: STYLE, title: term, textStart, start: line.start, textAt: line.start + textStart, candidate: proof };
}

interface Section {
  readonly head: OutlineHead | null;
  /** True where its own heading says that it holds definitions. */
  readonly holds: boolean;
  /** True where a heading above it says so. */
  readonly inside: boolean;
}

/** The section of every head: the nearest heading above that is no paragraph and no definition. */
function sectionsOf(heads: readonly OutlineHead[]): readonly Section[] {
  const open: { readonly style: string; readonly holds: boolean }[] = [];
  const isMarkdown = (style: string | undefined): boolean => /^#+$/.test(style ?? '');
  let section: Section = { head: null, holds: false, inside: false };
  return heads.map((head) => {
    if (head.candidate !== undefined || head.style.startsWith('(')) return section;
    const at = open.findIndex(({ style }) => style === head.style || (isMarkdown(head.style) && isMarkdown(style) && style.length >= head.style.length));
    if (at !== -1) open.length = at;
    else if (isMarkdown(head.style)) while (open.length > 0 && !isMarkdown(open.at(-1)?.style)) open.pop();
    const holds = isDefinitionsTitle(head.title);
    open.push({ style: head.style, holds });
    section = { head, holds, inside: open.slice(0, -1).some((one) => one.holds) };
    return section;
  });
}

/**
 * Keeps the definitions among the candidates, and marks the headings that are definitions: those of an article of
 * definitions, and those whose text starts by saying what the term means.
 */
export function settleDefinitions(heads: readonly OutlineHead[], text: string): readonly OutlineHead[] {
  const sections = sectionsOf(heads);
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  // Words of a heading reach to the next sure heading: what may be a definition is its text until that is settled.
  const ends: number[] = [];
  let end = text.length;
  for (let k = heads.length - 1; k >= 0; k -= 1) {
    ends[k] = end;
    if (heads[k]?.candidate === undefined) end = heads[k]?.start ?? end;
  }
  const counts = new Map<OutlineHead | null, number>();
  heads.forEach(({ candidate }, k) => {
    const head = sections[k]?.head ?? null;
    if (candidate === 'means') counts.set(head, (counts.get(head) ?? 0) + 1);
  });
  return heads.flatMap((head, k): OutlineHead[] => {
    const section = sections[k] as Section;
    const { candidate, ...plain } = head;
    if (candidate !== undefined) {
      const isListed = section.holds || (candidate === 'means' && (counts.get(section.head) ?? 0) >= MIN_LIST);
      return isListed && !same(section.head?.title ?? '', head.title) ? [{ ...plain, isDefinition: true }] : [];
    }
    return [asDefinition(head, section, text, ends[k] ?? text.length)];
  });
}

/** The heading, as a definition where it is one: its title is the term. */
function asDefinition(head: OutlineHead, section: Section, text: string, end: number): OutlineHead {
  if (section.head === head && section.holds) return head;
  // In the heading's own words: marks inside a title are not part of it, and the rest of the text may be long.
  const quoted = /^["\u201c]/.test(head.title) ? text.slice(head.start, head.textAt + head.title.length).indexOf(head.title) : -1;
  if (quoted !== -1 && head.start + quoted < head.textAt) {
    const unquoted = asDefinition({ ...head, title: '', textAt: head.start + quoted }, section, text, end);
    return unquoted.isDefinition === true ? unquoted : head;
  }
  const from = head.textAt + (/^\s*/.exec(text.slice(head.textAt, Math.min(end, head.textAt + LOOKED_AT)))?.[0].length ?? 0);
  const words = text.slice(from, Math.min(end, from + LOOKED_AT));
  // The term may stand alone on its line, above what it means.
  const folded = definitionLine(words.replace(/\s+/g, ' '));
  const said = folded?.proof === 'means' ? folded : definitionLine(words.split('\n', 1)[0] ?? '');
  if (head.title === '') {
    if (said === null || (said.proof !== 'means' && !section.inside)) return head;
    return { ...head, title: said.term, textAt: said.proof === 'means' ? from : Math.min(end, from + said.textStart), isDefinition: true };
  }
  if (said?.proof === 'means' && said.term.toLowerCase() === head.title.toLowerCase()) return { ...head, isDefinition: true };
  const isTerm = section.inside && !head.style.startsWith('(') && words.trim() !== '' && isTermTitle(head.title);
  return isTerm ? { ...head, isDefinition: true } : head;
}
