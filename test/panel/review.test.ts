import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HostApi } from '../../shared/protocol/panel.ts';
import { launchChromium } from '../chromium.ts';
import { PanelPage } from './panelPage.ts';
import { changesHost, crosswalkHost, reviewedHost, transcriptHost } from './scenes.ts';
import type { ScriptedHost } from './scriptedHost.ts';
import { detailOf, rowOf } from './scriptedRows.ts';

const HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\u202E{{hacked}}';
const EVERYTHING = { runId: 'run', tab: 'matches', selected: null, scrollTop: 0 };

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

async function open(host: ScriptedHost, state: unknown = EVERYTHING): Promise<void> {
  panel = await PanelPage.open(browser, host, { state });
  await panel.page.locator('.row').first().waitFor();
}
async function select(index: number): Promise<void> {
  await panel.page.locator('.row').nth(index).click();
  await panel.page.locator('.side').first().waitFor();
}
const keys = async (...all: readonly string[]): Promise<void> => {
  for (const key of all) await panel.page.keyboard.press(key);
};
const asked = (host: ScriptedHost, method: keyof HostApi): unknown[] => host.asked.filter((one) => one.method === method).map(({ params }) => params);
const selectedRow = (position: number): Promise<void> => panel.page.locator(`.row.selected[aria-posinset="${position}"]`).waitFor();

