import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { snapshotOf, summaryOf, unitsOf } from './fakeEngine.ts';
import { ScriptedClient } from './scriptedClient.ts';

let client: ScriptedClient;
afterEach(() => client.stop());

const SOURCE = '1.1 Eligibility\nEach employee is eligible.';
const TARGET = '2.1 Who is in\nEvery employee is in.\n\n2.2 Vesting\nVested after three years.\n\n2.3 Heading only';

/** A window that has compared two documents. */
async function compared(): Promise<void> {
  client = await ScriptedClient.start({ files: { 'ws/old.md': SOURCE, 'ws/new.md': TARGET } });
  await client.request('run/start', { workflow: 'crosswalk', uris: [client.uri('ws/old.md'), client.uri('ws/new.md')] });
  const documents = [summaryOf('old.md'), summaryOf('new.md')];
  client.engine().runs.set('compared', {
    snapshot: snapshotOf({ id: 'compared', workflow: 'crosswalk', state: 'done', endedAt: 2, documents, settings: { crosswalkTypeGroups: [['loan', 'hardshipWithdrawal']] } }),
    texts: new Map([['old.md', SOURCE], ['new.md', TARGET]]),
    units: [...unitsOf('old.md', SOURCE), ...unitsOf('new.md', TARGET)],
    asked: {
      workflow: 'crosswalk',
      inputs: [{ key: 'old.md', path: '/elsewhere/old.md', kind: 'basicPlanDocument' }, { key: 'new.md', path: '/elsewhere/new.md', corrections: [{ action: 'join', words: 'Vested' }] }],
    },
  });
}

describe('run/again', () => {
  it('asks for the same of the text of now, with kinds and corrections as they were', async () => {
    await compared();
    await client.open('ws/new.md', 'edited, not saved');
    const { runId } = await client.request('run/again', { runId: 'compared' });
    expect(runId).toBe('run2');
    const { workflow, inputs, settings } = client.engine().requests.at(-1) ?? {};
    expect(settings?.crosswalkTypeGroups).toEqual([['loan', 'hardshipWithdrawal']]);
    expect(workflow).toBe('crosswalk');
    expect(inputs).toEqual([
      { key: 'old.md', path: join(client.folder, 'ws/old.md'), kind: 'basicPlanDocument' },
      { key: 'new.md', path: join(client.folder, 'ws/new.md'), text: 'edited, not saved', corrections: [{ action: 'join', words: 'Vested' }] },
    ]);
  });

  it('says that a run is not there', async () => {
    await compared();
    expect((await client.failure('run/again', { runId: 'nothing' })).message).toContain('There is no run nothing');
  });
});

describe('run/targets', () => {
  const TARGETS: readonly (readonly [what: string, search: string, ids: readonly string[]])[] = [
    ['everything with words', '', ['new.md#2.1', 'new.md#2.2']],
    ['what has a number', '2.2', ['new.md#2.2']],
    ['what has a word, in any case', 'EVERY', ['new.md#2.1']],
    ['nothing for words that are not there', 'zebra', []],
  ];
  for (const [what, search, ids] of TARGETS) {
    it(`lists ${what}`, async () => {
      await compared();
      const { total, rows } = await client.request('run/targets', { runId: 'compared', search, offset: 0, limit: 50 });
      expect(rows.map(({ id }) => id)).toEqual(ids);
      expect(total).toBe(ids.length);
    });
  }

  it('gives number, heading and first words, a page at a time', async () => {
    await compared();
    expect(await client.request('run/targets', { runId: 'compared', search: '', offset: 1, limit: 1 })).toEqual({
      total: 2, offset: 1, rows: [{ id: 'new.md#2.2', number: '2.2', title: 'Vesting', opening: 'Vested after three years.' }],
    });
  });

  it('is refused of an analysis of one document', async () => {
    await compared();
    await client.request('run/start', { workflow: 'auto', uris: [client.uri('ws/old.md')] });
    expect((await client.failure('run/targets', { runId: 'run2', search: '', offset: 0, limit: 5 })).message).toBe('Only a comparison of two documents has counterparts. Make one with "Collate: Crosswalk With...".');
  });
});

describe('run/report', () => {
  it('writes one HTML file', async () => {
    await compared();
    await client.request('run/report', { runId: 'compared', uri: client.uri('ws/report.html') });
    const report = readFileSync(join(client.folder, 'ws/report.html'), 'utf8');
    expect(report).toContain('<!doctype html>');
    expect(report).toContain('old.md');
  });

  const REFUSED: readonly (readonly [what: string, runId: string, file: string, said: RegExp])[] = [
    ['a folder that is not there', 'compared', 'ws/none/report.html', /its folder does not exist\. Make it first/],
    ['a folder of that name', 'compared', 'ws/folder', /it is a folder\. Name a file in it/],
    ['a run at work', 'run1', 'ws/report.html', /still at work/],
  ];
  for (const [what, runId, file, said] of REFUSED) {
    it(`says what is wrong with ${what}`, async () => {
      await compared();
      mkdirSync(join(client.folder, 'ws/folder'));
      expect((await client.failure('run/report', { runId, uri: client.uri(file) })).message).toMatch(said);
    });
  }
});
