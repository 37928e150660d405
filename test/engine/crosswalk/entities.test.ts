import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extractEntities } from '../../../server/src/engine/documents/entities/extractEntities.ts';

function check(text: string, expected: readonly string[]): void {
  const found = extractEntities(text).map(({ kind, value, start, end }) => `${kind} ${value} <${text.slice(start, end)}>`);
  expect(found).toEqual(expected);
}

test.each<[string, readonly string[]]>([
  ['Attained age 21.', ['age 21 <Attained age 21>']],
  ['the age of twenty-one (21)', ['age 21 <age of twenty-one (21)>']],
  ['age 59½ or 70 1/2 years of age', ['age 59.5 <age 59½>', 'age 70.5 <70 1/2 years of age>']],
  ['1,000 Hours of Service', ['hours 1000 <1,000 Hours of Service>']],
  ['within thirty (30) days', ['period 30 day <thirty (30) days>']],
  ['one year; a 12-month period', ['period 12 month <one year>', 'period 12 month <12-month>']],
  ['10 business days, paid quarterly', ['period 10 business day <10 business days>', 'frequency every quarter <quarterly>']],
  ['five percent (5%) or 7.5%', ['percentage 5% <five percent (5%)>', 'percentage 7.5% <7.5%>']],
  ['$53,000 or one hundred thousand dollars ($100,000)', ['money $53000 <$53,000>', 'money $100000 <one hundred thousand dollars ($100,000)>']],
  ['$1.5 million', ['money $1500000 <$1.5 million>']],
  ['January 1, 2020, July 1 and the 5th day of May', ['date 2020-01-01 <January 1, 2020>', 'date --07-01 <July 1>', 'date --05-05 <5th day of May>']],
  ['by 12:00 p.m. on 2021-12-27', ['time 12:00 <12:00 p.m.>', 'date 2021-12-27 <2021-12-27>']],
  ['Code Section 401(k)(13) and 29 CFR 2550.404a-5', ['codeReference code 401(k)(13) <Code Section 401(k)(13)>', 'codeReference cfr 29 2550.404a-5 <29 CFR 2550.404a-5>']],
  ['§ 415(c) of the Code', ['codeReference code 415(c) <§ 415(c) of the Code>']],
  ['under Section 3.01(c) and Articles IV and V', ['sectionReference section 3.01(c) <Section 3.01(c)>', 'sectionReference articles iv v <Articles IV and V>']],
  ['the conditions of items 17 to 19 and item B-3', ['sectionReference items 17 to 19 <items 17 to 19>', 'sectionReference item b-3 <item B-3>']],
  ['as stated in Section\n3.01, a change of election\n\nA Participant', ['sectionReference section 3.01 <Section\n3.01>']],
  ['(a) apples; (b) pears; (12) plums', []],
  ['2.1 Loans', ['number 2.1 <2.1>']],
  ['1. Loans\n2. Hardship', []],
  ['COVID-19 and sec-809', []],
  ['see [9](https://example.org/a%209.pdf) at 10', ['number 9 <9>', 'link example.org/a%209.pdf <](https://example.org/a%209.pdf)>', 'number 10 <10>']],
  ['by the fifteenth (15th) day of the third month, one-third to a third party, on the 21st', ['number 15th <fifteenth (15th)>', 'number 3rd <third>', 'number 21st <21st>']],
  ['one or more of them', []],
  ['two and one-half months, two and a half years, three months', ['period 2.5 month <two and one-half months>', 'period 30 month <two and a half years>', 'period 3 month <three months>']],
  ['the 60th or sixtieth (60th) day of the twenty-first year', ['number 60th <60th>', 'number 60th <sixtieth (60th)>', 'number 21st <twenty-first>']],
  ['first a third party, second one-third of it', []],
  ['No loan shall be made and none may not', ['modality must not <No loan shall>', 'negation not <none>', 'modality must not <may not>']],
  ['is not required to, cannot, is permitted to, should', ['modality need not <is not required>', 'modality must not <cannot>', 'modality may <is permitted>', 'modality should <should>']],
  ['whether or not, no later than 5 days, not limited to', ['period 5 day <5 days>']],
  ['unless the Employer excludes it', ['default applies unless a choice is made <unless the Employer excludes>']],
  ['only if the Employer elects it', ['default applies only if a choice is made <only if the Employer elects>', 'decider employer <Employer>']],
])('%s', check);

test('entities stand in order of place, inside the text, whatever the text', () => {
  const pieces = fc.constantFrom('5%', ' ', '(a)', 'Section 3', 'thirty (30) days', 'not', 'shall', '§', '1/2', '\n', 'unless', 'elects', '$1,000', '](', ')', '😀', 'x');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      let last = 0;
      for (const { start, end } of extractEntities(text)) {
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(start).toBeGreaterThanOrEqual(last);
        last = start;
      }
    }),
  );
});
