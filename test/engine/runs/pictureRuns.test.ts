import { describe, expect, it } from 'vitest';
import { createEngine, DEFAULT_SETTINGS, type RunRequest, type Runs, type Settings } from '../../../server/src/engine/index.ts';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import type { CallFailure, Completion, Ports } from '../../../server/src/engine/ports.ts';
import type { RunOutput, RunSnapshot } from '../../../shared/model.ts';
import { fakeModel, type FakeModel, type FakeModelOptions } from '../../fakes/fakeModel.ts';
import { fakePorts, type FakePortsOptions } from '../../fakes/fakePorts.ts';
import { jpeg, png } from '../../fakes/pagePictures.ts';
import { checkLedger, comparable, value } from './scenarios.ts';

const SETTINGS: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, vision: 'gpt-4o' } };
const PAGE = [
  '# Section 1 Eligibility', '', 'An Employee is eligible after 12 months of service. See Section 9.', '',
  '# Section 2 Loans', '', 'A loan is repaid within [illegible] years.', '',
].join('\n');
const reads = (text: string, finish: Completion['finish'] = 'stop'): NonNullable<FakeModelOptions['reads']> => () => ({ text, finish });

type Files = Readonly<Record<string, string | Uint8Array>>;
const SCAN: Files = { 'scan.png': png(1_240, 1_754) };

function world(files: Files, options: FakeModelOptions = { reads: reads(PAGE) }, more: FakePortsOptions = {}): { readonly ports: Ports; readonly model: FakeModel } {
  const model = fakeModel(options);
  const ports = { ...fakePorts({ files: new Map(Object.entries(files)), modelProvider: model.port, ...more }), clock: nodeClock, sleep: nodeSleep, yieldToHost: nodeYield };
  return { ports, model };
}

const asked = (keys: readonly string[], settings: Settings): RunRequest => ({ workflow: keys.length === 2 ? 'crosswalk' : 'auto', inputs: keys.map((key) => ({ key, path: key })), settings });

interface Ran {
  readonly runs: Runs;
  readonly end: RunSnapshot;
  readonly output: RunOutput | undefined;
}

async function ran(ports: Ports, keys: readonly string[] = ['scan.png'], settings = SETTINGS): Promise<Ran> {
  const { runs } = createEngine(ports);
  const id = value(await runs.start(asked(keys, settings)));
  const end = await runs.settled(id);
  checkLedger(end);
  return { runs, end, output: value(await runs.output([id])).runs[0] };
}

