import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { JournalEntry, RunStore } from '../../../server/src/engine/ports.ts';
import { isOwnerAlive, ownerName } from '../../../server/src/adapters/processOwner.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { openIn, temporaryFolder } from './storeFolder.ts';

const SNAPSHOT: RunSnapshot = {
  id: 'run', workflow: 'document', title: 'a.md', state: 'running', resumable: false, provider: 'local', settings: {}, startedAt: 1_000, endedAt: null,
  documents: [], ledger: {}, progress: null, metrics: [], counts: { matches: 0, newTargets: 0, findings: 0 }, analyses: [], speakers: [], stored: true,
};
const CHANGED: RunSnapshot = { ...SNAPSHOT, title: 'changed' };

function entry(step: string, ordinal: number): JournalEntry {
  return { step, ordinal, value: '{}', finishedAt: 2_000 };
}

/** Everything a store says of the run. */
async function stateOf(store: RunStore): Promise<unknown> {
  const run = value(await store.run('run'));
  return { title: run?.snapshot.title, owner: value(await store.owner('run')), steps: value(await store.journal('run')).map(({ step }) => step) };
}

// The fake that stands for the store in the engine's tests is held to the same.
const STORES: readonly (readonly [name: string, open: () => Promise<RunStore>])[] = [
  ['work.db', async () => (await openIn(temporaryFolder())).runs],
  ['the memory fake', async () => memoryStore()],
];

describe.each(STORES)('the owner of a run in %s', (_, open) => {
  const created = async (): Promise<RunStore> => {
    const store = await open();
    value(await store.createRun(SNAPSHOT, '{}', 'first'));
    return store;
  };

  it('alone writes to it', async () => {
    const store = await created();
    const refused = { ok: false, failure: { code: 'refused', message: 'Run run was taken up in another window or terminal.', retry: 'never' } };
    const before = await stateOf(store);
    expect(await store.commitStep('run', 'second', entry('read', 0), {}, CHANGED)).toEqual(refused);
    expect(await store.endRun(CHANGED, 'second')).toEqual(refused);
    expect(await store.heartbeat('run', 'second', 9_000)).toEqual({ ok: true, value: undefined });
    expect(await stateOf(store)).toEqual(before);
    value(await store.commitStep('run', 'first', entry('read', 0), {}, CHANGED));
    expect(await stateOf(store)).toEqual({ title: 'changed', owner: { owner: 'first', heartbeatAt: 2_000 }, steps: ['read'] });
  });

  it('is nobody once it has ended', async () => {
    const store = await created();
    value(await store.endRun(CHANGED, 'first'));
    expect(await stateOf(store)).toEqual({ title: 'changed', owner: null, steps: [] });
    expect(await store.commitStep('run', 'first', entry('read', 0), {}, SNAPSHOT)).toMatchObject({ ok: false, failure: { code: 'refused' } });
  });

  const seen = { owner: 'first', heartbeatAt: 1_000 };
  const claims: readonly (readonly [name: string, prepare: (store: RunStore) => Promise<unknown>, seen: typeof seen | null, isClaimed: boolean])[] = [
    ['nothing has changed', async () => undefined, seen, true],
    ['its owner was heard of since', (store) => store.heartbeat('run', 'first', 1_001), seen, false],
    ['it has ended since', (store) => store.endRun(SNAPSHOT, 'first'), seen, false],
    ['it was at rest, and is', (store) => store.endRun(SNAPSHOT, 'first'), null, true],
    ['it was at rest, and is not', async () => undefined, null, false],
    ['another has taken it up since', (store) => store.claimRun(SNAPSHOT, 'third', seen, 1_000), seen, false],
  ];
  for (const [name, prepare, seenBefore, isClaimed] of claims) {
    it(`${isClaimed ? 'changes' : 'stays'} when ${name}`, async () => {
      const store = await created();
      await prepare(store);
      const before = await stateOf(store);
      expect(value(await store.claimRun(CHANGED, 'second', seenBefore, 5_000))).toBe(isClaimed);
      expect(await stateOf(store)).toEqual(isClaimed ? { title: 'changed', owner: { owner: 'second', heartbeatAt: 5_000 }, steps: [] } : before);
    });
  }
});

describe('the name of a process', () => {
  it('tells whether it lives', async () => {
    expect(isOwnerAlive(ownerName(process.pid))).toBe(true);
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(child, 'spawn');
    const name = ownerName(child.pid ?? 0);
    expect(isOwnerAlive(name)).not.toBe(false);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(isOwnerAlive(name)).toBe(false);
  });

  it('of another process with the same id is another name', () => {
    const reused = ownerName(process.pid).replace(/\.\w+@/, '.1@');
    expect(isOwnerAlive(reused)).toBe(false);
  });

  it('tells nothing of another machine', () => {
    expect(isOwnerAlive(ownerName(process.pid).replace(/@.*$/, '@elsewhere'))).toBe('unknown');
    expect(isOwnerAlive('nobody')).toBe('unknown');
  });
});
