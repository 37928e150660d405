import { describe, expect, it } from 'vitest';
import { createEngine, type Runs, type Settings } from '../../../server/src/engine/index.ts';
import { fail, ok } from '../../../shared/failure.ts';
import type { Ports } from '../../../server/src/engine/ports.ts';
import { fakeModel } from '../../fakes/fakeModel.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { checkLedger, value } from '../runs/scenarios.ts';
import { asking, byModel, longTalk, outputOf, plansOf, READER, readTalk, talkPorts } from './modelTalk.ts';

const TALK = longTalk(12);
const PLAN = '# Plan\n\n## 1.01 Service\n\nA year of service is 1,000 hours.\n\n## 1.02 Vesting\n\nVesting takes five years.\n';
const named = (models: Partial<Settings['models']>): Settings => ({ ...READER, models: { ...READER.models, analyze: '', ...models } });
const keyless: Ports['modelProvider'] = async () => fail('unauthorized', 'No key is kept for api.openai.com.');

/** A run over one text with a provider that has no key. */
async function withoutKey(path: string, text: string): Promise<{ readonly runs: Runs; readonly id: string }> {
  const { runs } = createEngine(fakePorts({ files: new Map([[path, text]]), modelProvider: keyless }));
  return { runs, id: value(await runs.start({ workflow: 'auto', inputs: [{ key: path, path }], settings: READER })) };
}

describe('who reads a talk', () => {
  it('is the model named for analyzing, or else the one that verifies', async () => {
    const own = await readTalk(TALK, { notes: plansOf }, named({ analyze: 'reader', verify: 'judge' }));
    expect(own.end.provider).toBe('openai reader at api.openai.com/v1');
    expect(own.output.findings.some(({ method }) => method === 'reader transcript-notes 1')).toBe(true);
    const other = await readTalk(TALK, { notes: plansOf }, named({ verify: 'judge' }));
    expect(other.end.provider).toBe('openai judge at api.openai.com/v1');
  });

  it('is of the editor\'s own choice where it names none', async () => {
    const model = fakeModel({ notes: plansOf });
    const { runs } = createEngine({ ...talkPorts(TALK, model), modelProvider: async () => ok({ ...model, name: 'vscode' }) });
    const id = value(await runs.start(asking({ ...named({}), provider: 'vscode' })));
    expect(await runs.settled(id)).toMatchObject({ state: 'done', provider: 'vscode the editor\'s model' });
    expect((await outputOf(runs, id)).findings.some(({ method }) => method === 'the editor\'s model transcript-notes 1')).toBe(true);
  });

  it('is said to be missing, and how to name one', async () => {
    const nobody = await readTalk(TALK, {}, named({}));
    expect(nobody.end).toMatchObject({ state: 'failed', stateReason: 'No model is named. Name one in collate.models.analyze or collate.models.verify, in a terminal with --model, or set the provider to local.' });
    expect(nobody.model.asked).toEqual([]);
  });

  it('needs a key, which an analysis by rules never does', async () => {
    const talk = await withoutKey('talk.txt', TALK);
    expect(await talk.runs.settled(talk.id)).toMatchObject({ state: 'failed', stateReason: 'No key is kept for api.openai.com.' });
    const plan = await withoutKey('plan.md', PLAN);
    expect(await plan.runs.settled(plan.id)).toMatchObject({ state: 'done', workflow: 'document', provider: 'local' });
  });
});

describe('a forecast', () => {
  const estimate = async (path: string, text: string, settings = READER, port?: Ports['modelProvider']): ReturnType<Runs['estimate']> => {
    const { runs } = createEngine(fakePorts({ files: new Map([[path, text]]), modelProvider: port ?? fakeModel().port }));
    return runs.estimate({ workflow: 'auto', inputs: [{ key: path, path }], settings }, new AbortController().signal);
  };

  it('says what a talk would be read in, and asks nobody', async () => {
    const { planned } = value(await estimate('talk.txt', longTalk(400)));
    expect(planned).toMatchObject([{ operation: 'modelNotes', resource: 'openai gpt-4o-mini at api.openai.com/v1' }]);
    const [{ forecast } = { forecast: null }] = planned;
    expect(forecast?.calls).toBe(forecast?.items);
    expect(forecast?.calls).toBeGreaterThan(3);
    expect(forecast?.tokensIn).toBeGreaterThan(8_000);
    expect(forecast?.costP50).toBeGreaterThan(0);
  });

  it('of a document needs no key and asks nothing', async () => {
    expect(value(await estimate('plan.md', PLAN, READER, keyless))).toEqual({ planned: [], none: 'An analysis of one document is done by rules: no model is asked.' });
    expect(await estimate('talk.txt', TALK, READER, keyless)).toMatchObject({ ok: false, failure: { message: 'No key is kept for api.openai.com.' } });
    expect(value(await estimate('talk.txt', TALK, { ...READER, provider: 'local' }, keyless)).planned).toEqual([]);
  });
});

describe('a run of a version that asked no model about talks', () => {
  it('is ended by rules, as it was begun', async () => {
    const store = memoryStore();
    const files = new Map([['talk.txt', TALK]]);
    let commits = 0;
    const stopped = new Promise<void>((resolve) => {
      // What was read was written without the note that a model may be asked; then the process was gone.
      const older: typeof store = { ...store, commitStep: (run, owner, entry, rows, snapshot) => {
        if (commits++ === 0) return store.commitStep(run, owner, { ...entry, value: entry.value.replace('"mayAsk":true,', '') }, rows, snapshot);
        resolve();
        return new Promise(() => undefined);
      } };
      void createEngine(fakePorts({ files, store: older, owner: 'older', modelProvider: async () => ({ ok: true, value: null }) })).runs.start(asking());
    });
    await stopped;
    const model = fakeModel({ notes: plansOf });
    const { runs } = createEngine(fakePorts({ files, store, owner: 'newer', alive: (owner) => owner === 'newer', modelProvider: model.port }));
    const id = value(await runs.list(0, 1)).runs[0]?.id ?? '';
    value(await runs.resume(id));
    const end = await runs.settled(id);
    expect(end).toMatchObject({ state: 'done', provider: 'local' });
    checkLedger(end);
    expect(model.asked).toEqual([]);
    expect(byModel(await outputOf(runs, id))).toEqual([]);
  });
});
