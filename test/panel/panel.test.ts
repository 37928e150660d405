import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HostApi } from '../../shared/protocol/panel.ts';
import { launchChromium } from '../chromium.ts';
import { PanelPage, type PanelPageOptions } from './panelPage.ts';
import { withModel, withTwoModels } from './modelScene.ts';
import { crosswalkHost, readHost } from './scenes.ts';
import { ScriptedHost } from './scriptedHost.ts';
import { detailOf, findingOf, rowOf, runOf, transcriptOf } from './scriptedRows.ts';

const MANY = 10_000;
/** Everything a hostile document may try to become part of the page with. */
const HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\u202Egnirts\u0007 ${window.hacked=1} {{hacked}} javascript:alert(1)';

let browser: Browser;
let panel: PanelPage;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
afterEach(async () => {
  expect(panel.errors).toEqual([]);
  await panel.page.close();
});

async function open(host: ScriptedHost, options: PanelPageOptions = {}): Promise<void> {
  panel = await PanelPage.open(browser, host, options);
}
/** As a page that was there before: everything is shown. A first look shows what is to be reviewed. */
const EVERYTHING = { runId: 'run', tab: 'matches', selected: null, scrollTop: 0 };
async function openMatches(host: ScriptedHost, options: PanelPageOptions = {}): Promise<void> {
  await open(host, { state: EVERYTHING, ...options });
  await panel.page.locator('.row').first().waitFor();
}
async function openTranscript(findings: number): Promise<ScriptedHost> {
  const host = new ScriptedHost();
  host.snapshot = transcriptOf(findings);
  host.list = Array.from({ length: findings }, (_, index) => findingOf(index));
  await open(host);
  return host;
}
const asked = (host: ScriptedHost, method: keyof HostApi): unknown[] => host.asked.filter((one) => one.method === method).map(({ params }) => params);

describe('the first look', () => {
  it('waits for one answer: the run comes with the rows in sight, also far down', async () => {
    const host = crosswalkHost(MANY);
    await openMatches(host, { state: { ...EVERYTHING, scrollTop: 26 * 5_000 } });
    await panel.page.locator('.row[aria-posinset="5001"]').waitFor();
    expect(asked(host, 'open')).toMatchObject([{ kept: { runId: 'run', rows: { offset: 5_000, limit: 100 } } }]);
    expect(host.countOf('run')).toBe(0);
    expect(asked(host, 'matches').every((params) => (params as { offset: number }).offset !== 5_000)).toBe(true);
  });

  it('is at what is to be reviewed; where nothing is, at everything', async () => {
    const host = crosswalkHost(30);
    await open(host);
    await panel.page.locator('.row').first().waitFor();
    expect(host.countOf('matches')).toBe(0);
    expect(await panel.text('.chip[aria-pressed=true]')).toContain('To review');
    await panel.page.close();
    host.rows = host.rows.filter(({ relation }) => relation === 'same');
    await open(host);
    await expect.poll(() => panel.text('.chip[aria-pressed=true]')).toContain('All');
    await expect.poll(() => panel.page.locator('.row').count()).toBe(host.rows.length);
  });

  it('names the run before it is read again', async () => {
    const host = crosswalkHost(30);
    let arrive = (): void => undefined;
    host.held.set('open', new Promise((resolve) => { arrive = resolve; }));
    await open(host, { state: { ...EVERYTHING, title: 'Alder to Birch' } });
    expect(await panel.text('h1')).toBe('Alder to Birch');
    expect(await panel.text('.meta')).toBe('Waiting for the extension.');
    arrive();
    await panel.page.locator('.row').first().waitFor();
  });
});