describe('a picture of a page', () => {
  it('is read by the model that is named for it, and goes on as any other text', async () => {
    const { ports, model } = world(SCAN);
    const { runs, end, output } = await ran(ports);
    expect(end).toMatchObject({ state: 'done', provider: 'rules; pictures read by openai gpt-4o at api.openai.com/v1' });
    expect(model.pictures).toMatchObject([{ model: 'gpt-4o', mimeType: 'image/png', maxTokensOut: 4_096 }]);
    expect(Buffer.from(model.pictures[0]?.base64 ?? '', 'base64').equals(Buffer.from(SCAN['scan.png'] as Uint8Array))).toBe(true);
    const [document] = end.documents;
    expect(document?.units).toBe(2);
    expect(value(await runs.text(document as never))).toBe(PAGE);
    const [finding] = output?.findings.filter(({ kind }) => kind.startsWith('crossReference')) ?? [];
    expect(finding?.evidence[0]).toMatchObject({ document: 'scan.png', quote: '9', start: PAGE.indexOf('9.'), line: 3 });
  });

  it('that shows a talk is read by rules where a model is named for pictures alone, and by another one where it is named, too', async () => {
    const talk = Array.from({ length: 12 }, (_, k) => `${k % 2 === 0 ? 'Ann' : 'Bob'}: We agreed to keep the match at ${String(k)} percent.`).join('\n');
    const alone = world(SCAN, { reads: reads(talk) });
    expect((await ran(alone.ports)).end).toMatchObject({ state: 'done', workflow: 'transcript', provider: 'rules; pictures read by openai gpt-4o at api.openai.com/v1' });
    expect(alone.model.asked).toEqual([]);
    const both = world(SCAN, { reads: reads(talk) });
    const { end } = await ran(both.ports, ['scan.png'], { ...SETTINGS, models: { ...SETTINGS.models, analyze: 'gpt-4.1' } });
    expect(end).toMatchObject({ state: 'done', workflow: 'transcript', provider: 'openai gpt-4.1 at api.openai.com/v1' });
    expect([both.model.pictures.length, both.model.asked.length]).toEqual([1, 1]);
    expect(end.metrics.filter(({ calls }) => calls > 0).map(({ operation }) => operation)).toEqual(['readPages', 'modelNotes']);
  });

  it('says who read it, and marks what could not be read', async () => {
    const { end } = await ran(world(SCAN).ports);
    expect(end.documents[0]?.problems).toMatchObject([
      { code: 'picture.read', severity: 'warning', message: 'Read by gpt-4o from a picture: check the quotes against it.' },
      { code: 'picture.illegible', severity: 'warning', span: { quote: '[illegible]', line: 7, start: PAGE.indexOf('[illegible]') } },
    ]);
    expect(end.documents[0]?.problems.length).toBe(2);
  });

  it('is counted: calls, tokens, price', async () => {
    const { end } = await ran(world(SCAN).ports);
    const metric = end.metrics.find(({ operation }) => operation === 'readPages');
    expect(metric).toMatchObject({ items: 1, calls: 1, tokensIn: 1_000, tokensOut: Math.ceil(PAGE.length / 4), errors: 0, estimated: false });
    expect(metric?.costUsd).toBeCloseTo((1_000 * 2.5 + Math.ceil(PAGE.length / 4) * 10) / 1e6, 9);
    expect(end.models).toMatchObject([{ resource: 'openai gpt-4o at api.openai.com/v1', operation: 'readPages', cachedItems: 0 }]);
  });

  it('is paid once, whatever it is called and whichever run asks', async () => {
    const { ports, model } = world({ ...SCAN, 'copy.png': SCAN['scan.png'] as Uint8Array });
    const first = await ran(ports);
    const second = await ran(ports);
    const copy = await ran(ports, ['copy.png']);
    expect(model.pictures.length).toBe(1);
    expect(second.end.models).toMatchObject([{ operation: 'readPages', cachedItems: 1 }]);
    expect([second.end.documents[0]?.hash, copy.end.documents[0]?.hash]).toEqual([first.end.documents[0]?.hash, first.end.documents[0]?.hash]);
    expect(second.output?.findings).toEqual(first.output?.findings);
    expect(value(await second.runs.compare(first.end.id, second.end.id)).rows.filter(({ state }) => state !== 'unchanged')).toEqual([]);
  });

  it('is paid once where two runs ask at the same time', async () => {
    const { ports, model } = world(SCAN);
    const { runs } = createEngine(ports);
    const ids = await Promise.all([1, 2].map(async () => value(await runs.start(asked(['scan.png'], SETTINGS)))));
    for (const id of ids) expect(await runs.settled(id)).toMatchObject({ state: 'done', documents: [{ units: 2 }] });
    expect(model.pictures.length).toBe(1);
  });

  it('is asked about again where the model or the picture is another', async () => {
    const { ports, model } = world({ ...SCAN, 'other.png': png(1_240, 1_754, 1) });
    await ran(ports);
    await ran(ports, ['other.png']);
    await ran(ports, ['scan.png'], { ...SETTINGS, models: { ...SETTINGS.models, vision: 'gpt-4.1' } });
    expect(model.pictures.map(({ model: name }) => name)).toEqual(['gpt-4o', 'gpt-4o', 'gpt-4.1']);
  });

  it('is told by its bytes, not by its name', async () => {
    const { ports, model } = world({ 'plan.md': jpeg(800, 600), 'words.png': '# Heading\n\nWords that a person typed.\n' });
    expect((await ran(ports, ['plan.md'])).end.state).toBe('done');
    expect(model.pictures).toMatchObject([{ mimeType: 'image/jpeg' }]);
    const words = await ran(ports, ['words.png']);
    expect(words.end).toMatchObject({ state: 'done', provider: 'local', documents: [{ problems: [] }] });
    expect(model.pictures.length).toBe(1);
  });

  it('can be one side of a crosswalk, by rules alone or with a model that decides', async () => {
    const files = { ...SCAN, 'plan.md': PAGE.replace('12 months', '18 months') };
    const rules = world(files);
    const byRules = await ran(rules.ports, ['plan.md', 'scan.png']);
    expect(byRules.end).toMatchObject({ state: 'done', workflow: 'crosswalk' });
    expect(byRules.output?.matches.map(({ relation }) => relation)).toEqual(['changed', 'same']);
    const both = world(files);
    const decided = await ran(both.ports, ['scan.png', 'plan.md'], { ...SETTINGS, models: { ...SETTINGS.models, verify: 'gpt-4o-mini' } });
    expect(decided.end).toMatchObject({ state: 'done', provider: 'openai gpt-4o-mini at api.openai.com/v1' });
    expect(both.model.pictures.length).toBe(1);
  });

  it('is unwrapped where the model puts a fence around the page', async () => {
    const { ports } = world(SCAN, { reads: reads(`\`\`\`markdown\n${PAGE}\`\`\`\n`) });
    const { runs, end } = await ran(ports);
    expect(value(await runs.text(end.documents[0] as never)).trim()).toBe(PAGE.trim());
  });
});

