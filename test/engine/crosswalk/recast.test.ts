import { describe, expect, test } from 'vitest';
import { effect } from './effectOf.ts';

/** Both sides in other words throughout; the difference named, with the words of each side. */
type Recast = readonly [source: string, target: string, kind: string, own: string | null, other: string | null];
/** Words too different, or facts that may say the same: left for a reader. */
type Open = readonly [source: string, target: string];

const FACTS: readonly Recast[] = [
  ['A claimant may appeal a denial within 60 days of receiving notice of it.', 'An appeal must be lodged no more than 180 days after the claimant received the denial.', 'period', '60', '180'],
  ['The Employer shall give Participants 30 days notice of termination of the Plan.', 'Participants are to be told of a termination of the Plan at least 60 days in advance.', 'period', '30', '60'],
  ['Early retirement means the date on which a Participant has attained age 55 and completed ten Years of Service.', 'The early retirement day is the one on which an individual is at least age 58 and has ten Years of Service behind him or her.', 'age', '55', '58'],
  ['Compensation means wages within the meaning of Code section 3401(a), increased by elective amounts excluded from gross income.', 'The term takes in all wages within the meaning of Code section 3121(a), with elective amounts kept out of gross income added back.', 'codeReference', '3401(a)', '3121(a)'],
  ['A vested Account that does not exceed $5,000 is paid without the consent of the Participant.', 'No consent is needed to pay out a vested Account of $7,000 or less.', 'money', '5,000', '7,000'],
  ['A Participant may elect to defer from 1 to 75 percent of Compensation for any payroll period.', 'Each Participant may direct that between 1 and 60 percent of Compensation be contributed each payroll period instead of being paid in cash.', 'percentage', '75', '60'],
  ['An eligible Employee becomes a Participant on the first day of the calendar quarter that follows satisfaction of the conditions.', 'Participation starts with the first day of the month that follows the date on which the conditions are met.', 'date', 'quarter', 'month'],
  ['The limitation year is the 12-month period ending on December 31.', 'The limitation year runs for twelve months and closes each June 30.', 'date', 'December 31', 'June 30'],
  ['An Employee whose hours are not recorded is credited with 190 Hours of Service for each month worked.', 'Where no time records are kept, credit of 45 hours is given to the Employee for any month in which work was recorded.', 'hours', '190', '45'],
  ['The Trustee values the assets of the trust fund at market value quarterly.', 'At market value, assets in the trust fund are to be valued by the Trustee on a monthly basis.', 'frequency', 'quarterly', 'monthly'],
  ['Nonvested amounts are forfeited when the former Employee has incurred five consecutive Breaks in Service.', 'A former Employee loses what is not vested upon having incurred two consecutive Breaks in Service.', 'number', 'five', 'two'],
];

const FACTS_OPEN: readonly Open[] = [
  // One bound said from both sides.
  ['An Employee with more than 500 Hours of Service in the Plan Year shares in the contribution for it.', 'To share in the contribution for a Plan Year, the Employee must be credited with at least 501 Hours of Service.'],
  ['The nonvested 20% of the Account is forfeited by the Participant on leaving.', 'On leaving, a Participant keeps the vested part, being 80% of the Account.'],
  ['The computation period closes on December 31 of every calendar year.', 'Every computation period opens on January 1 and runs through the calendar year.'],
  ['A claim is decided within 30 days after the administrator has received the claim.', 'The administrator, having received a claim, shall rule on the claim within one month.'],
  // Another fact of the kind, about something else.
  ['The participant must repay the loan within 30 days after leaving, failing which the balance is a deemed distribution.', 'Interest on any loan is fixed by the administrator, whose review of rates must be posted within 90 days.'],
  ['The match for clerks is 3 percent of pay and for drivers 6 percent of pay.', 'Drivers get a match of 8 percent of pay, and clerks get a match of 6 percent of pay.'],
  ['A match is made at 3 percent for clerks and at 6 percent for drivers.', 'The Employer, as a match each payday, adds 8 percent for drivers but 6 percent for clerks.'],
  ['A claim is decided by the committee within 30 days. Loans of the Account are secured by a mortgage on land.', 'Loans secured by a mortgage on land that the Account grants close within 60 days. Whoever has a claim decided is told.'],
  ['Loans are secured by a mortgage on land. Within 30 days a claim is decided by the committee.', 'Whoever obtains loans closes in 60 days, a mortgage on land having been secured first. Committee members hear how each claim was decided.'],
  ['Notice of a claim must be given to the administrator within 30 days.', 'Within 60 days notice of the claim must reach the administrator, or by the 30th when sent by post.'],
  ['Notice goes out 30 days before the start of the year; objections are heard within 60 days after that.', 'Objections are heard for 45 days and the start of the year is announced in a notice sent before it by 90 days.'],
  // A part of the law cited, or a law that says the same.
  ['Rollovers are eligible rollover distributions within the meaning of Code section 402(c)(4).', 'Any distribution that Code section 402(c) treats as an eligible rollover distribution may be rolled over within its meaning.'],
  ['A domestic relations order must be qualified under Code section 414(p).', 'Only an order that is qualified within ERISA section 206(d) counts as a domestic relations order.'],
  // Numbers that are not read as such.
  ['A loan of a Participant may not exceed 50 percent of the vested Account.', 'No more than one half of the vested Account may be lent as a loan to a Participant, at 10 percent.'],
  ['Entry follows one Year of Service with the Employer.', 'An Employee enters who has worked for the Employer with 12 months of service completed.'],
];

