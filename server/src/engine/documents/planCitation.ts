import type { PlanCitation, TextPlace } from '../../../../shared/model.ts';

const NUMBER = '\\d{1,3}(?:\\.\\d{1,3}){0,4}(?:\\([A-Za-z0-9]{1,4}\\)){0,5}';
/** Blanks, or a line end with the indent of the next line. */
const GAP = '(?:[ ]{1,2}|[ ]?\\n[ \\t]{0,40})';
/** Also broken over a line end, as text from a PDF has it: `Sec-/tion`. */
const SIGN = '(?:Sec(?:-\\n[ \\t]{0,40})?tions?|Sec\\.|Art(?:i-\\n[ \\t]{0,40}c|ic)les?|Art\\.|\u00a7{1,2})';
const LIST = `(?:${NUMBER}|[IVXLC]{1,7}\\b)(?:(?:,?${GAP}(?:and|or|through)|,|;)${GAP}(?:${SIGN}${GAP}?)?${NUMBER}){0,6}`;
const PLAN = `(?:(?:[Tt]he )?(?:Basic${GAP})?Plan(?:${GAP}Document)?|BPD|Base Plan)`;
const NAMED = `${PLAN}[,:]?${GAP}${SIGN}${GAP}?${LIST}|${SIGN}${GAP}?${LIST},?${GAP}of${GAP}(?:the${GAP})?(?:Basic${GAP})?(?:Plan(?:${GAP}Document)?|BPD)\\b`;
const SEE = '(?:(?:[Ss]ee|[Pp]er|[Uu]nder|[Rr]ef\\.?|[Rr]efer to)[ :]{1,2})?';
/** `(Plan Section 3.1)`, `[BPD §3.02]`, `(See Section 4.1 and 4.2 of the Plan)`; in brackets also a bare `(§ 3.1)`. */
const CITATION = new RegExp(`[([]${SEE}(?:${NAMED}|${SIGN}${GAP}?${LIST})[)\\]]|\\b(?:${NAMED})`, 'g');
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
