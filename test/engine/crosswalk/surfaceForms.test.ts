import { describe, expect, test } from 'vitest';
import { effect } from './effectOf.ts';

/** One change of effect: its kind, and words that the quotes of each side must hold; null where a side says nothing. */
type Planted = readonly [source: string, target: string, kind: string, left: string | null, right: string | null];

function checkPlanted(source: string, target: string, kind: string, left: string | null, right: string | null): void {
  const result = effect(source, target);
  const told = result.differences.map((row) => [row.kind, row.source?.quote ?? null, row.target?.quote ?? null]);
  expect({ relation: result.relation, told: told.slice(0, 4), why: result.why }).toMatchObject({ relation: 'changed' });
  const found = result.differences.some((row) => row.kind === kind && holds(row.source?.quote, left) && holds(row.target?.quote, right));
  expect(found ? kind : told).toBe(kind);
}

function holds(quote: string | undefined, words: string | null): boolean {
  return words === null || quote?.toLowerCase().includes(words.toLowerCase()) === true;
}

const AGES: readonly Planted[] = [
  ['An Employee may join once the Employee has reached age twenty-one (21) and is employed.', 'An Employee may join once the Employee has reached age eighteen (18) and is employed.', 'age', '21', '18'],
  ['Payment may begin when the Participant attains age 59½.', 'Payment may begin when the Participant attains age 62.', 'age', '59½', '62'],
  ['Payment may begin when the Participant attains age 59-1/2.', 'Payment may begin when the Participant attains age 55.', 'age', '59-1/2', '55'],
  ['The benefit is paid on the 65th birthday of the Participant.', 'The benefit is paid on the 62nd birthday of the Participant.', 'age', '65th', '62nd'],
  ['A person of 50 years of age or more may defer more.', 'A person of 55 years of age or more may defer more.', 'age', '50', '55'],
];

const SERVICE: readonly Planted[] = [
  ['Entry follows one Year of Service with the Employer.', 'Entry follows two Years of Service with the Employer.', 'service', 'one', 'two'],
  ['Entry follows completion of one (1) Year of Eligibility Service.', 'Entry follows completion of three (3) months of service.', 'service', 'one (1) Year', 'three (3) months'],
  ['An Employee who has 6 months of service enters at once.', 'An Employee who has 12 months of service enters at once.', 'service', '6 months', '12 months'],
  ['A Participant must complete a Year of Service to share in it.', 'A Participant must complete 2 Years of Service to share in it.', 'service', 'a Year of Service', '2 Years'],
];

const AMOUNTS: readonly Planted[] = [
  ['A Year of Service needs 1,000 Hours of Service in the period.', 'A Year of Service needs 750 Hours of Service in the period.', 'hours', '1,000', '750'],
  ['The Employer contributes three percent (3%) of Compensation.', 'The Employer contributes four percent (4%) of Compensation.', 'percentage', '3%', '4%'],
  ['A Participant may defer 100 percent of Compensation.', 'A Participant may defer 75 percent of Compensation.', 'percentage', '100', '75'],
  ['An Account of $5,000 or less is paid out.', 'An Account of $7,000 or less is paid out.', 'money', '$5,000', '$7,000'],
  ['The fee is twenty-five dollars ($25) for each loan.', 'The fee is fifty dollars ($50) for each loan.', 'money', '$25', '$50'],
];

const TIMES: readonly Planted[] = [
  ['The restatement is effective January 1, 2026.', 'The restatement is effective July 1, 2026.', 'date', 'January', 'July'],
  ['Elections take effect on the first day of the Plan Year.', 'Elections take effect on the last day of the Plan Year.', 'date', 'first', 'last'],
  ['The notice goes out within sixty (60) days of the request.', 'The notice goes out within ninety (90) days of the request.', 'period', '60', '90'],
  ['It is paid within two and one-half months after the year.', 'It is paid within 3 months after the year.', 'period', 'two and one-half', '3'],
  ['The Trustee values the Trust Fund quarterly.', 'The Trustee values the Trust Fund annually.', 'frequency', 'quarterly', 'annually'],
  ['Matching Contributions are made each payroll period.', 'Matching Contributions are made each calendar quarter.', 'frequency', 'payroll', 'quarter'],
];

const DUTIES: readonly Planted[] = [
  ['A Participant is eligible for a loan while on leave.', 'A Participant is not eligible for a loan while on leave.', 'negation', 'eligible', 'not eligible'],
  ['The Plan shall accept rollovers from an IRA.', 'The Plan shall not accept rollovers from an IRA.', 'negation', 'shall', 'shall not'],
  ['Overtime is included in Compensation.', 'Overtime is not included in Compensation.', 'negation', 'is', 'not'],
  ['No loan shall be made to an owner.', 'A loan shall be made to an owner.', 'negation', 'No loan', 'shall'],
  ['The Employer may make a contribution for the year.', 'The Employer must make a contribution for the year.', 'modality', 'may', 'must'],
  ['The Account is paid with the consent of the Participant.', 'The Account is paid without the consent of the Participant.', 'negation', 'with', 'without'],
];