const DEFAULTS: readonly Recast[] = [
  ['Compensation includes overtime pay and bonuses unless the Employer elects in the Adoption Agreement to exclude them.', 'Overtime pay and bonuses count only if the Employer elects in the Adoption Agreement to include them.', 'default', 'unless', 'only if'],
  ['A Leased Employee participates unless excluded in the Adoption Agreement.', 'A Leased Employee participates only if the box for\nthat group is checked in the Adoption Agreement.', 'default', 'unless', 'only if'],
  ['Leased workers participate if elected in the Adoption Agreement.', 'Participation extends to leased workers unless the box to exclude leased workers is checked in the Adoption Agreement.', 'default', 'if elected', 'unless'],
  ['Hardship withdrawals are available only if the Employer so elects in the Adoption Agreement.', 'Unless the Employer has elected in the Adoption Agreement to withhold them, withdrawals on account of hardship are permitted.', 'default', 'only if', 'Unless'],
];

const DEFAULTS_OPEN: readonly Open[] = [
  // "In only if" is "out unless".
  ['Bonuses are excluded from Compensation unless the Employer elects in the Adoption Agreement to count bonuses.', 'Compensation covers bonuses, but only if the box for bonuses is checked in the Adoption Agreement.'],
  ['Roth deferrals are permitted only if elected in the Adoption Agreement by the Employer.', 'A Participant may not make Roth deferrals unless the Employer so elects in the Adoption Agreement.'],
  ['Wages count as Compensation unless the Employer elects otherwise in the Adoption Agreement.', 'Another definition of Compensation than wages applies only if elected in the Adoption Agreement.'],
  // The choice is a Participant's, or of something else.
  ['The vested Account is available unless the Participant elects a later date in writing.', 'Before termination of employment, amounts that are vested become available only if the Participant so elects on a form.'],
  ['Leased workers participate unless the Employer excludes them in the Adoption Agreement.', 'Rollovers are accepted only if the box for rollovers is checked in the Adoption Agreement.'],
  ['Each Participant is enrolled unless the Participant elects otherwise on a form supplied for this purpose.', 'Enrollment happens only if a form supplied for it has been handed in by the Participant, who elects there.'],
  ['The arrangement applies to every Participant who does not have an election in force, unless the Employer elects in the Adoption Agreement to exclude those who entered earlier.', 'Unless the Employer elects in the Adoption Agreement to exclude those who entered earlier, a Participant lacking an election in force is covered by the arrangement.'],
];

const CHOICES: readonly Recast[] = [
  ['Forfeitures are first used to reduce Employer contributions.', 'Forfeitures shall go first to pay the administrative expenses of the Plan.', 'option', 'reduce Employer contributions', 'pay the administrative expenses'],
  ['Disability means an impairment expected to last at least 12 months for which the Social Security Administration has awarded benefits.', 'A Participant suffers a Disability when an impairment is expected to last at least 12 months and a physician so certifies.', 'option', 'Social Security Administration', 'physician'],
  ['The Employer indemnifies employees who act as fiduciaries against liability, except for gross negligence.', 'Employees who serve as fiduciaries are held harmless by the Employer, except for willful misconduct.', 'option', 'gross negligence', 'willful misconduct'],
  ['An Account is fully vested upon death, Disability or attainment of Normal Retirement Age while employed.', 'A Participant who dies, or reaches Normal Retirement Age, while in service has a fully vested Account.', 'option', 'Disability', null],
  ['Distributions are made in a lump sum or in installments, as the Participant elects.', 'At the choice of the Participant, payment takes the form of a lump sum, an annuity or installments.', 'option', null, 'annuity'],
  ['The nondiscrimination tests use the prior year testing method.', 'Tests of nondiscrimination are run by the Plan on current year data.', 'option', 'prior year', 'current year'],
];

