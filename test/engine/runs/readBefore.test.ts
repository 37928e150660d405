import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type RunInput, type RunRequest, type Runs, type Settings } from '../../../server/src/engine/index.ts';
import { nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { kindFor } from '../../../server/src/engine/documents/kinds.ts';
import { decodeBytes } from '../../../server/src/engine/documents/decode.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';
import { createRuns } from '../../../server/src/engine/runs/createRuns.ts';
import { documentRules } from '../../../server/src/engine/workflows/document/documentRules.ts';
import { fakeModel } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { value } from './scenarios.ts';

const PLAN = '# Plan\n\n## 1.01 Service\n\nA year of service is 1,000 hours. See Section 9.\n';
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'gpt-4o-mini' } };
const asked = (...inputs: readonly RunInput[]): RunRequest => ({ workflow: 'auto', inputs, settings: SETTINGS });
const FILE: RunInput = { key: 'plan.md', path: 'plan.md' };

/** Runs that count how often a text is cut. */
function world(): { readonly runs: Runs; readonly files: Map<string, string | Uint8Array>; readonly read: string[] } {
  const files = new Map<string, string | Uint8Array>([['plan.md', PLAN]]);
  const read: string[] = [];
  const readers = { version: '1', decode: decodeBytes, kindFor, readText: (...[source, doubt]: Parameters<typeof readText>) => {
    read.push(source.text);
    return readText(source, doubt);
  } };
  const ports = { ...fakePorts({ files, modelProvider: fakeModel().port }), yieldToHost: nodeYield };
  return { runs: createRuns(ports, readers, { crosswalk: documentRules, transcript: documentRules, document: documentRules }, (reading) => () => reading), files, read };
}

async function analyzed(runs: Runs, request: RunRequest): Promise<number> {
  const id = value(await runs.start(request));
  expect(await runs.settled(id)).toMatchObject({ state: 'done' });
  return value(await runs.output([id])).runs[0]?.findings.length ?? 0;
}

const estimate = async (runs: Runs, request: RunRequest): Promise<void> => void value(await runs.estimate(request, new AbortController().signal));

it.each([['a file', FILE], ['the text of an editor', { ...FILE, text: PLAN }]])('what an estimate of %s has read is not read again by the run', async (_, input) => {
  const { runs, read } = world();
  await estimate(runs, asked(input));
  const found = await analyzed(runs, asked(input));
  expect(read).toEqual([PLAN]);
  expect(await analyzed(world().runs, asked(input))).toBe(found);
});

it('a run reads what has changed since, or is to be read otherwise', async () => {
  const { runs, files, read } = world();
  await estimate(runs, asked(FILE));
  const now = PLAN.replace('See Section 9.', 'See Section 1.01.');
  files.set('plan.md', now);
  const before = await analyzed(world().runs, asked(FILE));
  expect(await analyzed(runs, asked(FILE))).toBeLessThan(before);
  expect(read).toEqual([PLAN, now]);
  await estimate(runs, asked(FILE));
  await analyzed(runs, asked({ ...FILE, kind: 'transcript' }));
  await analyzed(runs, asked({ key: 'other.md', path: 'plan.md' }));
  expect(read).toEqual([PLAN, now, now, now, now]);
});

it('keeps no more than the documents of one run', async () => {
  const { runs, files, read } = world();
  for (const name of ['a.md', 'b.md', 'c.md']) {
    files.set(name, PLAN);
    await estimate(runs, asked({ key: name, path: name }));
  }
  await analyzed(runs, asked({ key: 'a.md', path: 'a.md' }));
  await analyzed(runs, asked({ key: 'c.md', path: 'c.md' }));
  expect(read).toHaveLength(4);
});
