/** A plan document as its author sees it: articles, sections, paragraphs with rules of their own. */
export interface Plan {
  readonly name: string;
  /** Lines before the first article. */
  readonly front: string;
  readonly articles: readonly Article[];
}
export interface Article {
  /** Its number in the base. */
  readonly printed: string;
  readonly title: string;
  readonly sections: readonly Section[];
}
export interface Section {
  /** The numbers by which the base refers to it: none for a new one, two for two joined ones. */
  readonly printed: readonly string[];
  readonly title: string;
  readonly paragraphs: readonly Paragraph[];
}
/** The words of a provision; MARKS stand around the place of a planted difference. */
export interface Paragraph {
  /** Names the provision in source and target; a target with several names serves several sources. */
  readonly names: readonly string[];
  /** Heading that runs into the text, of a lettered paragraph. */
  readonly lead: string;
  /** Its letter in the base. */
  readonly letter?: string;
  readonly text: string;
}

export const MARKS = { open: '\ue000', close: '\ue001' };
export const marked = (words: string): string => `${MARKS.open}${words}${MARKS.close}`;
export const unmarked = (text: string): string => text.replace(/[\ue000\ue001]/gu, '');

const ARTICLE = /^# ARTICLE ([IVXLC\d]+)\s+(.*)$/;
const SECTION = /^## (\d+\.\d+)\s+(.*)$/;
const LETTERED = /^\(([a-z])\)\s+([A-Z][^.]{2,80})\.\s+(.*)$/s;

/** Reads a plan written as `# ARTICLE I  TITLE`, `## 1.01 Title`, paragraphs, some of them `(a) Heading. Text`. */
export function readPlan(name: string, markdown: string): Plan {
  const articles: { printed: string; title: string; sections: { printed: string[]; title: string; paragraphs: Paragraph[] }[] }[] = [];
  const front: string[] = [];
  for (const block of markdown.split(/\n{2,}/)) {
    const text = block.trim();
    const article = ARTICLE.exec(text);
    const section = SECTION.exec(text);
    const last = articles.at(-1);
    if (article !== null) articles.push({ printed: article[1] ?? '', title: article[2] ?? '', sections: [] });
    else if (last === undefined) front.push(text);
    else if (section !== null) last.sections.push({ printed: [section[1] ?? ''], title: section[2] ?? '', paragraphs: [] });
    else if (text !== '') addParagraph(last.sections.at(-1)?.paragraphs, text);
  }
  let count = 0;
  return {
    name, front: front.join('\n\n'),
    articles: articles.map(({ sections, ...article }) => ({
      ...article,
      sections: sections.map((each) => ({ ...each, paragraphs: each.paragraphs.map((one) => ({ ...one, names: [`p${(count += 1)}`] })) })),
    })),
  };
}

/** A lettered paragraph is a provision of its own; what stands below it, a table or another paragraph, belongs to it. */
function addParagraph(paragraphs: Paragraph[] | undefined, text: string): void {
  if (paragraphs === undefined) return;
  const lettered = LETTERED.exec(text);
  const last = paragraphs.at(-1);
  if (lettered !== null) paragraphs.push({ names: [], letter: lettered[1] ?? '', lead: lettered[2] ?? '', text: lettered[3] ?? '' });
  else if (last === undefined) paragraphs.push({ names: [], lead: '', text });
  else paragraphs[paragraphs.length - 1] = { ...last, text: `${last.text}\n\n${text}` };
}
