import { describe, expect, it } from 'vitest';
import type { CollateDocument } from '../../../server/src/engine/documents/document.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';
import { REASONS } from '../../../server/src/engine/workflows/crosswalk/reasons.ts';
import { run } from './harness.ts';

function form(key: string, text: string): CollateDocument {
  const read = readText({ key, path: key, text, kind: 'adoptionAgreement' });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

const COMMON = [
  '1. Name of the adopting Employer: __Alder Works__', '2. Employer identification number: __12-3456789__', '3. Minimum age for participation in the Plan: __21__',
  '4. Hours required in a Year of Service: __1,000__', '5. Highest rate of Elective Deferrals in percent: __75__', '6. Normal Retirement Age under the Plan: __65__',
];
const ALONE = '7. Amount of the fidelity bond covering each trustee and administrator: $__5,000__';
const SHORT = ['By', 'Title', 'Date', 'Telephone'].map((label) => `${label}: ______________`);

const FULL = [...COMMON, ALONE, ...SHORT].join('\n\n');
const BARE = COMMON.join('\n\n');

describe('fields that the other form does not have', () => {
  it.each<[relation: string, source: string, target: string, side: 'source' | 'target']>([
    ['missing', FULL, BARE, 'source'],
    ['new', BARE, FULL, 'target'],
  ])('are %s only where they say enough to be looked for', async (relation, source, target, side) => {
    const found = await ends(source, target, side);
    expect(found.filter(([title]) => SHORT.some((label) => label.startsWith(`${title}:`)))).toEqual(SHORT.map((label) => [label.split(':')[0], REASONS.tooFewWords]));
    expect(found.filter(([, said]) => said === relation).map(([title]) => title)).toEqual(['Amount of the fidelity bond covering each trustee and administrator']);
  });
});

/** How the fields of one side end: `relation`, or the reason for leaving them. */
async function ends(source: string, target: string, side: 'source' | 'target'): Promise<readonly (readonly [string, string])[]> {
  const [left, right] = [form('old.md', source), form('new.md', target)];
  const result = await run(left, right);
  const title = (document: CollateDocument, id: string): string => document.units.find(({ key }) => key === id)?.title ?? '';
  return side === 'source'
    ? result.matches.map(({ sourceId, relation, reason }) => [title(left, sourceId), relation ?? reason ?? ''] as const)
    : result.newTargets.map(({ targetId, relation, reason }) => [title(right, targetId), relation ?? reason ?? ''] as const);
}
