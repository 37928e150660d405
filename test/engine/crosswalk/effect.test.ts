import { expect, test } from 'vitest';
import type { Impact, Relation, Variance } from '../../../shared/model.ts';
import { LineMap, spanBuilder } from '../../../server/src/engine/documents/lineMap.ts';
import { effectOf } from '../../../server/src/engine/workflows/crosswalk/effect.ts';
import { provisionsOf, type Provision } from '../../../server/src/engine/workflows/crosswalk/provisions.ts';
import { effect } from './effectOf.ts';
import { documentOf } from './harness.ts';

type Expected = readonly [relation: Relation | null, variance: Variance | null, impact: Impact | null, kind?: string];

function check(source: string, target: string, [relation, variance, impact, kind]: Expected): void {
  const result = effect(source, target);
  expect([result.relation, result.relation === null ? null : result.variance, result.relation === null ? null : result.impact]).toEqual([relation, variance, impact]);
  if (kind !== undefined) expect(result.differences[0]?.kind).toBe(kind);
  if (result.relation !== 'same') expect(result.why.length).toBeGreaterThan(0);
}

const SAME: Expected = ['same', 'none', 'none'];
const REWORDED: Expected = ['reworded', 'none', 'none'];
const OPEN: Expected = [null, null, null];

test.each<[string, string, Expected]>([
  ['The Plan shall — always — pay “benefits”.', 'the plan shall, always, pay "benefits"', SAME],
  ['Notice is given within thirty (30) days.', 'Notice is given within 30 days.', REWORDED],
  ['The Employer shall match 50% of deferrals up to six percent (6%) of Compensation.', 'The Employer will match fifty percent (50%) of deferrals up to 6% of Compensation.', REWORDED],
  ['Prior to the end of the Plan Year, the Administrator shall notify each Participant of the amount.', 'Before the end of the Plan Year, the Plan Administrator must inform each Participant of the amount.', REWORDED],
  ['An Employee who has attained age 21 shall become a Participant.', 'An Employee who has attained age 18 shall become a Participant.', ['changed', 'design', 'medium', 'age']],
  ['A loan is repaid within five years.', 'A loan is repaid within 10 years.', ['changed', 'design', 'medium', 'period']],
  ['A Year of Service has 1,000 Hours of Service.', 'A Year of Service has 500 Hours of Service.', ['changed', 'design', 'medium', 'hours']],
  ['Loans are limited to $50,000 in all.', 'Loans are limited to $10,000 in all.', ['changed', 'design', 'medium', 'money']],
  ['Leased employees are Eligible Employees unless the Employer excludes them.', 'Leased employees are Eligible Employees only if the Employer elects to include them.', ['changed', 'design', 'high', 'default']],
  ['The Plan shall permit loans.', 'The Plan shall not permit loans.', ['changed', 'design', 'high', 'negation']],
  ['Benefits commence after the first anniversary.', 'Benefits commence before the first anniversary.', ['changed', 'design', 'high', 'direction']],
  ['The Employer may contribute.', 'The Employer shall contribute.', ['changed', 'design', 'medium', 'modality']],
  ['The Plan satisfies Code Section 401(k)(12).', 'The Plan satisfies Code Section 401(k)(13).', ['changed', 'regulatory', 'medium', 'codeReference']],
  ['The Employer shall pay by the fifteenth day after the Plan Year.', 'The Employer will pay by the seventh day after the Plan Year.', ['changed', 'design', 'medium', 'number']],
  ['The form applies as of the first day of the next payroll period.', 'The form applies as of the first day of the next calendar quarter.', ['changed', 'design', 'medium', 'date']],
  ['A Participant must first obtain the loan and the Trustee may ask for the form.', 'A Participant may first obtain the loan and the Trustee may ask for the form.', ['changed', 'design', 'medium', 'modality']],
  ['The Committee shall administer the Plan and may adopt rules it shall publish.', 'The Committee may administer the Plan and may adopt rules it will publish.', ['changed', 'design', 'medium', 'modality']],
  ['A Participant shall not be required to work on the last day or to be paid.', 'A Participant shall be required to work on the last day but not to be paid.', ['changed', 'design', 'high', 'negation']],
  ['A loan shall not exceed the limit.', 'A loan may not exceed the limit.', REWORDED],
  ['An Account that does not exceed $5,000 is paid at once.', 'An Account that exceeds $5,000 is paid at once.', ['changed', 'design', 'high', 'direction']],
  ['A form of payment is made over a term that does not exceed the life of the payee.', 'A form of payment may not be made over a term of more than the life of the payee.', OPEN],
  ['The deferral election in force at severance does not revive.', 'The deferral election in force at severance revives.', ['changed', 'design', 'high', 'negation']],
  ['It is reduced by a whole percentage or a dollar amount of pay.', 'It is reduced by a dollar amount or by a whole percentage of pay.', OPEN],
  ['Pay not available when the election is made is deferred.', 'Pay not available at that time is deferred.', OPEN],
  ['Distributions are made in cash by the Trustee.', 'Distributions are made in stock by the Trustee.', OPEN],
  ['As provided in Section 3.01(c), loans are made.', 'As provided in Section 4.02(a), loans are made.', ['changed', 'administrative', 'low', 'sectionReference']],
  ['The surviving spouse receives the benefit at once.', 'The surviving beneficiary receives the benefit at once.', OPEN],
  ['5% for officers and 10% for staff', '10% for officers and 5% for staff', OPEN],
  ['Contributions are allocated on the last day of each quarter to Participants.', 'Contributions are allocated on the last day of each quarter to Participants who are employed.', OPEN],
  ['Forms are sent, filed or kept by the Administrator in the office.', 'Forms are sent or kept by the Administrator in the office.', ['changed', 'design', 'medium', 'option']],
  ['Numbers must not be used more than once with a given key.', 'Numbers are not used for more than one given key and record pair.', OPEN],
  ['See Section 3.01 for loans; forms are filed by hand in the office.', 'See Section 4.02 for loans; forms are filed by hand in the office after review by counsel.', OPEN],
  ['The rate is 3,5 % of the salary.', 'The rate is 3,7 % of the salary.', ['changed', 'design', 'medium', 'percentage']],
  ['The vault is held at -5 degrees.', 'The vault is held at 5 degrees.', OPEN],
  ['The pressure is kept ≥ 40 psi.', 'The pressure is kept ≤ 40 psi.', OPEN],
  ['The pressure is kept >= 40 psi.', 'The pressure is kept ≥ 40 psi.', SAME],
  ['> 40 psi is kept.', '40 psi is kept.', SAME],
  ['The exposure is 10³ units at most.', 'The exposure is 10⁴ units at most.', OPEN],
  ['The threshold is α times the margin.', 'The threshold is β times the margin.', OPEN],
  ['Approved: ✅ for the shipment.', 'Approved: ❌ for the shipment.', OPEN],
  ['The match is elected: [x] yes [ ] no.', 'The match is elected: [ ] yes [x] no.', OPEN],
  ['The match is elected: [x] yes [ ] no.', 'The match is elected: [X] yes [ ] no.', SAME],
  ['The tenant pays ~~all~~ charges.', 'The tenant pays all charges.', OPEN],
  ['Class B shares are redeemed at par.', 'Class C shares are redeemed at par.', OPEN],
  ['Option (B) is redeemed at par.', 'Option (C) is redeemed at par.', OPEN],
  ['The form is filed: (a) by hand; or (b) by post.', 'The form is filed: (i) by hand; or (ii) by post.', REWORDED],
  ['Paid first from forfeitures, then from earnings.', 'Paid first from earnings, then from forfeitures.', OPEN],
  ['The insured pays the insurer the deductible.', 'The insurer pays the insured the deductible.', OPEN],
  ['The policy covers universal access for pupils.', 'The policy covers university access for pupils.', OPEN],
  ['It goes from the fund to the vault of the exchange.', 'It goes to the fund from the vault of the exchange.', OPEN],
  ['Trees more than a metre thick are felled by the forester.', 'Trees a metre thick are felled by the forester.', OPEN],
  ['All dividends are paid to holders in the ledger.', 'The dividends are paid to holders in the ledger.', OPEN],
  ['Tickets are sold to a child under the age limit.', 'Tickets are sold to a child of the age limit.', OPEN],
  ['The Plan permits loans pursuant to the policy.', 'The Plan is permitting a loan under such policy.', REWORDED],
  ['The Plan modifies the processes used.', 'The Plan modified the process using it.', REWORDED],
  ['The trustee invests.', 'Vesting is computed by completed years of service with any affiliate.', OPEN],
])('%s | %s', check);

