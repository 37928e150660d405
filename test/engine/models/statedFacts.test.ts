import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unitNumbers } from '../../../eval/unitNumbers.ts';
import { losesValues, statedFacts, valuesDiffer } from '../../../server/src/engine/models/tasks/statedFacts.ts';
import { provisionsOf } from '../../../server/src/engine/workflows/crosswalk/provisions.ts';
import { read } from '../documents/read.ts';

describe('what two texts of the same effect must both say', () => {
  it.each<[name: string, a: string, b: string, differ: boolean]>([
    ['a number in words and digits', 'within thirty days', 'within 30 days', false],
    ['a period in another unit', 'within ten years', 'within 120 months', false],
    ['a number without its unit', 'at 65 or 66', 'at age 65 or age 66', false],
    ['a count that is left to the reader', 'the two of them', 'both of them', false],
    ['a year that is left to the reader', 'in a period of 12 months', 'annually', false],
    ['a day that is left to the reader', 'on the last day of the Plan Year', 'when it closes', false],
    ['another number', 'within 30 days', 'within 60 days', true],
    ['a number on one side', 'within 30 days', 'promptly', true],
    ['another count', 'two witnesses', 'three witnesses', true],
    ['another day of the year', 'on the last day of the Plan Year', 'on the first day of the Plan Year', true],
    ['another date', 'on July 1', 'on July 15', true],
    ['another share', '5% of pay', '6% of pay', true],
  ])('%s', (_, a, b, differ) => {
    expect(valuesDiffer(statedFacts(a), statedFacts(b))).toBe(differ);
    expect(valuesDiffer(statedFacts(b), statedFacts(a))).toBe(differ);
  });

  it('a whole says more than its part', () => {
    const [part, whole] = [statedFacts('within 30 days'), statedFacts('5% within thirty days')];
    expect([losesValues(part, whole), losesValues(whole, part)]).toEqual([false, true]);
  });
});

interface Expected {
  readonly source: string;
  readonly target: string;
  readonly pairs: readonly { readonly source: string; readonly targets: readonly string[]; readonly relation: string; readonly differences?: readonly { readonly kind: string }[] }[];
}
const VALUES = new Set(['number', 'age', 'hours', 'percentage', 'money', 'period', 'date', 'service', 'schedule']);

/** Of the sample pairs: how many were looked at, and of how many values differ. */
function measured(of: (pair: Expected['pairs'][number]) => boolean): readonly [differ: number, all: number] {
  let [differ, all] = [0, 0];
  for (const path of ['plans/alder-birch.expected.json', 'packages/cedar-dogwood.expected.json']) {
    const folder = `samples/${path.split('/')[0]}/`;
    const expected = JSON.parse(readFileSync(`samples/${path}`, 'utf8')) as Expected;
    const [sources, targets] = [expected.source, expected.target].map((name) => {
      const document = read(readFileSync(folder + name, 'utf8'), name);
      const numbers = unitNumbers(document.units);
      return new Map(provisionsOf(document).compared.map(({ unit, text }) => [numbers.get(unit.key), text]));
    });
    for (const pair of expected.pairs.filter(of)) {
      all++;
      const there = pair.targets.map((number) => targets?.get(number) ?? '').join('\n\n');
      if (valuesDiffer(statedFacts(sources?.get(pair.source) ?? ''), statedFacts(there))) differ++;
    }
  }
  return [differ, all];
}

describe('values of the sample plans', () => {
  it('differ where a change was planted: 57 of 60 when it was set', () => {
    const [differ, all] = measured(({ relation, differences }) => relation === 'changed' && (differences ?? []).some(({ kind }) => VALUES.has(kind)));
    expect(all).toBeGreaterThanOrEqual(60);
    expect(differ).toBeGreaterThanOrEqual(55);
  });

  it('are the same where it was only reworded: but for 1 of 131', () => {
    const [differ, all] = measured(({ relation }) => relation === 'reworded');
    expect(all).toBeGreaterThanOrEqual(131);
    expect(differ).toBeLessThanOrEqual(3);
  });
});
