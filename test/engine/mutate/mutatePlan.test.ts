import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mutatedCase, type Base, type MutatedCase } from '../../../eval/mutate/case.ts';
import type { Range, Rendered } from '../../../eval/mutate/render.ts';
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

/** Pairs of provisions that stand one to one in both texts. */
function* bothSides(one: MutatedCase, names: readonly string[]): Generator<readonly [string, string | undefined, string | undefined]> {
  for (const name of names) yield [name, flat(at(one.source, one.source.provisions.get(name))), flat(at(one.target, one.target.provisions.get(name)))];
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
