import { matched, type Entity, type EntityFinder } from './entity.ts';

const NUMBER = String.raw`\d[\d.]*[\p{L}]?(?:[-–]\d+[\p{L}]?|\([\p{L}\d]{1,5}\)){0,9}(?![\p{L}\d])`;
const LABEL = String.raw`(?:${NUMBER}|[IVXLC]+(?![\p{L}])(?:\([\p{L}\d]{1,5}\))*|[A-Z](?![\p{L}])(?:[.-]?\d+)*)(?<![.])`;
/** "Sections 3 and 4", but not "Section 415 and 100 percent of pay". */
const MORE = String.raw`(?:\s*(?:,|and|or|through|to|&)\s*(?:§+\s*|sections?\s+)?${LABEL}(?!\s*(?:u\.?\s?s\.?\s?c|c\.?\s?f\.?\s?r|%|per\s?cent\b|(?:(?:calendar|business)\s+)?(?:days?|weeks?|months?|years?|hours?)\b)))*`;
const PLACE = String.raw`(?:sub)?(?:sections?|sec\.|articles?|paragraphs?|clauses?|chapters?|part|appendix|exhibit|schedule|attachment|annex|items?|questions?|election|page|table|figure|step)`;

/** The number of a place stands in its paragraph: "Change of election", an empty line and "A Participant" name none. */
const GAP = String.raw`(?:[^\S\n]+(?:\n[^\S\n]*)?|\n[^\S\n]*)`;

const CITED = new RegExp(
  [
    String.raw`\b(?:code|erisa|act|irc|i\.r\.c\.|internal revenue code)\s*(?:§+|sections?|sec\.)\s*${LABEL}${MORE}`,
    String.raw`\b(?:treas(?:ury|\.)?\s*reg(?:ulations?|s?\.)?|regulations?|reg\.)\s*(?:§+|sections?|sec\.)\s*${LABEL}${MORE}`,
    String.raw`(?<!\p{L})\d+\s*(?:u\.?\s?s\.?\s?c\.?|c\.?\s?f\.?\s?r\.?)\s*(?:§+|parts?|sections?)?\s*${LABEL}${MORE}`,
    String.raw`(?:§+|sections?)\s*${LABEL}${MORE}\s+of\s+(?:the\s+)?(?:code|erisa|act|internal revenue code)\b`,
    String.raw`§+\s*${LABEL}${MORE}`,
    String.raw`\bsections?\s+(?=(?:40[1-9]|41\d|457|501|125|132|3401|4975|6051)A?\([a-z]\))${LABEL}${MORE}`,
  ].join('|'),
  'giu',
);
const WITHIN = new RegExp(
  String.raw`\b${PLACE}${GAP}(?:§+\s*)?(?:${LABEL}${MORE}|(?:\([\p{L}\d]{1,5}\))+(?:\s*(?:,|and|or|through)\s*(?:\([\p{L}\d]{1,5}\))+)*)`,
  'gu',
);
/** The same words with a capital; digits are asked for, so that "Part of" or "Election I" in running text stays text. */
const WITHIN_ANY_CASE = new RegExp(WITHIN.source.replace(String.raw`\b${PLACE}`, `(?<!\\p{L})(?:${caseless(PLACE)})`), 'gu');

/** Citations of law: `Code Section 401(k)(13)`, `29 CFR 2550.404`, `§ 415`. */
export const findCodeReferences: EntityFinder = (text) => matched(text, CITED, 'codeReference', (match) => citationIn(match[0]));

/** `code 401(k)(13)` for "Code Section 401(k)(13)", "§401(k)(13)" and "section 401(k)(13) of the Code" alike. */
function citationIn(reference: string): string {
  const law = LAWS.find(([pattern]) => pattern.test(reference))?.[1] ?? (/\d{3}(?![\d.])/u.test(reference) ? 'code' : '§');
  const labels = labelsIn(reference.replace(LAW_WORDS, ' ').replace(/\b(?:sections?|sec\.|parts?)/giu, ' '));
  return `${law} ${labels.replace(/[.]$/u, '')}`;
}

/** The law a citation names; one that names none, with a number of three digits, is of the Internal Revenue Code in a plan. */
const LAWS: readonly (readonly [RegExp, string])[] = [
  [/\bc\.?\s?f\.?\s?r/iu, 'cfr'], [/\bu\.?\s?s\.?\s?c/iu, 'usc'], [/\breg/iu, 'regulation'], [/\berisa\b/iu, 'erisa'],
  [/\bcode\b|\birc\b|\bi\.r\.c\./iu, 'code'], [/\bact\b/iu, 'act'],
];
const LAW_WORDS = /\b(?:internal\s+revenue\s+code|code|erisa|act|irc|i\.r\.c\.|treas(?:ury|\.)?|reg(?:ulations?|s?\.)?|u\.?\s?s\.?\s?c\.?|c\.?\s?f\.?\s?r\.?)(?![\p{L}\d])/giu;

/** References inside the document: `Section 3.01(c)`, `Articles IV and V`, `paragraph (a)`. */
export const findSectionReferences: EntityFinder = (text): readonly Entity[] =>
  matched(text, WITHIN_ANY_CASE, 'sectionReference', (match) => labelsIn(match[0]));

function labelsIn(reference: string): string {
  return reference.replace(/\s+/gu, ' ').replace(/[§,]|\b(?:the|of|and)\b/giu, ' ').replace(/\s+/gu, ' ').trim().toLowerCase().replace(/\bsections\b/u, 'section');
}

/** `abc` as `[Aa][Bb][Cc]`: numerals and letters after the word keep their case, only the word may vary. */
function caseless(source: string): string {
  return source.replace(/(?<!\\)[a-z]/gu, (letter) => `[${letter.toUpperCase()}${letter}]`);
}
