import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CompletionCall } from '../../server/src/engine/ports.ts';
import { askedParts, askedRows, plainJudge, type AskedPart } from '../fakes/fakeModel.ts';
import { chat, refusal, startModelServer, type ModelServer } from '../fakes/modelServer.ts';
import { install, SOURCE, TARGET, TRANSCRIPT, type Installation } from './installation.ts';
import { Workbench } from './workbench.ts';

const KEY = 'sk-of-this-story';
/** US dollars a million tokens, in and out: the plans of the samples cost some cents. */
const PRICE = '2/8';
/** US dollars: a few of the calls. */
const BUDGET = 0.12;
/** Milliseconds of an answer, so that a run at work can be seen. */
const LATENCY_MS = 60;

let provider: ModelServer;
let installed: Installation;
let bench: Workbench;

/** A provider that wants its key, answers by the words both texts share, and counts tokens. */
function provide(): Promise<ModelServer> {
  return startModelServer(({ headers, body }) => {
    if (headers.authorization !== `Bearer ${KEY}`) return refusal(401, { message: 'Incorrect API key provided.', code: 'invalid_api_key' });
    const call = body as unknown as CompletionCall;
    const [parts, rows] = [askedParts(call), askedRows(call)];
    const items = parts.length > 0 ? parts.map(longestTurn) : rows.map(plainJudge);
    const text = JSON.stringify(items.length === 0 ? { answer: 'ready' } : { items });
    const usage = { prompt_tokens: Math.ceil(JSON.stringify(body).length / 4), completion_tokens: Math.ceil(text.length / 4) };
    return { ...chat(text, { usage }), latencyMs: LATENCY_MS };
  });
}

/** Takes what is said at most length for a risk. */
function longestTurn({ id, turns }: AskedPart): unknown {
  const [longest] = turns.toSorted((a, b) => b.words.length - a.words.length);
  return { id, notes: longest === undefined ? [] : [{ turn: longest.id, quote: longest.words.split(' ').slice(0, 8).join(' '), kind: 'risk', owner: null, due: null }] };
}

/** The question in the middle of the window. */
const modal = () => bench.page.locator('.monaco-dialog-box');
const answerModal = (label: string) => modal().locator('.monaco-button', { hasText: label }).click();
const input = () => bench.quickPick.locator('input');

async function crosswalk(): Promise<void> {
  await bench.command('View: Focus First Editor Group');
  await bench.openFile(SOURCE);
  await bench.command('Collate: Crosswalk With...');
  await bench.pick(TARGET);
  await modal().waitFor();
}

beforeAll(async () => {
  provider = await provide();
  installed = await install({
    'workbench.colorTheme': 'Dark Modern',
    'collate.provider': 'openai', 'collate.openai.baseUrl': provider.url, 'collate.models.verify': 'story-model',
    'collate.models.prices': { 'story-model': PRICE }, 'collate.budget.perRun': BUDGET, 'collate.limits.maxConcurrency': 2,
  });
  bench = await Workbench.open(installed, { width: 1640, height: 960 });
});
afterAll(async () => {
  await installed?.close();
  await provider?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await bench.tellFailure(task.name);
});

