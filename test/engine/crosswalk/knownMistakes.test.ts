import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Match, RunOutput } from '../../../shared/model.ts';
import { createEngine, DEFAULT_SETTINGS } from '../../../server/src/engine/index.ts';
import { provisionsOf, scoringUnit } from '../../../server/src/engine/workflows/crosswalk/provisions.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { ALDER_ADOPTION, CEDAR_ADOPTION } from '../documents/adoptionFixtures.ts';
import { read } from '../documents/read.ts';
import { documentOf, run, type Section } from './harness.ts';

const sample = (name: string): string => readFileSync(new URL(`../../../samples/${name}`, import.meta.url), 'utf8');

/** What a whole run of two texts writes. */
async function output(source: string, target: string): Promise<RunOutput> {
  const { runs } = createEngine(fakePorts({ files: new Map([['old/plan.md', source], ['new/plan.md', target]]) }));
  const started = await runs.start({ workflow: 'crosswalk', inputs: ['old/plan.md', 'new/plan.md'].map((key) => ({ key, path: key })), settings: DEFAULT_SETTINGS });
  if (!started.ok) throw new Error(started.failure.message);
  await runs.settled(started.value);
  const written = await runs.output([started.value]);
  await runs.close();
  if (!written.ok || written.value.runs[0] === undefined) throw new Error('The run has no output.');
  return written.value.runs[0];
}

const PAIRS: readonly (readonly [name: string, source: string, target: string])[] = [
  ['plans of two vendors', sample('plans/alder-basic-plan.md'), sample('plans/birch-basic-plan.md')],
  ['a plan and its restatement', sample('packages/cedar/basic-plan.md'), sample('packages/dogwood/basic-plan.txt')],
  ['adoption agreements of two vendors', ALDER_ADOPTION, CEDAR_ADOPTION],
  ['a plan and itself', sample('packages/cedar/basic-plan.md'), sample('packages/cedar/basic-plan.md')],
];

/** Questions of a form in the order given, numbered from 1. */
const QUESTIONS = {
  age: 'Minimum age for participation in the Plan. Select one:\n[ ] No minimum age\n[x] Age 21',
  loans: 'Does the Plan permit loans to Participants? Select one:\n[x] Loans are permitted\n[ ] Loans are not permitted',
  vesting: 'Vesting of matching contributions. Select one:\n[ ] Immediate vesting\n[x] Three-year cliff schedule',
  union: 'Employees covered by a collective bargaining agreement. Select one:\n[x] are excluded\n[ ] are covered',
} as const;
const form = (...names: readonly (keyof typeof QUESTIONS)[]): string => `# ADOPTION AGREEMENT\n\n${names.map((name, at) => `${at + 1}. ${QUESTIONS[name]}\n`).join('\n')}`;
const numberOf = ({ units }: RunOutput, id: string | undefined): string => units.find(({ key }) => key === id)?.number ?? '';

const RULES = 'The Plan Administrator shall keep a written procedure for claims that names the claims officer, the steps of the review, and the form on which a Participant asks for a benefit';

/** What the tools before this one did wrong on plan documents. */
describe.each(PAIRS)('a crosswalk of %s', (_, source, target) => {
  let ran: RunOutput;
  beforeAll(async () => {
    ran = await output(source, target);
  }, 60_000);

  it('has ids that join: every one leads to one unit, of the side it is said of', () => {
    const { units, matches, newTargets } = ran;
    const documents = new Map(units.map(({ key, span }) => [key, span.document]));
    expect(documents.size).toBe(units.length);
    const sides = (ids: readonly string[]): ReadonlySet<string | undefined> => new Set(ids.map((id) => documents.get(id)));
    expect(sides(matches.map(({ sourceId }) => sourceId))).toEqual(new Set(['old/plan.md']));
    expect(sides([...newTargets.map(({ targetId }) => targetId), ...matches.flatMap(({ targets, candidates }) => [...targets, ...candidates]).map(({ targetId }) => targetId)])).toEqual(new Set(['new/plan.md']));
    expect(matches.map(({ sourceId }) => sourceId)).toEqual(units.filter(({ span }) => span.document === 'old/plan.md').map(({ key }) => key));
  });

  it('says the variance of every pair that matches, and of no pair it does not decide', () => {
    const { matches } = ran;
    const weight = ({ relation, variance, impact }: Match): string => (relation === null ? `${variance} ${impact}` : relation === 'same' || relation === 'reworded' ? `${relation} ${variance} ${impact}` : variance === null || impact === null || variance === 'none' ? `${relation} without weight` : 'weighed');
    const allowed = ['null null', 'same none none', 'reworded none none', 'weighed'];
    expect([...new Set(matches.map(weight))].filter((said) => !allowed.includes(said))).toEqual([]);
    expect(matches.some(({ targets, variance }) => targets.length > 0 && variance !== null)).toBe(true);
  });
});

