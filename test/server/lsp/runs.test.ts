import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { MatchRow } from '../../../shared/protocol/results.ts';
import { MAX_MESSAGE_LENGTH } from '../../../shared/protocol/rpc.ts';
import { snapshotOf, summaryOf } from './fakeEngine.ts';
import { ScriptedClient, type ClientOptions } from './scriptedClient.ts';

let client: ScriptedClient;
const start = async (options?: ClientOptions): Promise<ScriptedClient> => (client = await ScriptedClient.start(options));
afterEach(() => client.stop());

const REQUEST_FAILED = -32803;

function row(id: string, title: string): MatchRow {
  return {
    id, side: 'source', number: '1', title, outcome: 'decided', relation: 'same', moved: false, variance: 'none', impact: 'none',
    confidence: 0.9, target: null,
  };
}

describe('run/start', () => {
  it('answers with the id and reads the open text, by a key relative to the folder', async () => {
    await start({ files: { 'ws/plans/old.md': 'on disk' } });
    await client.open('ws/plans/old.md', 'unsaved\r\nwords');
    expect(await client.request('run/start', { workflow: 'auto', uris: [client.uri('ws/plans/old.md')] })).toEqual({ runId: 'run1' });
    const [request] = client.engine().requests;
    expect(request?.workflow).toBe('auto');
    expect(request?.inputs).toEqual([{ key: 'plans/old.md', path: join(client.folder, 'ws/plans/old.md'), text: 'unsaved\r\nwords' }]);
  });

  it('leaves a closed file to be read, and hands on the kinds that were given', async () => {
    await start();
    const [source, target] = [client.uri('ws/old plan (1).md'), client.uri('elsewhere/new.md')];
    await client.request('run/start', { workflow: 'crosswalk', uris: [source, target], kinds: { [target]: 'basicPlanDocument' } });
    expect(client.engine().requests[0]?.inputs).toEqual([
      { key: 'old plan (1).md', path: join(client.folder, 'ws/old plan (1).md') },
      { key: join(client.folder, 'elsewhere/new.md'), path: join(client.folder, 'elsewhere/new.md'), kind: 'basicPlanDocument' },
    ]);
  });

  it('reads a document that was never saved, in the store of the first folder', async () => {
    await start();
    await client.open('untitled:Untitled-1', 'draft');
    await client.request('run/start', { workflow: 'auto', uris: ['untitled:Untitled-1'] });
    expect(client.engine().requests[0]?.inputs).toEqual([{ key: 'untitled:Untitled-1', path: 'Untitled-1', text: 'draft' }]);
  });

  it('keeps runs of a window without a folder where the client says', async () => {
    await start({ folders: [] });
    await client.request('run/start', { workflow: 'auto', uris: [client.uri('loose.md')] });
    expect(client.engineAt('global').requests[0]?.inputs[0]?.key).toBe(join(client.folder, 'loose.md'));
  });

  const REFUSED: readonly (readonly [what: string, workflow: 'auto' | 'crosswalk', uris: readonly string[], said: string])[] = [
    ['one document', 'crosswalk', ['file:///a.md'], 'A crosswalk takes exactly two documents; 1 were given. Select the source and the target.'],
    ['three documents', 'crosswalk', ['file:///a.md', 'file:///b.md', 'file:///c.md'], 'A crosswalk takes exactly two documents; 3 were given. Select the source and the target.'],
    ['none', 'auto', [], 'An analysis takes exactly one document; 0 were given. Open one, or select it in the explorer.'],
    ['a closed unsaved one', 'auto', ['untitled:Untitled-9'], 'untitled:Untitled-9 is not open and is not a file. Open it, or save it first.'],
  ];
  for (const [what, workflow, uris, said] of REFUSED) {
    it(`says what is wrong with ${what} for ${workflow}`, async () => {
      await start();
      const failure = await client.failure('run/start', { workflow, uris });
      expect(failure.message).toBe(said);
      expect(failure.rpcMessage).toBe(said);
      expect(failure.rpcCode).toBe(REQUEST_FAILED);
    });
  }

  it('hands the engine\'s own failure through', async () => {
    await start();
    client.engine().startFailure = { code: 'storeUnavailable', message: 'The disk is full.', retry: 'later' };
    expect(await client.failure('run/start', { workflow: 'auto', uris: [client.uri('ws/a.md')] })).toEqual({
      code: 'storeUnavailable', message: 'The disk is full.', retry: 'later', rpcCode: REQUEST_FAILED, rpcMessage: 'The disk is full.',
    });
  });
});

