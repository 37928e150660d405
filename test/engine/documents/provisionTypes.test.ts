import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { provisionType } from '../../../server/src/engine/documents/provisionTypes.ts';
import { read } from './read.ts';

test.each<[title: string, path: readonly string[], words: string, type: string]>([
  ['Vesting Schedule', ['Vesting and Forfeitures'], '', 'vestingSchedule'],
  ['Forfeitures', ['Vesting and Forfeitures'], '', 'forfeiture'],
  ['Plan Year', ['Definitions'], '', 'planYear'],
  ['Compensation', ['Definitions'], '', 'compensationDefinition'],
  ['Bonuses', ['Definitions', 'Compensation'], '', 'compensationDefinition'],
  ['Trustee', ['Definitions'], '', 'definition'],
  ['Normal Retirement Age', [], '', 'normalRetirementAge'],
  ['Participant Loans', [], '', 'loan'],
  ['Hardship Distributions', ['Withdrawals'], '', 'hardshipWithdrawal'],
  ['Amount', ['Hardship Withdrawals'], '', 'hardshipWithdrawal'],
  ['Automatic Enrollment', ['Elective Deferrals'], '', 'automaticEnrollment'],
  ['Notice', ['Automatic Enrollment'], '', 'automaticEnrollment'],
  ['Claims Procedure', ['Administration'], '', 'administration'],
  ['Entry Date', ['Participation'], '', 'eligibility'],
  ['Safe Harbor Match', [], '', 'employerContribution'],
  ['Roth Deferrals', [], '', 'employeeDeferral'],
  ['ADP Test', ['Testing'], '', 'coverageTesting'],
  ['Top-Heavy Minimum', [], '', 'topHeavy'],
  ['Forms of Payment', ['Benefits'], '', 'distributionTrigger'],
  ['Miscellany', [], 'A Participant may borrow. The loan bears interest; no second loan is made.', 'loan'],
  ['Miscellany', [], 'Nothing of the kind.', 'other'],
  ['', [], '"Spouse" means the person to whom the Participant is married.', 'definition'],
])('%s under %j: %s', (title, path, words, type) => {
  expect(provisionType({ title, path }, words)).toBe(type);
});

test('most provisions of a plan document get a type; those of other documents get none', () => {
  const text = readFileSync(new URL('../../../samples/plans/alder-basic-plan.md', import.meta.url), 'utf8');
  const types = read(text, 'alder-basic-plan.md').units.map(({ type }) => type);
  expect(types.every((type) => type !== undefined)).toBe(true);
  expect(types.filter((type) => type === 'other').length / types.length).toBeLessThan(0.1);
  expect(read('# Minutes\n\n## Loans\n\nWe spoke of loans.\n', 'minutes.md').units.every(({ type }) => type === undefined)).toBe(true);
});