it.each<[name: string, sources: readonly string[], rules: readonly string[], decided: number]>([
  ['the nearest has it, the others are asked about', ['6', '36', '90'], ['sharing.owner', 'sharing.rival', 'sharing.rival'], 1],
  ['two as near as each other both say so', ['30', '90'], ['sharing.owner', 'sharing.owner'], 2],
])('of provisions that want one target %s', async (_, days, rules, decided) => {
  const sources = days.map((count): Section => ({ title: 'Claims', text: `${RULES}, and answers within ${count} days${count === '6' ? '' : ' of the day on which the Participant asked'}.` }));
  const { matches } = await run(documentOf('old.md', sources), documentOf('new.md', [{ title: 'Claims', text: `${RULES}, and answers within 6 days.` }]));
  expect(matches.map(({ why }) => why.find(({ rule }) => rule.startsWith('sharing.'))?.rule)).toEqual(rules);
  expect(matches.filter(({ outcome }) => outcome === 'decided')).toHaveLength(decided);
});

it('elections under one number in two forms have nothing in common but that', async () => {
  const ran = await output(form('age', 'loans', 'vesting', 'union'), form('loans', 'union', 'age', 'vesting'));
  const fields = ran.matches.filter(({ outcome }) => outcome !== 'skipped');
  expect(fields.map(({ sourceId, targets, relation }) => [numberOf(ran, sourceId), targets.map(({ targetId }) => numberOf(ran, targetId)).join(), relation])).toEqual([
    ['1', '3', 'same'], ['2', '1', 'same'], ['3', '4', 'same'], ['4', '2', 'same'],
  ]);
});

it('question numbers are no part of what is compared', () => {
  const compared = (text: string): readonly unknown[] => provisionsOf(read(text, 'form.md')).compared.map((provision) => scoringUnit(provision)).map(({ text: words, ...rest }) => ({ ...rest, text: words.replace(/\s+/g, ' ') }));
  const numbered = (mark: (at: number) => string): string => form('age', 'loans', 'vesting', 'union').replace(/^(\d)\./gm, (_, at: string) => mark(Number(at)));
  for (const mark of [(at: number) => `${41 - at}.`, (at: number) => `B-${at}.`, (at: number) => `${at}.1.7`, (at: number) => `Question ${at * 3}.`]) expect(compared(numbered(mark))).toEqual(compared(numbered((at) => `${at}.`)));
});

it.each([0, 10, 60])('a good candidate stays the answer beside %i that are surely none', async (strangers) => {
  const others = Array.from({ length: strangers }, (_, k): Section => ({ title: `Song ${k}`, text: `Verse ${k} of the ballad praises herring, oars, kerosene lamps and the ninth wave of the ${k} th tide below the quay.` }));
  const loans: Section = { title: 'Loans', text: 'A Participant may borrow up to one half of the vested account balance, and repays the loan in level installments by payroll deduction over five years.' };
  const claims: Section = { title: 'Claims', text: `${RULES}.` };
  const { matches } = await run(documentOf('old.md', [loans, claims]), documentOf('new.md', [...others, { ...claims, text: `${RULES}; he answers in writing.` }, { ...loans, text: loans.text.replace('A Participant', 'Each Participant') }]));
  expect(matches.map(({ targets }) => targets.map(({ targetId }) => targetId))).toEqual([[`new.md#${strangers + 1}`], [`new.md#${strangers}`]]);
});

it('every provision of a plan has a type, and few have the one that says nothing', () => {
  for (const name of ['plans/alder-basic-plan.md', 'plans/birch-basic-plan.md', 'packages/cedar/basic-plan.md', 'packages/dogwood/basic-plan.txt']) {
    const types = provisionsOf(read(sample(name), name)).compared.map(({ unit }) => unit.type);
    expect(types).not.toContain(undefined);
    expect(types.filter((type) => type === 'other').length / types.length).toBeLessThan(0.15);
    expect(new Set(types).size).toBeGreaterThanOrEqual(10);
  }
});