describe('a long list of matches', () => {
  it('holds few rows in the page and asks for pages in sight only', async () => {
    const host = crosswalkHost(MANY);
    await openMatches(host);
    expect(await panel.page.locator('.row').count()).toBeLessThan(80);
    await panel.page.locator('.rows').evaluate((list) => {
      list.scrollTop = list.scrollHeight;
    });
    await panel.page.locator(`.row[aria-posinset="${MANY}"]`).waitFor();
    expect(await panel.page.locator('.row').count()).toBeLessThan(80);
    expect(host.countOf('matches')).toBeLessThanOrEqual(4);
    expect(asked(host, 'matches').every((params) => (params as { limit: number }).limit <= 200)).toBe(true);
  });

  it('goes to its last row by the keyboard, and back', async () => {
    await openMatches(crosswalkHost(MANY));
    await panel.page.locator('.rows').focus();
    await panel.page.keyboard.press('End');
    await panel.page.locator(`.row.selected[aria-posinset="${MANY}"]`).waitFor();
    await panel.page.keyboard.press('k');
    await panel.page.locator(`.row.selected[aria-posinset="${MANY - 1}"]`).waitFor();
    expect(await panel.page.locator('.rows').getAttribute('aria-activedescendant')).toBe(`row-${MANY - 2}`);
    await panel.page.keyboard.press('Home');
    await panel.page.locator('.row.selected[aria-posinset="1"]').waitFor();
  });

  it('is searched, walked and opened without a mouse', async () => {
    const host = crosswalkHost(110);
    await openMatches(host);
    await panel.page.keyboard.press('j');
    await panel.page.locator('.row.selected').waitFor();
    await panel.page.keyboard.press('Enter');
    await expect.poll(() => host.countOf('reveal')).toBeGreaterThan(0);
    const opened = host.countOf('reveal');
    await panel.page.keyboard.press('/');
    await panel.page.keyboard.type('Vesting');
    await expect.poll(() => asked(host, 'matches').at(-1)).toMatchObject({ search: 'Vesting' });
    await panel.page.keyboard.press('Escape');
    expect(await panel.page.locator('.rows').evaluate((list) => list === document.activeElement)).toBe(true);
    await panel.page.keyboard.press('j');
    await panel.page.keyboard.press('Enter');
    await expect.poll(() => host.countOf('reveal')).toBeGreaterThan(opened);
  });

  it('opens the row just moved to, also when Enter comes before its words', async () => {
    const host = crosswalkHost(MANY);
    await openMatches(host);
    let arrive = (): void => undefined;
    host.held.set('matches', new Promise((resolve) => { arrive = resolve; }));
    await panel.page.locator('.rows').focus();
    await panel.page.keyboard.press('End');
    await panel.page.keyboard.press('Enter');
    expect(host.countOf('reveal')).toBe(0);
    let words = (): void => undefined;
    host.held.set('match', new Promise((resolve) => { words = resolve; }));
    arrive();
    await panel.page.locator(`.row.selected[aria-posinset="${MANY}"]`).waitFor();
    expect(host.countOf('reveal')).toBe(0);
    words();
    await expect.poll(() => host.countOf('reveal')).toBeGreaterThan(0);
    expect(asked(host, 'match')).toEqual([{ runId: 'run', id: host.rows[MANY - 1]?.id }]);
    await panel.page.keyboard.press('k');
    const opened = host.countOf('reveal');
    host.held.set('match', new Promise((resolve) => { words = resolve; }));
    await panel.page.keyboard.press('k');
    await panel.page.keyboard.press('Enter');
    words();
    await expect.poll(() => host.countOf('reveal')).toBeGreaterThan(opened);
  });

  it('is narrowed by a chip and by words, and says what was not found', async () => {
    const host = crosswalkHost(110);
    await openMatches(host);
    await panel.page.locator('.chip', { hasText: 'Missing' }).click();
    await expect.poll(() => panel.page.locator('.row').count()).toBe(10);
    expect(new Set(await panel.page.locator('.row .c-relation .word').allInnerTexts())).toEqual(new Set(['missing']));
    await panel.page.keyboard.press('/');
    await panel.page.keyboard.type('zebra');
    await expect.poll(() => panel.text('.empty')).toBe('No row is missing and has "zebra". Show all');
    await panel.page.locator('.empty .link').click();
    await panel.page.locator('.row').first().waitFor();
    expect(asked(host, 'matches').at(-1)).toMatchObject({ filter: 'all', search: '' });
  });
});

