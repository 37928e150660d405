import { describe, expect, it } from 'vitest';
import { readingText } from '../../../server/src/engine/documents/readingText.ts';
import { MESSY_PLAN } from './messyPlan.ts';
import { read } from './read.ts';

describe('a messy plan', () => {
  const { units, problems, text } = read(MESSY_PLAN.join('\n'), 'plan.txt');
  const words = (number: string): string => {
    const unit = units.find((one) => one.number === number);
    return readingText(text, unit?.textStart ?? 0, unit?.textEnd ?? 0, unit?.omitted).text.replace(/\s+/g, ' ');
  };

  it('is cut where a person would cut it', () => {
    expect(units.map(({ number, title, path = [], type, table }) => `${number ?? '-'} ${title ?? '-'} (${path.join(' > ')})${type === 'definition' ? type : ''}${table === undefined ? '' : ` ${table.rows.length} rows`}`)).toEqual([
      '- - ()',
      '- TABLE OF CONTENTS ()',
      'ARTICLE I DEFINITIONS ()',
      '1.01 Account (DEFINITIONS)definition',
      '1.02 Compensation (DEFINITIONS)',
      '1.02(a) In General (DEFINITIONS > Compensation)',
      '1.02(b) Exclusions (DEFINITIONS > Compensation)',
      '1.02(c) Limit (DEFINITIONS > Compensation)',
      'ARTICLE II ELIGIBILITY ()',
      '2.01 ELIGIBILITY TO PARTICIPATE (ELIGIBILITY)',
      '2.02 EXCLUDED EMPLOYEES (ELIGIBILITY)',
      '2.02(A) - (ELIGIBILITY > EXCLUDED EMPLOYEES)',
      '2.02(B) - (ELIGIBILITY > EXCLUDED EMPLOYEES)',
      'ARTICLE III VESTING ()',
      '3.1 Vesting Schedule (VESTING)',
      '- Vesting Schedule (VESTING > Vesting Schedule) 7 rows',
      '3.1.1 - (VESTING > Vesting Schedule)',
      '3.2 Forfeitures (VESTING)',
    ]);
  });

  it('reads over pages, stamps and line ends', () => {
    expect(words('2.01')).toBe(
      'Each Employee shall be eligible to participate upon the later of attainment of age twenty-one (21) and completion of one (1) Year of Service, except as provided in ' +
        'Section 2.02. The Employer may elect a lesser age or service in the Adoption Agreement, and an Employee who was a Participant in the prior plan participates at once.',
    );
    expect(words('1.02(b)')).toBe('The Employer may elect in the Adoption Agreement to exclude one or more of the following: (i) bonuses; (ii) overtime; (iii) commissions.');
  });

  it('says what it left out', () => {
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'text.furniture: Left out of the words as page furniture: 3 page marks, 4 running header or footer lines, 5 watermark letter lines, the first here.',
      'contents.noHeadings: 5 lines of a table of contents were not taken as headings.',
    ]);
  });
});
