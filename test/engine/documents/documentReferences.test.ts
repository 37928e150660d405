import { describe, expect, it } from 'vitest';
import { documentReferences } from '../../../server/src/engine/documents/documentReferences.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';
import type { DocumentKind } from '../../../shared/model.ts';

/** `to number: words` of every reference. */
function check(kind: DocumentKind, words: string, expected: readonly string[]): void {
  const read = readText({ key: 'a.md', path: 'a.md', kind, text: `## 4.1 Payment\n\nBenefits are paid.\n\n## 4.2 Rule\n\n${words}\n` });
  if (!read.ok) throw new Error(read.failure.message);
  const { value } = read;
  expect(documentReferences(value).map(({ to, number, start, end }) => `${to} ${number}: ${value.text.slice(start, end)}`)).toEqual(expected);
}

describe('references of a plan document', () => {
  const CASES: readonly (readonly [words: string, expected: readonly string[]])[] = [
    ['Vesting is as elected in the Adoption Agreement, Item 14.', ['adoptionAgreement 14: Adoption Agreement, Item 14']],
    ['As set in the Adoption Agreement (Section 3(b)), or not.', ['adoptionAgreement 3(b): Adoption Agreement (Section 3(b)']],
    ['The age in Item B-3 of the Adoption Agreement governs.', ['adoptionAgreement B-3: Item B-3 of the Adoption Agreement']],
    ['See Section 4.1, and Adoption\nAgreement Item 2a.', ['own 4.1: 4.1', 'adoptionAgreement 2a: Adoption\nAgreement Item 2a']],
    ['As elected in the Adoption Agreement.', ['adoptionAgreement : elected in the Adoption Agreement']],
    ['As elected by the Employer in the Adoption Agreement, Item 3.', ['adoptionAgreement 3: Adoption Agreement, Item 3']],
    ['The Adoption Agreement has 14 items.', []],
  ];
  it.each(CASES)('%j', (words, expected) => check('basicPlanDocument', words, expected));
});

it('a form refers to the plan', () => {
  check('adoptionAgreement', '[x] Yes (Plan Section 4.1)\n[ ] No', ['basicPlanDocument 4.1: (Plan Section 4.1)']);
});
