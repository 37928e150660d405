import { isTitleCase } from './headingLine.ts';

/** A line that opens the definition of a term. Offsets are in the line. */
export interface DefinitionLine {
  readonly term: string;
  /** Where the unit's own words start: at the quoted term, or behind a term that is set off as a heading. */
  readonly textStart: number;
  /** `means`: says so itself; `listed`: only where the section is one of definitions. */
  readonly proof: 'means' | 'listed';
}

/** So much of a line is looked at, in UTF-16 code units. */
const LOOKED_AT = 240;
const MAX_TERM_WORDS = 9;
const LEAD = '^[ \\t]*(?:[-*•][ \\t]+)?';
const MEANS = '(?:,?[ \\t]{0,3}(?:as used (?:herein|in this \\w+),? )?(?:shall |will )?(?:means?|mean)\\b|,? (?:is|are) defined\\b|,? has the meanings?\\b|,? refers? to\\b|,? shall have the meanings?\\b)';
const QUOTED_TERM = '(?:\\*\\*|__)?["\\u201c](?:\\*\\*|__)?([^"\\u201d\\n]{1,80})["\\u201d](?:\\*\\*|__)?(?:,? (?:or|and) ["\\u201c][^"\\u201d\\n]{1,60}["\\u201d])?(?:[ \\t]{1,3}\\([^()\\n]{1,60}\\))?';
const QUOTED = new RegExp(`${LEAD}((?:[Tt]he )?(?:(?:[Tt]erms?|[Ww]ords?) )?${QUOTED_TERM})(${MEANS}|[ \\t]*[:\\u2013\\u2014-][ \\t]|\\.[ \\t])`);
const BOLD = new RegExp(`${LEAD}(?:\\*\\*|__)["\\u201c]?([A-Z][^*_"\\u201d\\n]{0,80}?)["\\u201d]?[.:]?(?:\\*\\*|__)(${MEANS}|[ \\t]*[.:\\u2013\\u2014-]?[ \\t]+)`);
const PLAIN = new RegExp(`${LEAD}((?:[A-Z0-9][\\w()/'\\u2019&-]{0,30})(?: [\\w()/'\\u2019&-]{1,30}){0,8}?)(${MEANS}|\\.[ \\t]|:[ \\t]|[ \\t][\\u2013\\u2014][ \\t])`);

/** Titles of sections whose paragraphs are definitions. */
const DEFINITIONS_TITLE = /\b(?:definitions?|defined terms|glossary|terms used|meanings? of terms)\b/i;
/** Sections of such an article that define nothing. */
const NO_TERM = /^(?:general(?: rules?)?|in general|construction|interpretation|gender|number|headings?|usage|rules of construction|other definitions|introduction|purpose|note|notes|example|examples|this|that|these|those|it|such|if|the)\b/i;

export function isDefinitionsTitle(title: string): boolean {
  return DEFINITIONS_TITLE.test(title);
}

/** True for the heading of a numbered definition: a term, not a rule of construction. */
export function isTermTitle(title: string): boolean {
  return title !== '' && !NO_TERM.test(title) && !isDefinitionsTitle(title) && title.split(/\s+/).length <= MAX_TERM_WORDS;
}

/** Reads the start of a paragraph as a definition, or null. */
export function definitionLine(line: string): DefinitionLine | null {
  const head = line.slice(0, LOOKED_AT);
  const quoted = QUOTED.exec(head);
  if (quoted !== null) {
    const term = clean(quoted[2] ?? '');
    const start = head.indexOf(quoted[1] ?? '');
    const says = /mean|defined|refer/.test(quoted[3] ?? '');
    return term === '' ? null : { term, textStart: start, proof: says ? 'means' : 'listed' };
  }
  const bold = BOLD.exec(head);
  if (bold !== null) return listed(bold, head, clean(bold[1] ?? ''));
  const plain = PLAIN.exec(head);
  if (plain === null) return null;
  const term = clean(plain[1] ?? '');
  return isTitleCase(term) && !NO_TERM.test(term) ? listed(plain, head, term) : null;
}

function listed(match: RegExpExecArray, head: string, term: string): DefinitionLine | null {
  if (!isTermTitle(term)) return null;
  const says = /mean|defined|refer/.test(match[2] ?? '');
  const start = /\S/.exec(head)?.index ?? 0;
  return { term, textStart: says ? start : match[0].length, proof: 'listed' };
}

function clean(term: string): string {
  return term.replace(/\*\*|__/g, '').replace(/[,.:;]$/, '').trim();
}
