import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import type { RowOutcome } from '../../../shared/protocol/lsp.ts';
import { planText, provision, type Provision } from '../../engine/carryOver/plan.ts';
import { comparedDocuments, positionOf, SOURCE as COMPARED } from './crosswalkFixture.ts';
import { atRest, realEngine, type HeldFiles } from './realEngine.ts';
import { ScriptedClient } from './scriptedClient.ts';

let client: ScriptedClient;
const files: HeldFiles = { held: false };
afterEach(async () => {
  files.held = false;
  await client.stop();
});

const VESTING: Provision = { title: 'Vesting', text: 'A Participant is fully vested in the Employer Contribution Account after 3 years of service with the Employer.' };
const SOURCE = [provision(0), VESTING, ...[2, 3, 4].map((n) => provision(n))];
const TARGET_TEXT = planText(SOURCE);
const edited = (at: number, text: string): string => planText(SOURCE.map((one, n) => (n === at ? { ...one, text } : one)));
const later = ({ title, text }: Provision): Provision => ({ title, text: text.replace('keeps a record', 'keeps a written record') });
const FIVE_YEARS = VESTING.text.replace('3 years', '5 years');

/** A window with one finished crosswalk of two open documents, over the real engine. */
async function crosswalked(): Promise<{ readonly runId: string; readonly id: string; readonly row: (title: string) => string }> {
  const source = planText(SOURCE);
  client = await ScriptedClient.start({ files: { 'ws/old.md': source, 'ws/new.md': TARGET_TEXT }, open: realEngine(files) });
  await client.open('ws/old.md', source);
  const { runId } = await client.request('run/start', { workflow: 'crosswalk', uris: [client.uri('ws/old.md'), client.uri('ws/new.md')] });
  expect(await atRest(client, runId)).toBe('done');
  const { rows } = await client.request('run/matches', { runId, offset: 0, limit: 200, filter: 'all', search: '' });
  const row = (title: string): string => rows.find((one) => one.title === title)?.id ?? '';
  return { runId, id: row('Vesting'), row };
}

/** The run again, and what is said of a row of the run before it. */
async function again(runId: string, id: string, name = '1.2 Vesting'): Promise<RowOutcome & { readonly again: string }> {
  const { runId: later } = await client.request('run/again', { runId });
  await atRest(client, later);
  return { ...(await client.request('row/outcome', { runId, id, again: later, name })), again: later };
}

describe('a provision analyzed again', () => {
  const CASES: readonly (readonly [what: string, text: string, message: RegExp, others: number])[] = [
    ['says what it was and is, with the difference', edited(1, FIVE_YEARS), /^1\.2 Vesting: was same, is now changed \(.*"5 years.*" \u2192 "3 years.*"\); no other row changed\.$/, 0],
    ['says that nothing came out differently', TARGET_TEXT, /^1\.2 Vesting: still same; no other row changed\.$/, 0],
    [
      'says how many other rows changed, and why', planText(SOURCE.map((one, n) => (n === 1 ? { ...one, text: FIVE_YEARS } : n === 3 || n === 4 ? later(one) : one))),
      /^1\.2 Vesting: was same, is now changed .*; 2 other rows changed \(own text changed: 2\)\.$/, 2,
    ],
    [
      'names the only other row that changed, with its cause', planText(SOURCE.map((one, n) => (n === 1 ? { ...one, text: FIVE_YEARS } : n === 3 ? later(one) : one))),
      /; 1 other row changed: 1\.4 The .*\. The text of 1\.4 changed\.$/, 1,
    ],
  ];
  it.each(CASES)('%s', async (_, text, message, others) => {
    const { runId, id } = await crosswalked();
    await client.change('ws/old.md', 2, [{ text }]);
    const outcome = await again(runId, id);
    expect(outcome.message).toMatch(message);
    expect(outcome).toMatchObject({ state: 'done', row: { runId: outcome.again, id }, others });
  });

  it('has no row where its words are gone, and says so', async () => {
    const { runId, id } = await crosswalked();
    await client.change('ws/old.md', 2, [{ text: planText(SOURCE.filter((one) => one !== VESTING)) }]);
    const outcome = await again(runId, id);
    expect(outcome).toMatchObject({ state: 'done', row: null });
    expect(outcome.message).toMatch(/^1\.2 Vesting: is no longer in the document as a provision of its own, so it has no row any more; /);
  });

  it('follows the provision to the number it has now', async () => {
    const { runId, id } = await crosswalked();
    await client.change('ws/old.md', 2, [{ text: planText([provision(9), ...SOURCE]) }]);
    const outcome = await again(runId, id);
    expect(outcome.message).toMatch(/^1\.2 Vesting: still same/);
    expect((await client.request('run/match', outcome.row ?? { runId: '', id: '' })).row).toMatchObject({ number: '1.3', title: 'Vesting' });
  });

  it('leaves the reviews of all other rows as they are', async () => {
    const { runId, id, row } = await crosswalked();
    const other = row(provision(3).title);
    await client.request('review/act', { runId, ids: [other, id], action: { kind: 'accept' } });
    await client.change('ws/old.md', 2, [{ text: edited(1, FIVE_YEARS) }]);
    const { again: later } = await again(runId, id);
    expect((await client.request('run/match', { runId: later, id: other })).row.review).toMatchObject({ state: 'accepted', standing: 'stands' });
    expect((await client.request('run/match', { runId: later, id })).row.review).toMatchObject({ standing: 'reviewAgain' });
  });

  it('equals a fresh run on the text of now', async () => {
    const { runId, id } = await crosswalked();
    await client.change('ws/old.md', 2, [{ text: edited(1, FIVE_YEARS) }]);
    const { again: later } = await again(runId, id);
    const fresh = (await client.request('run/start', { workflow: 'crosswalk', uris: [client.uri('ws/old.md'), client.uri('ws/new.md')] })).runId;
    await atRest(client, fresh);
    const rows = async (run: string): Promise<unknown> => (await client.request('run/matches', { runId: run, offset: 0, limit: 200, filter: 'all', search: '' })).rows;
    expect(await rows(later)).toEqual(await rows(fresh));
  });

  it('is offered by its name where its text changed', async () => {
    const { runId, id } = await crosswalked();
    const text = edited(1, `${VESTING.text} Service before the Effective Date counts.`);
    await client.change('ws/old.md', 2, [{ text }]);
    const position = positionOf(text, 'Participant is fully');
    const actions = await client.standard<readonly CodeAction[]>('codeAction', 'ws/old.md', { range: { start: position, end: position }, context: { diagnostics: [] as Diagnostic[] } });
    expect(actions.find(({ command }) => command?.command === 'collate.reanalyze')).toMatchObject({ title: 'Analyze "1.2 Vesting" again', command: { arguments: [{ runId, id, unit: '1.2 Vesting' }] } });
  });
});