describe('the words of a match', () => {
  it('stand side by side, with numbered facts that lead to both places', async () => {
    const host = crosswalkHost(30);
    await openMatches(host);
    await panel.page.locator('.row.is-changed').first().click();
    await panel.page.locator('.side').first().waitFor();
    expect(await panel.text('.headline')).toBe('Age: 21 in the source, 18 in the target; Period: quarter in the source, month in the target.');
    expect(await panel.page.locator('.only.source:not(.sample)').allInnerTexts()).toEqual(['21', ', unless excluded']);
    expect(await panel.page.locator('.side').first().locator('.text').innerText()).toContain('age 21 shall enter on the first day');
    expect(await panel.page.locator('.text .fact-number').allInnerTexts()).toEqual(['1', '2', '1', '2']);
    expect(asked(host, 'reveal')).toMatchObject([{ runId: 'run', span: { document: 'plans/alder.md' } }]);
    await panel.page.locator('.side').nth(1).locator('.fact-number').first().click();
    await expect.poll(() => asked(host, 'reveal').at(-1)).toMatchObject({ span: { document: 'plans/birch.md', quote: 'age 18' } });
    await panel.page.locator('.rows').focus();
    await panel.page.keyboard.press('Enter');
    await expect.poll(() => host.countOf('reveal')).toBe(4);
    await panel.page.keyboard.press('Escape');
    await expect.poll(() => panel.page.locator('.pane').count()).toBe(0);
  });

  it.each([
    ['missing', 6, 'No provision of the target is the counterpart of this one.', 'Nothing in the target says this.'],
    ['new', 7, 'No provision of the source is the counterpart of this one.', 'Nothing in the source says this.'],
    ['abstained', 8, 'The next candidate is as likely', 'Nothing was claimed. The nearest candidates stand below.'],
    ['skipped', 9, 'Heading only, no text to compare', 'Nothing was compared.'],
    ['failed', 10, 'The provision could not be read', 'Nothing was compared.'],
  ])('of a %s provision say what is not there', async (_, index, headline, absent) => {
    await openMatches(crosswalkHost(30));
    await panel.page.locator('.row').nth(index).click();
    await panel.page.locator('.side').first().waitFor();
    expect(await panel.text('.headline')).toBe(headline);
    expect(await panel.text('.side.none')).toBe(absent);
  });

  it('never stand under another row, also while its own are on their way', async () => {
    const host = crosswalkHost(30);
    await openMatches(host);
    await panel.page.locator('.row').nth(2).click();
    await panel.page.locator('.side').first().waitFor();
    let go = (): void => undefined;
    host.held.set('match', new Promise<void>((resolve) => (go = resolve)));
    await panel.page.locator('.row').nth(4).click();
    await expect.poll(() => panel.text('.pane-body')).toBe('Reading the words.');
    go();
    await expect.poll(() => panel.text('.side h2')).toContain('1.05');
  });

  it('of a hostile document are words and nothing else', async () => {
    const host = crosswalkHost(12, { title: HOSTILE });
    host.rows = host.rows.map((row) => ({ ...row, title: HOSTILE }));
    host.detail = () => detailOf({ ...rowOf(2), title: HOSTILE }, { source: HOSTILE, target: `${HOSTILE} too` });
    await openMatches(host);
    await panel.page.locator('.row').nth(2).click();
    await panel.page.locator('.side').first().waitFor();
    expect(await panel.page.locator('.side .text').first().textContent()).toContain('<script>window.hacked=1</script>');
    expect(await panel.page.evaluate(() => [(window as { hacked?: number }).hacked, document.querySelectorAll('#app img, #app script').length])).toEqual([undefined, 0]);
  });
});

