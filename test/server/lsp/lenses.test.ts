import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, CodeLens, Diagnostic, InlayHint } from 'vscode-languageserver/node';
import { COMMANDS } from '../../../client/src/names.ts';
import { EDITOR_COMMANDS } from '../../../shared/editorCommands.ts';
import { comparedDocuments, MATCHES, positionOf, reviewOf, SOURCE, TARGET } from './crosswalkFixture.ts';
import { snapshotOf, summaryOf } from './fakeEngine.ts';
import type { ScriptedClient } from './scriptedClient.ts';

let client: ScriptedClient;
afterEach(() => client.stop());

const lenses = async (file = 'old.md'): Promise<readonly (readonly [line: number, title: string | undefined])[]> =>
  ((await client.standard<readonly CodeLens[] | null>('codeLens', `ws/${file}`)) ?? []).map(({ range, command }) => [range.start.line, command?.title]);
const EVERYTHING = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const hints = async (file = 'old.md', range = EVERYTHING): Promise<readonly (readonly [line: number, character: number, label: unknown])[]> =>
  ((await client.standard<readonly InlayHint[] | null>('inlayHint', `ws/${file}`, { range })) ?? []).map(({ position, label }) => [position.line, position.character, label]);

describe('a lens', () => {
  it('says above each provision what it is to its counterpart, and how its review stands', async () => {
    ({ client } = await comparedDocuments({
      reviews: new Map([['old.md#1.2', reviewOf({ exception: 'open' })], ['old.md#1.3', reviewOf({ state: 'open', standing: 'reviewAgain' })]]),
    }));
    expect(await lenses()).toEqual([
      [0, 'same, 4.1 Eligibility'],
      [3, 'changed, 4.2 Vesting \u00b7 moved \u00b7 design, high \u00b7 exception'],
      [3, 'Accepted by M. Okafor'],
      [6, 'left for review'],
      [6, 'Review again by M. Okafor'],
      [9, 'changed, 4.3 Forfeitures \u00b7 administrative, low'],
      [9, 'Not reviewed'],
    ]);
  });

  it('stands in the target, too', async () => {
    ({ client } = await comparedDocuments());
    expect(await lenses('new.md')).toEqual([
      [0, 'same, from 1.1 Eligibility'],
      [3, 'changed, from 1.2 Vesting \u00b7 moved \u00b7 design, high'],
      [3, 'Not reviewed'],
      [6, 'changed, from 1.4 Forfeitures \u00b7 administrative, low'],
      [6, 'Not reviewed'],
      [9, 'new \u00b7 design, medium'],
      [9, 'Not reviewed'],
    ]);
  });

  it('opens its row', async () => {
    ({ client } = await comparedDocuments());
    const [first] = await client.standard<readonly CodeLens[]>('codeLens', 'ws/old.md');
    expect(first?.command).toMatchObject({ command: 'collate.showMatch', arguments: [{ runId: 'r', id: 'old.md#1.1' }] });
  });

  it('draws no icon out of the words of a document', async () => {
    const target = TARGET.replace('4.2 Vesting', '4.2 Ves$(trash)ting');
    ({ client } = await comparedDocuments({ target, matches: MATCHES.map((match) => ({ ...match, differences: [] })) }));
    expect((await lenses())[1]?.[1]).toContain('4.2 Ves\\$(trash)ting');
  });

  it('moves with its provision and says when that changed', async () => {
    ({ client } = await comparedDocuments());
    await client.change('ws/old.md', 2, [{ text: `Preamble.\n\n${SOURCE.replace('3 years', '4 years')}` }]);
    expect((await lenses()).slice(0, 2)).toEqual([[2, 'same, 4.1 Eligibility'], [5, 'text changed: changed, 4.2 Vesting \u00b7 moved \u00b7 design, high']]);
  });
});

describe('a hint', () => {
  it('names the counterpart and the confidence behind the heading', async () => {
    ({ client } = await comparedDocuments());
    expect(await hints()).toEqual([[0, 15, '\u2192 4.1 \u00b7 .99'], [3, 11, '\u2192 4.2 \u00b7 .93'], [9, 15, '\u2192 4.3 \u00b7 .90']]);
    expect((await hints('new.md'))[0]).toEqual([0, 15, '\u2190 1.1 \u00b7 .99']);
  });

  it('is given for what is shown only', async () => {
    ({ client } = await comparedDocuments());
    expect(await hints('old.md', { start: { line: 2, character: 0 }, end: { line: 5, character: 0 } })).toEqual([[3, 11, '\u2192 4.2 \u00b7 .93']]);
  });
});

it('both are off where the settings say so, and nothing stands in a document nobody analysed', async () => {
  ({ client } = await comparedDocuments({}, { configuration: (uri) => (uri.endsWith('/old.md') ? { codeLens: { enabled: false }, inlayHints: { enabled: false } } : null) }));
  expect([await lenses(), await hints()]).toEqual([[], []]);
  expect((await lenses('new.md')).length).toBeGreaterThan(0);
  await client.open('ws/other.md', SOURCE);
  expect([await lenses('other.md'), await hints('other.md')]).toEqual([[], []]);
});

it('nothing is shown of a run that is no longer there', async () => {
  const compared = await comparedDocuments();
  client = compared.client;
  compared.engine.runs.set('d', {
    snapshot: snapshotOf({ id: 'd', state: 'done', startedAt: 8, endedAt: 9, documents: [summaryOf('old.md')] }), texts: new Map([['old.md', SOURCE]]),
  });
  expect((await lenses()).length).toBeGreaterThan(0);
  compared.engine.runs.delete('r');
  await client.configurationChanged();
  await client.until(() => client.refreshes === 1);
  expect(await lenses()).toEqual([]);
});

