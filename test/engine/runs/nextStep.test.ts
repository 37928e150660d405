import { expect, it } from 'vitest';
import { createEngine, DEFAULT_SETTINGS, type RunRequest, type Settings } from '../../../server/src/engine/index.ts';
import type { CallFailure, Ports } from '../../../server/src/engine/ports.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import { nextStep } from '../../../server/src/engine/runs/nextStep.ts';
import { fakeModel } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { value } from './scenarios.ts';

/** Provisions that rules leave open: each has a like one on the other side, in other words. */
const MATTERS = ['loans', 'hardship', 'rollovers', 'forfeitures', 'beneficiaries', 'statements'];
const plan = (words: (matter: string) => string): string =>
  `# Plan\n\n${MATTERS.map((matter, at) => `## ${at + 1}.1 ${matter}\n\n${words(matter)}\n`).join('\n')}`;
const FILES = new Map([
  ['old.md', plan((matter) => `The Administrator may permit ${matter} under rules it adopts from time to time, applied alike to everyone who takes part.`)],
  ['new.md', plan((matter) => `${matter} are open to those who take part as the Committee lays down in a uniform policy, and not otherwise.`)],
]);
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'gpt-4o-mini' } };
const REQUEST: RunRequest = { workflow: 'crosswalk', inputs: [...FILES.keys()].map((key) => ({ key, path: key })), settings: SETTINGS };

async function run(ports: Ports): Promise<RunSnapshot> {
  const { runs } = createEngine(ports);
  return runs.settled(value(await runs.start(REQUEST)));
}

const THEN = 'Then a new run asks again about what failed, and takes the answers that are kept without paying for them.';
const AGAIN = (role: string): string => `reasons. A new run asks again about what failed, and takes the answers that are kept without paying for them. Where that does not help, name another model in collate.models.${role}; it is asked about everything.`;
const key = { code: 'unauthorized', message: 'The key is not accepted. Give the right one.', retry: 'never' } as const;

it.each<[string, CallFailure, string]>([
  ['a wrong key', key, `${key.message} ${THEN}`],
  ['a wrong address', { code: 'refused', message: 'No API is there. Correct the address.', retry: 'never', everyCall: true }, `No API is there. Correct the address. ${THEN}`],
  ['an empty account', { code: 'quota', message: 'There is no credit. Top it up.', retry: 'never' }, `There is no credit. Top it up. ${THEN}`],
  ['a call that is refused for what it asks', { code: 'refused', message: 'No.', retry: 'never' }, AGAIN('verify')],
  ['answers that are cut off', { code: 'tooLarge', message: 'Cut off.', retry: 'now' }, AGAIN('verify')],
])('a run in part says what to do next: %s', async (_, failure, end) => {
  const { stateReason, state } = await run(fakePorts({ files: new Map(FILES), modelProvider: fakeModel({ fails: () => failure }).port }));
  expect(state).toBe('partial');
  expect(stateReason).toMatch(/^\d+ of \d+ source provisions failed\. The ledger names the reasons\./);
  expect(stateReason?.endsWith(end)).toBe(true);
});

it('a run whose calls all had their answer says nothing of the kind', async () => {
  const end = await run(fakePorts({ files: new Map(FILES), modelProvider: fakeModel().port }));
  expect(end).toMatchObject({ state: 'done' });
  expect(end.stateReason).toBeUndefined();
});

it('a run in part cannot be resumed, and is called what it is called in the list', async () => {
  const { runs } = createEngine(fakePorts({ files: new Map(FILES), modelProvider: fakeModel({ fails: () => key }).port }));
  const id = value(await runs.start(REQUEST));
  await runs.settled(id);
  expect(await runs.resume(id, {})).toMatchObject({ ok: false, failure: { message: `Run ${id} is finished in part and has nothing left to resume. Start a new run instead.` } });
});

it.each<[what: string, failed: number, reasons: Readonly<Record<string, number>>, says: string]>([
  ['nothing where only places of the document could not be read', 2, { 'could not be read: vtt.time': 2, 'rules know English only': 3 }, ''],
  ['what to do where a part of a talk has no answer besides', 3, { 'could not be read: vtt.time': 2, 'The model declined to answer': 1 }, AGAIN('analyze').replace('reasons. ', '')],
])('of a talk says %s', (_, failed, reasons, says) => {
  const snapshot = { workflow: 'transcript', ledger: { turn: { total: 9, decided: 4, abstained: 0, skipped: 0, failed, reasons } } } as unknown as RunSnapshot;
  expect(nextStep(snapshot, SETTINGS, null)).toBe(says);
  expect(nextStep(snapshot, DEFAULT_SETTINGS, null)).toBe('');
});