describe('a decision', () => {
  it('is made by a key, goes on to the next row, and names the way back', async () => {
    const host = crosswalkHost(30);
    await open(host);
    await select(0);
    await keys('a');
    await expect.poll(() => panel.text('.said')).toBe('alder.md#0 accepted. Undo: U.');
    await selectedRow(2);
    expect(await panel.page.locator('.row').first().locator('.c-review').innerText()).toContain('accepted');
    await keys('r');
    await selectedRow(3);
    await keys('u');
    await expect.poll(() => panel.text('.said')).toBe('alder.md#1 undone: rejected. Redo: Shift+U.');
    await keys('Shift+U');
    await expect.poll(() => panel.text('.said')).toBe('alder.md#1 done again: rejected. Undo: U.');
    expect(asked(host, 'review')).toMatchObject([{ ids: ['alder.md#0'], action: { kind: 'accept' } }, { ids: ['alder.md#1'], action: { kind: 'reject' } }]);
  });

  it('accepts the counterpart of a row that was left for review, and nothing where none was named', async () => {
    const host = crosswalkHost(30);
    const left = host.rows.findIndex(({ outcome }) => outcome === 'abstained');
    const unclaimed = left + 1;
    host.rows = host.rows.map((row, at) => (at === left ? { ...row, target: { id: 'birch.md#9', number: '9', title: 'Loans', more: 0 } } : at === unclaimed ? { ...rowOf(left), id: row.id } : row));
    await open(host);
    await select(unclaimed);
    await panel.page.locator('.act.off', { hasText: 'Accept' }).waitFor();
    await keys('a');
    await keys('k');
    await selectedRow(left + 1);
    await panel.page.locator('.act.primary', { hasText: 'Accept' }).waitFor();
    await keys('a');
    await expect.poll(() => asked(host, 'review')).toMatchObject([{ ids: [host.rows[left]?.id], action: { kind: 'accept' } }]);
  });

  it('takes the row out of the rows to review, and the next one comes up', async () => {
    await open(crosswalkHost(30), null);
    await expect.poll(() => panel.page.locator('.chip[aria-pressed=true]').innerText()).toMatch(/^To review/);
    const total = Number(await panel.page.locator('.row').first().getAttribute('aria-setsize'));
    await select(3);
    const next = await panel.page.locator('.row').nth(4).locator('.c-source').innerText();
    await keys('a');
    await expect.poll(() => panel.page.locator('.row').first().getAttribute('aria-setsize')).toBe(String(total - 1));
    await selectedRow(4);
    expect(await panel.page.locator('.row.selected .c-source').innerText()).toBe(next);
  });

  it('is not offered where nothing was claimed', async () => {
    const host = crosswalkHost(30);
    await open(host);
    await select(8);
    expect(await panel.page.locator('.act', { hasText: 'Accept' }).getAttribute('aria-disabled')).toBe('true');
    await keys('a');
    await panel.page.locator('.act', { hasText: 'Accept' }).click({ force: true });
    expect(host.countOf('review')).toBe(0);
  });

  it('names other targets, several or none', async () => {
    const host = crosswalkHost(30);
    await open(host);
    await select(2);
    await keys('o', 'ArrowDown', ' ', 'ArrowDown', ' ', 'Enter');
    await expect.poll(() => asked(host, 'review')).toMatchObject([{ action: { kind: 'override', targets: ['birch.md#2.3.4', 'birch.md#14.2'] } }]);
    await selectedRow(4);
    await panel.page.locator('.side').first().waitFor();
    await keys('o', 'End', 'Enter');
    await expect.poll(() => asked(host, 'review').at(-1)).toMatchObject({ action: { kind: 'override', targets: [] } });
  });

  it('has a note, and an exception that is opened and closed with a resolution', async () => {
    const host = crosswalkHost(30);
    await open(host);
    await select(2);
    await keys('n');
    await panel.page.locator('.pane-form input').waitFor();
    await panel.page.keyboard.type('ask counsel');
    await keys('Enter');
    await expect.poll(() => panel.text('.said-of-it')).toContain('ask counsel');
    expect(await panel.page.locator('.rows').evaluate((list) => list === document.activeElement)).toBe(true);
    await keys('e');
    await panel.page.locator('[name=owner]').fill('Priya Raman');
    await panel.page.locator('[name=dueDate]').fill('2026-11-30');
    await keys('Enter');
    await expect.poll(() => panel.text('.facts-strip')).toContain('EX-14, Priya Raman, 2026-11-30');
    await keys('e');
    await panel.page.locator('[name=resolution]').fill('Item 14 is ticked.');
    await keys('Enter');
    await expect.poll(() => asked(host, 'review').at(-1)).toMatchObject({ action: { kind: 'closeException', resolution: 'Item 14 is ticked.' } });
  });

  it('that was refused says why and leaves the row', async () => {
    const host = crosswalkHost(30);
    await open(host);
    await select(0);
    host.failure = { code: 'storeUnavailable', message: 'The disk is full: nothing can be decided.', retry: 'later' };
    await keys('a');
    await expect.poll(() => panel.text('.said')).toBe('The disk is full: nothing can be decided.');
    await selectedRow(1);
    host.failure = null;
  });

  it('on many rows says its expected error first, and is one act', async () => {
    const host = crosswalkHost(110);
    await open(host);
    await expect.poll(() => panel.text('.list-foot')).toMatch(/Accept \d+ open at \.95 and above\s*about 1 in 120 wrong/);
    await panel.page.locator('.list-foot .link').click();
    await expect.poll(() => panel.text('.said')).toMatch(/^\d+ rows accepted\. Undo: U\.$/);
    expect(asked(host, 'acceptAbove')).toEqual([{ runId: 'run', atLeast: 0.95 }]);
  });

  it('made before the words changed is to be made again, with the reason', async () => {
    await open(reviewedHost(30));
    await select(4);
    expect(await panel.text('.said-of-it')).toMatch(/Review again\. The words of target 5 Loans of the Plan changed\. It was accepted by Marcus Oyelaran/);
  });
});

