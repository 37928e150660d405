import type { Random } from '../seeded.ts';
import { MARKS, type Paragraph, type Plan } from './plan.ts';
import { crossReferences, type Numbering } from './references.ts';

/** A place in a rendered text, UTF-16 offsets, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Rendered {
  readonly text: string;
  /** By provision name: its words. A provision of several sources has one range under each name. */
  readonly provisions: ReadonlyMap<string, Range>;
  /** By provision name: the marked place in it. */
  readonly places: ReadonlyMap<string, Range>;
}

export type Style = 'markdown' | 'deepMarkdown' | 'plain';
export const STYLES: readonly Style[] = ['markdown', 'deepMarkdown', 'plain'];
/** Line length of hard-wrapped text, in characters. */
const WRAP = 78;
const LINES_PER_PAGE = 46;

const ROMAN = ' I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV'.split(' ');

export interface Look {
  readonly style: Style;
  /** Number of the first article. */
  readonly firstArticle: number;
  /** The vendor's name in the base, and the one put in its place. */
  readonly vendor?: readonly [string, string];
  /** Page marks and running headers, in plain text. */
  readonly pages: boolean;
}

export const BASE_LOOK: Look = { style: 'markdown', firstArticle: 1, pages: false };

/** Another vendor's template: numbering, headings, names and line ends differ. */
export function otherLook(random: Random, vendor: readonly [string, string], pages: boolean): Look {
  return { style: random.pick(STYLES), firstArticle: random.pick([1, 2, 3]), vendor, pages };
}

/** Writes a plan out and says where each provision and each marked place came to stand. */
export function render(plan: Plan, look: Look): Rendered {
  const numbering = numberingOf(look);
  const writer = new Writer(look, crossReferences(plan, numbering));
  writer.block(look.style === 'plain' ? plan.front.replace(/^#+ /gmu, '') : plan.front);
  plan.articles.forEach((article, a) => {
    const number = numbering.article(a);
    writer.block({ markdown: `# ARTICLE ${number}  ${article.title}`, deepMarkdown: `## Article ${number} - ${article.title}`, plain: `ARTICLE ${number}\n${article.title.toUpperCase()}` }[look.style]);
    article.sections.forEach((section, s) => {
      const sectionNumber = numbering.section(a, s);
      const heading = { markdown: `## ${sectionNumber} ${section.title}`, deepMarkdown: `### Section ${sectionNumber} ${section.title}`, plain: `Section ${sectionNumber}. ${section.title}.` }[look.style];
      writer.block(heading);
      section.paragraphs.forEach((paragraph, p) => {
        writer.paragraph(paragraph, paragraph.lead === '' ? '' : `${numbering.letter(p)} ${paragraph.lead}. `);
      });
    });
  });
  return writer.done();
}

function numberingOf({ style, firstArticle }: Look): Numbering {
  return {
    article: (at) => (style === 'markdown' ? (ROMAN[firstArticle + at] ?? '') : `${firstArticle + at}`),
    section: (article, at) => `${firstArticle + article}.${style === 'markdown' ? String(at + 1).padStart(2, '0') : at + 1}`,
    letter: (paragraph) => (style === 'deepMarkdown' ? `(${paragraph + 1})` : `(${'abcdefghijklmnopqrstuvwxyz'[paragraph]})`),
  };
}

class Writer {
  readonly #look: Look;
  readonly #referring: (text: string) => string;
  #text = '';
  #lines = 0;
  #page = 1;
  readonly #provisions = new Map<string, Range>();
  readonly #places = new Map<string, Range>();

  constructor(look: Look, referring: (text: string) => string) {
    this.#look = look;
    this.#referring = referring;
  }

  block(words: string): void {
    this.#add(`${this.#named(words)}\n\n`);
  }

  paragraph({ names, text }: Paragraph, lead: string): void {
    const words = lead + this.#named(this.#referring(text));
    const laidOut = this.#look.style === 'plain' && !words.includes('|') ? wrapped(words) : words;
    const start = this.#text.length;
    let open = -1;
    let place: Range | null = null;
    let line = '';
    // A page may end in the middle of a provision.
    for (const char of laidOut) {
      if (char === MARKS.open) {
        this.#flush(line);
        line = '';
        open = this.#text.length;
      } else if (char === MARKS.close) {
        this.#flush(line);
        line = '';
        place = { start: open, end: this.#text.length };
      } else line += char;
    }
    this.#flush(line);
    for (const name of names) {
      this.#provisions.set(name, { start, end: this.#text.length });
      if (place !== null) this.#places.set(name, place);
    }
    this.#add('\n\n');
  }

  done(): Rendered {
    return { text: `${this.#text.trimEnd()}\n`, provisions: this.#provisions, places: this.#places };
  }

  #named(words: string): string {
    const { vendor } = this.#look;
    if (vendor === undefined) return words;
    return words.replaceAll(vendor[0], vendor[1]).replaceAll(vendor[0].toUpperCase(), vendor[1].toUpperCase());
  }

  #flush(words: string): void {
    if (!words.includes('\n')) this.#text += words;
    else this.#add(words);
  }

  #add(words: string): void {
    if (!this.#look.pages || this.#look.style !== 'plain') {
      this.#text += words;
      return;
    }
    for (const piece of words.split(/(?<=\n)/u)) {
      this.#text += piece;
      if (piece.endsWith('\n') && (this.#lines += 1) % LINES_PER_PAGE === 0) {
        this.#text += `\nPage ${this.#page} of 60\n\f${this.#look.vendor?.[1] ?? 'Basic'} Basic Plan Document\n\n`;
        this.#page += 1;
      }
    }
  }
}

/** Breaks lines at WRAP characters; marks take no room. */
function wrapped(text: string): string {
  let line = 0;
  return text.split(' ').reduce((all, word, k) => {
    const { length } = word.replace(/[\ue000\ue001]/gu, '');
    const isNew = k > 0 && line + 1 + length > WRAP;
    line = isNew || k === 0 ? length : line + 1 + length;
    return k === 0 ? word : `${all}${isNew ? '\n' : ' '}${word}`;
  }, '');
}