describe('an analyst who pays for answers', () => {
  it('is told that a key is missing, gives one, and hears that it works', async () => {
    await bench.command('Collate: Test Connection');
    expect(await bench.notification('key')).toMatch(/Set API Key/);
    await bench.screenshot('paid-1-no-key');
    await bench.page.locator('.notifications-center .monaco-button', { hasText: 'Set API Key' }).first().click();
    await input().fill('two words');
    await bench.quickPick.getByText('A key has no blanks and no typographic signs.').waitFor();
    await bench.screenshot('paid-2-wrong-key');
    await input().fill(KEY);
    await bench.page.keyboard.press('Enter');
    expect(await bench.notification('is kept')).toContain(new URL(provider.url).origin);
    await bench.command('Notifications: Clear All Notifications');
    await bench.command('Collate: Test Connection');
    expect(await bench.notification('story-model')).toMatch(/answers .* in \d/);
    await bench.screenshot('paid-3-works');
    await bench.command('Notifications: Clear All Notifications');
  });

  it('sees what a run will cost before anything is asked, and may leave or have rules only', async () => {
    const before = provider.requests.length;
    await crosswalk();
    const words = await modal().innerText();
    expect(words).toMatch(/Sent to story-model at 127\.0\.0\.1.*: \d+ provisions that rules leave open, with their candidates/);
    expect(words).toMatch(/Cost: \$0\.\d+, nine times in ten below \$0\.\d+\./);
    expect(words).toContain('Budget of a run: $0.12. It will not be enough: the run pauses');
    await bench.screenshot('paid-4-preview');
    await answerModal('Cancel');
    await modal().waitFor({ state: 'hidden' });
    await crosswalk();
    await answerModal('Rules Only');
    await bench.panel.locator('.state', { hasText: 'Finished' }).waitFor();
    expect(await bench.panel.locator('.meta').innerText()).toContain('no model calls');
    expect(provider.requests.length).toBe(before);
    await bench.screenshot('paid-5-rules-only');
  });

  it('is asked for a higher budget where it is used up, and the run goes on where it stopped', async () => {
    await crosswalk();
    await answerModal('Ask the Model');
    await bench.panel.locator('.state', { hasText: 'Paused' }).waitFor();
    const notice = bench.panel.locator('.notice', { hasText: 'budget' });
    await notice.waitFor();
    await bench.screenshot('paid-6-paused');
    const paid = /\$0\.\d+ is spent, and the next one may cost up to \$0\.\d+\. Answers are kept\./;
    expect(await notice.innerText()).toMatch(paid);
    const before = provider.requests.length;
    await notice.locator('.link', { hasText: 'Resume' }).click();
    await input().waitFor();
    await bench.screenshot('paid-7-budget');
    await input().fill('0.12');
    await bench.quickPick.getByText('$0.12 was not enough: type more, or 0 for no limit.').waitFor();
    await input().fill('5');
    await bench.page.keyboard.press('Enter');
    await bench.panel.locator('.state', { hasText: 'Finished' }).waitFor();
    expect(provider.requests.length).toBeGreaterThan(before);
    // What stood in the text of the rules alone is gone: the model has settled it.
    await expect.poll(() => bench.page.locator('.codelens-decoration', { hasText: 'left for review, 13.1 Account' }).count()).toBe(0);
    await bench.screenshot('paid-8-finished');
    await bench.panelTab('Timing');
    await bench.panel.locator('.model-work').first().waitFor();
    await bench.screenshot('paid-9-timing');
  });

  it('sees what of a talk will be sent before it is, and then which notes the model found', async () => {
    const before = provider.requests.length;
    const analyze = async (): Promise<void> => {
      await bench.command('View: Focus First Editor Group');
      await bench.openFile(TRANSCRIPT);
      await bench.command('Collate: Analyze Document');
    };
    await analyze();
    await modal().waitFor();
    expect(await modal().innerText()).toMatch(/Sent to story-model at 127\.0\.0\.1.*: the words of all turns with their speakers, in \d+ parts?\./);
    await bench.screenshot('paid-10-talk');
    expect(provider.requests.length).toBe(before);
    await answerModal('Ask the Model');
    await bench.panel.locator('.finding .by-model', { hasText: 'found by story-model' }).first().waitFor();
    await bench.screenshot('paid-11-notes');
    expect(provider.requests.length).toBeGreaterThan(before);
    // Of a plan nothing is sent, and nobody is asked.
    const after = provider.requests.length;
    await bench.command('View: Focus First Editor Group');
    await bench.openFile(SOURCE);
    await bench.command('Collate: Analyze Document');
    await bench.panel.locator('.finding').first().waitFor();
    await bench.panel.locator('.meta', { hasText: 'no model calls' }).waitFor();
    expect(provider.requests.length).toBe(after);
  });
});
