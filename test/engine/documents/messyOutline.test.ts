import { describe, expect, it } from 'vitest';
import { readingText } from '../../../server/src/engine/documents/readingText.ts';
import { read } from './read.ts';

const LONG = 'an Employee who has completed the service that the Plan requires becomes a Participant on the next Entry Date.';
const SENTENCE = `${LONG[0]?.toUpperCase() ?? ''}${LONG.slice(1)}`;

/** Number, title, path and first words of every unit. */
function cut(text: string): readonly string[] {
  const { units, text: whole } = read(text, 'plan.txt');
  return units.map(({ number, title, path, textStart, textEnd, omitted, type }) =>
    [number ?? '-', title ?? '-', (path ?? []).join(' > '), readingText(whole, textStart, textEnd, omitted).text.slice(0, 12), ...(type === undefined ? [] : [type])].join(' | '),
  );
}

const FIRST = 'An Employee ';
const HEADINGS: readonly (readonly [name: string, lines: readonly string[], units: readonly string[]])[] = [
  ['Article 1. with its title below', ['Article 1.', 'Eligibility and Entry', '', SENTENCE], [`Article 1 | Eligibility and Entry |  | ${FIRST}`]],
  ['centred headings', ['                    ARTICLE IV', '', '              VESTING AND FORFEITURES', '', `4.1 Vesting. ${SENTENCE}`], ['ARTICLE IV | VESTING AND FORFEITURES |  | ', `4.1 | Vesting | VESTING AND FORFEITURES | ${FIRST}`]],
  ['SECTION 2.01. Heading.', [`SECTION 2.01.  Eligibility. ${SENTENCE}`, '', `SECTION 2.02.  Entry. ${SENTENCE}`], [`2.01 | Eligibility |  | ${FIRST}`, `2.02 | Entry |  | ${FIRST}`]],
  ['a section sign', [`§ 4.2 Loans. ${SENTENCE}`, '', `§ 4.3 Hardship. ${SENTENCE}`], [`4.2 | Loans |  | ${FIRST}`, `4.3 | Hardship |  | ${FIRST}`]],
  ['Section 2.01(a)(1)', ['Section 2.01 Service', '', `Section 2.01(a)(1) Hours. ${SENTENCE}`], ['2.01 | Service |  | ', `2.01(a)(1) | Hours | Service | ${FIRST}`]],
  ['a number alone, its heading on the next line', ['2.01', 'Eligibility to Participate', '', SENTENCE, '', '2.02', 'Entry Date', '', SENTENCE], [`2.01 | Eligibility to Participate |  | ${FIRST}`, `2.02 | Entry Date |  | ${FIRST}`]],
  ['a number alone above a run-in heading', ['2.01', `Eligibility. ${SENTENCE}`], [`2.01 | Eligibility |  | ${FIRST}`]],
  ['a heading broken after a small word', ['2.01 Employees Who Transfer From', 'a Related Employer', '', SENTENCE], [`2.01 | Employees Who Transfer From a Related Employer |  | ${FIRST}`]],
  ['a heading in capitals broken over two lines', ['ARTICLE II', 'ELIGIBILITY FOR', 'PARTICIPATION', '', `2.01 Entry. ${SENTENCE}`], ['ARTICLE II | ELIGIBILITY FOR PARTICIPATION |  | ', `2.01 | Entry | ELIGIBILITY FOR PARTICIPATION | ${FIRST}`]],
  ['a run-in heading broken over two lines', [`2.01 Participation of Employees Who Were Rehired After a Break in`, `Service. ${SENTENCE}`], [`2.01 | Participation of Employees Who Were Rehired After a Break in Service |  | ${FIRST}`]],
  ['a bold run-in heading broken over two lines', ['**2.1 Eligibility of', `Employees.** ${SENTENCE}`], [`2.1 | Eligibility of Employees |  | ${FIRST}`]],
  ['Roman, letters, figures', ['I. GENERAL', '', 'A. Purpose', '', SENTENCE, '', 'B. Scope', '', SENTENCE, '', 'II. BENEFITS', '', 'A. Amount', '', SENTENCE, '', 'B. Form', '', SENTENCE], [
    'I. | GENERAL |  | ', `A. | Purpose | GENERAL | ${FIRST}`, `B. | Scope | GENERAL | ${FIRST}`, 'II. | BENEFITS |  | ', `A. | Amount | BENEFITS | ${FIRST}`, `B. | Form | BENEFITS | ${FIRST}`,
  ]],
  ['1) under a section is a list, the next chapter is none', ['1. General', '', '1.1 Terms', '', SENTENCE, '1) First of them;', '2) second of them.', '', '2. Benefits', '', SENTENCE], [`1 | General |  | `, `1.1 | Terms | General | ${FIRST}`, `2 | Benefits |  | ${FIRST}`]],
  ['list items that carry their own rule', ['2.1 Terms', '', `1. ${SENTENCE}`, '', `2. ${SENTENCE}`], ['2.1 | Terms |  | ', `2.1(1) | - | Terms | ${FIRST}`, `2.1(2) | - | Terms | ${FIRST}`]],
  ['a. and b.', ['2.1 Terms', '', `a. ${SENTENCE}`, '', `b. ${SENTENCE}`], ['2.1 | Terms |  | ', `2.1(a) | - | Terms | ${FIRST}`, `2.1(b) | - | Terms | ${FIRST}`]],
  ['Markdown among plain numbers', ['## Section 3 Loans', '', `**3.1 Amount.** ${SENTENCE}`, '', `3.2 Term. ${SENTENCE}`], ['3 | Loans |  | ', `3.1 | Amount | Loans | ${FIRST}`, `3.2 | Term | Loans | ${FIRST}`]],
  ['the roman (i) below (h)', ['2.1 List', '', `(g) ${SENTENCE}`, '', `(h) ${SENTENCE} That is:`, '(i) first, and', '(ii) second.', '', `(i) ${SENTENCE}`, '', `(j) ${SENTENCE}`], [
    '2.1 | List |  | ', `2.1(g) | - | List | ${FIRST}`, `2.1(h) | - | List | ${FIRST}`, `2.1(i) | - | List | ${FIRST}`, `2.1(j) | - | List | ${FIRST}`,
  ]],
  ['indented headings', ['    2.01  Eligibility', '', `        ${SENTENCE}`, '', '    2.02  Entry', '', `        ${SENTENCE}`], [`2.01 | Eligibility |  | ${FIRST}`, `2.02 | Entry |  | ${FIRST}`]],
  ['a heading written like a sentence', ['5. Application of this plan.', '', SENTENCE, '', `6. Amendment of this plan. ${SENTENCE}`], [`5 | Application of this plan |  | ${FIRST}`, `6 | - |  | Amendment of`]],
  ['a short clause that is no heading', ['5. Payment is due at once.', '', SENTENCE], ['5 | - |  | Payment is d']],
  ['a clause in capitals', ['5. THE TRUSTEE MAKES NO PROMISE OF ANY KIND ABOUT', 'THE INVESTMENTS OF THE FUND, AND IS NOT LIABLE FOR', 'ANY LOSS THAT IT DID NOT CAUSE.'], ['5 | - |  | THE TRUSTEE ']],
  ['an abbreviation in a heading', [`10. U.S. PERSONS. ${SENTENCE}`], [`10 | U.S. PERSONS |  | ${FIRST}`]],
  ['a rule below a numbered heading', ['1. Scope', '--------', '', SENTENCE], [`1 | Scope |  | ${FIRST}`]],
  ['a chapter after one that could not be seen', ['5. Loans', '', '5.1 Amount', '', SENTENCE, '', '8. Notices', '', SENTENCE], ['5 | Loans |  | ', `5.1 | Amount | Loans | ${FIRST}`, `8 | Notices |  | ${FIRST}`]],
];

