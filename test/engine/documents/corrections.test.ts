import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../shared/model.ts';
import type { CollateDocument } from '../../../server/src/engine/documents/document.ts';
import type { Correction } from '../../../server/src/engine/documents/correctionPlaces.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';
import { ALDER_ADOPTION } from './adoptionFixtures.ts';

const PLAN = [
  '# Plan', '## 1.1 Eligibility', 'An Employee enters the Plan at age 21. Vesting of benefits',
  'is immediate. Interns never enter.', '## 1.2 Loans', 'No loans are made.', '## 1.3 Notices', 'No notice is late. No notice is late.', '',
].join('\n\n').replace('benefits\n\nis', 'benefits\nis');

function read(text: string, corrections?: readonly Correction[]): CollateDocument {
  const result = readText({ key: 'docs/plan.md', path: 'docs/plan.md', text, ...(corrections === undefined ? {} : { corrections }) });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const brief = ({ units }: CollateDocument): readonly string[] =>
  units.map(({ key, number, title, type, textStart, textEnd, span }) =>
    `${key.slice('docs/plan.md#'.length)} | ${[number, title].filter(Boolean).join(' ')}${type === undefined ? '' : ` (${type})`} | ${span.quote.slice(textStart - span.start, textEnd - span.start).replace(/\s+/g, ' ').slice(0, 40)}`);

const PLAIN = [
  'Plan:1 | Plan | ',
  'Plan/1.1:1 | 1.1 Eligibility | An Employee enters the Plan at age 21. V',
  'Plan/1.2:1 | 1.2 Loans | No loans are made.',
  'Plan/1.3:1 | 1.3 Notices | No notice is late. No notice is late.',
];

describe('corrections of a cut', () => {
  const APPLIED: readonly (readonly [name: string, corrections: readonly Correction[], found: readonly string[]])[] = [
    ['join', [{ action: 'join', words: 'No loans are made.' }], [PLAIN[0]!, PLAIN[1]!, PLAIN[3]!]],
    ['join to a heading', [{ action: 'join', words: 'An Employee enters' }], ['Plan:1 | Plan | ## 1.1 Eligibility An Employee enters th', PLAIN[2]!, PLAIN[3]!]],
    ['split, with the words over two lines', [{ action: 'split', before: 'Vesting of benefits is immediate' }], [PLAIN[0]!, 'Plan/1.1:1 | 1.1 Eligibility | An Employee enters the Plan at age 21.', 'Plan/1.1:1/part:2 |  | Vesting of benefits is immediate. Intern', PLAIN[2]!, PLAIN[3]!]],
    ['two splits of one', [{ action: 'split', before: 'Interns never' }, { action: 'split', before: 'Vesting of' }], [PLAIN[0]!, 'Plan/1.1:1 | 1.1 Eligibility | An Employee enters the Plan at age 21.', 'Plan/1.1:1/part:2 |  | Vesting of benefits is immediate.', 'Plan/1.1:1/part:3 |  | Interns never enter.', PLAIN[2]!, PLAIN[3]!]],
    ['split in a named unit', [{ action: 'split', unit: 'docs/plan.md#Plan/1.3:1', before: 'late. No' }], [...PLAIN.slice(0, 3), 'Plan/1.3:1 | 1.3 Notices | No notice is', 'Plan/1.3:1/part:2 |  | late. No notice is late.']],
    ['heading', [{ action: 'heading', line: 'is immediate.  Interns never enter.' }], [PLAIN[0]!, 'Plan/1.1:1 | 1.1 Eligibility | An Employee enters the Plan at age 21. V', 'Plan/1.1:1/part:2 | is immediate. Interns never enter. | ', PLAIN[2]!, PLAIN[3]!]],
    ['type', [{ action: 'type', unit: 'Plan/1.2:1', words: 'No loans', type: 'loan' }], [PLAIN[0]!, PLAIN[1]!, 'Plan/1.2:1 | 1.2 Loans (loan) | No loans are made.', PLAIN[3]!]],
    ['join of what was split', [{ action: 'split', before: 'Interns never' }, { action: 'join', words: 'No loans are made' }], [PLAIN[0]!, 'Plan/1.1:1 | 1.1 Eligibility | An Employee enters the Plan at age 21. V', 'Plan/1.1:1/part:2 |  | Interns never enter. ## 1.2 Loans No loa', PLAIN[3]!]],
  ];
  it.each(APPLIED)('%s', (_, corrections, found) => {
    const document = read(PLAN, corrections);
    expect(document.problems).toEqual([]);
    expect(brief(document)).toEqual(found);
  });

  const REFUSED: readonly (readonly [correction: Correction, code: string, sentence: string])[] = [
    [{ action: 'split', before: 'is late' }, 'correction.ambiguous', 'Correction 1 (split) was not applied: "is late" stands in the document more than once; quote more words, or name the unit.'],
    [{ action: 'split', before: 'Vesting is gone' }, 'correction.notFound', 'Correction 1 (split) was not applied: "Vesting is gone" does not stand in the document.'],
    [{ action: 'split', before: '## 1.2 Loans' }, 'correction.refused', 'Correction 1 (split) was not applied: a unit begins at "## 1.2 Loans" already.'],
    [{ action: 'join', words: '# Plan' }, 'correction.ambiguous', 'Correction 1 (join) was not applied: "# Plan" stands in the document more than once; quote more words, or name the unit.'],
    [{ action: 'join', unit: 'Plan:1', words: 'Plan' }, 'correction.refused', 'Correction 1 (join) was not applied: no unit stands before it.'],
    [{ action: 'join', unit: 'Plan/1.2:1' }, 'correction.refused', 'Correction 1 (join) was not applied: "Plan/1.2:1" alone may be another unit after an edit; quote words of it, or give its hash.'],
    [{ action: 'join', unit: 'Plan/1.2:1', hash: 'old' }, 'correction.changed', 'Correction 1 (join) was not applied: the words of "Plan/1.2:1" are not those it was made on.'],
    [{ action: 'join', unit: 'Plan/1.2:1', words: 'No notice' }, 'correction.changed', 'Correction 1 (join) was not applied: "No notice" does not stand in "Plan/1.2:1".'],
    [{ action: 'type', unit: 'Plan/9.9:1', words: 'x', type: 'loan' }, 'correction.notFound', 'Correction 1 (type) was not applied: the document has no unit "Plan/9.9:1" any more.'],
    [{ action: 'heading', line: 'No loans' }, 'correction.notFound', 'Correction 1 (heading) was not applied: no line reads "No loans".'],
    [{ action: 'type', type: 'loan' }, 'correction.refused', 'Correction 1 (type) was not applied: it says neither words nor a unit.'],
  ];
  it.each(REFUSED)('%j is told and not applied', (correction, code, sentence) => {
    const text = correction.action === 'join' && correction.words === '# Plan' && correction.unit === undefined ? `${PLAN}\n# Plan\n\nAgain.\n` : PLAN;
    const document = read(text, [correction]);
    expect(document.problems).toEqual([{ code, message: sentence, severity: 'warning' }]);
    expect(document.units).toEqual(read(text).units);
  });

  it('apply to a hash that is still right', () => {
    const unit = read(PLAN).units[2] as Unit;
    expect(brief(read(PLAN, [{ action: 'join', unit: unit.key, hash: unit.contentHash }]))).toEqual([PLAIN[0], PLAIN[1], PLAIN[3]]);
  });

  it('take the election of a question anew', () => {
    const plain = read(ALDER_ADOPTION);
    const split = read(ALDER_ADOPTION, [{ action: 'split', before: '[ ] d. Interns' }]);
    const sizes = ({ units }: CollateDocument): readonly number[] => units.filter(({ number, key }) => number === 'B-2' || key.includes('/part:')).map(({ election }) => election?.options.length ?? 0);
    expect([sizes(plain), sizes(split)]).toEqual([[6], [5, 1]]);
  });
});

describe('any corrections', () => {
  const words = fc.constantFrom('An Employee', 'Vesting', 'No loans', 'Interns', 'No notice', 'late.', '1.2', 'is', 'Nothing', 'never enter', '## 1.3 Notices', 'Plan', '[x] b. Age', 'Union', 'Interns', 'Matching');
  const unit = fc.constantFrom(undefined, 'Plan:1', 'Plan/1.1:1', 'Plan/1.2:1', 'Plan/1.3:1', 'Gone:1');
  const correction = fc.oneof(
    fc.record({ action: fc.constant('join' as const), words, unit }),
    fc.record({ action: fc.constant('split' as const), before: words, unit }),
    fc.record({ action: fc.constant('heading' as const), line: fc.constantFrom('No loans are made.', 'is immediate. Interns never enter.', '## 1.2 Loans', '[ ] Yes   [x] No'), unit }),
    fc.record({ action: fc.constant('type' as const), words, unit, type: fc.constant('loan') }),
  ).map(({ unit: key, ...rest }) => (key === undefined ? rest : { ...rest, unit: key }) as Correction);

  it('leave every word in one unit, every quote true, every key unique, and what they do not touch as it was', () => {
    fc.assert(
      fc.property(fc.constantFrom(PLAN, ALDER_ADOPTION), fc.array(correction, { maxLength: 6 }), (text, corrections) => {
        const plain = read(text);
        const document = read(text, corrections);
        expect(document.units.map(({ span }) => span.quote).join('').replaceAll(/\s/g, '')).toBe(document.text.replaceAll(/\s/g, ''));
        expect(new Set(document.units.map(({ key }) => key)).size).toBe(document.units.length);
        let last = 0;
        for (const { span, textStart, textEnd, kind, election } of document.units) {
          expect(span.start).toBeGreaterThanOrEqual(last);
          expect(span.quote).toBe(document.text.slice(span.start, span.end));
          expect(span.quote.trim()).toBe(span.quote);
          expect(span.start <= textStart && textStart <= textEnd && textEnd <= span.end).toBe(true);
          expect(kind === 'field').toBe(election !== undefined);
          last = span.end;
        }
        for (const before of plain.units) {
          const after = document.units.find(({ span }) => span.start === before.span.start && span.end === before.span.end);
          if (after !== undefined && !corrections.some(({ action }) => action === 'heading' || action === 'type')) expect(after).toEqual(before);
        }
        expect(document.problems.length).toBeLessThanOrEqual(corrections.length);
        expect(read(text, corrections)).toEqual(document);
      }),
      { numRuns: 200 },
    );
  });
});