describe('actions', () => {
  const actions = async (words: string, diagnostics: readonly Diagnostic[], only?: readonly string[]): Promise<readonly CodeAction[]> => {
    const at = positionOf(SOURCE, words);
    return client.standard('codeAction', 'ws/old.md', { range: { start: at, end: at }, context: { diagnostics, ...(only === undefined ? {} : { only }) } });
  };
  const told = (all: readonly CodeAction[]): readonly string[] => all.map(({ kind, title }) => `${kind ?? ''}: ${title}`);
  const diagnosticOf = async (code: string): Promise<Diagnostic> => {
    const report = await client.diagnostics('ws/old.md');
    const found = report.kind === 'full' ? report.items.find((item) => item.code === code) : undefined;
    if (found === undefined) throw new Error(`no ${code}`);
    return found;
  };

  const CUTS = ['Join with previous provision', 'Split provision here', 'Mark line as heading', 'Set provision type...'].map((title) => `source.collate: ${title}`);

  it('on a diagnostic review its row', async () => {
    ({ client } = await comparedDocuments());
    const diagnostic = await diagnosticOf('crosswalk.changed');
    const found = await actions('3 years', [diagnostic]);
    expect(told(found)).toEqual([
      'quickfix: Accept', 'quickfix: Reject', 'quickfix: Override...', 'quickfix: Add note...', 'quickfix: Open exception',
      'source.collate: Open counterpart', 'source.collate: Compare with counterpart', 'source.collate: Show in results',
      ...CUTS,
    ]);
    for (const { command } of found.slice(0, -CUTS.length)) {
      expect(EDITOR_COMMANDS).toContain(command?.command);
      expect(command?.arguments).toEqual([{ runId: 'r', id: 'old.md#1.2' }]);
    }
    expect(found[0]?.diagnostics).toEqual([diagnostic]);
    for (const { command } of found.slice(-CUTS.length)) {
      expect(COMMANDS.map((name) => `collate.${name}`)).toContain(command?.command);
      expect(command?.arguments?.[0]).toBe(client.uri('ws/old.md'));
    }
  });

  it('on a provision are source actions', async () => {
    ({ client } = await comparedDocuments());
    expect(told(await actions('An employee', []))).toEqual(
      ['Accept', 'Reject', 'Override...', 'Add note...', 'Open exception', 'Open counterpart', 'Compare with counterpart', 'Show in results'].map((title) => `source.collate: ${title}`).concat(CUTS),
    );
    expect(told(await actions('Loans are', []))).not.toContain('source.collate: Open counterpart');
  });

  it('are of the kinds asked for', async () => {
    ({ client } = await comparedDocuments());
    const diagnostic = await diagnosticOf('crosswalk.changed');
    expect(new Set((await actions('3 years', [diagnostic], ['quickfix'])).map(({ kind }) => kind))).toEqual(new Set(['quickfix']));
    expect(new Set((await actions('3 years', [diagnostic], ['source'])).map(({ kind }) => kind))).toEqual(new Set(['source.collate']));
    expect(await actions('3 years', [diagnostic], ['refactor'])).toEqual([]);
  });

  it('offer another run where the text changed, and none for a diagnostic of somebody else', async () => {
    ({ client } = await comparedDocuments());
    await client.change('ws/old.md', 2, [{ text: SOURCE.replace('3 years', '4 years') }]);
    expect(told(await actions('Vesting takes', [await diagnosticOf('crosswalk.changed')]))[0]).toBe('quickfix: Analyze "1.2 Vesting" again');
    const foreign: Diagnostic = { range: EVERYTHING, message: 'spelling', source: 'other', data: { runId: 'r', id: 'x' } };
    expect(told(await actions('3 years', [foreign], ['quickfix']))).toEqual([]);
  });
});

describe('a review', () => {
  it('makes its diagnostic a hint that names who said so, while it stands', async () => {
    ({ client } = await comparedDocuments({ reviews: new Map([['old.md#1.2', reviewOf({})], ['old.md#1.4', reviewOf({ state: 'open', standing: 'reviewAgain', reason: 'Its words are others.' })]]) }));
    const report = await client.diagnostics('ws/old.md');
    const items = report.kind === 'full' ? report.items.filter(({ code }) => code === 'crosswalk.changed') : [];
    expect(items.map(({ severity, message }) => [severity, /(?:Accepted|Review again).*$/.exec(`${message}`)?.[0]])).toEqual([[4, 'Accepted by M. Okafor.'], [3, 'Review again: Its words are others.']]);
  });

  it('made here or elsewhere has diagnostics, lenses and hints asked for again', async () => {
    const compared = await comparedDocuments();
    client = compared.client;
    expect((await lenses())[2]).toEqual([3, 'Not reviewed']);
    const run = compared.engine.runs.get('r');
    if (run === undefined) throw new Error('no run');
    run.reviews = new Map([['old.md#1.2', reviewOf({ state: 'rejected' })]]);
    compared.engine.reviewedElsewhere(['r']);
    await client.until(() => client.refreshes === 1 && client.refreshed.length === 2);
    expect(client.refreshed).toEqual(['codeLens', 'inlayHint']);
    expect((await lenses())[2]).toEqual([3, 'Rejected by M. Okafor']);
  });
});
