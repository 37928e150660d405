import { expect, test } from 'vitest';
import type { ClaimBook } from '../../../server/src/engine/workflows/crosswalk/claims.ts';
import { provisionsOf } from '../../../server/src/engine/workflows/crosswalk/provisions.ts';
import { sharingOf, type Sharing } from '../../../server/src/engine/workflows/crosswalk/sharing.ts';
import { documentOf } from './harness.ts';

const SOURCE = 'A Participant may borrow from the vested portion of the account for the purchase of a principal residence.';
const OWN = `a ${SOURCE.slice(2)}`;
const MORE = 'The recordkeeper keeps a ledger of each transaction, and furnishes a copy to the auditor with the vouchers and the bank statements of the period.';

test.each<[string, Sharing]>([
  [`${SOURCE} ${MORE}`, 'covered'],
  [`${MORE} In addition, ${OWN}`, 'covered'],
  [`${SOURCE} ${MORE} Nothing is not kept.`, 'covered'],
  [`It is false that ${OWN} ${MORE}`, 'alone'],
  [`The following rule was repealed: ${OWN} ${MORE}`, 'alone'],
  [`Only with the consent of the spouse ${OWN} ${MORE}`, 'alone'],
  [`Unless the committee resolves otherwise, ${OWN} ${MORE}`, 'alone'],
  [`A Participant may borrow from the vested portion of the account, but not from rollovers, for the purchase of a principal residence. ${MORE}`, 'alone'],
])('%s', (target, expected) => {
  const sources = provisionsOf(documentOf('old.md', [{ title: 'Old', text: SOURCE }])).compared;
  const targets = provisionsOf(documentOf('new.md', [{ title: 'New', text: target }])).compared;
  const book: ClaimBook = {
    claims: [{ state: 'accepted', targets: [0], probability: 0.9, rival: 0, split: false, twin: false }],
    claimants: new Map([[0, [0]]]),
  };
  expect(sharingOf(0, 0, book, sources, targets)).toBe(expected);
});

test('a wider definition of the same term is another definition', () => {
  const [own, wide] = ['"Hour of Service" means each hour for which an Employee is paid by the Employer.', '"Hour of Service" means each hour for which an Employee is paid by the Employer, including any period of unpaid leave that begins after the second anniversary of the hire.'];
  const sources = provisionsOf(documentOf('old.md', [{ title: 'Hour of Service', text: own }])).compared;
  const targets = provisionsOf(documentOf('new.md', [{ title: 'Hour of Service', text: wide }])).compared;
  const book: ClaimBook = {
    claims: [{ state: 'accepted', targets: [0], probability: 0.9, rival: 0, split: false, twin: false }],
    claimants: new Map([[0, [0]]]),
  };
  expect(sharingOf(0, 0, book, sources, targets)).toBe('alone');
});
