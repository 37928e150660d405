import type { Random } from '../seeded.ts';
import { dropOption, flipDefault, proseSchedule, redefine } from './clauses.ts';
import { EXTRA_PROVISIONS } from './extraProvisions.ts';
import { FACT_CHANGERS, type Changer } from './facts.ts';
import type { Article, Paragraph, Plan, Section } from './plan.ts';
import { citedSections } from './references.ts';
import { reworded } from './rewordings.ts';

/** What was done to a provision. */
export interface Planted {
  readonly kind: string;
  /** `bpd` for plan documents, `aa` for adoption agreements, `merged` for the two put together. */
  readonly tag: 'bpd' | 'aa' | 'merged';
  /** Names of the provisions it stands in; none in the source for a new one, none in the target for a dropped one. */
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly sourceValue?: string;
  readonly targetValue?: string;
}

export interface Mutated {
  readonly source: Plan;
  readonly target: Plan;
  readonly planted: readonly Planted[];
  /** Names of provisions whose target got drafting changes without effect, beside or instead of a planted difference. */
  readonly noise: readonly string[];
}

const CHANGERS: Readonly<Record<string, Changer>> = {
  ...FACT_CHANGERS, 'default direction': flipDefault, 'option dropped': dropOption, 'term redefined': redefine, 'schedule row': scheduleRow,
};
function scheduleRow(text: string, random: Random): ReturnType<Changer> {
  return FACT_CHANGERS['schedule row']?.(text, random) ?? (/vest/iu.test(text) ? proseSchedule(text, random) : null);
}

/** Differences of each kind a text gets, where it has a place for them. */
const PER_KIND = 2;
/** Share of the other provisions that get drafting changes without effect. */
const NOISE = 0.5;
const LEAST_REWORDINGS = 3;

/** Plants differences in a plan; each provision gets at most one. The source is the base with what had to be written into both. */
export function mutatePlan(base: Plan, random: Random): Mutated {
  const editor = new Editor(base, random);
  for (const kind of random.shuffled(Object.keys(CHANGERS))) for (let k = 0; k < PER_KIND; k++) editor.change(kind, CHANGERS[kind] as Changer);
  for (let k = 0; k < PER_KIND; k++) {
    editor.split();
    editor.merge();
    editor.move();
    editor.drop();
    editor.add(k);
    for (let twice = 0; twice < 2; twice++) editor.reword();
  }
  editor.noise();
  return editor.done();
}

interface Place {
  readonly article: number;
  readonly section: number;
  readonly paragraph: number;
}

class Editor {
  readonly #random: Random;
  readonly #source: Article[];
  #target: Article[];
  readonly #base: Plan;
  readonly #planted: Planted[] = [];
  readonly #noise: string[] = [];
  readonly #used = new Set<string>();
  readonly #extras: readonly (readonly [string, string])[];
  readonly #cited: ReadonlySet<string>;

  constructor(base: Plan, random: Random) {
    this.#base = base;
    this.#random = random;
    this.#cited = citedSections(base);
    this.#source = [...base.articles];
    this.#target = [...base.articles];
    this.#extras = random.shuffled(EXTRA_PROVISIONS);
  }

  done(): Mutated {
    return { source: { ...this.#base, articles: this.#source }, target: { ...this.#base, articles: this.#target }, planted: this.#planted, noise: this.#noise };
  }

  #places(): { readonly place: Place; readonly paragraph: Paragraph }[] {
    return this.#target.flatMap((article, a) =>
      article.sections.flatMap((section, s) => section.paragraphs.map((paragraph, p) => ({ place: { article: a, section: s, paragraph: p }, paragraph }))),
    );
  }

