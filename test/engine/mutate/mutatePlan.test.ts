import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mutatedCase, type Base, type MutatedCase } from '../../../eval/mutate/case.ts';
import type { Range, Rendered } from '../../../eval/mutate/render.ts';
import { crossReferences } from '../../../eval/mutate/references.ts';
import { reworded } from '../../../eval/mutate/rewordings.ts';
import { seeded } from '../../../eval/seeded.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';

const BASE: Base = {
  name: 'alder', vendor: 'Alder Retirement Services',
  markdown: readFileSync(new URL('../../../samples/plans/alder-basic-plan.md', import.meta.url), 'utf8'),
};
const CASES = Array.from({ length: 20 }, (_, k) => mutatedCase(BASE, k + 1));
/** Fewer planted differences in a case would say little. */
const LEAST_PLANTED = 30;

const KINDS = [
  'age', 'service', 'hours', 'percentage', 'schedule row', 'date', 'period', 'negation', 'default direction', 'option dropped', 'term redefined', 'moved',
  'split', 'merged', 'reworded only', 'dropped', 'new',
];
/** Furniture of a page, which may stand inside a provision. */
const FURNITURE = /\nPage \d+ of 60\n\f[^\n]*\n\n?/gu;
const at = ({ text }: Rendered, range: Range | undefined): string | undefined => (range === undefined ? undefined : text.slice(range.start, range.end));
const flat = (words: string | undefined): string | undefined => words?.replace(FURNITURE, '\n').replace(/\s+/gu, ' ').replace(/^\([a-z\d]\) /u, '').trim();