describe('settings', () => {
  it('are those of the resource\'s folder', async () => {
    await start({
      folders: ['strict', 'loose'],
      configuration: (uri) => ({ crosswalk: { acceptAt: uri.includes('/strict') ? 0.95 : 0.6 }, documents: { maxSizeMb: -1 } }),
    });
    for (const folder of ['strict', 'loose']) {
      await client.request('run/start', { workflow: 'auto', uris: [client.uri(`${folder}/a.md`)] });
    }
    const settings = ['strict', 'loose'].map((folder) => client.engine(folder).requests[0]?.settings);
    expect(settings.map((one) => one?.crosswalkAcceptAt)).toEqual([0.95, 0.6]);
    expect(settings.map((one) => one?.maxSizeMb)).toEqual([50, 50]);
  });

  it('move the store, and a later change moves it again', async () => {
    let store = 'kept';
    await start({ configuration: () => ({ store }) });
    await client.request('run/start', { workflow: 'auto', uris: [client.uri('ws/a.md')] });
    store = '';
    await client.request('run/start', { workflow: 'auto', uris: [client.uri('ws/a.md')] });
    expect([...client.engines.keys()]).toEqual([join(client.folder, 'ws/kept'), join(client.folder, 'ws/.collate')]);
  });
});

describe('lists and pages', () => {
  it('merges the stores of all folders, newest first', async () => {
    await start({ folders: ['one', 'two'] });
    client.engine('one').tell(snapshotOf({ id: 'early', startedAt: 10 }));
    client.engine('two').tell(snapshotOf({ id: 'late', startedAt: 30 }));
    client.engine('one').tell(snapshotOf({ id: 'middle', startedAt: 20 }));
    const page = async (offset: number, limit: number): Promise<unknown> => {
      const { total, runs } = await client.request('run/list', { offset, limit });
      return [total, runs.map((run) => run.id)];
    };
    expect(await page(0, 2)).toEqual([3, ['late', 'middle']]);
    expect(await page(2, 2)).toEqual([3, ['early']]);
  });

  it('opens no store that was never used', async () => {
    await start();
    expect(await client.request('run/list', { offset: 0, limit: 10 })).toEqual({ total: 0, runs: [] });
    expect(await client.request('run/latest', { uri: client.uri('ws/a.md') })).toBeNull();
    expect(client.engines.size).toBe(0);
  });

  it('sends as many rows as fit a message', async () => {
    await start();
    const rows = Array.from({ length: 200 }, (_, index) => row(`u${index}`, 'long title '.repeat(300)));
    client.engine().runs.set('r', { snapshot: snapshotOf({ id: 'r', state: 'done' }), texts: new Map(), rows });
    const read: string[] = [];
    while (read.length < rows.length) {
      const page = await client.request('run/matches', { runId: 'r', offset: read.length, limit: 200, filter: 'all', search: '' });
      expect(JSON.stringify(page).length).toBeLessThan(MAX_MESSAGE_LENGTH);
      expect(page.rows.length).toBeGreaterThan(0);
      expect(page.total).toBe(200);
      read.push(...page.rows.map((one) => one.id));
    }
    expect(read).toEqual(rows.map((one) => one.id));
  });

  it('refuses an answer no page can make small enough', async () => {
    await start();
    client.engine().runs.set('r', { snapshot: snapshotOf({ id: 'r', title: 'x'.repeat(MAX_MESSAGE_LENGTH) }), texts: new Map() });
    const failure = await client.failure('run/get', { runId: 'r' });
    expect(failure).toMatchObject({ code: 'tooLarge', retry: 'never' });
    expect(failure.message).toMatch(/^The answer to run\/get has 256\d{3} characters, above the limit of 255000\. Narrow what is listed/);
  });

  for (const [offset, limit] of [[-1, 10], [0, 0], [0, 201], [0.5, 10]] as const) {
    it(`refuses a page of ${limit} at ${offset}`, async () => {
      await start();
      expect((await client.failure('run/list', { offset, limit })).code).toBe('refused');
    });
  }
});