describe('the list', () => {
  it('is ordered by its heads and grouped under heads that stick', async () => {
    const host = crosswalkHost(200);
    await open(host);
    await panel.page.locator('.columns .c-confidence').click();
    await expect.poll(() => asked(host, 'matches').at(-1)).toMatchObject({ sort: 'confidence', descending: false });
    await panel.page.locator('.columns .c-relation').click();
    await panel.page.locator('.group').first().waitFor();
    expect(asked(host, 'matchGroups').at(-1)).toMatchObject({ group: 'relation', sort: 'confidence' });
    await panel.page.locator('.rows').evaluate((list) => { list.scrollTop = 130; });
    await expect.poll(() => panel.text('.group.sticky')).not.toBe('');
    const head = (await panel.text('.group.sticky')).split(/\s/)[0]?.toLowerCase() ?? '';
    const under = await panel.page.locator('.rows').evaluate((list) => {
      const { top } = list.getBoundingClientRect();
      return document.elementFromPoint(300, top + 60)?.closest('.row')?.getAttribute('aria-description');
    });
    expect(under).toBe(head);
  });

  it('is narrowed by several parts at once, which are named', async () => {
    const host = crosswalkHost(200);
    await open(host);
    await panel.page.locator('#filter-menu-button').click();
    await panel.page.locator('#filter-menu button', { hasText: /^Changed/ }).click();
    await panel.page.locator('#filter-menu button', { hasText: /^High/ }).click();
    await expect.poll(() => asked(host, 'matches').at(-1)).toMatchObject({ filter: 'all', relation: 'changed', impact: 'high' });
    await expect.poll(() => panel.text('#filter-menu-button')).toBe('Filter: changed, high impact');
  });

  it('comes back after a reload with all that narrowed and ordered it', async () => {
    const host = crosswalkHost(200);
    await open(host, { ...EVERYTHING, relation: 'changed', sort: 'impact', descending: true, search: 'Loans', paneHeight: 300, selected: rowOf(158).id });
    expect(asked(host, 'open')[0]).toMatchObject({ kept: { runId: 'run', rows: { relation: 'changed', sort: 'impact', descending: true, search: 'Loans' } } });
    await panel.page.locator('.pane').waitFor();
    expect(await panel.page.locator('.pane').evaluate((pane) => (pane as HTMLElement).offsetHeight)).toBe(300);
    await panel.page.locator('.edge').focus();
    await keys('ArrowUp');
    await expect.poll(() => panel.page.evaluate(() => (window as unknown as { keptState: unknown }).keptState)).toMatchObject({ relation: 'changed', sort: 'impact', paneHeight: 324 });
  });

  it('shows a part of the ledger, and the units of a reason', async () => {
    const host = crosswalkHost(110);
    await open(host);
    await panel.page.locator('.ledger-part', { hasText: 'Abstained' }).click();
    await expect.poll(() => asked(host, 'matches').at(-1)).toMatchObject({ filter: 'abstained' });
    await panel.page.locator('[role=tab]', { hasText: 'Ledger' }).click();
    await panel.page.locator('.reasons .link').nth(1).click();
    await expect.poll(() => panel.page.locator('.undecided-row').count()).toBe(10);
    expect(new Set(await panel.page.locator('.undecided-row .reason').allInnerTexts())).toEqual(new Set(['heading only, no text to compare']));
    expect(asked(host, 'matches').at(-1)).toMatchObject({ filter: 'all', reason: 'heading only, no text to compare', offset: 0 });
    await panel.page.locator('.undecided-row .link').first().click();
    await panel.page.locator('.row.selected').waitFor();
  });
});

describe('what is equal', () => {
  it('is folded away with its count, and opens the words of either side', async () => {
    const host = crosswalkHost(30);
    await open(host);
    await select(2);
    await panel.page.locator('.fold').waitFor();
    expect(await panel.text('.fold')).toBe('2 equal facts');
    expect(await panel.page.locator('.equal').count()).toBe(0);
    await panel.page.locator('.fold').click();
    expect(await panel.page.locator('.equal tbody tr').allInnerTexts()).toEqual([expect.stringMatching(/shall\s+shall\s+equal/), expect.stringMatching(/first day\s+first day\s+equal/)]);
    await panel.page.locator('.equal .link').nth(1).click();
    await expect.poll(() => asked(host, 'reveal').at(-1)).toMatchObject({ span: { document: 'plans/birch.md', quote: 'shall' } });
  });
});

describe('a note on a finding', () => {
  it('is written by a key, kept, and shown with it', async () => {
    const host = transcriptHost(9);
    panel = await PanelPage.open(browser, host);
    await panel.page.locator('.finding').first().waitFor();
    await keys('j', 'n');
    await panel.page.locator('.finding input').waitFor();
    await panel.page.keyboard.type(HOSTILE);
    await keys('Enter');
    await expect.poll(() => asked(host, 'review')).toEqual([{ runId: 'run', ids: ['transcript:0'], action: { kind: 'note', note: HOSTILE } }]);
    await expect.poll(() => panel.text('.finding-note')).toContain('<script>');
    await panel.page.locator('[aria-label="Write a note on this finding"]').nth(1).click();
    await panel.page.locator('.finding input').waitFor();
    await keys('Escape');
    await expect.poll(() => panel.page.locator('.finding input').count()).toBe(0);
  });
});