const DEFAULTS: readonly Planted[] = [
  ['Bonuses count as Compensation unless the Employer elects otherwise in the Adoption Agreement.', 'Bonuses count as Compensation only if the Employer so elects in the Adoption Agreement.', 'default', 'unless', 'only if'],
  ['Except as elected in the Adoption Agreement, loans are permitted.', 'If elected in the Adoption Agreement, loans are permitted.', 'default', 'Except', 'If'],
  ['Roth deferrals are permitted unless excluded in the Adoption Agreement.', 'Roth deferrals are permitted if selected in the Adoption Agreement.', 'default', 'unless', 'if'],
];

const DECIDERS: readonly Planted[] = [
  ['The form is prescribed by the Plan Administrator for this purpose.', 'The form is prescribed by the Trustee for this purpose.', 'decider', 'Administrator', 'Trustee'],
  ['The Trustee shall determine the value of the Account.', 'The Employer shall determine the value of the Account.', 'decider', 'Trustee', 'Employer'],
  ['Payment is made at the election of the Participant in cash.', 'Payment is made at the election of the Plan Administrator in cash.', 'decider', 'Participant', 'Administrator'],
  ['The Participant may direct the investment of the Account.', 'The Employer may direct the investment of the Account.', 'decider', 'Participant', 'Employer'],
];

const OPTIONS: readonly Planted[] = [
  ['Compensation includes bonuses, overtime pay and commissions paid in the year.', 'Compensation includes bonuses and commissions paid in the year.', 'option', 'overtime pay', null],
  ['Compensation includes bonuses, overtime pay and commissions paid in the year.', 'Compensation includes overtime pay and commissions paid in the year.', 'option', 'bonuses', null],
  ['Compensation includes bonuses, overtime pay and commissions.', 'Compensation includes bonuses and overtime pay.', 'option', 'commissions', null],
  ['The Account is paid in a lump sum, in installments, or as an annuity.', 'The Account is paid in a lump sum or as an annuity.', 'option', 'installments', null],
  ['The Account is paid in a lump sum or as an annuity at the choice of the Participant.', 'The Account is paid in a lump sum, in installments, or as an annuity at the choice of the Participant.', 'option', null, 'installments'],
  ['A hardship is: (i) medical expense; (ii) tuition; (iii) funeral expense; or (iv) casualty loss.', 'A hardship is: (i) medical expense; (ii) funeral expense; or (iii) casualty loss.', 'option', 'tuition', null],
  ['A hardship is:\n(a) expense for medical care of the Participant;\n(b) expense for tuition of the Participant;\n(c) expense for burial of a parent.', 'A hardship is:\n(a) expense for medical care of the Participant;\n(b) expense for burial of a parent.', 'option', 'tuition', null],
  ['The sources are pre-tax deferrals, Roth deferrals and after-tax contributions of the Employee.', 'The sources are pre-tax deferrals and after-tax contributions of the Employee.', 'option', 'Roth', null],
];

const BOUNDS: readonly Planted[] = [
  ['An Employee credited with at least 1,000 Hours of Service shares in it.', 'An Employee credited with more than 1,000 Hours of Service shares in it.', 'comparator', 'at least', 'more than'],
  ['The claim is filed before the hearing closes for the parties.', 'The claim is filed on or before the hearing closes for the parties.', 'comparator', 'before', 'on or before'],
  ['The Account is paid after the Participant dies and the claim is filed.', 'The Account is paid before the Participant dies and the claim is filed.', 'direction', 'after', 'before'],
  ['The benefit is the greater of the two amounts that result.', 'The benefit is the lesser of the two amounts that result.', 'direction', 'greater', 'lesser'],
];

const CITED: readonly Planted[] = [
  ['They shall not exceed the lesser of the limit of Code section 415(c) and 100 percent of Compensation.', 'They shall not exceed the lesser of the limit of Code section 415(c) and 80 percent of Compensation.', 'percentage', '100 percent', '80 percent'],
  ['The Plan meets the safe harbor of Code Section 401(k)(13) for the year.', 'The Plan meets the safe harbor of Code Section 401(k)(12) for the year.', 'codeReference', '401(k)(13)', '401(k)(12)'],
];

const PROSE = 'A Participant is vested 20% after two years of service, 40% after three years of service, 60% after four years of service, 80% after five years of service and 100% after six years of service.';
const TABLE = 'A Participant is vested as follows:\n\n| Years of Service | Vested percentage |\n| --- | --- |\n| Less than 2 | 0% |\n| 2 | 20% |\n| 3 | 40% |\n| 4 | 60% |\n| 5 | 80% |\n| 6 or more | 100% |\n';
const COLUMNS = 'A Participant is vested as follows:\n\nLess than 2 years ........ 0%\n2 years ........ 20%\n3 years ........ 40%\n4 years ........ 60%\n5 years ........ 80%\n6 years or more ........ 100%\n';

