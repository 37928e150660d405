import { expect, it } from 'vitest';
import { firstLine } from '../../../server/src/lsp/features/mark.ts';
import { spanOf } from './fakeEngine.ts';

const LONG = 'The Compensation of a Participant taken into account for any Plan Year shall not exceed the limit of the Code';

it.each([
  ['a heading', '## 1.05 Break in Service\n\nMeans a period.', '## 1.05 Break in Service'],
  ['the heading a paragraph begins with', `(c) Annual Limit. ${LONG}.`, '(c) Annual Limit.'],
  ['a heading whose number has points', `1.2.3 Limits: ${LONG}.`, '1.2.3 Limits:'],
  ['whole words of a sentence without end', LONG, 'The Compensation of a Participant taken into account for any Plan Year shall not'],
  ['what fits of a word without end', 'x'.repeat(200), 'x'.repeat(80)],
  ['a short line as it is', 'Loans. None.', 'Loans. None.'],
])('a provision is marked at %s', (_, text, expected) => {
  const span = { ...spanOf('a.md', text, text), start: 7, end: 7 + text.length };
  expect(firstLine(span)).toEqual({ ...span, end: 7 + expected.length, quote: expected });
});
