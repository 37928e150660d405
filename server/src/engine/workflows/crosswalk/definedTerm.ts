import type { Provision } from './provisions.ts';
import { headingWords } from './scoring/headings.ts';

/** A term where a provision says what it means; offsets into the provision's text. */
export interface DefinedTerm {
  readonly term: string;
  /** Absent where only the heading names the term. */
  readonly place?: { readonly start: number; readonly end: number };
}

/** A definition begins near the start of its provision. */
const LEAD = 220;
const QUOTED = /(?:^|[\s(])["“*_]{1,3}(\p{Lu}[^"”*_\n]{1,70}?)["”*_]{1,3}/gu;
const SAYS = /^[ ,]{0,3}(?:\(?(?:or|and)\b[^.;]{0,60}?)?\s*(?:shall\s+mean|means?|is|are|has\s+the|shall\s+have|refers?|includes?|if|occurs|will\s+mean)\b/iu;
/** `Plan Year means ...` at the start of a provision. */
const PLAIN = /^(?:the\s+term\s+)?(\p{Lu}[\p{L}\p{N}'’-]*(?:\s(?:of|or|and|for|from|to|\p{Lu}[\p{L}\p{N}'’-]*)){0,6})\s+(?:shall\s+|will\s+)?means?\b/u;

/** The term a provision defines, or null. */
export function definedTerm({ text, unit }: Provision): DefinedTerm | null {
  const lead = text.slice(0, LEAD);
  for (const match of lead.matchAll(QUOTED)) {
    const term = match[1] ?? '';
    const end = match.index + match[0].length;
    const inDefinitions = (unit.path ?? []).some((heading) => /\bdefinitions?\b/iu.test(heading));
    if (!inDefinitions && !SAYS.test(text.slice(end, end + LEAD)) && !/(?:has|have|had)\s+an?\s*$/iu.test(lead.slice(0, match.index + 1))) continue;
    const start = match.index + match[0].indexOf(term);
    return { term: term.replace(/[,.]$/u, ''), place: { start, end: start + term.length } };
  }
  const plain = PLAIN.exec(lead);
  if (plain?.[1] !== undefined && !/^(?:This|That|These|Those|It|Such|Here)\b/u.test(plain[1])) {
    const start = plain[0].indexOf(plain[1]);
    return { term: plain[1], place: { start, end: start + plain[1].length } };
  }
  const title = headingWords(unit.title ?? '').trim();
  if (title !== '' && (unit.path ?? []).some((heading) => /\bdefinitions?\b/iu.test(heading)) && title.split(/\s+/u).length <= MAX_TERM_WORDS) return { term: title };
  return null;
}

const MAX_TERM_WORDS = 7;
