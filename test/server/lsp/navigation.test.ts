import { afterEach, describe, expect, it } from 'vitest';
import type { Location, LocationLink } from 'vscode-languageserver/node';
import { comparedDocuments, MATCHES, positionOf, SOURCE, TARGET, wordsIn } from './crosswalkFixture.ts';
import { matchOf, snapshotOf, summaryOf, targetOf, unitsOf } from './fakeEngine.ts';
import { ScriptedClient } from './scriptedClient.ts';

let client: ScriptedClient;
afterEach(() => client.stop());

const PLAN = [
  '# ARTICLE IV  BENEFITS', '## 4.1 Payment', 'Benefits are paid in cash under Section 4.2(b).', '## 4.2 Vesting', '(a) Rule. Benefits vest at once.',
  '(b) Exception. Some do not, as elected in the Adoption Agreement, Item 14.', '# ARTICLE V  CLAIMS', '## 5.1 Filing',
  'A claim is filed under Article IV and Section 9.9.',
].join('\n\n');
const FORM = '13 Name\nThe name of the plan.\n\n14 Exceptions\nThe exceptions are (Plan Section 4.1).';

/** Where `words` lead: the words of each place that is selected, and of all of it. */
async function links(file: string, text: string, words: string, texts: Readonly<Record<string, string>>): Promise<readonly (readonly [selected: string, whole: string])[]> {
  const found = await client.standard<readonly LocationLink[]>('definition', `ws/${file}`, { position: positionOf(text, words, 2) });
  return found.map(({ targetUri, targetSelectionRange, targetRange }) => {
    const target = Object.entries(texts).find(([name]) => targetUri === client.uri(`ws/${name}`))?.[1] ?? '';
    return [wordsIn(target, targetSelectionRange), wordsIn(target, targetRange)];
  });
}

const TEXTS = { 'old.md': SOURCE, 'new.md': TARGET };

describe('a definition', () => {
  const CASES: readonly (readonly [file: 'old.md' | 'new.md', words: string, selected: readonly string[]])[] = [
    ['old.md', 'takes 3 years', ['4.2 Vesting']],
    ['new.md', 'takes 5 years', ['1.2 Vesting']],
    ['old.md', 'Loans are', []],
    ['new.md', 'Hardship', []],
  ];
  it.each(CASES)('in %s at "%s" is %j', async (file, words, selected) => {
    ({ client } = await comparedDocuments());
    expect((await links(file, TEXTS[file], words, TEXTS)).map(([one]) => one)).toEqual(selected);
  });

  it('has the whole provision, and where it was asked for', async () => {
    ({ client } = await comparedDocuments());
    const [link] = await client.standard<readonly LocationLink[]>('definition', 'ws/old.md', { position: positionOf(SOURCE, '3 years') });
    expect(wordsIn(TARGET, link?.targetRange ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } })).toBe('4.2 Vesting\nVesting takes 5 years of service.');
    expect(link?.originSelectionRange === undefined ? '' : wordsIn(SOURCE, link.originSelectionRange)).toContain('1.2 Vesting');
  });

  it('from a heading underlines the heading, selects that of the counterpart and is never the heading itself', async () => {
    ({ client } = await comparedDocuments());
    const found = await client.standard<readonly LocationLink[]>('definition', 'ws/old.md', { position: positionOf(SOURCE, '1.2 Vesting') });
    expect(found.map(({ originSelectionRange, targetUri, targetSelectionRange }) => [originSelectionRange === undefined ? '' : wordsIn(SOURCE, originSelectionRange), targetUri, wordsIn(TARGET, targetSelectionRange)])).toEqual([
      ['1.2 Vesting', client.uri('ws/new.md'), '4.2 Vesting'],
    ]);
  });

  it('is said once of a counterpart that is named twice, and not at all of a provision that is its own', async () => {
    const twice = MATCHES.map((match) => (match.sourceId === 'old.md#1.2' ? { ...match, targets: [targetOf('new.md#4.2'), targetOf('new.md#4.2')] } : match));
    const compared = await comparedDocuments({ matches: twice });
    client = compared.client;
    expect((await links('old.md', SOURCE, 'takes 3', TEXTS)).map(([one]) => one)).toEqual(['4.2 Vesting']);
    const run = compared.engine.runs.get('r');
    if (run === undefined) throw new Error('no run');
    const same = unitsOf('old.md', SOURCE);
    compared.engine.runs.set('s', { ...run, snapshot: { ...run.snapshot, id: 's', startedAt: 10, documents: [summaryOf('old.md'), summaryOf('old.md')] }, units: same, matches: same.map(({ key }) => matchOf({ sourceId: key, targets: [targetOf(key)] })), newTargets: [] });
    expect(await links('old.md', SOURCE, 'takes 3', TEXTS)).toEqual([]);
  });

  it('is a plain location for a client that takes no more', async () => {
    ({ client } = await comparedDocuments({}, { linkSupport: false }));
    const [location] = await client.standard<readonly Location[]>('definition', 'ws/old.md', { position: positionOf(SOURCE, '3 years') });
    expect(location === undefined ? '' : wordsIn(TARGET, location.range)).toBe('4.2 Vesting');
  });

  it('has every target of a provision that was split', async () => {
    const split = MATCHES.map((match) => (match.sourceId === 'old.md#1.2' ? { ...match, relation: 'split' as const, targets: [targetOf('new.md#4.2'), targetOf('new.md#4.3')] } : match));
    ({ client } = await comparedDocuments({ matches: split }));
    expect((await links('old.md', SOURCE, 'takes 3', TEXTS)).map(([one]) => one)).toEqual(['4.2 Vesting', '4.3 Forfeitures']);
  });

  it('follows the words of the counterpart while they are edited', async () => {
    ({ client } = await comparedDocuments());
    const edited = `Preamble.\n\n${TARGET.replace('5 years', '6 years')}`;
    await client.change('ws/new.md', 2, [{ text: edited }]);
    expect(await links('old.md', SOURCE, 'takes 3', { ...TEXTS, 'new.md': edited })).toEqual([['4.2 Vesting', '4.2 Vesting\nVesting takes 6 years of service.']]);
  });
});

