import type { Random } from '../seeded.ts';
import type { Form, FormItem } from './form.ts';
import { MARKS } from './plan.ts';
import type { Range, Rendered } from './render.ts';

export interface FormLook {
  /** `coded` numbers items by their part, `plain` has no Markdown, `markdown` is the base's own. */
  readonly style: 'markdown' | 'coded' | 'plain';
  /** Number of the first item. */
  readonly first: number;
  readonly boxes: readonly [empty: string, ticked: string];
  /** Added to the article of a cited section. */
  readonly articles: number;
  /** The vendor's name in the base, and the one put in its place. */
  readonly vendor?: readonly [string, string];
}

export const BASE_FORM_LOOK: FormLook = { style: 'markdown', first: 1, boxes: ['[ ]', '[x]'], articles: 0 };

/** Another vendor's form: numbers, boxes, citations and names differ. */
export function otherFormLook(random: Random, vendor: readonly [string, string]): FormLook {
  const style = random.pick(['markdown', 'coded', 'plain'] as const);
  const boxes = style === 'plain' ? (['[ ]', '[X]'] as const) : random.pick([['[ ]', '[x]'], ['☐', '☒']] as const);
  return { style, first: random.pick([11, 101, 201]), boxes, articles: random.pick([1, 2, 3]), vendor };
}

const ROMAN = ' I II III IV V VI VII VIII IX X XI XII'.split(' ');
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const LOWER_ROMAN = 'i ii iii iv v vi vii viii ix x'.split(' ');
/** Stand around the words of an item until the text is whole. */
const ITEM_MARKS = { open: '\ue002', close: '\ue003' };

/** Writes a form out and says where each item and each marked place came to stand. */
export function renderForm(form: Form, look: FormLook): Rendered {
  const numbers = numbersOf(form, look);
  const referring = (words: string): string => words.replace(/\bitems? \d+(?:(?: to | and |, )\d+)*/gu, (whole) => whole.replace(/\d+/gu, (number) => numbers.get(number) ?? number));
  const items: FormItem[] = [];
  const blocks = [named(look.style === 'plain' ? form.front.replace(/^#+ /gmu, '') : form.front, look)];
  form.parts.forEach(({ title, items: own }, p) => {
    blocks.push({ markdown: `## PART ${LETTERS[p]?.toUpperCase()}. ${title}`, coded: `## Part ${LETTERS[p]?.toUpperCase()}. ${title}`, plain: `${ROMAN[p + 1]}. ${title}` }[look.style]);
    own.forEach((item, at) => {
      items.push(item);
      const count = look.first + items.length - 1;
      const number = look.style === 'coded' ? `${LETTERS[p]?.toUpperCase()}-${at + 1}` : `${count}`;
      blocks.push(`${ITEM_MARKS.open}${laidOut(item, number, named(referring(item.lines.join('\n')), look), look)}${ITEM_MARKS.close}`);
    });
  });
  return unmarkedForm(`${blocks.join('\n\n')}\n`, items);
}

/** Numbers of the base's items as this print has them. */
function numbersOf(form: Form, { style, first }: FormLook): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>();
  let count = first;
  form.parts.forEach(({ items }, p) => items.forEach(({ printed }, at) => {
    if (printed !== undefined) numbers.set(printed, style === 'coded' ? `${LETTERS[p]?.toUpperCase()}-${at + 1}` : `${count}`);
    count += 1;
  }));
  return numbers;
}

function laidOut({ title, ends, cites }: FormItem, number: string, words: string, { style, boxes, articles }: FormLook): string {
  const section = cites?.replace(/^\d+/u, (article) => `${Number(article) + articles}`);
  const cited = section === undefined ? '' : { markdown: ` (Plan Section ${section})`, coded: ` (BPD Section ${section})`, plain: ` (Section ${section} of the Plan)` }[style];
  const [ask = '', ...rest] = words.split('\n');
  const letters = new Letters(style);
  const body = rest.map((line) => boxed(letters.relabelled(line), boxes)).join('\n');
  const head = { markdown: `**${number}. ${title}${cited}${ends}** ${ask}`, coded: `### ${number}. ${title}${cited}\n\n${ask}`, plain: `${number}.   ${title}${cited}${ends} ${ask}` }[style].trimEnd();
  const laid = `${boxed(head, boxes)}${rest.length === 0 ? '' : '\n'}${body}`;
  return style === 'plain' ? laid.replace(/(?<!_)__([^_\n]+)__(?!_)/gu, '___$1___') : laid;
}

function boxed(words: string, [empty, ticked]: readonly [string, string]): string {
  return words.replace(/\[ \]/gu, empty).replace(/\[x\]/gu, ticked);
}

/** Letters options in their order, in the style of the print. */
class Letters {
  readonly #style: FormLook['style'];
  readonly #counts: number[] = [];

  constructor(style: FormLook['style']) {
    this.#style = style;
  }

  relabelled(line: string): string {
    const [, indent = '', box = '', letter, words = ''] = /^(\s*)- (\[[ x]\]) (?:\(([a-z]+)\) )?(.*)$/u.exec(line) ?? [];
    if (box === '') return this.#style === 'plain' ? line.replace(/^(\s*)- /u, '$1         ') : line;
    const depth = indent.length / 2;
    this.#counts.length = depth + 1;
    const count = (this.#counts[depth] = (this.#counts[depth] ?? 0) + 1);
    const own = depth === 0 ? LETTERS[count - 1] : LOWER_ROMAN[count - 1];
    const label = letter === undefined ? '' : this.#style === 'coded' ? `${own}. ` : `(${own}) `;
    return this.#style === 'plain' ? `     ${'     '.repeat(depth)}${box}  ${label}${words}` : `${indent}- ${box} ${label}${words}`;
  }
}

function named(words: string, { vendor }: FormLook): string {
  return vendor === undefined ? words : words.replaceAll(vendor[0], vendor[1]).replaceAll(vendor[0].toUpperCase(), vendor[1].toUpperCase());
}

/** Takes the marks out; what stood between them are the places. */
function unmarkedForm(text: string, items: readonly FormItem[]): Rendered {
  const provisions = new Map<string, Range>();
  const places = new Map<string, Range>();
  let words = '';
  let item = -1;
  let start = 0;
  let open = 0;
  for (const piece of text.split(/([\ue000-\ue003])/u)) {
    if (piece === ITEM_MARKS.open) {
      item += 1;
      start = words.length;
    } else if (piece === ITEM_MARKS.close) for (const name of items[item]?.names ?? []) provisions.set(name, { start, end: words.length });
    else if (piece === MARKS.open) open = words.length;
    else if (piece === MARKS.close) for (const name of items[item]?.names ?? []) places.set(name, { start: open, end: words.length });
    else words += piece;
  }
  return { text: words, provisions, places };
}