  /** Untouched provisions in random order. */
  #free(): { readonly place: Place; readonly paragraph: Paragraph }[] {
    return this.#random.shuffled(this.#places().filter(({ paragraph }) => paragraph.names.every((name) => !this.#used.has(name))));
  }

  /** Sections of one untouched paragraph. */
  #freeSections(test: (text: string, article: Article) => boolean): { readonly article: number; readonly section: number; readonly paragraph: Paragraph }[] {
    return this.#free().flatMap(({ place, paragraph }) => {
      const article = this.#target[place.article] as Article;
      const isWhole = article.sections[place.section]?.paragraphs.length === 1 && !paragraph.text.includes('|');
      return isWhole && test(paragraph.text, article) ? [{ article: place.article, section: place.section, paragraph }] : [];
    });
  }

  #plant(planted: Omit<Planted, 'tag'>): void {
    this.#planted.push({ ...planted, tag: 'bpd' });
    for (const name of [...planted.source, ...planted.target]) this.#used.add(name);
  }

  #replaceText(articles: Article[], name: string, text: string): void {
    articles.forEach((article, a) => {
      if (!article.sections.some((section) => section.paragraphs.some((one) => one.names[0] === name))) return;
      articles[a] = {
        ...article,
        sections: article.sections.map((section) => ({ ...section, paragraphs: section.paragraphs.map((one) => (one.names[0] === name ? { ...one, text } : one)) })),
      };
    });
  }

  #sections(article: number, change: (sections: Section[]) => void): void {
    const own = this.#target[article] as Article;
    const sections = [...own.sections];
    change(sections);
    this.#target[article] = { ...own, sections };
  }

  change(kind: string, changer: Changer): void {
    for (const { paragraph } of this.#free()) {
      const changed = changer(paragraph.text, this.#random);
      if (changed === null) continue;
      const name = paragraph.names[0] as string;
      this.#replaceText(this.#source, name, changed.source);
      this.#replaceText(this.#target, name, changed.target);
      const values = { ...(changed.sourceValue === undefined ? {} : { sourceValue: changed.sourceValue }), ...(changed.targetValue === undefined ? {} : { targetValue: changed.targetValue }) };
      this.#plant({ kind, source: [name], target: [name], ...values });
      return;
    }
  }

  /** Deals the sentences of a section to two. */
  split(): void {
    const [found] = this.#freeSections((text, article) => sentencesOf(text).length >= 3 && article.sections.length > 2);
    if (found === undefined) return;
    const sentences = sentencesOf(found.paragraph.text);
    const half = Math.ceil(sentences.length / 2);
    const name = found.paragraph.names[0] as string;
    this.#sections(found.article, (sections) => {
      const { title, printed } = sections[found.section] as Section;
      const part = (own: readonly string[], suffix: string): Section['paragraphs'] => [{ names: [`${name}${suffix}`], lead: '', text: own.join(' ') }];
      sections.splice(found.section, 1, { title, printed, paragraphs: part(sentences.slice(0, half), '/1') }, { printed, title: `Further Rules on ${title}`, paragraphs: part(sentences.slice(half), '/2') });
    });
    this.#plant({ kind: 'split', source: [name], target: [`${name}/1`, `${name}/2`] });
  }

  /** Joins two neighbours under one heading. */
  merge(): void {
    const free = this.#freeSections((text) => !/^["“]/.test(text));
    for (const { article, section, paragraph } of free) {
      const next = free.find((other) => other.article === article && other.section === section + 1);
      if (next === undefined) continue;
      const names = [paragraph.names[0] as string, next.paragraph.names[0] as string];
      this.#sections(article, (sections) => {
        const [first, second] = sections.slice(section) as [Section, Section];
        sections.splice(section, 2, { title: `${first.title}; ${second.title}`, printed: [...first.printed, ...second.printed], paragraphs: [{ names, lead: '', text: `${paragraph.text} ${next.paragraph.text}` }] });
      });
      this.#plant({ kind: 'merged', source: names, target: names });
      return;
    }
  }

  move(): void {
    const [found] = this.#freeSections((text, article) => article.sections.length > 3 && text.length > 80);
    if (found === undefined) return;
    const name = found.paragraph.names[0] as string;
    const to = this.#random.pick(this.#target.map((_, a) => a).filter((a) => a !== found.article));
    let section: Section | undefined;
    this.#sections(found.article, (sections) => ([section] = sections.splice(found.section, 1)));
    this.#sections(to, (sections) => sections.splice(Math.floor(this.#random.next() * sections.length), 0, section as Section));
    this.#plant({ kind: 'moved', source: [name], target: [name] });
  }

  /** What others refer to stays. */
  drop(): void {
    const found = this.#freeSections((_, article) => article.sections.length > 2).find((one) => !this.#target[one.article]?.sections[one.section]?.printed.some((number) => this.#cited.has(number)));
    if (found === undefined) return;
    this.#sections(found.article, (sections) => sections.splice(found.section, 1));
    this.#plant({ kind: 'dropped', source: [found.paragraph.names[0] as string], target: [] });
  }

  add(which: number): void {
    const [title, text] = this.#extras[which] as readonly [string, string];
    const name = `new${which}`;
    this.#sections(Math.floor(this.#random.next() * this.#target.length), (sections) => {
      sections.splice(Math.floor(this.#random.next() * (sections.length + 1)), 0, { title, printed: [], paragraphs: [{ names: [name], lead: '', text }] });
    });
    this.#plant({ kind: 'new', source: [], target: [name] });
  }

  reword(): void {
    for (const { paragraph } of this.#free()) {
      const { text, count } = reworded(paragraph.text, this.#random, 6, true);
      if (count < LEAST_REWORDINGS) continue;
      const name = paragraph.names[0] as string;
      this.#replaceText(this.#target, name, text);
      this.#plant({ kind: 'reworded only', source: [name], target: [name] });
      return;
    }
  }

  /** Drafting changes without effect in provisions that have no difference, and around some that have. */
  noise(): void {
    for (const { paragraph } of this.#places()) {
      const name = paragraph.names[0] as string;
      if (this.#planted.some((one) => one.kind === 'reworded only' && one.source[0] === name) || !this.#random.chance(NOISE)) continue;
      this.#replaceText(this.#target, name, reworded(paragraph.text, this.#random, 2, false).text);
      this.#noise.push(...paragraph.names);
    }
  }
}

function sentencesOf(text: string): readonly string[] {
  return text.includes('\n') ? [text] : text.split(/(?<=[.])(?<!\b(?:No|Sec|Art|e\.g|i\.e)\.) (?=[A-Z])/u);
}