describe('a picture nobody can read', () => {
  const needed = /^scan\.png is a picture of a page\. Name a model that reads pictures in collate\.models\.vision, or give its text\.$/u;
  const cases: readonly (readonly [string, Settings, RegExp])[] = [
    ['rules only', { ...SETTINGS, provider: 'local' }, /^scan\.png is a picture of a page\. Set collate\.provider to openai and name a model that reads pictures in collate\.models\.vision, or give its text\.$/u],
    ['no model for it', { ...SETTINGS, models: DEFAULT_SETTINGS.models }, needed],
    ['the editor\'s models', { ...SETTINGS, provider: 'vscode' }, /^scan\.png is a picture of a page, and the editor's language models are sent no pictures\. Set collate\.provider to openai /u],
  ];
  it.each(cases)('fails in the ledger with what to do: %s', async (_, settings, reason) => {
    const { ports, model } = world(SCAN);
    const { end } = await ran(ports, ['scan.png'], settings);
    expect(end).toMatchObject({ state: 'failed', provider: 'local', ledger: { document: { total: 1, failed: 1 } } });
    expect(end.stateReason).toMatch(reason);
    expect(Object.keys(end.ledger.document?.reasons ?? {})).toEqual([end.stateReason]);
    expect(model.pictures).toEqual([]);
  });

  const damaged = png(10, 10);
  damaged[12] = 0;
  const files: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['0 bytes', new Uint8Array(), /^scan\.png is empty \(0 bytes\)/u],
    ['a PNG with a broken header', damaged, /^scan\.png begins as a PNG picture, but its header is damaged\. Save the picture again/u],
    ['a PNG that ends in its header', png(10, 10).slice(0, 20), /header is damaged/u],
    ['a JPEG without a frame', jpeg(10, 10).slice(0, 12), /begins as a JPEG picture, but its header is damaged/u],
    ['a picture without pixels', png(0, 10), /header is damaged/u],
    ['a PNG that is cut off', png(1_240, 1_754).slice(0, -9), /^scan\.png is a PNG picture that is cut off: its end is missing\. Copy it again/u],
    ['a JPEG without its end', jpeg(10, 10).slice(0, -2), /^scan\.png is a JPEG picture that is cut off/u],
    ['30 MB', png(2_000, 3_000, 0, 30_000_000), /^scan\.png is a picture of 30\.0 MB; models are sent at most 20\.0 MB\. Save it smaller/u],
    ['9,000 pixels a side', png(100, 9_000), /^scan\.png has 100 x 9,000 pixels; models are sent at most 8,000 a side\. Save it with fewer pixels/u],
  ];
  it.each(files)('is refused before anything is sent: %s', async (_, bytes, reason) => {
    const { ports, model } = world({ 'scan.png': bytes });
    const { end } = await ran(ports);
    expect(end).toMatchObject({ state: 'failed', ledger: { document: { failed: 1 } } });
    expect(end.stateReason).toMatch(reason);
    expect(model.pictures).toEqual([]);
  });

  const beside: readonly (readonly [string, string, string | Uint8Array | null, RegExp])[] = [
    ['a picture that is damaged', 'other.png', png(600, 700, 3).slice(0, -9), /^other\.png is a PNG picture that is cut off/u],
    ['a file that is not there', 'other.md', null, /^other\.md /u],
    ['a file with nothing in it', 'other.md', '\n \n', /^other\.md holds no text/u],
  ];
  it.each(beside)('is not paid for beside %s', async (_, name, content, reason) => {
    const { ports, model } = world({ ...SCAN, ...(content === null ? {} : { [name]: content }) });
    const { end } = await ran(ports, ['scan.png', name]);
    expect(end).toMatchObject({ state: 'failed', stateReason: expect.stringMatching(reason) as string });
    expect(model.pictures).toEqual([]);
  });

  it('is the source or the target it was given as, and each is read once', async () => {
    for (const keys of [['scan.png', 'other.png'], ['other.png', 'scan.png'], ['scan.png', 'plan.md']]) {
      const { ports, model } = world({ ...SCAN, 'other.png': png(600, 700, 3), 'plan.md': PAGE.replace('12', '24') });
      const { end } = await ran(ports, keys);
      expect(end).toMatchObject({ state: 'done', documents: keys.map((key) => ({ key })) });
      expect(model.pictures.length).toBe(keys.filter((key) => key.endsWith('png')).length);
    }
  });

  const answers: readonly (readonly [string, Completion | CallFailure, RegExp])[] = [
    ['an empty answer', { text: ' \n', finish: 'stop' }, /gpt-4o found no text in the picture\./u],
    ['a refusal', { text: 'No.', finish: 'refusal' }, /gpt-4o declined to read the picture\. Name another model in collate\.models\.vision/u],
    ['a refusal in words', { text: 'I\'m sorry, but I can\'t assist with that request.', finish: 'stop' }, /gpt-4o declined to read the picture\./u],
    ['a content filter', { text: '', finish: 'filtered' }, /A content filter of the provider stopped gpt-4o/u],
    ['an answer that was cut off', { text: PAGE, finish: 'length' }, /gpt-4o was cut off at 4,096 tokens, before the end of the page, so nothing of it is used\./u],
    ['a call that fails', { code: 'unauthorized', message: 'The key is not accepted.', retry: 'never' }, /^scan\.png was not read\. The key is not accepted\.$/u],
  ];
  it.each(answers)('is a document that failed, and nothing of it is analysed: %s', async (_, answer, reason) => {
    const { ports, model } = world(SCAN, { reads: () => answer });
    const { end, output } = await ran(ports);
    expect(end).toMatchObject({ state: 'failed', resumable: false, ledger: { document: { total: 1, failed: 1 } } });
    expect(end.stateReason).toMatch(reason);
    expect([output?.units, output?.findings]).toEqual([[], []]);
    expect(model.pictures.length).toBe(1);
    // What it cost is told all the same, and another run asks anew.
    expect(end.metrics.find(({ operation }) => operation === 'readPages')?.calls).toBe(1);
    await ran(ports);
    expect(model.pictures.length).toBe(2);
  });

  it('has failed, too, where nobody can be asked', async () => {
    const { ports } = world(SCAN, {}, { modelProvider: async () => ({ ok: false, failure: { code: 'unauthorized', message: 'The address has no key.', retry: 'never' } }) });
    expect((await ran(ports)).end).toMatchObject({ state: 'failed', stateReason: 'scan.png was not read. The address has no key.', ledger: { document: { failed: 1 } } });
    const unpriced = world(SCAN);
    const { end } = await ran(unpriced.ports, ['scan.png'], { ...SETTINGS, budgetPerRun: 1, models: { ...SETTINGS.models, vision: 'model-of-tomorrow' } });
    expect(end).toMatchObject({ state: 'failed', ledger: { document: { failed: 1 } } });
    expect(end.stateReason).toContain('No price is known for model-of-tomorrow');
    expect(unpriced.model.pictures).toEqual([]);
  });

  it('is tried again by resuming, where that can help', async () => {
    let down = true;
    const { ports, model } = world(SCAN, { reads: () => (down ? { code: 'quota', message: 'The allowance of the account is spent.', retry: 'later' } : { text: PAGE, finish: 'stop' }) });
    const { runs, end } = await ran(ports);
    expect(end).toMatchObject({ state: 'failed', resumable: true, ledger: { document: { failed: 1 } } });
    down = false;
    value(await runs.resume(end.id));
    const resumed = await runs.settled(end.id);
    checkLedger(resumed);
    expect(resumed).toMatchObject({ state: 'done', ledger: { document: { total: 1, decided: 1, failed: 0 } } });
    expect(model.pictures.length).toBe(2);
  });

  it('pauses a run whose budget does not allow the longest answer, and is read when there is more', async () => {
    const { ports, model } = world(SCAN);
    const { runs, end } = await ran(ports, ['scan.png'], { ...SETTINGS, budgetPerRun: 0.03 });
    expect(end).toMatchObject({ state: 'paused', pausedBy: 'budget', resumable: true });
    expect(model.pictures).toEqual([]);
    value(await runs.resume(end.id, { budgetPerRun: 1 }));
    expect(await runs.settled(end.id)).toMatchObject({ state: 'done' });
    expect(model.pictures.length).toBe(1);
  });

  const CHANGED = 'has changed since this run read it first, and a run goes on with what it was started on. Start a new run on the file as it is now, or put the earlier file back and resume.';
  it.each([['scan.png', png(1_240, 1_754, 5)], ['plan.md', PAGE.replace('12', '24')]])('is not another one, nor is the text beside it, when the run is resumed: %s', async (name, changed) => {
    const files = new Map<string, string | Uint8Array>(Object.entries({ ...SCAN, 'plan.md': PAGE }));
    const { ports, model } = world({}, { reads: reads(PAGE.replace('12', '18')) }, { files });
    const { runs, end } = await ran(ports, ['plan.md', 'scan.png'], { ...SETTINGS, budgetPerRun: 0.03 });
    expect(end).toMatchObject({ state: 'paused', resumable: true });
    const before = files.get(name) ?? '';
    files.set(name, changed);
    value(await runs.resume(end.id, { budgetPerRun: 1 }));
    const refused = await runs.settled(end.id);
    checkLedger(refused);
    expect(refused).toMatchObject({ state: 'failed', resumable: true, stateReason: `${name} ${CHANGED}`, ledger: { document: { failed: 1 } } });
    expect(model.pictures).toEqual([]);
    files.set(name, before);
    value(await runs.resume(end.id));
    const resumed = await runs.settled(end.id);
    checkLedger(resumed);
    expect(resumed).toMatchObject({ state: 'done', ledger: { document: { total: 2, decided: 2, failed: 0 } } });
    files.set(name, changed);
    expect((await ran(ports, ['plan.md', 'scan.png'])).end).toMatchObject({ state: 'done' });
  });

  it('does not make an analysis of text need anybody', async () => {
    const { ports } = world({ 'plan.md': PAGE }, {}, { modelProvider: () => Promise.reject(new Error('Nobody is to be asked.')) });
    expect((await ran(ports, ['plan.md'])).end).toMatchObject({ state: 'done', provider: 'local' });
  });
});