const SCHEDULES: readonly Planted[] = [
  [PROSE, PROSE.replace('40% after three', '50% after three'), 'schedule', '40% after three', '50% after three'],
  [PROSE, PROSE.replace('80% after five', '100% after five').replace(' and 100% after six years of service', ''), 'schedule', '80%', '100%'],
  [TABLE, TABLE.replace('| 3 | 40% |', '| 3 | 50% |'), 'schedule', '3 | 40%', '3 | 50%'],
  [COLUMNS, COLUMNS.replace('5 years ........ 80%', '5 years ........ 75%'), 'schedule', '80%', '75%'],
  ['The match is 100% of the first 3% of Compensation deferred and 50% of the next 2% of Compensation deferred.', 'The match is 100% of the first 4% of Compensation deferred and 50% of the next 2% of Compensation deferred.', 'schedule', '3%', '4%'],
];

describe.each([
  ['ages', AGES], ['service', SERVICE], ['amounts', AMOUNTS], ['dates and periods', TIMES], ['denials and duties', DUTIES], ['defaults', DEFAULTS],
  ['who decides', DECIDERS], ['options', OPTIONS], ['bounds', BOUNDS], ['citations', CITED], ['schedules', SCHEDULES],
] as const)('a change of %s is named with the words of both sides', (_, table) => {
  test.each(table.map((row) => [...row] as const))('%s | %s', checkPlanted);
});

describe('other words for the same effect are no change', () => {
  test.each<[string, string]>([
    ['The Plan Administrator shall notify each Participant prior to the end of the Plan Year.', 'The Administrator will notify every Participant before the last day of the Plan Year.'],
    ['In the event that the Participant dies, the Account is paid to the Beneficiary.', 'If the Participant dies, the Account is paid to the Beneficiary.'],
    ['An amount that is nonvested is forfeited upon severance.', 'An amount that is not vested is forfeited upon severance.'],
    ['For purposes of this Section, an owner is an Employee.', 'For the purposes of this Section, an owner is an Employee.'],
    ['The claim is filed no later than sixty (60) days after the notice.', 'The claim is filed not later than 60 days following the notice.'],
    ['The restatement takes effect on January 1, 2026.', 'The restatement takes effect on the 1st day of January, 2026.'],
    ['A Participant who attains age 59½ may withdraw the Account.', 'A Participant who reaches age 59-1/2 may withdraw the Account.'],
    ['The Plan satisfies Code Section 401(k)(13).', 'The Plan satisfies section 401(k)(13) of the Code.'],
    ['The Plan satisfies §401(k)(13).', 'The Plan satisfies Code §401(k)(13).'],
    ['The loan is repaid within five years.', 'The loan is repaid within 60 months.'],
    ['No loan shall exceed $50,000.', 'A loan shall not exceed $50,000.'],
    ['The Employer shall make the contribution in accordance with the Adoption Agreement.', 'The Employer must make the contribution pursuant to the Adoption Agreement.'],
    ['The Participant is entitled to elect a lump sum.', 'The Participant may elect a lump sum.'],
    ['The Trustee is required to file such report annually.', 'The Trustee must file the report each year.'],
    ['Except as otherwise provided in the Plan, forfeitures reduce contributions.', 'Unless otherwise provided in the Plan, forfeitures reduce contributions.'],
    ['Notwithstanding any other provision of the Plan, no loan is made.', 'Notwithstanding anything in the Plan to the contrary, no loan is made.'],
    ['The Employee shall be credited with not less than 501 Hours of Service.', 'The Employee will be credited with at least 501 Hours of Service.'],
    ['Forms are kept with respect to loans and are filed by reason of the rule.', 'Forms are kept with regard to loans and are filed because of the rule.'],
    [PROSE, TABLE],
    [TABLE, COLUMNS],
    ['The match is 100% of the first 3% of Compensation plus 50% of the next 2% of Compensation.', 'The match is 100% of the first three percent (3%) of Compensation, and 50 percent of the next two percent (2%) of Compensation.'],
    ['Benefits are paid in cash, in kind, or in both.', 'Benefits are paid in cash, in kind or in both.'],
  ])('%s | %s', (source, target) => {
    const { relation, differences, why } = effect(source, target);
    expect({ relation, differences: relation === null ? why : differences.filter(({ kind }) => kind !== 'words') }).toEqual({ relation: expect.stringMatching(/^(?:same|reworded)$/u) as string, differences: [] });
  });
});

describe('what rules cannot settle is left, with what would settle it', () => {
  test.each<[string, string, RegExp]>([
    ['Entry follows one Year of Service with the Employer.', 'Entry follows 12 months of service with the Employer.', /definition of Year of Service/u],
    ['The form is returned within 30 days of its receipt.', 'The form is returned within a reasonable time of its receipt.', /means 30 day/u],
    ['The Employer shall determine the amount of the fee.', 'The Company shall determine the amount of the fee.', /definitions of .*employer.* and .*company/u],
    ['Distributions are made in cash by the Trustee.', 'Distributions are made in stock by the Trustee.', /marked words/u],
  ])('%s | %s', (source, target, by) => {
    const { relation, why } = effect(source, target);
    expect(relation).toBeNull();
    expect(why.find(({ rule }) => rule === 'settled.by')?.detail).toMatch(by);
  });
});
