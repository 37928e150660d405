import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Correction, type RunRequest } from '../../../server/src/engine/index.ts';
import { MIN_CACHED_LENGTH } from '../../../server/src/engine/runs/readInputs.ts';
import { loadRequest, storeRequest } from '../../../server/src/engine/runs/runRequest.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { bench, value } from './scenarios.ts';

const TEXT = `# Plan\n\n## 1.1 Loans\n\nNo loans are made. Notices are never late.\n\n## 1.2 Fees\n\nNo fee is paid.\n${' '.repeat(MIN_CACHED_LENGTH)}\n`;
const SPLIT: Correction = { action: 'split', before: 'Notices are' };
const GONE: Correction = { action: 'join', words: 'Nothing like it' };

function request(corrections?: readonly Correction[]): RunRequest {
  return { workflow: 'document', inputs: [{ key: 'plan.md', path: 'docs/plan.md', ...(corrections === undefined ? {} : { corrections }) }], settings: DEFAULT_SETTINGS };
}

it('a long text is cut anew when its corrections change, and as before when they are taken back', async () => {
  const { runs } = bench({ files: new Map([['docs/plan.md', TEXT]]) });
  const units = async (corrections?: readonly Correction[]): Promise<readonly string[]> => {
    const id = value(await runs.start(request(corrections)));
    await runs.settled(id);
    return value(await runs.output([id])).runs[0]?.units.map(({ key }) => key.split('#')[1] ?? '') ?? [];
  };
  const plain = ['Plan:1', 'Plan/1.1:1', 'Plan/1.2:1'];
  expect(await units()).toEqual(plain);
  expect(await units([SPLIT])).toEqual(['Plan:1', 'Plan/1.1:1', 'Plan/1.1:1/part:2', 'Plan/1.2:1']);
  expect(await units([])).toEqual(plain);
});

it('one that does not apply is a problem of the document, and of nothing else', async () => {
  const { runs } = bench({ files: new Map([['docs/plan.md', TEXT]]) });
  const id = value(await runs.start(request([GONE])));
  const { state, documents } = await runs.settled(id);
  expect([state, documents[0]?.problems.map(({ code }) => code)]).toEqual(['done', ['correction.notFound']]);
});

it('they are kept with the run, so that another process cuts alike', async () => {
  const store = memoryStore();
  const asked = request([SPLIT, GONE]);
  expect(await loadRequest(await storeRequest(asked, store), store)).toEqual(asked);
});