describe('reading a picture that is disturbed', () => {
  /** Ports whose calls are counted; at the one called `at` something happens. */
  function disturbed(at: number, happens: () => void): { readonly ports: Ports; readonly model: FakeModel; readonly calls: readonly string[] } {
    const calls: string[] = [];
    const step = (call: string): void => {
      if (calls.push(call) - 1 === at) happens();
    };
    const own = world(SCAN, { reads: reads(PAGE), before: async () => step('model.before') }, { before: (call) => step(call), after: (call) => step(`after ${call}`) });
    return { ...own, calls };
  }
  const found = (output: RunOutput | undefined): unknown => comparable({ ...(output as RunOutput), metrics: [] });

  it('stops at every await when it is cancelled, and resume finds the same without paying for what is written down', async () => {
    const whole = disturbed(-1, () => undefined);
    const undisturbed = await ran(whole.ports);
    expect(whole.calls.length).toBeGreaterThan(20);
    expect(whole.calls).toContain('calls.append');
    let repeated = 0;
    for (let at = whole.calls.indexOf('files.read'); at < whole.calls.lastIndexOf('store.endRun'); at += 1) {
      let cancel = (): unknown => undefined;
      const own = disturbed(at, () => void cancel());
      const { runs } = createEngine(own.ports);
      const id = value(await runs.start(asked(['scan.png'], SETTINGS)));
      cancel = () => runs.cancel(id, 'you');
      const end = await runs.settled(id);
      const place = `cancelled at call ${at}, ${whole.calls[at] ?? ''}`;
      checkLedger(end);
      if (end.state === 'cancelled') {
        const written = own.calls.slice(0, at).includes('after calls.append');
        value(await runs.resume(id));
        expect(await runs.settled(id), place).toMatchObject({ state: 'done' });
        if (written) expect(own.model.pictures.length, place).toBe(1);
        repeated += own.model.pictures.length - 1;
      }
      expect(found(value(await runs.output([id])).runs[0]), place).toEqual(found(undisturbed.output));
    }
    // Only what was in flight is paid again.
    expect(repeated).toBeLessThan(12);
  });

  it('that is killed after the answer is journalled does not pay for it again', async () => {
    const store = world(SCAN);
    // The process ends when the first step is to be written: nothing it does has an effect any more.
    const dead = new Promise<never>(() => undefined);
    const killed = { ...store.ports, store: { ...store.ports.store, commitStep: () => dead }, owner: 'the killed' };
    const first = createEngine({ ...killed, answers: { ...store.ports.answers, put: async () => undefined } });
    const id = value(await first.runs.start(asked(['scan.png'], SETTINGS)));
    while (store.model.pictures.length === 0 || (value(await store.ports.calls.load(id)).finished.length === 0)) await nodeYield();
    const second = createEngine({ ...store.ports, owner: 'another', isAlive: () => false, answers: { ...store.ports.answers, get: async (keys) => keys.map(() => null) } });
    value(await second.runs.resume(id));
    expect(await second.runs.settled(id)).toMatchObject({ state: 'done', documents: [{ units: 2 }] });
    expect(store.model.pictures.length).toBe(1);
  });
});

