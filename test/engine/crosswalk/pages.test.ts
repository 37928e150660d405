import { describe, expect, it } from 'vitest';
import { read } from '../documents/read.ts';
import { run } from './harness.ts';

const SECTIONS = [
  ['2.01 Eligibility', 'An Employee becomes a Participant on the Entry Date that follows the day on which the Employee has attained', 'age 21 and has completed one Year of Service with the Employer.'],
  ['2.02 Vesting', 'A Participant is fully vested in Matching Contri-', 'butions after six years of service, and forfeits nothing thereafter, whatever the reason for the severance.'],
  ['2.03 Loans', 'The Administrator may grant a loan of no more than $50,000 to a Participant who applies for it in', 'writing, and shall charge a reasonable rate of interest on the balance.'],
  ['2.04 Hardship', 'A hardship withdrawal is allowed for tuition, for medical care and to prevent', 'eviction, but not more than twice in a Plan Year.'],
] as const;
const PAGED = SECTIONS.map(([head, above, below], k) => `${head}\n\n${above}\n\nPage ${k + 1} of 9\n\fALDER RETIREMENT SERVICES\n\n${below}\n`).join('\n');
const PLAIN = SECTIONS.map(([head, above, below]) => `${head}\n\n${`${above} ${below}`.replace('Contri- butions', 'Contributions')}\n`).join('\n');

describe('a crosswalk of a document with pages', () => {
  it('finds everything the same in the text without', async () => {
    const { matches } = await run(read(PAGED, 'old.txt'), read(PLAIN, 'new.txt'));
    expect(matches.map(({ relation }) => relation)).toEqual(['same', 'same', 'same', 'same']);
  });

  it('quotes the words of the document for a difference below a page break', async () => {
    const [source, target] = [read(PAGED, 'old.txt'), read(PLAIN.replace('age 21', 'age 18').replace('six years', 'two years'), 'new.txt')];
    const { matches } = await run(source, target);
    const told = matches.flatMap(({ differences }) => differences).filter(({ kind }) => kind !== 'words');
    expect(told.map((each) => [each.source?.quote, each.target?.quote])).toEqual([
      // A span over a page break quotes what stands there.
      ['attained\n\nPage 1 of 9\n\fALDER RETIREMENT SERVICES\n\nage 21', 'attained age 18'],
      ['six years of service', 'two years of service'],
    ]);
    for (const { source: here, target: there } of told) {
      expect(source.text.slice(here?.start, here?.end)).toBe(here?.quote);
      expect(target.text.slice(there?.start, there?.end)).toBe(there?.quote);
    }
  });
});
