import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Base, MutatedCase } from '../../../eval/mutate/case.ts';
import { mutatedFormCase } from '../../../eval/mutate/formCase.ts';
import type { Planted } from '../../../eval/mutate/mutatePlan.ts';
import type { Range, Rendered } from '../../../eval/mutate/render.ts';

const BASE: Base = { name: 'cedar', vendor: 'Cedar Benefit Services', markdown: readFileSync(new URL('../../../samples/packages/cedar/adoption-agreement.md', import.meta.url), 'utf8') };
const CASES = Array.from({ length: 20 }, (_, k) => mutatedFormCase(BASE, k + 1));
const LEAST_PLANTED = 35;
const FILL_INS = ['age', 'service', 'hours', 'percentage', 'amount', 'date', 'period', 'name', 'schedule row'];

const at = ({ text }: Rendered, range: Range | undefined): string => (range === undefined ? '' : text.slice(range.start, range.end));
const itemOf = (rendered: Rendered, name: string): string => at(rendered, rendered.provisions.get(name));
const boxes = (words: string): string => (words.match(/\[[ xX]\]|[☐☒]/gu) ?? []).map((box) => (/[xX☒]/u.test(box) ? 'x' : '-')).join('');
/** The number of the item, its boxes, letters, citations and lines are those of the print. */
const flat = (words: string): string => words
  .replace(/^(?:\*\*|### )?[A-Z\d-]+\.\s+/u, '').replace(/\*\*/gu, '')
  .replace(/ \((?:Plan |BPD )?Section \d+\.\d+(?:\([a-z]\))?(?: of the Plan)?\)/u, '')
  .replace(/\[X\]|☒/gu, '[x]').replace(/☐/gu, '[ ]').replace(/^\s*-?\s*(\[[ x]\])\s+(?:\([a-z]+\) |[a-z]+\. )?/gmu, '$1 ').replace(/^\s*- /gmu, '')
  .replace(/\bitems? [A-Z\d-]+(?: to [A-Z\d-]+)?/gu, 'item').replace(/_+/gu, '__').replace(/[.:](?=\s)/gu, '').replace(/\s+/gu, ' ').trim();
/** The heading of the part above an item. */
const partOf = ({ text, provisions }: Rendered, name: string): string => (text.slice(0, provisions.get(name)?.start).match(/^(?:## (?:PART|Part) [A-Z]\. |[IVX]+\. )[A-Z ,]+$/gmu)?.at(-1) ?? '').replace(/^.*?\. /u, '');

function* planted(kinds: readonly string[]): Generator<readonly [MutatedCase, Planted, source: string, target: string]> {
  for (const one of CASES) for (const each of one.planted) if (kinds.includes(each.kind)) yield [one, each, itemOf(one.source, each.source[0] ?? ''), itemOf(one.target, each.target[0] ?? '')];
}
const ticked = (words: string): number => boxes(words).replaceAll('-', '').length;

describe('differences planted in a form', () => {
  test('the same seed gives the same texts, another seed others', () => {
    expect(mutatedFormCase(BASE, 3)).toEqual(CASES[2]);
    expect(CASES[3]?.target.text).not.toBe(CASES[2]?.target.text);
  });

  test('without a difference the base is printed as it is', () => {
    const [own] = CASES;
    expect(flat(itemOf(own?.source as Rendered, 'i36'))).toBe(flat(/\*\*36\.[\s\S]*?(?=\n\n\*\*37\.)/u.exec(BASE.markdown)?.[0] ?? ''));
  });

  test('every kind is planted, enough in each case, and one in an item at most', () => {
    const kinds = [...FILL_INS, 'other option', 'box of a list', 'box of a grid', 'answer cleared', 'second option', 'option dropped', 'option added', 'negation', 'default direction', 'moved', 'split', 'merged', 'reworded only', 'dropped', 'new'];
    const found = new Set(CASES.flatMap((one) => one.planted.map(({ kind }) => kind)));
    expect([...found].sort()).toEqual(kinds.sort());
    for (const one of CASES) {
      expect(one.planted.length).toBeGreaterThanOrEqual(LEAST_PLANTED);
      const names = one.planted.flatMap(({ source }) => source);
      expect(new Set(names).size).toBe(names.length);
      expect(one.planted.every(({ tag }) => tag === 'aa')).toBe(true);
    }
  });

  test('marked places quote the values that are claimed, and the values differ', () => {
    for (const one of CASES) {
      for (const { source, target, sourceValue, targetValue } of one.planted) {
        if (sourceValue !== undefined) expect(at(one.source, one.source.places.get(source[0] ?? '')).replace(/_+/gu, '__')).toBe(sourceValue.replace(/_+/gu, '__'));
        if (targetValue !== undefined) expect(flat(at(one.target, one.target.places.get(target[0] ?? '')))).toBe(flat(targetValue));
        if (sourceValue !== undefined) expect(sourceValue).not.toBe(targetValue);
      }
      expect(one.source.text + one.target.text).not.toMatch(/[\ue000-\ue003]/u);
    }
  });

  test('the texts differ only where a difference was planted or a drafting change noted', () => {
    for (const one of CASES) for (const name of one.unchanged.filter((each) => !one.noise.includes(each))) expect(flat(itemOf(one.target, name)), `${one.seed} ${name}`).toBe(flat(itemOf(one.source, name)));
  });

  test('drafting changes and rewordings leave boxes and blanks alone', () => {
    const blanks = (words: string): readonly string[] => [...words.matchAll(/_{2,}([^_\n]+)_{2,}/gu)].map(([, value = '']) => value);
    for (const one of CASES) {
      const reworded = one.planted.filter(({ kind }) => kind === 'reworded only').flatMap(({ source }) => source);
      for (const name of [...reworded, ...one.noise.filter((each) => one.unchanged.includes(each))]) {
        const [source, target] = [itemOf(one.source, name), itemOf(one.target, name)];
        expect(flat(target), `${one.seed} ${name}`).not.toBe(flat(source));
        expect([boxes(target), blanks(target)]).toEqual([boxes(source), blanks(source)]);
      }
    }
  });

  test('numbers help nobody: nearly no item keeps its own', () => {
    for (const one of CASES) {
      const number = (words: string): string => /[A-Z]?-?\d+/u.exec(words)?.[0] ?? '';
      const kept = one.unchanged.filter((name) => number(itemOf(one.source, name)) === number(itemOf(one.target, name)));
      expect(kept.length).toBeLessThanOrEqual(1);
    }
  });

  test('ticks are what their kind says', () => {
    for (const [, , source, target] of planted(['other option'])) expect([ticked(source), ticked(target), boxes(source) === boxes(target)]).toEqual([1, 1, false]);
    for (const [, , source, target] of planted(['answer cleared'])) expect([ticked(source) >= 1, ticked(target)]).toEqual([true, 0]);
    for (const [, , source, target] of planted(['second option'])) expect(ticked(target)).toBe(ticked(source) + 1);
    for (const [, , source, target] of planted(['box of a list'])) expect([Math.abs(ticked(target) - ticked(source)), Math.min(ticked(source), ticked(target)) > 0]).toEqual([1, true]);
    for (const [, , source, target] of planted(['box of a grid'])) expect([ticked(target), boxes(source) === boxes(target)]).toEqual([ticked(source), false]);
    for (const [, , source, target] of planted(['option dropped'])) expect([ticked(target), boxes(target).length < boxes(source).length]).toEqual([ticked(source), true]);
    for (const [, , source, target] of planted(['option added'])) expect([ticked(target), boxes(target).length > boxes(source).length]).toEqual([ticked(source), true]);
    for (const [, , source, target] of planted(['negation', 'default direction', ...FILL_INS, 'moved'])) expect(boxes(target)).toBe(boxes(source));
  });

  test('a value is another one in a place that counts, and a schedule never falls', () => {
    for (const [one, { source, target, targetValue }, from, to] of planted(FILL_INS)) {
      const places = [one.source.places.get(source[0] ?? ''), one.target.places.get(target[0] ?? '')] as const;
      const around = [one.source.text.slice((places[0]?.start ?? 0) - 1, places[0]?.start), one.target.text.slice((places[1]?.start ?? 0) - 1, places[1]?.start)];
      expect(around).toEqual(['_', '_']);
      expect(to).toContain(targetValue);
      const line = one.source.text.slice(one.source.text.lastIndexOf('\n', places[0]?.start) + 1, places[0]?.start);
      expect(line, from).not.toMatch(/^\s*- \[ \]/u);
    }
    for (const [, , ...texts] of planted(['schedule row'])) {
      for (const words of texts) {
        const steps = [...words.matchAll(/_(\d+)_+%/gu)].map(([, step]) => Number(step));
        expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      }
    }
  });

  test('items stand where their kind says', () => {
    for (const [one, { source }] of planted(['moved'])) expect(partOf(one.target, source[0] ?? '')).not.toBe(partOf(one.source, source[0] ?? ''));
    for (const [one, { source }] of planted(['dropped'])) expect(one.target.provisions.has(source[0] ?? '')).toBe(false);
    for (const [one, { target }, , words] of planted(['new'])) expect([one.source.provisions.has(target[0] ?? ''), words.length > 0]).toEqual([false, true]);
    for (const [one, { source, target }] of planted(['split'])) {
      expect(target.map((name) => boxes(itemOf(one.target, name))).join('')).toBe(boxes(itemOf(one.source, source[0] ?? '')));
    }
    for (const [one, { source }] of planted(['merged'])) {
      const whole = itemOf(one.target, source[0] ?? '');
      expect(itemOf(one.target, source[1] ?? '')).toBe(whole);
      for (const name of source) {
        const own = itemOf(one.source, name);
        if (boxes(own) === '') expect(flat(whole)).toContain(flat(/__[^_]+__/u.exec(own)?.[0] ?? ''));
      }
      if (boxes(whole) !== '') expect(boxes(whole)).toBe(source.map((name) => boxes(itemOf(one.source, name))[0]).join(''));
    }
  });
});