const CHOICES_OPEN: readonly Open[] = [
  // An item the rules do not know may be the missing one.
  ['Hardship covers medical care, tuition and funeral expenses of the Participant.', 'A Participant is in hardship who has to pay for tuition, for medical care or for last rites.'],
  ['Hardship covers medical care, tuition and funeral expenses of the Participant.', 'A Participant is in hardship who has to pay for tuition, last rites or medical care.'],
  ['Hardship covers medical care, tuition and funeral expenses of the Participant.', 'A Participant is in hardship who has to pay for last rites or tuition, or medical care.'],
  ['Hardship covers medical care, tuition and funeral expenses of the Participant.', 'A Participant is in hardship who has to pay for tuition or for medical care including last rites.'],
  ['Hardship covers medical care, tuition and funeral expenses of the Participant.', 'A Participant is in hardship who has to pay for tuition, any other tuition or medical care.'],
  // Not one list, or not one question.
  ['Payment upon death is made at once to the Beneficiary.', 'Payment upon death is made to the Beneficiary at once. Disability has a form of its own.'],
  ['Present values are computed by the actuary appointed for the trust.', 'The trust may petition a court for instructions on its duties.'],
  ['The Employer indemnifies fiduciaries against liability, except for gross negligence.', 'Fiduciaries are held harmless against liability by the Employer, except for fraud, bad faith or willful misconduct.'],
  ['Distributions are made in a lump sum, in installments or as an annuity.', 'At the choice of the Participant, payment takes the form of a lump sum or installments or any other form the Plan offers.'],
  // The other name of the same choice.
  ['Hardship covers medical expenses, tuition and burial expenses of the Participant.', 'A Participant is in hardship who has to pay for tuition, for a funeral or for medical care.'],
  ['The Account is paid in a single sum or in instalments upon request of the payee.', 'Upon request of its owner an Account goes out as one lump-sum payment or periodic payments.'],
  // Negligence stands on both sides.
  ['A fiduciary is liable for its gross negligence towards the Trust.', 'Liability of any fiduciary towards the Trust is for grossly negligent conduct.'],
];

const RELEASES: readonly Recast[] = [
  ['A Participant shares in the nonelective contribution if employed on the last day of the Plan Year.', 'Employment on the last day of the Plan Year is not required in order to share in the profit sharing contribution.', 'negation', 'if employed', 'not required'],
];

const RELEASES_OPEN: readonly Open[] = [
  ['A Participant shares in the contribution if not employed on the last day of the Plan Year because of death.', 'Employment on the last day of the Plan Year is not required in order to share in the contribution.'],
  ['A Participant shares in the contribution if employed on the last day of the Plan Year.', 'Employment on the last day of the Plan Year is not required in order to share in the contribution upon death, but nobody else shares without it.'],
  ['A Participant who leaves before the last day of the Plan Year shares in the contribution without further condition.', 'Employment on the last day of the Plan Year is not required in order to share in the contribution.'],
];

function checkNamed(source: string, target: string, kind: string, own: string | null, other: string | null): void {
  const { relation, differences, why } = effect(source, target);
  expect(relation, JSON.stringify(why)).toBe('changed');
  const named = differences.find((difference) => difference.kind === kind);
  expect([named?.source?.quote ?? null, named?.target?.quote ?? null]).toEqual([own, other].map((words) => (words === null ? null : (expect.stringContaining(words) as string))));
}

/** In either direction: what is sure from one side is sure from the other. */
describe.each([['facts', FACTS], ['defaults', DEFAULTS], ['choices', CHOICES], ['releases', RELEASES]] as const)('%s that differ are named though the clauses around them were recast', (_, table) => {
  test.each(table.map((row) => [...row] as const))('%s | %s', (source, target, kind, own, other) => {
    checkNamed(source, target, kind, own, other);
    checkNamed(target, source, kind, other, own);
  });
});

describe.each([['facts', FACTS_OPEN], ['defaults', DEFAULTS_OPEN], ['choices', CHOICES_OPEN], ['releases', RELEASES_OPEN]] as const)('%s that may say the same, or answer something else, are left for review', (_, table) => {
  test.each(table.map((row) => [...row] as const))('%s | %s', (source, target) => {
    expect([effect(source, target), effect(target, source)].map(({ relation, differences }) => (relation === null ? null : differences.filter(({ kind }) => kind !== 'words')))).toEqual([null, null]);
  });
});

test('what was recast around a named difference is said not to be judged', () => {
  const [source, target] = FACTS[0] as Recast;
  expect(effect(source, target).why.map(({ rule }) => rule)).toEqual(['entity.period.differs', 'words.recast']);
});