test('references that lead to the same provision are no difference', () => {
  expect(effect('As provided in Section 3.01(c), loans are made.', 'As provided in Section 4.02(a), loans are made.', true).relation).toBe('same');
});

test('both directions of a change are said with their words', () => {
  const [difference] = effect('An Employee who has attained age 21 enters.', 'An Employee who has attained age 18 enters.').differences;
  expect([difference?.source?.quote, difference?.target?.quote, difference?.sourceValue, difference?.targetValue]).toEqual(['attained age 21', 'attained age 18', '21', '18']);
});

test('a value in the place of another is one difference, also where the same values stand elsewhere', () => {
  const { differences } = effect('It is paid by the tenth day, or the fifth after a claim.', 'It is paid by the fifth day, or the fifth after a claim.');
  expect(differences.filter(({ kind }) => kind === 'number').map(({ sourceValue, targetValue }) => [sourceValue, targetValue])).toEqual([['10th', '5th']]);
});

test.each([
  ['one very long line', 'word '.repeat(200_000), 'word '.repeat(200_001)],
  ['one word without end', 'x'.repeat(1_000_000), 'x'.repeat(999_999)],
  ['punctuation only beside text', '.'.repeat(100_000), 'The Plan pays.'],
  ['half a million brackets', '('.repeat(500_000), ')'.repeat(500_000)],
])('%s ends, and is not called the same', (_, source, target) => {
  const left = documentOf('a', [{ text: `a ${source}` }]);
  const right = documentOf('b', [{ text: `a ${target}` }]);
  const none = spanBuilder('a', '', new LineMap(''));
  const result = effectOf(provisionsOf(left).compared[0] as Provision, provisionsOf(right).compared[0] as Provision, { sourceSpan: none, targetSpan: none, sameReference: () => false });
  expect(result.relation).toBeNull();
});