describe('what comes from outside', () => {
  it('selects a row that a filter hides', async () => {
    const host = crosswalkHost(200);
    await open(host, { ...EVERYTHING, filter: 'missing' });
    await panel.peer.request('selectRow', { runId: 'run', id: rowOf(2).id });
    await selectedRow(3);
    expect(asked(host, 'matches').at(-1)).toMatchObject({ filter: 'all' });
  });

  it('shows a review queue, and decisions made elsewhere', async () => {
    const host = crosswalkHost(200);
    await open(host);
    await panel.peer.request('showQueue', { runId: 'run', review: 'open', filter: 'changed' });
    await expect.poll(() => asked(host, 'matches').at(-1)).toMatchObject({ filter: 'changed', review: 'open' });
    const changed = host.rows.filter(({ relation }) => relation === 'changed').length;
    await panel.page.locator(`.row[aria-setsize="${changed}"]`).first().waitFor();
    host.reviews.act([rowOf(2).id], { kind: 'accept' });
    await panel.peer.request('reviewsChanged', { runId: 'run' });
    await expect.poll(async () => Number(await panel.page.locator('.row').first().getAttribute('aria-setsize'))).toBe(changed - 1);
  });

  it('is words and nothing else: notes, names, candidates, causes', async () => {
    const host = changesHost(8);
    host.reviews.reviewer = HOSTILE;
    host.reviews.act([rowOf(2).id], { kind: 'note', note: HOSTILE });
    host.detail = () => {
      const detail = detailOf(rowOf(2));
      return { ...detail, candidates: detail.candidates.map((one) => ({ ...one, title: HOSTILE })), why: [{ rule: HOSTILE, detail: HOSTILE }] };
    };
    host.compared = host.compared.map((row) => ({ ...row, causes: [{ cause: 'targetFree', sentence: HOSTILE, units: [] }], changes: [{ field: 'quote', before: HOSTILE, after: HOSTILE }] }));
    await open(host);
    await select(2);
    await expect.poll(() => panel.text('.trail')).toContain('<script>');
    await keys('o');
    await panel.page.locator('.choose').waitFor();
    await keys('Escape');
    await panel.page.locator('[role=tab]', { hasText: 'Changes' }).click();
    await panel.page.locator('.change').first().waitFor();
    expect(await panel.page.evaluate(() => [(window as { hacked?: number }).hacked, document.querySelectorAll('#app img, #app script').length])).toEqual([undefined, 0]);
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBe(960);
  });

  it('shows what moved since the run before, and leads there', async () => {
    const host = changesHost(80);
    await open(host);
    await panel.page.locator('[role=tab]', { hasText: 'Changes' }).click();
    await expect.poll(() => panel.page.locator('.change').first().innerText()).toMatch(/changed\s+1\.01 Employees of a Participating Affiliate[^]*Target 6\.3 Number of loans became free\./);
    await panel.page.locator('.chip', { hasText: 'Gone' }).click();
    await expect.poll(() => asked(host, 'comparedRows').at(-1)).toMatchObject({ state: 'gone' });
    await panel.page.locator('.d-gone .link').first().click();
    await expect.poll(() => asked(host, 'reveal')).toMatchObject([{ runId: 'before' }]);
  });
});

it('opens what moved since the run before, asked from outside', async () => {
  await open(changesHost(80));
  await panel.peer.request('showChanges', { runId: 'run' });
  await expect.poll(() => panel.page.locator('[role=tab][aria-selected=true]').innerText()).toMatch(/Changes/);
});

describe('evidence', () => {
  it('is lit at both ends by key, and compared in the editor', async () => {
    const host = crosswalkHost(30);
    await open(host);
    await select(2);
    await keys(']', ']');
    await expect.poll(() => panel.page.locator('.text .fact.lit').allInnerTexts()).toEqual(['quarter', 'month']);
    await keys('[');
    await expect.poll(() => panel.page.locator('.text .fact.lit').allInnerTexts()).toEqual(['age ', '21', 'age ', '18']);
    await keys('d');
    await expect.poll(() => asked(host, 'diff')).toMatchObject([{ id: rowOf(2).id, targetId: 'plans/birch.md#3' }]);
  });
});
