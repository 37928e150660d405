import { describe, expect, it } from 'vitest';
import type { CollateDocument } from '../../../server/src/engine/documents/document.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';
import { run } from './harness.ts';

function form(key: string, text: string): CollateDocument {
  const read = readText({ key, path: key, text, kind: 'adoptionAgreement' });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

/** How the questions of two small forms end: `title relation` or `title reason`, headings left out. */
async function ends(source: string, target: string): Promise<readonly string[]> {
  const left = form('old.md', source);
  const { matches } = await run(left, form('new.md', target));
  return matches.filter(({ outcome }) => outcome !== 'skipped').map(({ sourceId, relation }) => `${left.units.find(({ key }) => key === sourceId)?.title ?? ''} ${relation ?? 'open'}`);
}

const LOANS = '1. Loans:\n[x] Yes\n[ ] No\n';
const VESTING = '2. Vesting:\n[ ] Immediate\n[x] Graded\n';
const AGE = '3. Age: __21__\n';
const UNDER = (first: string, second: string): string => `## ${first}\n\n1. Permitted? [x] Yes [ ] No\n\n## ${second}\n\n2. Permitted? [ ] Yes [x] No\n`;

describe('small forms', () => {
  it.each<[name: string, source: string, target: string, found: readonly string[]]>([
    ['of the same questions', `${LOANS}\n${VESTING}`, `${LOANS}\n${VESTING}`, ['Loans same', 'Vesting same']],
    ['with another answer', `${LOANS}\n${VESTING}`, `${LOANS.replace('[x] Yes\n[ ]', '[ ] Yes\n[x]')}\n${VESTING}`, ['Loans changed', 'Vesting same']],
    ['with a question twice', `${LOANS}\n${VESTING}\n${LOANS.replace('1', '3')}`, `${LOANS}\n${VESTING}`, ['Loans open', 'Vesting same', 'Loans open']],
    ['with one word, which may be anybody\'s', `${LOANS}\n${VESTING}\n${AGE}`, `${LOANS}\n${VESTING}\n${AGE}`, ['Loans same', 'Vesting same', 'Age open']],
    ['of alike questions under headings that changed places', UNDER('Loans', 'Hardship withdrawals'), UNDER('Hardship withdrawals', 'Loans'), ['Permitted? changed', 'Permitted? changed']],
    ['of alike questions under other headings', UNDER('Loans', 'Hardship withdrawals'), UNDER('Roth deferrals', 'Rollovers'), ['Permitted? open', 'Permitted? open']],
  ])('%s', async (_, source, target, found) => expect(await ends(source, target)).toEqual(found));
});