describe('a reference', () => {
  const CASES: readonly (readonly [words: string, selected: readonly string[]])[] = [
    ['4.2(b)', ['(b) Exception. Some do not, as elected in the Adoption Agreement, Item 14.']],
    ['Article IV', ['# ARTICLE IV  BENEFITS']],
    ['9.9', []],
  ];
  it.each(CASES)('%s leads to what it names, without a run', async (words, selected) => {
    client = await ScriptedClient.start();
    await client.open('ws/plan.md', PLAN);
    expect((await links('plan.md', PLAN, words, { 'plan.md': PLAN })).map(([one]) => one)).toEqual(selected);
    expect(client.engines.size).toBe(0);
  });

  it.each([['plan.md', PLAN, 'Item 14', '14 Exceptions'], ['form.md', FORM, 'Plan Section', '## 4.1 Payment']])(
    'in %s to the other document leads there where a run has it', async (file, text, words, selected) => {
      client = await ScriptedClient.start({ configuration: () => ({ documentKinds: { 'form.md': 'adoptionAgreement' } }) });
      const engine = client.engine();
      const planUnits = ['# ARTICLE IV  BENEFITS', '## 4.1 Payment'].map((heading) => {
        const [unit] = unitsOf('plan.md', heading.replace(/^#+ /, ''));
        const start = PLAN.indexOf(heading);
        return { ...unit!, key: `plan.md#${heading}`, span: { ...unit!.span, start, end: start + heading.length, quote: heading } };
      });
      engine.runs.set('r', {
        snapshot: snapshotOf({
          id: 'r', workflow: 'crosswalk', state: 'done', startedAt: 5, endedAt: 9,
          documents: [{ ...summaryOf('plan.md'), kind: 'basicPlanDocument' }, { ...summaryOf('form.md'), kind: 'adoptionAgreement' }],
        }),
        texts: new Map([['plan.md', PLAN], ['form.md', FORM]]),
        units: [...planUnits, ...unitsOf('form.md', FORM)],
        matches: [matchOf({ sourceId: planUnits[0]!.key })],
      });
      await client.open('ws/plan.md', PLAN);
      await client.open('ws/form.md', FORM);
      expect((await links(file, text, words, { 'plan.md': PLAN, 'form.md': FORM })).map(([one]) => one)).toEqual([selected]);
    });
});

describe('references of a provision', () => {
  it('are its counterparts in the newest crosswalk with each other document, in both directions', async () => {
    const compared = await comparedDocuments();
    client = compared.client;
    const third = '7.1 Vesting period\nVesting takes 4 years.';
    compared.engine.runs.set('s', {
      snapshot: snapshotOf({ id: 's', workflow: 'crosswalk', state: 'done', startedAt: 3, endedAt: 4, documents: [summaryOf('third.md'), summaryOf('old.md')] }),
      texts: new Map([['third.md', third], ['old.md', SOURCE]]),
      units: [...unitsOf('third.md', third), ...unitsOf('old.md', SOURCE)],
      matches: [matchOf({ sourceId: 'third.md#7.1', targets: [targetOf('old.md#1.2')] })],
    });
    await client.open('ws/third.md', third);
    const texts: Readonly<Record<string, string>> = { ...TEXTS, 'third.md': third };
    const told = async (includeDeclaration: boolean): Promise<readonly string[]> =>
      (await client.standard<readonly Location[]>('references', 'ws/old.md', { position: positionOf(SOURCE, '3 years'), context: { includeDeclaration } }))
        .map(({ uri, range }) => `${uri.split('/').at(-1) ?? ''}: ${wordsIn(texts[uri.split('/').at(-1) ?? ''] ?? '', range)}`);
    expect(await told(false)).toEqual(['new.md: 4.2 Vesting', 'third.md: 7.1 Vesting period']);
    expect(await told(true)).toEqual(['old.md: 1.2 Vesting', 'new.md: 4.2 Vesting', 'third.md: 7.1 Vesting period']);
  });
});
