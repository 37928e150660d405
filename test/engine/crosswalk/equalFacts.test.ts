import { expect, test } from 'vitest';
import type { CollateDocument } from '../../../server/src/engine/documents/document.ts';
import { equalFacts, type ReadUnit, type Told } from '../../../server/src/engine/workflows/crosswalk/equalFacts.ts';
import { effect } from './effectOf.ts';
import { documentOf } from './harness.ts';

function read({ key, path, kind, hash, text, units }: CollateDocument): ReadUnit {
  return { key, path, kind, hash, text, unit: units[0]! };
}

/** Kind, words of the source, words of the target; every span is checked to hold the words it quotes. */
function check(source: string, targets: readonly string[], differences: readonly Told[], expected: readonly (readonly [kind: string, source: string, target: string])[]): void {
  const left = read(documentOf('old.md', [{ title: 'Old', text: source }]));
  const right = targets.map((text, at) => read(documentOf(at === 0 ? 'new.md' : `new${String(at)}.md`, [{ title: 'New', text }])));
  const found = equalFacts(left, right, differences);
  for (const { source: from, target: to } of found) {
    expect(from.quote).toBe(left.text.slice(from.start, from.end));
    expect(to.quote).toBe(right.find(({ key }) => key === to.document)!.text.slice(to.start, to.end));
  }
  expect(found.map((fact) => [fact.kind, fact.source.quote, fact.target.quote])).toEqual(expected);
}

const SOURCE = 'An Employee who has reached age 21 must join within thirty (30) days, and pays $25.';
const TARGET = 'Within 30 days an Employee who has reached age 21 shall join, and pays $50.';
const IN_ORDER = 'An Employee who has reached age 18 must join within 30 days, and pays $50.';

test.each<readonly [what: string, ...Parameters<typeof check>]>([
  ['one value written in two ways, whatever the order', SOURCE, [TARGET], [], [['age', 'reached age 21', 'reached age 21'], ['modality', 'must', 'shall'], ['period', 'thirty (30) days', '30 days']]],
  ['what a difference is told of is not called equal', SOURCE, [IN_ORDER], effect(SOURCE, IN_ORDER).differences.filter(({ kind }) => kind !== 'words'), [['modality', 'must', 'must'], ['period', 'thirty (30) days', '30 days']]],
  ['a fact that stands once on one side is equal once', 'Payment follows 30 days after, or 30 days before.', ['Payment follows 30 days after.'], [], [['period', '30 days', '30 days']]],
  ['several targets state it together', 'At age 21 the fee is $25.', ['At age 21.', 'The fee is $25.'], [], [['age', 'age 21', 'age 21'], ['money', '$25', '$25']]],
  ['nothing in common', 'The fee is $25.', ['The fee is $50.'], [], []],
])('%s', (_, ...row) => check(...row));

test('no equal fact lies in a difference of fact', () => {
  const differences = effect('A fee of $25 or $30 is due.', 'A fee of $25 or $40 is due.').differences.filter(({ kind }) => kind !== 'words');
  expect(differences.map(({ kind }) => kind)).toEqual(['money']);
  check('A fee of $25 or $30 is due.', ['A fee of $25 or $40 is due.'], differences, [['money', '$25', '$25']]);
  check('A fee of $25 or $30 is due.', ['A fee of $25 or $30 is due.'], differences, [['money', '$25', '$25']]);
});