describe('a run that is not there', () => {
  it('is told apart from a store that cannot be read', async () => {
    await start();
    const engine = client.engine();
    expect(await client.failure('run/get', { runId: 'gone' })).toMatchObject({
      code: 'unreadable',
      message: 'There is no run gone in the stores of this window. It may belong to another folder, or its store was moved or removed. "Collate: Show Results" lists the runs that are here.',
    });
    engine.storeFailure = { code: 'storeUnavailable', message: 'work.db is damaged.', retry: 'never' };
    expect(await client.failure('run/get', { runId: 'gone' })).toMatchObject({ code: 'storeUnavailable', message: 'work.db is damaged.' });
  });
});

describe('a run at work', () => {
  it('is told to the client, has a bar, and ends both when it ends', async () => {
    await start();
    await client.request('run/start', { workflow: 'auto', uris: [client.uri('ws/plan.md')] });
    await client.until(() => client.progress.length === 1);
    expect(client.progress[0]?.value).toMatchObject({ kind: 'begin', title: 'Collate: plan.md', message: 'Starting', cancellable: true });
    const engine = client.engine();
    engine.tell(snapshotOf({ id: 'run1', progress: { operation: 'read', message: 'Reading plan.md', done: 3, total: 7 } }));
    engine.tell(snapshotOf({ id: 'run1', state: 'done', endedAt: 5 }));
    await client.until(() => client.progress.length === 3 && client.refreshes === 1);
    expect(client.progress.slice(1).map(({ value }) => value)).toEqual([{ kind: 'report', message: 'Reading plan.md (42 %)' }, { kind: 'end' }]);
    const states = client.events.filter((event) => event.name === 'run/progress').map((event) => (event.value as { state: string }).state);
    expect(states).toEqual(['running', 'running', 'done']);
  });

  it('is cancelled by its bar', async () => {
    await start();
    await client.request('run/start', { workflow: 'auto', uris: [client.uri('ws/plan.md')] });
    await client.until(() => client.progress.length === 1);
    await client.cancelProgress(client.progress[0]?.token);
    await client.until(() => client.progress.some(({ value }) => value.kind === 'end'));
    expect(client.engine().cancelled).toEqual(['run1']);
  });

  it('is cancelled by request; at rest it says so', async () => {
    await start();
    const { runId } = await client.request('run/start', { workflow: 'auto', uris: [client.uri('ws/plan.md')] });
    expect(await client.request('run/cancel', { runId })).toBeNull();
    expect(await client.failure('run/cancel', { runId })).toMatchObject({ code: 'refused', message: 'This run is not at work; it is cancelled. There is nothing to cancel: its results can be read, or run again.' });
    expect(await client.request('run/resume', { runId })).toEqual({ runId });
  });

  it('says where results are kept, and when that changes', async () => {
    await start();
    await client.request('run/start', { workflow: 'auto', uris: [client.uri('ws/plan.md')] });
    const engine = client.engine();
    engine.store = { mode: 'memory', message: 'The disk is full.' };
    engine.tell(snapshotOf({ id: 'run1' }));
    engine.tell(snapshotOf({ id: 'run1', state: 'done' }));
    await client.until(() => client.refreshes === 1);
    const stores = client.events.filter((event) => event.name === 'store/status').map((event) => event.value);
    expect(stores).toEqual([{ mode: 'file', message: 'Runs are kept in a folder.' }, { mode: 'memory', message: 'The disk is full.' }]);
  });
});

describe('places', () => {
  it('are found in the open text, and refused where there is no text any more', async () => {
    await start();
    client.engine().runs.set('r', { snapshot: snapshotOf({ id: 'r', documents: [summaryOf('plan.md')] }), texts: new Map() });
    await client.open('ws/plan.md', '\uFEFFone\r\ntwo\r\nthree');
    const span = { document: 'plan.md', start: 4, end: 7, line: 2, column: 1, quote: 'two' };
    expect(await client.request('locate', { runId: 'r', span })).toEqual({
      uri: client.uri('ws/plan.md'),
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
      current: true,
    });
    const closed = await client.failure('locate', { runId: 'r', span: { ...span, document: 'untitled:Untitled-1' } });
    expect(closed.message).toBe('untitled:Untitled-1 was never saved and is closed. Read its words in the results panel.');
  });
});

it('closes its engines when it is shut down', async () => {
  await start();
  await client.request('run/start', { workflow: 'auto', uris: [client.uri('ws/plan.md')] });
  const engine = client.engine();
  await client.stop();
  expect(engine.closed).toBe(1);
});
