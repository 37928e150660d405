import type { PlanCitation, TextPlace } from '../../../../shared/model.ts';

const NUMBER = '\\d{1,3}(?:\\.\\d{1,3}){0,4}(?:\\([A-Za-z0-9]{1,4}\\)){0,5}';
const SIGN = '(?:Sections?|Sec\\.|Articles?|Art\\.|\u00a7{1,2})';
const LIST = `(?:${NUMBER}|[IVXLC]{1,7}\\b)(?:(?:,? (?:and|or|through)|,|;) (?:${SIGN}[ ]?)?${NUMBER}){0,6}`;
const PLAN = '(?:(?:[Tt]he )?(?:Basic )?Plan(?: Document)?|BPD|Base Plan)';
const NAMED = `${PLAN}[,:]?[ \\n]${SIGN}[ ]{0,2}${LIST}|${SIGN}[ ]{0,2}${LIST},? of (?:the )?(?:Basic )?(?:Plan(?: Document)?|BPD)\\b`;
const SEE = '(?:(?:[Ss]ee|[Pp]er|[Uu]nder|[Rr]ef\\.?|[Rr]efer to)[ :]{1,2})?';
/** `(Plan Section 3.1)`, `[BPD §3.02]`, `(See Section 4.1 and 4.2 of the Plan)`; in brackets also a bare `(§ 3.1)`. */
const CITATION = new RegExp(`[([]${SEE}(?:${NAMED}|${SIGN}[ ]{0,2}${LIST})[)\\]]|\\b(?:${NAMED})`, 'g');
const ONE = new RegExp(`${NUMBER}|\\b[IVXLC]{1,7}\\b`, 'g');
/** A section number above this is one of the Internal Revenue Code, not of a plan document. */
const MAX_PLAN_SECTION = 199;

/** References to the plan document in a stretch of an adoption agreement, one entry a section. */
export function citationsIn(text: string, { start, end }: TextPlace): readonly PlanCitation[] {
  return [...text.slice(start, end).matchAll(CITATION)].flatMap((match): PlanCitation[] => {
    const [words] = match;
    const from = start + match.index;
    const numbers = words.match(ONE) ?? [];
    if (numbers.some((number) => Number.parseInt(number, 10) > MAX_PLAN_SECTION)) return [];
    return numbers.map((section) => ({ text: words, section, start: from, end: from + words.length }));
  });
}