describe('where nothing came out', () => {
  it('says that the other file is gone, keeps the earlier results and is done once it is back', async () => {
    const { runId, id } = await crosswalked();
    rmSync(join(client.folder, 'ws/new.md'));
    const outcome = await again(runId, id);
    expect(outcome).toMatchObject({ state: 'failed', row: null, others: 0 });
    expect(outcome.message).toMatch(/^1\.2 Vesting was not analyzed again: the run failed\. .*new\.md.* The earlier result stands\. Mend that, then analyze again\.$/);
    expect((await client.request('row/at', { uri: client.uri('ws/old.md'), position: positionOf(TARGET_TEXT, 'Participant is fully') }))?.runId).toBe(runId);
  });

  it('says that the run was cancelled, and the earlier results stay in the text', async () => {
    const { runId, id } = await crosswalked();
    files.held = true;
    const { runId: later } = await client.request('run/again', { runId });
    await client.request('run/cancel', { runId: later });
    expect(await atRest(client, later)).toBe('cancelled');
    const outcome = await client.request('row/outcome', { runId, id, again: later, name: '1.2 Vesting' });
    expect(outcome).toMatchObject({ state: 'stopped', row: null });
    expect(outcome.message).toMatch(/^1\.2 Vesting was not analyzed again: .*cancelled.* The earlier result stands\. Resume the run, or analyze again\.$/);
    expect((await client.request('row/at', { uri: client.uri('ws/old.md'), position: positionOf(TARGET_TEXT, 'Participant is fully') }))?.runId).toBe(runId);
  });

  it.each([['cancelled', true, 'r'], ['partial', false, 's']] as const)('of a run that is %s the text shows the one that has the whole to say', async (state, resumable, shown) => {
    const compared = await comparedDocuments();
    client = compared.client;
    const run = compared.engine.runs.get('r');
    if (run === undefined) throw new Error('no run');
    compared.engine.runs.set('s', { ...run, snapshot: { ...run.snapshot, id: 's', startedAt: 10, state, resumable } });
    expect((await client.request('row/at', { uri: client.uri('ws/old.md'), position: positionOf(COMPARED, '3 years') }))?.runId).toBe(shown);
  });

  it('says so of a run that is not there', async () => {
    const { runId, id } = await crosswalked();
    expect((await client.failure('row/outcome', { runId, id, again: 'nothing', name: '' })).message).toContain('There is no run nothing');
  });
});
