import { expect, it } from 'vitest';
import { saidBy } from '../../../server/src/engine/report/differenceWords.ts';
import { withoutFormMarks } from '../../../shared/words/formMarks.ts';

it.each([
  ['6__%', '6%'], ['__6__%', '6%'], ['$__5,000__', '$5,000'], ['__$5,000__', '$5,000'], ['Age __55', 'Age 55'], ['1 | __0__%', '1 | 0%'], ['__Finch Lumber Co.__', 'Finch Lumber Co.'],
  ['1,000__ Hours of Service', '1,000 Hours of Service'], ['deferrals above\n __4__%', 'deferrals above\n 4%'],
  ['other (name): ____', 'other (name): ____'], ['____% of pay', '____% of pay'], ['plan__year and plan_year', 'plan__year and plan_year'], ['', ''],
])('%j is shown as %j', (words, shown) => {
  expect(withoutFormMarks(words)).toBe(shown);
});

it('a difference is told without the lines of a blank, and its span keeps them', () => {
  const span = { document: 'a.md', start: 0, end: 4, line: 1, column: 1, quote: '6__%' };
  expect([saidBy({ kind: 'percentage', rule: 'entity.percentage.differs', source: span }, 'source'), span.quote]).toEqual(['6%', '6__%']);
});
