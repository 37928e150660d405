import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mergedCase, type Package } from '../../../eval/mutate/mergedCase.ts';
import { scoreMergedCase } from '../../../eval/mutate/scoreMerged.ts';

const read = (file: string): string => readFileSync(new URL(`../../../samples/packages/cedar/${file}`, import.meta.url), 'utf8');
const PLAN = { name: 'cedar', vendor: 'Cedar Benefit Services', markdown: read('basic-plan.md') };
const FORM = { name: 'cedar', vendor: 'Cedar Benefit Services', markdown: read('adoption-agreement.md') };
const CASES = Array.from({ length: 10 }, (_, k) => mergedCase(PLAN, FORM, k + 1));

const wordsOf = ({ plan, form }: Package, name: string): readonly [plan: string, form: string | null] => {
  const [range, item] = [plan.provisions.get(name), form.provisions.get(name)];
  return [plan.text.slice(range?.start, range?.end).replace(/\s+/gu, ' '), item === undefined ? null : form.text.slice(item.start, item.end)];
};

test('the truth of each kind stands in the texts', () => {
  for (const one of CASES) {
    for (const { kind, tag, source: [name = ''], sourceValue = '', targetValue = '' } of one.planted) {
      const [[plan, form], [otherPlan, otherForm]] = [wordsOf(one.source, name), wordsOf(one.target, name)];
      expect(tag).toBe('merged');
      if (kind === 'election differs') {
        expect(otherPlan).toBe(plan);
        expect([form?.includes(`_${sourceValue}_`), otherForm?.includes(`_${targetValue}_`), sourceValue === targetValue]).toEqual([true, true, false]);
      } else if (kind === 'value into plan') expect([plan.includes('Adoption Agreement'), form?.includes(`_${sourceValue}_`), otherPlan.includes(targetValue), otherForm]).toEqual([true, true, true, null]);
      else expect([plan.includes(sourceValue), form, otherPlan.includes('Adoption Agreement'), otherForm?.includes(`_${targetValue}_`)]).toEqual([true, null, true, true]);
    }
  }
});

test('equal words that hang on another election are never settled in silence', async () => {
  const fared = await scoreMergedCase(CASES[0] as (typeof CASES)[number]);
  expect(fared.filter(({ planted }) => planted.kind === 'election differs').map(({ verdict }) => verdict)).not.toContain('silent');
  expect(fared.filter(({ verdict }) => verdict === 'saysDepends').length).toBeGreaterThan(0);
});
