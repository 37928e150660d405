import type { Plan } from './plan.ts';

/** How a plan prints the numbers of its articles, sections and lettered paragraphs. */
export interface Numbering {
  article(at: number): string;
  section(article: number, at: number): string;
  letter(paragraph: number): string;
}

const NUMBER = String.raw`(?:\d+\.\d+(?:\([a-z]\))?)`;
const JOINT = String.raw`(?:, (?:and |or )?| and | or | through )`;
const SECTIONS = new RegExp(String.raw`\bSections? (${NUMBER}(?:${JOINT}${NUMBER})*)`, 'gu');
const ARTICLES = /\bArticle ([IVXLC]+|\d+)\b(?!\.\d)/gu;

/**
 * Cross references as the print in hand numbers what they lead to. The words refer by the numbers of the base; a section
 * cut in two is cited by both its numbers, and a number the base does not have stays as it is.
 */
export function crossReferences(plan: Plan, numbering: Numbering): (text: string) => string {
  const articles = new Map(plan.articles.map((article, a) => [article.printed, numbering.article(a)]));
  const sections = new Map<string, string[]>();
  plan.articles.forEach((article, a) => article.sections.forEach((section, s) => {
    for (const printed of section.printed) sections.set(printed, [...(sections.get(printed) ?? []), numbering.section(a, s)]);
    section.paragraphs.forEach(({ letter }, p) => {
      if (letter !== undefined) for (const printed of section.printed) sections.set(`${printed}(${letter})`, [`${numbering.section(a, s)}${numbering.letter(p)}`]);
    });
  }));
  return (text) => text
    .replace(SECTIONS, (_, numbers: string) => {
      const written = numbers.replace(new RegExp(NUMBER, 'gu'), (number) => sections.get(number)?.join(' and ') ?? number);
      return `${written.includes(' ') ? 'Sections' : 'Section'} ${written}`;
    })
    .replace(ARTICLES, (whole, number: string) => (articles.has(number) ? `Article ${articles.get(number)}` : whole));
}

/** Numbers of the base's sections that some words of the plan refer to. */
export function citedSections(plan: Plan): ReadonlySet<string> {
  const words = plan.articles.flatMap(({ sections }) => sections.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text)));
  return new Set(words.flatMap((text) => [...text.matchAll(SECTIONS)].flatMap(([, numbers = '']) => numbers.match(/\d+\.\d+/gu) ?? [])));
}