const REFERENCE = /\bSections? \d+\.\d+(?:\([a-z\d]\))?(?: and \d+\.\d+)*/gu;
/** Numbers of sections are those of the print. */
const flatRanges = (rendered: Rendered, name: string): string | undefined => flat(at(rendered, rendered.provisions.get(name)))?.replaceAll(REFERENCE, 'Section N');
/** Titles by number, read off the headings of a text. */
const titlesOf = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^(?:#{2,3} (?:Section )?|Section )(\d+\.\d+)\.? (.*?)\.?$/gmu)].map(([, number = '', title = '']) => [number, title]));

/** Pairs of provisions that stand one to one in both texts. */
function* bothSides(one: MutatedCase, names: readonly string[]): Generator<readonly [string, string | undefined, string | undefined]> {
  for (const name of names) yield [name, flatRanges(one.source, name), flatRanges(one.target, name)];
}

describe('planted differences', () => {
  test('the same seed gives the same texts, another seed others', () => {
    expect(mutatedCase(BASE, 3)).toEqual(CASES[2]);
    expect(CASES[3]?.target.text).not.toBe(CASES[2]?.target.text);
  });

  test('without pages the same differences stand in the same words', () => {
    for (const one of CASES) {
      const plain = mutatedCase(BASE, one.seed, false);
      expect(plain.planted).toEqual(one.planted);
      expect(flat(plain.target.text)).toBe(flat(one.target.text));
      expect(plain.target.text).not.toContain('\f');
    }
  });

  test('every asked kind is planted over the seeds, and enough in each', () => {
    const kinds = new Set(CASES.flatMap(({ planted }) => planted.map(({ kind }) => kind)));
    expect(KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
    for (const { planted } of CASES) expect(planted.length).toBeGreaterThanOrEqual(LEAST_PLANTED);
  });

  test('a provision has one planted difference at most', () => {
    for (const { planted } of CASES) {
      const names = planted.flatMap(({ source }) => source);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('the marked places quote the values that are claimed, and the values differ', () => {
    for (const one of CASES) {
      for (const { source, target, sourceValue, targetValue } of one.planted) {
        if (sourceValue !== undefined) expect(flat(at(one.source, one.source.places.get(source[0] ?? '')))).toBe(sourceValue);
        if (targetValue !== undefined) expect(flat(at(one.target, one.target.places.get(target[0] ?? '')))).toBe(targetValue);
        if (sourceValue !== undefined) expect(sourceValue).not.toBe(targetValue);
      }
    }
  });

  test('the texts differ only where a difference was planted or a drafting change noted', () => {
    for (const one of CASES) {
      const noted = new Set(one.noise);
      for (const [name, source, target] of bothSides(one, one.unchanged.filter((each) => !noted.has(each)))) {
        if (source?.includes('Alder')) continue;
        expect(target, `${one.seed} ${name}`).toBe(source);
      }
    }
  });

  test('a rewording changes words, a move changes none but drafting', () => {
    for (const one of CASES) {
      for (const [name, source, target] of bothSides(one, one.planted.filter(({ kind }) => kind === 'reworded only').flatMap(({ source: own }) => own))) expect(target, `${one.seed} ${name}`).not.toBe(source);
      const noted = new Set(one.noise);
      for (const [name, source, target] of bothSides(one, one.planted.filter(({ kind }) => kind === 'moved').flatMap(({ source: own }) => own))) {
        if (!noted.has(name) && source?.includes('Alder') !== true) expect(target, `${one.seed} ${name}`).toBe(source);
      }
    }
  });

  test('a reference names the same section by the number of its own text', () => {
    let looked = 0;
    for (const one of CASES) {
      const [from, to] = [titlesOf(one.source.text), titlesOf(one.target.text)];
      for (const name of one.source.provisions.keys()) {
        const cited = [one.source, one.target].map((rendered) => [...(flat(at(rendered, rendered.provisions.get(name))) ?? '').matchAll(REFERENCE)].flatMap(([words]) => words.match(/\d+\.\d+/gu) ?? []));
        if (cited[1]?.length === 0) continue;
        const titles = cited[0]?.map((number) => from.get(number) ?? number);
        const others = cited[1]?.map((number) => to.get(number) ?? number);
        looked += 1;
        for (const title of titles ?? []) expect(others?.some((other) => other.split('; ').includes(title)), `${one.seed} ${name}: ${title} against ${others?.join()}`).toBe(true);
      }
    }
    expect(looked).toBeGreaterThanOrEqual(CASES.length);
  });

  test('a schedule never falls', () => {
    for (const { source, target } of CASES) {
      for (const { text } of [source, target]) {
        for (const [table] of text.matchAll(/(?:^\|.*\n)+/gmu)) {
          const steps = [...table.matchAll(/(\d+)%/gu)].map(([, step]) => Number(step));
          expect(steps).toEqual(steps.toSorted((a, b) => a - b));
        }
        for (const [prose] of text.matchAll(/vested\s+percentage\s+so\s+determined\s+is[^.]*\./gu)) {
          const steps = [...prose.matchAll(/(\d+)%/gu)].map(([, step]) => Number(step));
          expect(steps).toEqual(steps.toSorted((a, b) => a - b));
        }
      }
    }
  });

  test('no mark is left in a text, and both texts are read without trouble', () => {
    for (const one of CASES.slice(0, 6)) {
      for (const text of [one.source.text, one.target.text]) {
        expect(text).not.toMatch(/[\ue000\ue001]/u);
        const read = readText({ key: 'a.md', path: 'a.md', text, kind: 'basicPlanDocument' });
        expect(read.ok && read.value.units.length).toBeGreaterThan(100);
      }
    }
  });
});

describe('cross references', () => {
  const plan = {
    name: 'p', front: '', articles: [
      { printed: 'I', title: 'Terms', sections: [] },
      { printed: 'II', title: 'Rules', sections: [
        { printed: [], title: 'New', paragraphs: [] },
        { printed: ['2.01'], title: 'Cut', paragraphs: [{ names: ['p1'], lead: '', text: '' }, { names: ['p2'], lead: 'Age', letter: 'a', text: '' }] },
        { printed: ['2.01'], title: 'Rest', paragraphs: [] },
        { printed: ['2.02', '2.03'], title: 'Joined', paragraphs: [] },
      ] },
    ],
  };
  const numbering = { article: (at: number) => `${at + 4}`, section: (article: number, at: number) => `${article + 4}.${at + 1}`, letter: (paragraph: number) => `(${paragraph + 1})` };
  test.each([
    ['under Section 2.02', 'under Section 5.4'],
    ['under Section 2.01', 'under Sections 5.2 and 5.3'],
    ['see Section 2.01(a).', 'see Section 5.2(2).'],
    ['Sections 2.02, 2.03 and 9.09 apply', 'Sections 5.4, 5.4 and 9.09 apply'],
    ['as Article II provides', 'as Article 5 provides'],
    ['Code section 2.01 of the regulations', 'Code section 2.01 of the regulations'],
  ])('"%s" is printed "%s"', (text, expected) => expect(crossReferences(plan, numbering)(text)).toBe(expected));
});

describe('drafting substitutions', () => {
  test.each([
    ['made at the time of the election', 'when of'],
    ['before the Employer first maintained the Plan', 'prior to the Employer'],
    ['the purchase of a principal residence', 'the buy of'],
    ['the care of that child immediately afterwards', 'at once afterwards'],
    ['as the Compensation of each bears to it', 'of every bears'],
  ])('"%s" never reads "%s"', (text, never) => {
    for (let seed = 0; seed < 50; seed++) expect(reworded(text, seeded(seed), 6, true).text).not.toContain(never);
  });

  test('what is marked stays', () => {
    for (let seed = 0; seed < 50; seed++) expect(reworded('The Employer \ue000shall not\ue001 pay upon request.', seeded(seed), 6, true).text).toContain('\ue000shall not\ue001');
  });
});
