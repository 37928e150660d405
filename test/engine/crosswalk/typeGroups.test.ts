import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { PROVISION_TYPES } from '../../../server/src/engine/documents/provisionTypes.ts';
import { runComputeJob } from '../../../server/src/engine/runComputeJob.ts';
import type { CrosswalkScores, ScoringUnit } from '../../../server/src/engine/workflows/crosswalk/scoringTypes.ts';
import { DEFAULT_TYPE_GROUPS, typesMatch, type TypeGroups } from '../../../server/src/engine/workflows/crosswalk/typeGroups.ts';
import { documentOf, run, type Section } from './harness.ts';

test.each<[source: string | undefined, target: string | undefined, groups: TypeGroups, match: boolean]>([
  ['loan', 'loan', DEFAULT_TYPE_GROUPS, true],
  ['loan', 'hardshipWithdrawal', DEFAULT_TYPE_GROUPS, true],
  ['loan', 'eligibility', DEFAULT_TYPE_GROUPS, false],
  ['vestingSchedule', 'forfeiture', DEFAULT_TYPE_GROUPS, true],
  ['other', 'loan', DEFAULT_TYPE_GROUPS, true],
  ['loan', 'definition', DEFAULT_TYPE_GROUPS, true],
  [undefined, 'loan', DEFAULT_TYPE_GROUPS, true],
  ['loan', 'eligibility', [['loan', 'eligibility']], true],
  ['loan', 'definition', [['loan'], ['definition']], false],
  ['loan', 'eligibility', [], true],
])('%s and %s in %j: %s', (source, target, groups, match) => {
  expect(typesMatch(groups)(source, target)).toBe(match);
  expect(typesMatch(groups)(target, source)).toBe(match);
});

test('the table names types there are, and is the one the schema shows', () => {
  expect(DEFAULT_TYPE_GROUPS.flat().filter((type) => !(PROVISION_TYPES as readonly string[]).includes(type))).toEqual([]);
  const schema = JSON.parse(readFileSync(new URL('../../../schemas/conversion.schema.json', import.meta.url), 'utf8')) as { properties: { typeGroups: { default: unknown } } };
  expect(schema.properties.typeGroups.default).toEqual(DEFAULT_TYPE_GROUPS);
});

const LOAN = 'A Participant may take from the vested account up to fifty percent of its balance and puts it back in level installments';
const unit = (text: string, type?: string): ScoringUnit => ({ title: '', text, path: [], ...(type === undefined ? {} : { type }) });
const FILLER = 'votes claims notices records bonds premiums annuities auditors custodians leases amendments mergers'.split(' ').map((topic, k) => unit(`The Committee settles ${topic} of kind ${k} in a meeting on ${topic} and writes its reasons down.`));
/** Scores of a loan provision, first among others, against two texts near it and as many others. */
function score(groups: TypeGroups | undefined, type: string | undefined, ...targets: readonly ScoringUnit[]): CrosswalkScores['sources'][number] {
  const input = { source: [unit(LOAN, type), ...FILLER], target: [...targets, ...FILLER], ...(groups === undefined ? {} : { typeGroups: groups }) };
  return runComputeJob('scoreCrosswalk', input, { progress: () => undefined }).sources[0] as CrosswalkScores['sources'][number];
}
const NEAR = `${LOAN} over five years.`;
const NEARER = `${LOAN}.`;

describe('a candidate of a type that may not answer the source', () => {
  const of = ({ candidates }: ReturnType<typeof score>, target: number) => candidates.find((candidate) => candidate.target === target);

  it('counts less beside one of a fitting type', () => {
    const typed = [unit(NEAR, 'loan'), unit(NEARER, 'eligibility')];
    const [plain, lowered] = [score(undefined, 'loan', ...typed), score(DEFAULT_TYPE_GROUPS, 'loan', ...typed)];
    expect(of(lowered, 1)?.score).toBeLessThan(of(plain, 1)?.score as number);
    expect(of(lowered, 1)?.probability).toBeLessThan(of(plain, 1)?.probability as number);
    expect(of(lowered, 0)?.score).toBeGreaterThan(of(plain, 0)?.score as number);
    expect(lowered.candidates).toHaveLength(plain.candidates.length);
  });

  it.each<[name: string, type: string | undefined, targets: readonly ScoringUnit[], groups: TypeGroups]>([
    ['the only one near', 'loan', [unit(NEARER, 'eligibility')], DEFAULT_TYPE_GROUPS],
    ['one of several, none of which fits', 'loan', [unit(NEARER, 'eligibility'), unit(NEAR, 'planYear')], DEFAULT_TYPE_GROUPS],
    ['of a type that a table of one\'s own lets answer', 'loan', [unit(NEAR, 'loan'), unit(NEARER, 'eligibility')], [['loan', 'eligibility']]],
    ['without a type', 'loan', [unit(NEAR, 'loan'), unit(NEARER)], DEFAULT_TYPE_GROUPS],
    ['beside a source without one', undefined, [unit(NEAR, 'loan'), unit(NEARER, 'eligibility')], DEFAULT_TYPE_GROUPS],
  ])('keeps its score: %s', (_, type, targets, groups) => {
    expect(score(groups, type, ...targets)).toEqual(score(undefined, type, ...targets));
  });

  it('stays the counterpart where it is the only one, and the row says that the types are unlike', async () => {
    const sections: readonly Section[] = [{ title: 'One', text: NEARER }, { title: 'Two', text: 'The Trustee votes the shares that it holds as the Committee directs it to.' }];
    const [source, target] = ['old.md', 'new.md'].map((key) => documentOf(key, sections)) as [ReturnType<typeof documentOf>, ReturnType<typeof documentOf>];
    const typed = (document: typeof source, type: string): typeof source => ({ ...document, units: document.units.map((one) => ({ ...one, type })) });
    const { matches } = await run(typed(source, 'loan'), typed(target, 'eligibility'));
    expect(matches.map(({ targets, outcome, relation }) => [targets[0]?.targetId, outcome, relation])).toEqual([['new.md#0', 'decided', 'same'], ['new.md#1', 'decided', 'same']]);
    for (const { why } of matches) expect(why.map(({ rule }) => rule)).toContain('type.unlike');
  });
});
