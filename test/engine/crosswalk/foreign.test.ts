import { describe, expect, it } from 'vitest';
import { ENGLISH_ONLY } from '../../../server/src/engine/workflows/unreadParts.ts';
import { REASONS } from '../../../server/src/engine/workflows/crosswalk/reasons.ts';
import { documentOf, ended, run, type Section } from './harness.ts';

const SHARED: readonly Section[] = [
  { title: 'Eligibility', text: 'An Employee becomes a Participant on the Entry Date that follows the attainment of age 21 and one Year of Service.' },
  { title: 'Loans', text: 'The Administrator may grant a loan of no more than half of the vested balance to a Participant who applies in writing.' },
  { title: 'Trustee', text: 'The Trustee shall hold the assets in trust and invest them as the Employer or an investment manager may direct from time to time.' },
  { title: 'Beneficiary', text: 'A Participant may designate a person who is to receive the balance on death and may change that designation at any time.' },
];
const LOST: Section = { title: 'Parking', text: 'Every visitor who brings a horse to the harbour must leave its saddle with the lighthouse keeper before noon.' };
const GERMAN: Section = { title: 'Darlehen', text: 'Der Verwalter kann einem Teilnehmer, der dies schriftlich beantragt, ein Darlehen bis zur Hälfte des Guthabens gewähren, wenn es nicht bereits ein anderes gibt.' };

const reasonOf = async (source: readonly Section[], target: readonly Section[]): Promise<readonly (string | undefined)[]> => {
  const ran = await run(documentOf('old.md', source), documentOf('new.md', target));
  expect(ended(ran, 'sourceProvision')).toBe(ran.totals.get('sourceProvision'));
  expect(ended(ran, 'targetProvision')).toBe(ran.totals.get('targetProvision'));
  return [...ran.matches, ...ran.newTargets].map(({ relation, reason }) => relation ?? reason);
};

describe('a crosswalk with provisions in another language', () => {
  it('says missing and new where all is English', async () => {
    expect((await reasonOf([...SHARED, LOST], SHARED)).at(-1)).toBe('missing');
    expect((await reasonOf(SHARED, [...SHARED, LOST])).at(-1)).toBe('new');
  });

  it('skips a foreign source provision and does not call it missing', async () => {
    expect((await reasonOf([...SHARED, GERMAN], SHARED)).at(-1)).toBe(ENGLISH_ONLY);
  });

  it('calls nothing missing while a target provision cannot be read, and nothing new while a source one cannot', async () => {
    expect((await reasonOf([...SHARED, LOST], [...SHARED, GERMAN])).at(-1)).toBe(REASONS.unreadTarget);
    expect((await reasonOf([...SHARED, GERMAN], [...SHARED, LOST])).at(-1)).toBe(REASONS.unreadSource);
  });
});