const MENTIONS: readonly (readonly [name: string, lines: readonly string[]])[] = [
  ['a reference where a line begins', ['The amount is limited by the rules that are set out in the part of this', 'Section 4.2. The Employer may raise it at any time.']],
  ['a reference that does not go on with a capital', ['A loan is a distribution where it is not repaid and', 'Section 4.2 shall not apply to it.']],
  ['an article of a plan', ['The Trustee keeps what was forfeited before it is used as said in', 'Article IV of the Plan and not otherwise.']],
  ['a figure at a line end', ['The Administrator gives the notice to every Participant within a period of', '30. Thereafter it is void for all purposes.']],
  ['a list inside a sentence', ['A Participant is paid in full where the amount', '(a) is small, as the Administrator may say by a rule for all, and (b) is not', 'subject to the consent of the spouse or of anybody else, and', '(c) was not rolled over before the end of the year in which the Participant retired.']],
  ['digits after the number in words', ['The Participant may take a loan again when at least six', '(6) months have passed since the last of them was repaid to the Trustee in full.']],
  ['initials', ['The Plan was signed for the Employer by the two', 'A. Smith and others.', 'C. Brown.']],
  ['a number in a sentence', ['The multiplier that is used for the allocation of the contribution is', '1.25', 'Unless Another Is Elected']],
];

