import type { Random } from '../seeded.ts';
import { EXTRA_ITEMS } from './extraItems.ts';
import { isYesNo, optionsOf, takesMany, topOptions, type Form, type FormItem } from './form.ts';
import { BLANK_CHANGERS } from './formBlanks.ts';
import { addedOption, clearedAnswer, droppedOption, gridBox, negatedForm, otherBox, otherOption, secondOption, turnedList, type FormChanger } from './formTicks.ts';
import type { Planted } from './mutatePlan.ts';
import { reworded } from './rewordings.ts';

export interface MutatedForm {
  readonly source: Form;
  readonly target: Form;
  readonly planted: readonly Planted[];
  readonly noise: readonly string[];
}

export const FORM_CHANGERS: Readonly<Record<string, FormChanger>> = {
  ...BLANK_CHANGERS, 'other option': otherOption, 'box of a list': otherBox, 'answer cleared': clearedAnswer, 'second option': secondOption, 'box of a grid': gridBox,
  'option dropped': droppedOption, 'option added': addedOption, negation: negatedForm, 'default direction': turnedList,
};
/** Differences of each kind a form gets, where it has a place for them. */
const PER_KIND = 2;
/** Share of the other items that get drafting changes without effect. */
const NOISE = 0.5;
/** A list is split from so many options on. */
const LEAST_SPLIT = 4;

/** Plants differences in a form; each item gets at most one. Kinds with few places come first. */
export function mutateForm(base: Form, random: Random): MutatedForm {
  const editor = new FormEditor(base, random);
  const places = (changer: FormChanger): number => base.parts.flatMap(({ items }) => items).filter(({ lines }) => changer(lines, random) !== null).length;
  const kinds = Object.entries(FORM_CHANGERS).map(([kind, changer]) => ({ kind, changer, places: places(changer) })).sort((a, b) => a.places - b.places);
  for (const { kind, changer } of kinds) for (let k = 0; k < PER_KIND; k++) editor.change(kind, changer);
  for (let k = 0; k < PER_KIND; k++) {
    editor.split();
    editor.merge();
    editor.move();
    editor.drop();
    editor.add(k);
    editor.reword();
  }
  editor.noise();
  return editor.done();
}

interface Found {
  readonly part: number;
  readonly at: number;
  readonly item: FormItem;
}
type Parts = { title: string; items: FormItem[] }[];

class FormEditor {
  readonly #random: Random;
  readonly #base: Form;
  readonly #source: Parts;
  readonly #target: Parts;
  readonly #planted: Planted[] = [];
  readonly #noise: string[] = [];
  readonly #used = new Set<string>();
  /** Items that others name by their number keep a number. */
  readonly #cited: ReadonlySet<string>;
  readonly #extras: typeof EXTRA_ITEMS;

  constructor(base: Form, random: Random) {
    this.#base = base;
    this.#random = random;
    this.#source = base.parts.map(({ title, items }) => ({ title, items: [...items] }));
    this.#target = base.parts.map(({ title, items }) => ({ title, items: [...items] }));
    this.#cited = new Set(base.parts.flatMap(({ items }) => items.flatMap(({ lines }) => [...lines.join(' ').matchAll(/\bitems? (\d+(?:(?: to | and |, )\d+)*)/gu)].flatMap(([, numbers = '']) => numbers.match(/\d+/gu) ?? []))));
    this.#extras = random.shuffled(EXTRA_ITEMS);
  }

  done(): MutatedForm {
    return { source: { ...this.#base, parts: this.#source }, target: { ...this.#base, parts: this.#target }, planted: this.#planted, noise: this.#noise };
  }

  /** Untouched items in random order. */
  #free(): readonly Found[] {
    return this.#random.shuffled(this.#target.flatMap(({ items }, part) => items.flatMap((item, at) => (item.names.some((name) => this.#used.has(name)) ? [] : [{ part, at, item }]))));
  }

  /** Those that may leave their place. */
  #loose(): readonly Found[] {
    return this.#free().filter(({ item, part }) => !this.#cited.has(item.printed ?? '') && part < this.#target.length - 1);
  }