describe('a process that ends while a picture is being read', () => {
  it('leaves it to be read again, and the run says that it may have been paid twice', async () => {
    const sent = Promise.withResolvers<void>();
    const own = world(SCAN, { reads: reads(PAGE), before: async (call) => {
      sent.resolve();
      // The first answer never comes.
      if (call === 0) await new Promise<never>(() => undefined);
    } });
    const id = value(await createEngine({ ...own.ports, owner: 'the killed' }).runs.start(asked(['scan.png'], SETTINGS)));
    await sent.promise;
    const { runs } = createEngine({ ...own.ports, owner: 'another', isAlive: () => false });
    value(await runs.resume(id));
    expect(await runs.settled(id)).toMatchObject({ state: 'done', models: [{ operation: 'readPages', repeatedAtMost: 1 }] });
    expect(own.model.pictures.length).toBe(2);
  });
});

describe('an estimate of a picture', () => {
  const estimate = async (ports: Ports, keys: readonly string[], settings = SETTINGS): ReturnType<Runs['estimate']> => createEngine(ports).runs.estimate(asked(keys, settings), new AbortController().signal);

  it('says what reading takes, sends nothing, and that the rest is not known', async () => {
    const { ports, model } = world(SCAN);
    const { planned, none } = value(await estimate(ports, ['scan.png']));
    expect(none).toBe('');
    expect(planned).toMatchObject([{ resource: 'openai gpt-4o at api.openai.com/v1', operation: 'readPages', forecast: { items: 1, cachedItems: 0, calls: 1 } }]);
    const [{ forecast }] = planned as [(typeof planned)[number]];
    expect(forecast.limit).toContain('What is asked about its text cannot be known before it is read.');
    // 768 x 1,086 pixels are six tiles: 1,105 tokens, and the instruction.
    expect(forecast.tokensIn).toBeGreaterThan(1_105);
    expect(forecast.tokensIn).toBeLessThan(1_800);
    expect(forecast.costP50).toBeGreaterThan(0.002);
    expect(model.pictures).toEqual([]);
  });

  it('is not made of one that is damaged', async () => {
    const { ports } = world({ 'scan.png': png(1_240, 1_754).slice(0, -9) });
    expect(await estimate(ports, ['scan.png'])).toMatchObject({ ok: false, failure: { code: 'unreadable', message: expect.stringMatching(/cut off/u) } });
  });

  it('plans what follows where the picture was read before', async () => {
    const { ports, model } = world({ ...SCAN, 'plan.md': PAGE.replace('An Employee is eligible after', 'Nobody may join before') });
    await ran(ports);
    const settings = { ...SETTINGS, models: { ...SETTINGS.models, verify: 'gpt-4o-mini' } };
    const { planned } = value(await estimate(ports, ['scan.png', 'plan.md'], settings));
    expect(planned.map(({ operation, forecast }) => [operation, forecast.calls])).toEqual([['readPages', 0], ['verify', expect.any(Number)]]);
    expect(model.pictures.length).toBe(1);
  });

  it('counts two pictures of a crosswalk', async () => {
    const { ports } = world({ ...SCAN, 'other.png': png(600, 700, 3) });
    const limit = expect.stringMatching(/ What is asked about their text cannot be known before they are read\.$/u) as string;
    expect(value(await estimate(ports, ['scan.png', 'other.png'])).planned).toMatchObject([{ operation: 'readPages', forecast: { items: 2, calls: 2, limit } }]);
    await ran(ports);
    const one = expect.stringMatching(/ What is asked about its text cannot be known before it is read\.$/u) as string;
    expect(value(await estimate(ports, ['scan.png', 'other.png'])).planned).toMatchObject([{ operation: 'readPages', forecast: { calls: 1, limit: one } }]);
  });

  const TEXTS: Files = { 'old.md': PAGE, 'new.md': PAGE.replace('An Employee is eligible after', 'Nobody may join before'), 'talk.txt': Array.from({ length: 12 }, (_, k) => `${k % 2 === 0 ? 'Ann' : 'Bob'}: We agreed to keep the match at ${String(k)} percent.`).join('\n') };
  it.each([[['old.md', 'new.md']], [['talk.txt']]])('refuses %s without a model that decides, as the run does', async (keys) => {
    const { ports } = world(TEXTS);
    for (const named of [{}, { embed: 'text-embedding-3-small' }, { prefilter: 'gpt-4o-mini' }]) {
      const settings = { ...SETTINGS, models: { ...DEFAULT_SETTINGS.models, ...named } };
      const { end } = await ran(ports, keys, settings);
      expect(end.stateReason).toMatch(/^No model is named\. /u);
      expect(await estimate(ports, keys, settings)).toMatchObject({ ok: false, failure: { code: 'refused', message: end.stateReason } });
    }
  });

  it.each([[['old.md', 'new.md']], [['talk.txt']]])('of %s says that rules do the work where a model is named for pictures alone', async (keys) => {
    const { ports } = world(TEXTS, {}, { modelProvider: () => Promise.reject(new Error('Nobody is to be asked.')) });
    expect(value(await estimate(ports, keys))).toEqual({ planned: [], none: 'Rules on this machine do the work: no model is asked, and nothing costs money.' });
    expect((await ran(ports, keys)).end).toMatchObject({ state: 'done', provider: 'local' });
  });

  it('says that a model has to be named', async () => {
    const { ports } = world(SCAN);
    expect(await estimate(ports, ['scan.png'], DEFAULT_SETTINGS)).toMatchObject({ ok: false, failure: { message: expect.stringContaining('Set collate.provider to openai and name a model that reads pictures') } });
    expect(await estimate(ports, ['scan.png'], { ...SETTINGS, models: DEFAULT_SETTINGS.models })).toMatchObject({ ok: false, failure: { message: expect.stringContaining('Name a model that reads pictures') } });
  });
});