describe('a transcript', () => {
  it('shows findings with their words, what was not done and why, and the speakers', async () => {
    const host = await openTranscript(87);
    await panel.page.locator('.finding').first().waitFor();
    expect(await panel.text('.finding .statement')).toBe('We decided to move the entry date to month 0.');
    expect(await panel.page.locator('.finding').nth(1).locator('h2').innerText()).toContain('Owner: Lee · Due: Friday');
    expect(await panel.text('.analyses')).toMatch(/Not done\s+Needs a language model\.\s+skipped\s+What is said and what is meant/);
    expect(await panel.text('.speakers')).toMatch(/Dana\s+120\s+61 %|Dana\s+120\s+61.0 %/);
    await panel.page.locator('.finding .where .link').nth(1).click();
    await expect.poll(() => asked(host, 'reveal')).toMatchObject([{ span: { document: 'meeting.txt', line: 2 } }]);
  });

  it('narrows the findings to a kind and an outcome, with what there is of each, and takes both off again', async () => {
    const host = new ScriptedHost();
    host.snapshot = transcriptOf(6);
    host.list = Array.from({ length: 6 }, (_, index) => findingOf(index, index < 2 ? { outcome: 'abstained', reason: 'two owners' } : {}));
    await open(host);
    const shown = (): Promise<readonly (string | null)[]> => panel.page.locator('.finding .statement').allInnerTexts();
    await panel.page.locator('#finding-filter-menu-button').click();
    await expect.poll(() => panel.page.locator('#finding-filter-menu section button').allInnerTexts()).toEqual(['Action items4', 'Decisions2', 'Decided4', 'Abstained2'].map((words) => expect.stringMatching(new RegExp(words.replace(/(\d)/, '\\s*$1'))) as string));
    await panel.page.locator('#finding-filter-menu button', { hasText: 'Action items' }).click();
    await expect.poll(async () => (await shown()).length).toBe(4);
    await panel.page.locator('#finding-filter-menu button', { hasText: 'Abstained' }).click();
    await expect.poll(shown).toEqual(['We decided to move the entry date to month 1.']);
    await expect.poll(() => panel.text('#finding-filter-menu-button')).toBe('Filter: action items, abstained');
    expect(asked(host, 'findings').at(-1)).toMatchObject({ kind: 'actionItem', outcome: 'abstained' });
    await panel.page.locator('#finding-filter-menu button', { hasText: 'Take all filters off' }).click();
    await expect.poll(async () => (await shown()).length).toBe(6);
  });

  it('narrows the findings to those a model found, by the keyboard alone, and to those of rules', async () => {
    const host = readHost(8);
    await open(host);
    const methods = (): Promise<readonly (string | undefined)[]> => panel.page.locator('.finding .where').evaluateAll((all) => all.map((one) => one.textContent?.split(' \u00b7 ')[1]));
    await expect.poll(async () => (await methods()).length).toBe(8);
    const { page } = panel;
    await page.locator('#finding-filter-menu-button').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#finding-filter-menu section').last().innerText()).toMatch(/Found by\s+Rules\s+6\s+A model\s+2$/);
    // The last choice is one step up from the first.
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(methods).toEqual(['found by gpt-4o-mini', 'found by gpt-4o-mini']);
    await expect.poll(() => panel.text('#finding-filter-menu-button')).toBe('Filter: found by a model');
    expect(asked(host, 'findings').at(-1)).toMatchObject({ finder: 'model' });
    expect(await page.locator('#finding-filter-menu button[aria-pressed=true]').allInnerTexts()).toEqual([expect.stringContaining('A model')]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(async () => new Set(await methods())).toEqual(new Set(['rules']));
    await panel.page.locator('#finding-filter-menu button', { hasText: 'Take all filters off' }).click();
    await expect.poll(async () => (await methods()).length).toBe(8);
  });

  it('has no filter by who found what, where rules found all', async () => {
    await openTranscript(6);
    await panel.page.locator('#finding-filter-menu-button').click();
    await panel.page.locator('#finding-filter-menu section').last().waitFor();
    expect(await panel.text('#finding-filter-menu')).not.toContain('Found by');
  });

  it('says in a narrow panel, too, what was not done and why', async () => {
    await openTranscript(3);
    await panel.page.setViewportSize({ width: 420, height: 800 });
    await expect.poll(() => panel.text('.narrow-only')).toBe('2 analyses not done: needs a language model.');
    await panel.screenshot('insights-dark-420');
  });

  it('says which findings a model found, and which turns no model has read', async () => {
    await open(readHost(6));
    await panel.page.locator('.finding').first().waitFor();
    expect(await panel.page.locator('.finding .where').evaluateAll((all) => all.slice(0, 2).map((one) => one.textContent?.split(' · ')[1]))).toEqual(['rules', 'found by gpt-4o-mini']);
    expect(await panel.text('.analyses')).toContain('Turns 61 to 112 were not read by a model: The model declined to answer.');
    expect(await panel.page.locator('.analysis .codicon-warning').count()).toBe(1);
    await panel.page.setViewportSize({ width: 420, height: 800 });
    await expect.poll(() => panel.text('.narrow-only')).toBe('Turns 61 to 112 were not read by a model: The model declined to answer. 2 analyses not done: not part of Collate yet.');
  });

  it('of ten thousand findings holds few of them in the page', async () => {
    const host = await openTranscript(MANY);
    await panel.page.locator('.finding').first().waitFor();
    await panel.page.locator('.rows').evaluate((list) => {
      list.scrollTop = list.scrollHeight / 2;
    });
    await panel.page.locator('.finding[aria-posinset="5000"]').waitFor({ state: 'attached' });
    expect(await panel.page.locator('.finding').count()).toBeLessThan(60);
    expect(host.countOf('findings')).toBeLessThanOrEqual(6);
  });

  it('without findings says what was read, and that nothing found is not nothing there', async () => {
    await openTranscript(0);
    await expect.poll(() => panel.text('.findings .empty')).toMatch(/^Rules found nothing\. That is not the same as nothing being there\.\s+Meeting notes: read 214 turns/);
  });
});

it('an analysis that failed has no answer, which is not the same as finding nothing', async () => {
  const host = new ScriptedHost();
  const one = { total: 1, decided: 0, abstained: 0, skipped: 0, failed: 1, reasons: { 'holds no text': 1 } };
  host.snapshot = transcriptOf(0, { state: 'failed', stateReason: 'empty.md holds no text.', analyses: [], speakers: [], ledger: { document: one } });
  await open(host);
  await expect.poll(() => panel.text('.findings .empty')).toBe('No answer: nothing was analysed before the run ended. The reason stands above.');
  expect(await panel.text('.notice p')).toBe('empty.md holds no text.');
  expect(await panel.page.locator('.ledger-key li').last().innerText()).toBe('of 1 document');
});

describe('the ledger and the timing', () => {
  it('show what is the matter apart from what settles it', async () => {
    const reasons = { 'Today\'s requests to m at 127.0.0.1:80/v1 are used up. Start a new run: answers are kept': 2, 'effect not settled by rules: compare the words': 1, 'heading only': 1 };
    await openMatches(crosswalkHost(4, { ledger: { sourceProvision: { total: 4, decided: 0, abstained: 1, skipped: 1, failed: 2, reasons } } }));
    await panel.page.locator('[role=tab]', { hasText: 'Ledger' }).click();
    const cells = await panel.page.locator('table.reasons tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].slice(0, 2).map((cell) => cell.textContent?.trim())));
    expect(cells).toEqual([
      ['Today\'s requests to m at 127.0.0.1:80/v1 are used up', 'Start a new run: answers are kept'], ['Effect not settled by rules', 'Compare the words'], ['Heading only', '–'],
    ]);
  });

  it('add up and give reasons', async () => {
    await openMatches(crosswalkHost(30));
    await panel.page.locator('[role=tab]', { hasText: 'Ledger' }).click();
    const cells = await panel.page.locator('.figures').first().locator('tbody tr').first().locator('td').allInnerTexts();
    expect(cells).toEqual(['946', '871 92.1 %', '38 4.0 %', '26 2.7 %', '11 1.2 %']);
    expect(await panel.text('.reasons')).toMatch(/The next candidate is as likely\s+–\s+source provisions\s+38/);
    await panel.page.keyboard.press('Tab');
    await panel.page.locator('[role=tab][aria-selected=true]').focus();
    await panel.page.keyboard.press('ArrowRight');
    await expect.poll(() => panel.text('.timing')).toMatch(/Score\s+894,916\s+1\.8 s/);
    expect(await panel.text('.lead')).toBe('Score takes 74 % of the time.');
  });

  it('show the timing of an operation once, and each time it was worked on, where a run was resumed', async () => {
    const [first, ...others] = runOf({}).metrics;
    if (first === undefined) throw new Error('The run has no metric.');
    const again = { ...first, startedAt: first.endedAt + 60_000, endedAt: first.endedAt + 61_000 };
    await openMatches(crosswalkHost(4, { metrics: [first, ...others, again], endedAt: again.endedAt }));
    await panel.page.locator('[role=tab]', { hasText: 'Timing' }).click();
    await expect.poll(() => panel.page.locator('.timing tbody tr').evaluateAll((rows) => rows.map((row) => row.querySelectorAll('rect.work').length))).toEqual([2, ...others.map(() => 1)]);
  });

  it('say of a model on this machine that it is free, and of a budget that it has no effect', async () => {
    const asked = withModel(runOf({}).metrics);
    const metrics = asked.metrics?.map((metric) => ({ ...metric, costUsd: 0 })) ?? [];
    await openMatches(crosswalkHost(30, { ...asked, metrics, provider: 'openai m at localhost:11434/v1', settings: { budgetPerRun: 2 } }));
    expect(await panel.text('.measures')).toMatch(/61 model calls · free$/);
    await panel.page.locator('[role=tab]', { hasText: 'Timing' }).click();
    await expect.poll(() => panel.page.locator('.timing tr').evaluateAll((rows) => rows.map((row) => row.lastElementChild?.textContent))).toEqual(['Cost', '–', '–', '–', 'free', 'free']);
    expect(await panel.page.locator('.scroll').innerText()).toContain('m at localhost:11434/v1 is free: it runs on this machine, so the budget of $2.00 has no effect.');
  });
});

describe('the models of a run', () => {
  it.each([
    ['one is named alone', withModel, ['gpt-4o-mini at api.openai.com'], ['Verify']],
    ['several, with what each was asked for', withTwoModels, ['gpt-4.1-nano at api.openai.com, first look', 'gpt-4o-mini at api.openai.com, verify'], ['First look', 'Verify']],
  ])('%s', async (_, models, headings, operations) => {
    await openMatches(crosswalkHost(30, models([])));
    await panel.page.locator('[role=tab]', { hasText: 'Timing' }).click();
    await panel.page.locator('.model-work').first().waitFor();
    expect(await panel.page.locator('.model-work h3').allInnerTexts()).toEqual(headings);
    expect(await panel.page.locator('.timing tbody th').allInnerTexts()).toEqual(operations);
  });
});

describe('every state says what it is and what can be done', () => {
  it('nothing run yet', async () => {
    const host = new ScriptedHost();
    host.panel = { ...host.panel, runId: null };
    await open(host);
    await panel.page.locator('.choices').waitFor();
    expect(await panel.text('.start h1')).toBe('Nothing has been run in this folder yet');
    await panel.page.locator('.choices .link').first().click();
    await expect.poll(() => asked(host, 'command')).toEqual([{ command: 'crosswalkWith' }]);
  });

  it('earlier runs', async () => {
    const host = new ScriptedHost();
    host.panel = { ...host.panel, runId: null };
    host.earlier = [runOf({ id: 'one' })];
    await open(host);
    await panel.page.locator('.earlier .link').click();
    await expect.poll(() => asked(host, 'openRun')).toEqual([{ runId: 'one' }]);
  });

  it('running: rows so far, what is not done, and a way to stop', async () => {
    const ledger = { sourceProvision: { total: 946, decided: 300, abstained: 10, skipped: 5, failed: 0, reasons: {} } };
    const progress = { operation: 'decide', message: 'Deciding 946 provisions', done: 315, total: 946 };
    const host = crosswalkHost(315, { state: 'running', endedAt: null, progress, ledger });
    await openMatches(host);
    expect(await panel.text('.state')).toBe('Running');
    expect(await panel.text('.measures')).toBe('Deciding 946 provisions (33 %)');
    expect(await panel.text('.ledger-key')).toMatch(/Not done yet 631/);
    expect(await panel.page.locator('.row.is-missing').first().innerText()).toContain('none found so far');
    await panel.page.locator('[aria-label="Cancel the run"]').click();
    await expect.poll(() => host.countOf('cancel')).toBe(1);
    await expect.poll(() => panel.text('.said')).toBe('The run is stopping. What is finished is kept.');
    await panel.peer.request('runChanged', runOf({ state: 'cancelled', resumable: true, stateReason: 'Cancelled by the user.' }));
    await expect.poll(() => panel.text('.state')).toBe('Cancelled');
    await expect.poll(() => panel.text('.said')).toBe('');
  });

  it('finished while it is shown: the last figures stand', async () => {
    const host = crosswalkHost(20, { state: 'running', endedAt: null, ledger: {} });
    await openMatches(host);
    host.rows = Array.from({ length: 40 }, (_, index) => rowOf(index));
    await panel.peer.request('runChanged', runOf({}));
    await expect.poll(() => panel.text('.state')).toBe('Finished, 11 units failed');
    await expect.poll(() => panel.page.locator('.row').first().getAttribute('aria-setsize')).toBe('40');
  });

  it('another run: what was told of the last one, and comes late, is not shown', async () => {
    const running = { state: 'running', endedAt: null, ledger: {} } as const;
    const host = crosswalkHost(20, running);
    await openMatches(host);
    await panel.page.clock.install();
    await panel.peer.request('runChanged', runOf({ ...running, title: 'told late' }));
    host.snapshot = runOf({ id: 'other', title: 'other run' });
    await panel.peer.request('stateChanged', { ...host.panel, runId: 'other' });
    await panel.page.clock.runFor(2_000);
    await expect.poll(() => panel.text('.title h1')).toBe('other run');
    expect(await panel.text('.state')).toBe('Finished, 11 units failed');
  });

  it('cancelled: what is kept, and resume', async () => {
    const host = crosswalkHost(20, { state: 'cancelled', resumable: true, stateReason: 'Cancelled by the user. 315 of 946 provisions are kept; resume takes up the rest.' });
    await openMatches(host);
    expect(await panel.text('.state')).toBe('Cancelled');
    expect(await panel.text('.notice p')).toContain('315 of 946 provisions are kept');
    await panel.page.locator('.notice .link').first().click();
    await expect.poll(() => asked(host, 'resume')).toEqual([{ runId: 'run' }]);
  });

  it('interrupted', async () => {
    await openMatches(crosswalkHost(20, { state: 'partial', resumable: true, stateReason: 'Interrupted: the process ended before the run did.' }));
    expect(await panel.text('.state')).toBe('Interrupted');
  });

  it('failed: why', async () => {
    const host = crosswalkHost(0, { state: 'failed', stateReason: 'plans/birch.md is empty: there is nothing to read.', counts: { matches: 0, newTargets: 0, findings: 0 }, ledger: {} });
    await open(host);
    await panel.page.locator('.notice').waitFor();
    expect(await panel.text('.state')).toBe('Failed');
    expect(await panel.text('.notice p')).toBe('plans/birch.md is empty: there is nothing to read.');
    await expect.poll(() => panel.text('.empty')).toBe('No provision was compared. The ledger says why.');
  });

  it('results in memory only', async () => {
    const host = crosswalkHost(20);
    host.panel = { ...host.panel, store: { mode: 'memory', message: 'The disk is full: results are kept in memory only.' } };
    await openMatches(host);
    expect(await panel.page.locator('.notice p').allInnerTexts()).toContain('The disk is full: results are kept in memory only.');
  });

  it('the last words of a server that stopped do not outlive it', async () => {
    const host = crosswalkHost(20);
    await openMatches(host);
    const { matchCounts } = host;
    host.matchCounts = () => Promise.reject(new Error('The server stopped before it answered.'));
    await panel.peer.request('runChanged', runOf({}));
    await expect.poll(() => panel.text('.said')).toBe('The server stopped before it answered.');
    host.matchCounts = matchCounts;
    await panel.peer.request('stateChanged', { ...host.panel, server: { state: 'stopped', message: 'The Collate server is stopped.' } });
    await panel.peer.request('stateChanged', host.panel);
    await expect.poll(() => panel.text('.said')).toBe('');
  });

  it('a server that stopped, and came back', async () => {
    const host = crosswalkHost(20);
    await openMatches(host);
    await panel.peer.request('stateChanged', { ...host.panel, server: { state: 'stopped', message: 'The Collate server is stopped.' } });
    await expect.poll(() => panel.page.locator('.notice p').allInnerTexts()).toContain('The Collate server is stopped.');
    expect(await panel.page.locator('.row').count()).toBeGreaterThan(0);
    const before = host.countOf('run');
    await panel.peer.request('stateChanged', host.panel);
    await expect.poll(() => host.countOf('run')).toBe(before + 1);
    await expect.poll(() => panel.page.locator('.notice p').allInnerTexts()).not.toContain('The Collate server is stopped.');
  });

  it('a run that is not there any more', async () => {
    const host = crosswalkHost(20);
    host.failure = { code: 'unreadable', message: 'The run is not in this store.', retry: 'never' };
    await open(host);
    await expect.poll(() => panel.text('.start')).toMatch(/This run cannot be shown\s+The run is not in this store\./);
  });

  it('rows that cannot be read are an error with a way on, never an empty list', async () => {
    const host = crosswalkHost(20);
    await openMatches(host);
    host.failure = { code: 'storeUnavailable', message: 'work.db is damaged.', retry: 'later' };
    await panel.page.locator('.chip', { hasText: 'Changed' }).click();
    await expect.poll(() => panel.text('.empty')).toContain('work.db is damaged.');
    host.failure = null;
    await panel.page.locator('.empty .link').click();
    await panel.page.locator('.row.is-changed').first().waitFor();
  });
});

describe('over a reload', () => {
  it('the tab, the row and the place in the list come back', async () => {
    await openMatches(crosswalkHost(500), { state: { runId: 'run', tab: 'matches', selected: rowOf(2).id, scrollTop: 2_600 } });
    await panel.page.locator('.row[aria-posinset="101"]').waitFor();
    await panel.page.locator('.side').first().waitFor();
    expect(await panel.page.locator('.rows').evaluate((list) => list.scrollTop)).toBe(2_600);
  });

  it('what was kept of another run is not taken over', async () => {
    await openMatches(crosswalkHost(500), { state: { runId: 'other', tab: 'timing', selected: 'x', scrollTop: 2_600 } });
    expect(await panel.page.locator('.pane').count()).toBe(0);
    expect(await panel.page.evaluate(() => (window as unknown as { keptState: unknown }).keptState)).toMatchObject({ runId: 'run', tab: 'matches', selected: null, scrollTop: 0, review: 'toReview' });
  });
});