describe('the outline of a messy text', () => {
  it.each(HEADINGS)('cuts %s', (_, lines, units) => expect(cut(`${lines.join('\n')}\n`)).toEqual(units));
  it.each(MENTIONS)('takes no heading from %s', (_, lines) => {
    expect(cut(`4.1 Amount. ${SENTENCE}\n${lines.join('\n')}\n`)).toEqual([`4.1 | Amount |  | ${FIRST}`]);
  });
});

const DEFINITIONS: readonly (readonly [name: string, lines: readonly string[], units: readonly string[]])[] = [
  ['quoted terms in an article', ['ARTICLE I', 'DEFINITIONS', '', '"Account" means the record of a Participant.', '', '\u201cPlan Year\u201d means the calendar year.', '', 'It is also the limitation year.', '', 'ARTICLE II', 'ENTRY', '', `2.1 Entry. ${SENTENCE}`], [
    'ARTICLE I | DEFINITIONS |  | ', '- | Account | DEFINITIONS | "Account" me | definition', '- | Plan Year | DEFINITIONS | \u201cPlan Year\u201d  | definition', 'ARTICLE II | ENTRY |  | ', `2.1 | Entry | ENTRY | ${FIRST}`,
  ]],
  ['bold terms', ['## Definitions', '', '**Account**: the record of a Participant.', '', '**Plan Year.** The calendar year.', '', '- **Trustee** means the bank.'], [
    '- | Definitions |  | ', '- | Account | Definitions | the record o | definition', '- | Plan Year | Definitions | The calendar | definition', '- | Trustee | Definitions | - **Trustee* | definition',
  ]],
  ['numbered terms', ['1. Definitions', '', '1.12 "Compensation" means wages.', '', '1.13 Hour of Service. Each hour for which pay is due.', '', '1.14 Construction. Headings are for convenience.'], [
    '1 | Definitions |  | ', '1.12 | Compensation | Definitions | "Compensatio | definition', '1.13 | Hour of Service | Definitions | Each hour fo | definition', '1.14 | Construction | Definitions | Headings are',
  ]],
  ['terms without marks', ['Section 1 Definitions', '', 'Account. The record of a Participant.', '', 'Plan Year means the calendar year.'], [
    '1 | Definitions |  | ', '- | Account | Definitions | The record o | definition', '- | Plan Year | Definitions | Plan Year me | definition',
  ]],
  ['terms on a line of their own', ['1. Definitions', '', '1.1. "Lender"', '    means the Trustee.', '', '1.2. "You" (or "Your")  means the Employer.'], [
    '1 | Definitions |  | ', '1.1 | Lender | Definitions | "Lender"\n    | definition', '1.2 | You | Definitions | "You" (or "Y | definition',
  ]],
  ['lettered terms', ['1.1 Definitions', '', '(a) "Account" means the record.', '(b) "Plan" means this plan.'], [
    '1.1 | Definitions |  | ', '1.1(a) | Account | Definitions | "Account" me | definition', '1.1(b) | Plan | Definitions | "Plan" means | definition',
  ]],
  ['a list in a section that is not called so', ['2.1 Loans', '', 'For this section:', '', '"Loan" means an advance.', '', 'The term "Lender" means the Trustee.'], [
    '2.1 | Loans |  | For this sec', '- | Loan | Loans | "Loan" means | definition', '- | Lender | Loans | The term "Le | definition',
  ]],
  ['not one alone in a section', ['2.1 Loans', '', 'A loan is allowed.', '', '"Loan" means an advance.'], ['2.1 | Loans |  | A loan is al']],
  ['not labels in bold elsewhere', ['## Steps', '', '**Note**: read this.', '', '**Warning**: and that.'], ['- | Steps |  | **Note**: re']],
];

describe('lists of definitions', () => {
  it.each(DEFINITIONS)('%s', (_, lines, units) => expect(cut(`${lines.join('\n')}\n`)).toEqual(units));
});