  #plant(planted: Omit<Planted, 'tag'>): void {
    this.#planted.push({ ...planted, tag: 'aa' });
    for (const name of [...planted.source, ...planted.target]) this.#used.add(name);
  }

  #put(parts: Parts, name: string, lines: readonly string[]): void {
    for (const { items } of parts) {
      const at = items.findIndex((item) => item.names[0] === name);
      if (at !== -1) items[at] = { ...(items[at] as FormItem), lines };
    }
  }

  change(kind: string, changer: FormChanger): void {
    for (const { item } of this.#free()) {
      const changed = changer(item.lines, this.#random);
      if (changed === null) continue;
      const name = item.names[0] as string;
      this.#put(this.#source, name, changed.source);
      this.#put(this.#target, name, changed.target);
      const { sourceValue, targetValue } = changed;
      this.#plant({ kind, source: [name], target: [name], ...(sourceValue === undefined ? {} : { sourceValue }), ...(targetValue === undefined ? {} : { targetValue }) });
      return;
    }
  }

  /** Deals the options of a list to two items. */
  split(): void {
    const found = this.#loose().find(({ item: { lines } }) => takesMany(lines) && topOptions(lines).length >= LEAST_SPLIT && optionsOf(lines).length === topOptions(lines).length);
    if (found === undefined) return;
    const { item } = found;
    const name = item.names[0] as string;
    const options = topOptions(item.lines);
    const half = options[Math.ceil(options.length / 2)]?.at ?? item.lines.length;
    const first = options[0]?.at ?? 0;
    const part = (own: readonly string[], suffix: string, title: string): FormItem => ({ ...item, title, names: [`${name}${suffix}`], lines: [...item.lines.slice(0, first), ...own] });
    this.#target[found.part]?.items.splice(found.at, 1, part(item.lines.slice(first, half), '/1', item.title), part(item.lines.slice(half), '/2', `Further ${item.title.charAt(0).toLowerCase()}${item.title.slice(1)}`));
    this.#plant({ kind: 'split', source: [name], target: [`${name}/1`, `${name}/2`] });
  }

  /** Joins two items to fill in, or two of Yes and No, of one part. */
  merge(): void {
    const free = this.#loose();
    const isFillIn = ({ lines }: FormItem): boolean => lines.length === 1 && lines[0]?.includes('__') === true;
    const isPlainYesNo = ({ lines }: FormItem): boolean => isYesNo(lines) && topOptions(lines).every(({ words }) => /^(?:Yes|No)$/u.test(words)) && lines[0]?.endsWith('.') === true;
    for (const kind of this.#random.shuffled([isFillIn, isPlainYesNo])) {
      for (const one of free.filter(({ item }) => kind(item))) {
        const other = free.find(({ part, at, item }) => part === one.part && at > one.at && kind(item));
        if (other === undefined) continue;
        const items = [one.item, other.item];
        const asks = items.map(({ lines, title }) => ({ title, ask: lines[0] ?? '', yes: topOptions(lines)[0]?.ticked === true }));
        const lines = kind === isFillIn ? [asks.map(({ ask, title }) => (ask.length < 60 && ask.startsWith('__') ? `${title}: ${ask}` : ask)).join(' ')]
          : ['Elections of this item (check all that apply):', '', ...asks.map(({ ask, yes }, k) => `- [${yes ? 'x' : ' '}] (${'ab'[k]}) ${ask}`)];
        const { cites: _cites, ...first } = one.item;
        const printed = items.map((item) => item.printed).find((number) => number !== undefined);
        const own = this.#target[one.part]?.items ?? [];
        own.splice(other.at, 1);
        own.splice(one.at, 1, { ...first, ends: '.', ...(printed === undefined ? {} : { printed }), names: items.map(({ names }) => names[0] as string), title: items.map(({ title }) => title).join('; '), lines });
        const names = items.map(({ names: [name = ''] }) => name);
        this.#plant({ kind: 'merged', source: names, target: names });
        return;
      }
    }
  }

  move(): void {
    const [found] = this.#loose().filter(({ item, part }) => part > 0 && optionsOf(item.lines).length > 0);
    if (found === undefined) return;
    this.#target[found.part]?.items.splice(found.at, 1);
    const to = this.#random.pick(this.#target.map((_, part) => part).filter((part) => part !== found.part && part > 0 && part < this.#target.length - 1));
    const own = this.#target[to]?.items ?? [];
    own.splice(Math.floor(this.#random.next() * own.length), 0, found.item);
    this.#plant({ kind: 'moved', source: found.item.names, target: found.item.names });
  }

  drop(): void {
    const [found] = this.#loose().filter(({ item: { lines } }) => lines.some((line) => /\[[ x]\]|__/u.test(line)));
    if (found === undefined) return;
    this.#target[found.part]?.items.splice(found.at, 1);
    this.#plant({ kind: 'dropped', source: found.item.names, target: [] });
  }

  add(which: number): void {
    const [title, lines] = this.#extras[which] as (typeof EXTRA_ITEMS)[number];
    const name = `new${which}`;
    const own = this.#target[Math.floor(this.#random.next() * (this.#target.length - 1))]?.items ?? [];
    own.splice(Math.floor(this.#random.next() * (own.length + 1)), 0, { names: [name], title, ends: '.', lines });
    this.#plant({ kind: 'new', source: [], target: [name] });
  }

  reword(): void {
    for (const { item } of this.#free()) {
      const { text, count } = reworded(item.lines.join('\n'), this.#random, 4, false, true);
      if (count < 2) continue;
      this.#put(this.#target, item.names[0] as string, text.split('\n'));
      this.#plant({ kind: 'reworded only', source: item.names, target: item.names });
      return;
    }
  }

  /** Drafting changes without effect in items that have no difference, and around some that have. */
  noise(): void {
    for (const item of this.#target.flatMap(({ items }) => items)) {
      if (this.#planted.some(({ kind, source }) => kind === 'reworded only' && source[0] === item.names[0]) || !this.#random.chance(NOISE)) continue;
      const { text, count } = reworded(item.lines.join('\n'), this.#random, 2, false, true);
      if (count === 0) continue;
      this.#put(this.#target, item.names[0] as string, text.split('\n'));
      this.#noise.push(...item.names);
    }
  }
}
