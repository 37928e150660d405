import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { LineMap, spanBuilder } from '../../../server/src/engine/documents/lineMap.ts';
import type { CollateDocument } from '../../../server/src/engine/documents/document.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';
import { directionOf, type Direction } from '../../../server/src/engine/workflows/crosswalk/electionDirection.ts';
import { unclaimedElections, type Unclaimed } from '../../../server/src/engine/workflows/crosswalk/electionElsewhere.ts';
import { electionEffect } from '../../../server/src/engine/workflows/crosswalk/electionEffect.ts';
import type { Effect } from '../../../server/src/engine/workflows/crosswalk/effect.ts';
import { provisionsOf, type Provision } from '../../../server/src/engine/workflows/crosswalk/provisions.ts';
import { REASONS } from '../../../server/src/engine/workflows/crosswalk/reasons.ts';
import { ALDER_ADOPTION, CEDAR_ADOPTION } from '../documents/adoptionFixtures.ts';
import { ended, run } from './harness.ts';

function form(key: string, text: string): CollateDocument {
  const read = readText({ key, path: key, text, kind: 'adoptionAgreement' });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

function provision(key: string, text: string): Provision {
  return provisionsOf(form(key, text)).compared[0] as Provision;
}

function effect(source: string, target: string, unclaimed?: Unclaimed): Effect {
  const left = form('old.md', source);
  const right = form('new.md', target);
  const result = electionEffect(provisionsOf(left).compared[0] as Provision, provisionsOf(right).compared[0] as Provision, {
    sourceSpan: spanBuilder(left.key, left.text, new LineMap(left.text)),
    targetSpan: spanBuilder(right.key, right.text, new LineMap(right.text)),
    sameReference: () => false,
    ...(unclaimed === undefined ? {} : { unclaimed }),
  });
  if (result === null) throw new Error('neither is an election');
  for (const { source: from, target: to } of result.differences) {
    if (from !== undefined) expect(from.quote).toBe(left.text.slice(from.start, from.end));
    if (to !== undefined) expect(to.quote).toBe(right.text.slice(to.start, to.end));
    expect(from ?? to).toBeDefined();
  }
  expect(result.why.length).toBeGreaterThan(0);
  return result;
}

const LINES = (...lines: readonly string[]): string => lines.join('\n');
/** One answer, ticked at `at`. */
const one = (question: string, options: readonly string[], at: number): string => LINES(`1. ${question}. Select one:`, ...options.map((option, k) => `[${k === at ? 'x' : ' '}] ${option}`));
const many = (question: string, options: readonly string[], ...at: readonly number[]): string => LINES(`1. ${question} (check all that apply):`, ...options.map((option, k) => `[${at.includes(k) ? 'x' : ' '}] ${option}`));

/** A vesting schedule to fill in, as a table and in columns. */
const SCHEDULE = (...shares: readonly string[]): string => LINES('1. Vesting. Complete the vested percentage:', '', '| Years of Service | Vested percentage |', '| --- | --- |', ...shares.map((share, k) => `| ${k + 1} | __${share}__% |`));
const COLUMNS = (...shares: readonly string[]): string => LINES('1. Vesting. Complete the vested percentage:', '', '      Years of Service     Vested percentage', ...shares.map((share, k) => `            ${k + 1}                   __${share}__%`));

type Expected = readonly [relation: string, weight: string, ...rules: readonly string[]];
const open = (reason: keyof typeof REASONS, ...rules: readonly string[]): Expected => ['abstained', REASONS[reason], ...rules];

const EXCLUDED = ['Union Employees', 'Leased Employees', 'Interns'];
const FOR_WHOM = ['any Employee', 'Participants only', 'nobody'];
const AGES = ['a. No minimum age', 'b. Age 21'];

describe('a pair of elections', () => {
  const PAIRS: readonly (readonly [name: string, source: string, target: string, expected: Expected])[] = [
    ['the same', one('Minimum age', AGES, 1), one('Minimum age', AGES, 1), ['same', 'none none']],
    ['the same with other marks, citation and instruction', one('Minimum age', AGES, 1), LINES('7. Minimum age (Plan Section 4.2). Choose only one:', '☐ (i) No minimum age', '☒ (ii) Age 21'), ['same', 'none none']],
    ['another tick', one('Minimum age', AGES, 1), one('Minimum age', AGES, 0), ['changed', 'design high', 'election.selection.differs']],
    ['another tick of many', many('Excluded Employees', EXCLUDED, 0, 1), many('Excluded Employees', EXCLUDED, 0), ['changed', 'design high', 'election.selection.differs']],
    ['ticks in another order', many('Excluded Employees', EXCLUDED, 0), many('Excluded Employees', EXCLUDED.toReversed(), 2), ['same', 'none none']],
    ['another value', one('Minimum age', ['None', 'Age __21__'], 1), one('Minimum age', ['None', 'Age __18__'], 1), ['changed', 'design high', 'election.fillIn.differs']],
    ['the same value in words', one('Minimum age', ['None', 'Age __21__'], 1), one('Minimum age', ['None', 'Age __twenty-one__'], 1), ['same', 'none none']],
    ['a value printed on one side', one('Minimum age', ['None', 'Age __21__'], 1), one('Minimum age', ['None', 'Age 21'], 1), ['reworded', 'none none']],
    ['another value printed on one side', one('Minimum age', ['None', 'Age __21__'], 1), one('Minimum age', ['None', 'Age 18'], 1), ['changed', 'design medium', 'entity.age.differs']],
    ['another name', '1. Name of Employer: __Alder Works__', '1. Name of Employer: __Birch Works__', ['changed', 'administrative low', 'election.fillIn.differs']],
    ['another rate', '1. Match rate: __50%__ of pay', '1. Match rate: __25%__ of pay', ['changed', 'design high', 'election.fillIn.differs']],
    ['an option less, not ticked', many('Excluded Employees', EXCLUDED, 0), many('Excluded Employees', EXCLUDED.slice(0, 2), 0), ['changed', 'design medium', 'election.option.missing']],
    ['an option less, ticked', many('Excluded Employees', EXCLUDED, 0, 2), many('Excluded Employees', EXCLUDED.slice(0, 2), 0), ['changed', 'design high', 'election.option.missing']],
    ['an option more, not ticked', many('Excluded Employees', EXCLUDED.slice(0, 2), 0), many('Excluded Employees', EXCLUDED, 0), ['changed', 'administrative low', 'election.option.added']],
    ['an option more, ticked', many('Excluded Employees', EXCLUDED.slice(0, 2), 0), many('Excluded Employees', EXCLUDED, 0, 2), ['changed', 'design high', 'election.option.added']],
    ['another answer that only the target has', one('Vesting', ['Immediate', 'Three-year cliff'], 1), one('Vesting', ['Immediate', 'Graded over six years'], 1), ['changed', 'design high', 'election.selection.differs', 'election.option.missing', 'election.option.added']],
    ['not answered in the target', one('Minimum age', AGES, 1), one('Minimum age', AGES, 9), open('electionUnanswered', 'election.selection.differs')],
    ['not answered on either side', one('Minimum age', AGES, 9), one('Minimum age', AGES, 9), open('electionUnanswered')],
    ['two answers in the source', LINES('1. Minimum age. Select one:', '[x] None', '[x] Age 21'), one('Minimum age', ['None', 'Age 21'], 1), open('electionInDoubt', 'election.selection.differs')],
    ['an empty blank', one('Minimum age', ['None', 'Age ____'], 1), one('Minimum age', ['None', 'Age __21__'], 1), open('electionInDoubt')],
    ['an option in words that may be another', many('Excluded Employees', ['Union Employees', 'Leased Employees of a foreign affiliate'], 0), many('Excluded Employees', ['Union Employees', 'Employees leased abroad'], 0), open('effectUnsettled')],
    ['an answer in words that may be the other', one('Vesting', ['Immediate', 'Six-year graded'], 1), one('Vesting', ['Immediate', 'Graded over a period of several years'], 1), open('effectUnsettled')],
    ['answers without a word in common', one('Rehired Employees', ['at once upon returning to employment', 'on the next Entry Date'], 0), one('Rehired Employees', ['from the day of return', 'from the Entry Date after the return'], 0), open('effectUnsettled')],
    ['ticks of many without a word in common', many('Full vesting', ['death while employed', 'Disability'], 0, 1), many('Full vesting', ['dies', 'Disability'], 0, 1), open('effectUnsettled')],
    ['an answer that denies the other', one('Loans', ['applies', 'Only to officers'], 0), one('Loans', ['does not apply', 'Only to officers'], 0), ['changed', 'design high', 'election.selection.differs', 'election.option.missing', 'election.option.added']],
    ['answers that are known opposites', one('Loans', ['Yes', 'Only to officers'], 0), one('Loans', ['No', 'Only to officers'], 0), ['changed', 'design high', 'election.selection.differs', 'election.option.missing', 'election.option.added']],
    ['answers of another unit', one('Vesting', ['Immediate', 'one year passed'], 1), one('Vesting', ['Immediate', 'upon twelve months'], 1), open('effectUnsettled')],
    ['a question in other words', one('Minimum age for participation in the plan', AGES, 1), one('How old must an Employee be to enter', AGES, 1), open('effectUnsettled')],
    ['a question in other words with the very same options, another ticked', one('Eligible rollover distributions from other plans are accepted on behalf of', FOR_WHOM, 0), one('The Trustee may take in amounts for', FOR_WHOM, 1), ['changed', 'design high', 'election.selection.differs']],
    ['a question in other words with the very same options and ticks', one('Eligible rollover distributions from other plans are accepted on behalf of', FOR_WHOM, 0), one('The Trustee may take in amounts for', FOR_WHOM, 0), open('effectUnsettled')],
    ['a question that excludes with the very same options, another ticked', one('Eligible rollover distributions from other plans are excluded if made by', FOR_WHOM, 0), one('The Trustee may take in amounts for', FOR_WHOM, 1), open('effectUnsettled', 'election.selection.differs')],
    ['a question in other words with options that stand anywhere', one('Eligible rollover distributions from other plans are accepted', ['Yes', 'No'], 0), one('The Trustee may take in amounts', ['Yes', 'No'], 1), open('effectUnsettled', 'election.selection.differs')],
    ['one answer against several', one('Sources for loans', ['Deferrals', 'Match'], 0), many('Sources for loans', ['Deferrals', 'Match'], 0), ['changed', 'administrative low', 'election.type.differs']],
    ['a blank against options', '1. Minimum age: __21__', one('Minimum age', AGES, 1), open('effectUnsettled')],
    ['a statement denied, with nothing to tick', '1. Bonding. Each member is covered by a bond of $__500__.', '1. Bonding. Each member is not covered by a bond of $__500__.', ['changed', 'design high', 'entity.negation.oneSided']],
    ['a bound denied and a bound asked', '1. Vesting. The vested share may not be below 20% after two years of service: __60__', '1. Vesting. The vested share must reach 20% after two years of service: __60__', open('effectUnsettled', 'entity.negation.differs')],
    ['a bound with and without a denial', '1. Vesting. The vested share must not be below 20% after two years of service: __60__', '1. Vesting. The vested share must be below 20% after two years of service: __60__', ['changed', 'design high', 'entity.negation.differs']],
    ['an election against text', one('Minimum age', AGES, 1), '1. Minimum age. The minimum age is 21.', open('electionAgainstText')],
  ];
  it.each(PAIRS)('%s', (_, source, target, [relation, weight, ...rules]) => {
    const result = effect(source, target);
    expect([result.relation ?? 'abstained', result.relation === null ? result.reason : `${result.variance} ${result.impact}`]).toEqual([relation, weight]);
    expect([...new Set(result.differences.filter(({ kind }) => kind !== 'words').map(({ rule }) => rule))]).toEqual(rules);
  });

  it('shows both values of a difference', () => {
    const { differences } = effect(one('Minimum age', AGES, 1), one('Minimum age', AGES, 0));
    expect(differences.filter(({ kind }) => kind === 'election').map(({ sourceValue, targetValue, source, target }) => [sourceValue, targetValue, source?.quote, target?.quote])).toEqual([
      ['Age 21', 'No minimum age', '[x] b. Age 21', '[x] a. No minimum age'],
    ]);
  });
});

it.each<[name: string, source: string, target: string, shown: readonly (readonly [string | undefined, string | undefined])[]]>([
  ['a percentage', '1. Match rate: __6__% of pay', '1. Match rate: __4__% of pay', [['6%', '4%']]],
  ['an amount', '1. Bond amount: $__5,000__ a year', '1. Bond amount: $__7,000__ a year', [['$5,000', '$7,000']]],
  ['signs inside the blank', '1. Bond amount: __$5,000__ a year', '1. Bond amount: $__7,000__ a year', [['$5,000', '$7,000']]],
  ['a name', '1. Name of Plan: __Alder Plan__', '1. Name of Plan: __Birch Plan__', [['Alder Plan', 'Birch Plan']]],
  ['a percentage of a ticked option', one('Match', ['None', '__6__% of pay up to __3__%'], 1), one('Match', ['None', '__4__% of pay up to __3__%'], 1), [['6%', '4%']]],
  ['a row of a schedule', SCHEDULE('20', '60'), SCHEDULE('20', '70'), [['60%', '70%']]],
  ['a row of a schedule set otherwise', SCHEDULE('20', '60'), COLUMNS('20', '70'), [['60%', '70%']]],
  ['no row of a schedule', SCHEDULE('20', '60'), COLUMNS('20', '60'), []],
])('%s is shown as it is read, and nothing besides', (_, source, target, shown) => {
  const facts = effect(source, target).differences.filter(({ kind }) => kind !== 'words');
  expect([...new Map(facts.map(({ sourceValue, targetValue }) => [`${sourceValue ?? ''}/${targetValue ?? ''}`, [sourceValue, targetValue]])).values()]).toEqual(shown);
});

describe('an option that one form has alone', () => {
  const PAY = ['overtime pay', 'bonuses', 'commissions', 'moving expenses'];
  const whole = many('Excluded pay', PAY, 1, 3);
  const half = many('Excluded pay', PAY.slice(0, 2), 1);
  const rest = many('Other pay', PAY.slice(2), 1);
  it.each<readonly [string, string, string, Unclaimed | undefined, readonly [string | null, string]]>([
    ['stands in a question nobody answers: dealt to two', whole, half, { sources: [], targets: [provision('more.md', rest)] }, [null, 'election.option.elsewhere']],
    ['stood in a question that answers none: joined', half, whole, { sources: [provision('more.md', rest)], targets: [] }, [null, 'election.option.elsewhere']],
    ['stands nowhere', whole, half, { sources: [], targets: [provision('more.md', many('Other pay', ['tips', 'parking'], 0))] }, ['changed', 'election.option.missing']],
    ['is one that stands anywhere', one('Loans', ['Yes', 'No', 'Only to officers'], 0), one('Loans', ['Yes', 'Only to officers'], 0), { sources: [], targets: [provision('more.md', one('Roth', ['Yes', 'No'], 0))] }, ['changed', 'election.option.missing']],
    ['with nothing known of the other questions', whole, half, undefined, ['changed', 'election.option.missing']],
  ])('%s', (_, source, target, unclaimed, [relation, rule]) => {
    const result = effect(source, target, unclaimed);
    expect([result.relation, result.why.some((why) => why.rule === rule)]).toEqual([relation, true]);
    if (result.relation === null) expect(result.reason).toBe(REASONS.electionShared);
  });

  it('is looked for in questions that nothing claims', () => {
    const [a, b] = [provision('a.md', whole), provision('b.md', half)];
    const claim = { state: 'accepted', targets: [0], probability: 1, rival: 0, split: false, twin: false } as const;
    expect(unclaimedElections({ claims: [claim, { state: 'none' }], claimants: new Map([[0, [0]]]) }, [a, b], [b, a])).toEqual({ sources: [b], targets: [a] });
  });
});

describe('any form', () => {
  interface Drawn {
    readonly question: string;
    readonly many: boolean;
    readonly options: readonly { readonly label: string; readonly ticked: boolean; readonly value: string }[];
  }
  const LABELS = ['Union Employees', 'Leased Employees', 'Interns and trainees', 'Employees paid by the hour', 'Nonresident aliens', 'Owners of the Employer', 'Seasonal crews'];
  const drawn: fc.Arbitrary<Drawn> = fc.record({
    question: fc.constantFrom('Employees who are excluded', 'Employees who are covered', 'Groups with an earlier entry date'),
    many: fc.boolean(),
    options: fc.uniqueArray(fc.record({ label: fc.constantFrom(...LABELS), ticked: fc.boolean(), value: fc.constantFrom('', '3', '12', '21') }), { selector: ({ label }) => label, minLength: 2, maxLength: 6 }),
  });
  const STYLES = [['1.', '[ ]', '[x]', '(select ONE)'], ['3-7', '☐', '☒', '(choose ONE) (Plan Section 4.1)'], ['B-2.', '___', '_X_', '(check ONE) [BPD §2.2]']] as const;
  const printed = ({ question, many: several, options }: Drawn, style = 0): string => {
    const [number, empty, full, instruction] = STYLES[style] ?? STYLES[0];
    return LINES(`${number} ${question} ${instruction.replace('ONE', several ? 'all that apply' : 'only one')}:`, ...options.map(({ label, ticked, value }, k) =>
      `${ticked ? full : empty} ${String.fromCharCode(97 + k)}. ${label}${value === '' ? '' : `, after __${ticked ? value : ''}__ months`.replace('____', '_____')}`));
  };

  it('printed another way is the same, or not answered clearly', () => {
    fc.assert(fc.property(drawn, fc.nat(2), fc.nat(2), (one, from, to) => {
      const { relation } = effect(printed(one, from), printed(one, to));
      expect(['same', null]).toContain(relation);
    }));
  });

  it('with another tick, another value or an option less is never the same', () => {
    fc.assert(fc.property(drawn, fc.nat(5), fc.constantFrom('tick', 'value', 'drop'), fc.nat(2), (one, at, how, style) => {
      const k = at % one.options.length;
      const chosen = one.options[k];
      fc.pre(chosen !== undefined && (how !== 'value' || (chosen.ticked && chosen.value !== '')));
      const options = how === 'drop' ? one.options.filter((_, n) => n !== k) : one.options.map((option, n) => (n !== k ? option : how === 'tick' ? { ...option, ticked: !option.ticked } : { ...option, value: '60' }));
      const { relation } = effect(printed(one), printed({ ...one, options }, style));
      expect(['changed', null]).toContain(relation);
    }), { numRuns: 300 });
  });
});

describe('lists that go opposite ways', () => {
  const OUT = 'The following Employees are excluded';
  const IN = 'The following Employees are included';
  const LISTS: readonly (readonly [name: string, source: string, target: string, expected: readonly [string, string]])[] = [
    ['nothing ticked: in by default, out by default', many(OUT, EXCLUDED), many(IN, EXCLUDED), ['changed', 'design high']],
    ['the same ticked', many(OUT, EXCLUDED, 0), many(IN, EXCLUDED, 0), ['changed', 'design high']],
    ['the others ticked: may come to the same', many(OUT, EXCLUDED, 0), many(IN, EXCLUDED, 1, 2), ['abstained', REASONS.electionOpposite]],
    ['no option answers another', many(OUT, ['Pilots'], 0), many(IN, ['Clerks'], 0), ['abstained', REASONS.electionOpposite]],
    ['said in the option', LINES('1. Leased Employees.', '[ ] Exclude Leased Employees'), LINES('1. Leased Employees.', '[ ] Include Leased Employees'), ['changed', 'design high']],
    ['under the same heading', many(`Excluded Employees. ${OUT}`, EXCLUDED, 1), many(`Excluded Employees. ${IN}`, EXCLUDED, 1), ['changed', 'design high']],
    ['an exception', many('All Employees are included unless ticked below', EXCLUDED), many('Employees are included only if ticked below', EXCLUDED), ['changed', 'design high']],
  ];
  it.each(LISTS)('%s', (_, source, target, expected) => {
    const result = effect(source, target);
    expect([result.relation ?? 'abstained', result.relation === null ? result.reason : `${result.variance} ${result.impact}`]).toEqual(expected);
  });

  test.each<[string, Direction]>([
    ['The following are excluded', 'out'], ['The following are included', 'in'], ['included unless ticked', 'out'], ['only if elected', 'in'],
    ['not eligible', 'out'], ['excluded Employees may be included', 'both'], ['Minimum age', null],
  ])('%s', (words, direction) => expect(directionOf(words)).toBe(direction));

  it('are the same for no pair of ticks', () => {
    for (let from = 0; from < 8; from++) {
      for (let to = 0; to < 8; to++) {
        const ticked = (bits: number): number[] => [0, 1, 2].filter((k) => (bits & (1 << k)) !== 0);
        expect(['same', 'reworded']).not.toContain(effect(many(OUT, EXCLUDED, ...ticked(from)), many(IN, EXCLUDED, ...ticked(to))).relation);
      }
    }
  });
});

it('numbers, boxes, marks, blanks, what stands in them and citations are not compared', () => {
  const words = (text: string): readonly string[] => provisionsOf(form('a.md', text)).compared.map((provision) => provision.text.replace(/\s+/g, ' ').replace(/_+/g, '__').trim());
  expect(words(LINES('12. Minimum age (Plan Section 3.1). Select one:', '[ ] a. None', '[x] b. Age __21__ (not to exceed 21)'))).toEqual(
    words(LINES('3.4 Minimum age (BPD §9.9). Choose only one:', '☐ (i) None', '☒ (ii) Age ________ (not to exceed 21)')),
  );
});

describe('a crosswalk of two forms', () => {
  it('finds each question again under another number, and counts every unit once', async () => {
    const renumbered = ALDER_ADOPTION.replaceAll('A-3', 'C-7').replaceAll('B-1', 'B-2x').replaceAll('B-2.', 'B-1.').replaceAll('B-2x', 'B-2').replace('[x] b. Age __21__', '[x] b. Age __18__');
    const source = form('old.md', ALDER_ADOPTION);
    const target = form('new.md', renumbered);
    const ran = await run(source, target);
    for (const kind of ['sourceProvision', 'targetProvision'] as const) expect(ended(ran, kind)).toBe(ran.totals.get(kind));
    const title = (document: CollateDocument, key: string | undefined): string => document.units.find((unit) => unit.key === key)?.title ?? '';
    const rows = ran.matches.map(({ sourceId, targets, relation, reason, outcome }) => [title(source, sourceId), title(target, targets[0]?.targetId), relation ?? (outcome === 'skipped' ? 'skipped' : reason)]);
    const of = (name: string): unknown => rows.find(([question]) => question === name);
    expect(of('Plan Year')).toEqual(['Plan Year', 'Plan Year', 'same']);
    expect(of('Excluded Employees')).toEqual(['Excluded Employees', 'Excluded Employees', 'same']);
    expect(of('Minimum age')).toEqual(['Minimum age', 'Minimum age', 'changed']);
    expect(of('Vesting')).toEqual(['Vesting', 'Vesting', REASONS.electionInDoubt]);
  });

  it('of two vendors says "same" of nothing that is not', async () => {
    const ran = await run(form('alder.md', ALDER_ADOPTION), form('cedar.txt', CEDAR_ADOPTION));
    for (const kind of ['sourceProvision', 'targetProvision'] as const) expect(ended(ran, kind)).toBe(ran.totals.get(kind));
    expect(ran.matches.filter(({ relation }) => relation === 'same' || relation === 'reworded')).toEqual([]);
  });
});
