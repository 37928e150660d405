import { BY_MODEL, readByModel, withModel, withTwoModels } from './modelScene.ts';
import type { Page } from 'playwright-core';
import type { RunSnapshot } from '../../shared/model.ts';
import { ScriptedHost } from './scriptedHost.ts';
import { comparedRowOf, comparisonOf, findingOf, rowOf, runOf, transcriptOf } from './scriptedRows.ts';

/** What a page shows, and what is done to it before it is looked at. */
export interface Scene {
  readonly host: ScriptedHost;
  readonly state?: unknown;
  readonly act?: (page: Page) => Promise<unknown>;
}

const EVERYTHING = { runId: 'run', tab: 'matches', selected: null, scrollTop: 0 };

export function crosswalkHost(rows: number, over: Partial<RunSnapshot> = {}): ScriptedHost {
  const host = new ScriptedHost();
  host.rows = Array.from({ length: rows }, (_, index) => rowOf(index));
  host.snapshot = runOf(over);
  return host;
}

/** Decisions of every kind. */
export function reviewedHost(rows: number): ScriptedHost {
  const host = crosswalkHost(rows);
  const { reviews } = host;
  const id = (index: number): string => host.rows[index]?.id ?? '';
  reviews.act([id(0)], { kind: 'accept' });
  reviews.act([id(1)], { kind: 'reject', note: 'Counsel reads it otherwise.' });
  reviews.act([id(2)], { kind: 'openException', owner: 'Priya Raman', dueDate: '2026-11-30', note: 'Ask counsel before the box is ticked.' });
  reviews.act([id(3)], { kind: 'override', targets: ['birch.md#2.3.4'] });
  reviews.said.set(id(4), { exception: null, review: { state: 'open', standing: 'reviewAgain', earlier: 'accepted', reason: 'The words of target 5 Loans of the Plan changed.', reviewer: 'Marcus Oyelaran', at: Date.UTC(2026, 10, 20, 9, 30) } });
  return host;
}

export function changesHost(rows: number): ScriptedHost {
  const host = crosswalkHost(200);
  host.compared = Array.from({ length: rows }, (_, index) => comparedRowOf(index));
  host.comparison = comparisonOf({ changed: rows / 4, new: rows / 4, gone: rows / 4, unchanged: rows / 4 });
  return host;
}

export function transcriptHost(findings: number, over: Partial<RunSnapshot> = {}): ScriptedHost {
  const host = new ScriptedHost();
  host.snapshot = transcriptOf(findings, over);
  host.list = Array.from({ length: findings }, (_, index) => findingOf(index, index % 4 === 1 ? { confidence: 0.84 } : {}));
  return host;
}

/** Every fourth finding is a model's. */
export function readHost(findings: number): ScriptedHost {
  const host = transcriptHost(findings, readByModel(findings));
  host.list = Array.from({ length: findings }, (_, index) => findingOf(index, index % 4 === 1 ? BY_MODEL : {}));
  return host;
}

const select = (index: number) => async (page: Page): Promise<void> => {
  await page.locator('.row').nth(index).click();
  await page.locator('.side').first().waitFor();
};
const tab = (name: string) => async (page: Page): Promise<void> => {
  await page.locator('[role=tab]', { hasText: name }).click();
  await page.locator('.content > *').first().waitFor();
};
const pressed = (index: number, ...keys: readonly string[]) => async (page: Page): Promise<void> => {
  await select(index)(page);
  for (const key of keys) await page.keyboard.press(key);
  await page.locator('.pane').waitFor();
};
const rowsShown = async (page: Page): Promise<void> => page.locator('.row').first().waitFor();

const RUNNING: Partial<RunSnapshot> = {
  state: 'running', endedAt: null, progress: { operation: 'decide', message: 'Deciding 946 provisions', done: 848, total: 946 },
  ledger: { sourceProvision: { total: 946, decided: 798, abstained: 21, skipped: 26, failed: 3, reasons: {} } },
};

/** Every state of the panel, for screenshots and for checks that hold in all of them. */
export const SCENES = {
  matches: () => ({ host: reviewedHost(946), act: rowsShown }),
  all: () => ({ host: reviewedHost(946), state: EVERYTHING, act: rowsShown }),
  grouped: () => ({ host: reviewedHost(946), state: { ...EVERYTHING, group: 'relation', scrollTop: 60 }, act: rowsShown }),
  filter: () => ({ host: reviewedHost(946), state: EVERYTHING, act: async (page: Page) => page.locator('#filter-menu-button').click() }),
  reading: () => ({ host: reviewedHost(946), state: EVERYTHING, act: select(2) }),
  again: () => ({ host: reviewedHost(946), state: EVERYTHING, act: select(4) }),
  missing: () => ({ host: reviewedHost(946), state: EVERYTHING, act: select(6) }),
  abstained: () => ({ host: reviewedHost(946), state: EVERYTHING, act: select(8) }),
  override: () => ({ host: reviewedHost(946), state: EVERYTHING, act: pressed(2, 'o', 'ArrowDown', ' ') }),
  note: () => ({ host: reviewedHost(946), state: EVERYTHING, act: pressed(2, 'n') }),
  exception: () => ({ host: reviewedHost(946), state: EVERYTHING, act: pressed(3, 'e') }),
  keys: () => ({ host: reviewedHost(946), state: EVERYTHING, act: pressed(2, '?') }),
  insights: () => ({ host: transcriptHost(87), act: async (page: Page) => page.locator('.finding').first().waitFor() }),
  notes: () => ({ host: readHost(87), act: async (page: Page) => page.locator('.finding').first().waitFor() }),
  finders: () => ({
    host: readHost(87), act: async (page: Page) => {
      await page.locator('.finding').first().waitFor();
      await page.locator('#finding-filter-menu-button').click();
      await page.locator('#finding-filter-menu button', { hasText: 'A model' }).click();
      await page.locator('.finding .by-model').first().waitFor();
    },
  }),
  nothing: () => ({ host: transcriptHost(0) }),
  changes: () => ({ host: changesHost(80), state: EVERYTHING, act: tab('Changes') }),
  ledger: () => ({ host: crosswalkHost(946), state: EVERYTHING, act: tab('Ledger') }),
  timing: () => ({ host: crosswalkHost(946), state: EVERYTHING, act: tab('Timing') }),
  model: () => ({ host: crosswalkHost(946, withModel(runOf({}).metrics)), state: EVERYTHING, act: tab('Timing') }),
  twoModels: () => ({ host: crosswalkHost(946, withTwoModels(runOf({}).metrics, true)), state: EVERYTHING, act: tab('Timing') }),
  paused: () => ({ host: crosswalkHost(315, { state: 'paused', resumable: true, stateReason: 'The budget of $0.50 for this run is used up. 315 of 946 provisions are kept. Resume it with a higher budget.' }), act: rowsShown }),
  empty: () => {
    const host = new ScriptedHost();
    host.panel = { ...host.panel, runId: null };
    return { host };
  },
  running: () => ({ host: crosswalkHost(946, RUNNING), act: rowsShown }),
  failed: () => ({ host: crosswalkHost(0, { state: 'failed', stateReason: 'plans/birch.md is empty: there is nothing to read.', counts: { matches: 0, newTargets: 0, findings: 0 }, ledger: {} }) }),
  cancelled: () => ({ host: crosswalkHost(315, { state: 'cancelled', resumable: true, stateReason: 'Cancelled by the user. 315 of 946 provisions are kept; resume takes up the rest.' }), act: rowsShown }),
  interrupted: () => ({ host: crosswalkHost(315, { state: 'partial', resumable: true, stateReason: 'Interrupted: the process ended before the run did. Resume takes up the rest.' }), act: rowsShown }),
  offline: () => {
    const host = crosswalkHost(946);
    host.panel = { ...host.panel, server: { state: 'stopped', message: 'The Collate server is stopped. What was read stays in sight.' }, store: { mode: 'memory', message: 'The disk is full: results are kept in memory only.' } };
    return { host, act: rowsShown };
  },
  rulesOnly: () => ({
    host: crosswalkHost(946, { ledger: { sourceProvision: { total: 946, decided: 650, abstained: 267, skipped: 26, failed: 3, reasons: { 'same topic; effect not settled by rules: compare the marked words': 211, 'no candidate is sure enough: choose among the candidates, or say there is none': 56, 'heading only, no text to compare': 26, 'the page has no readable text': 3 } } } }), act: rowsShown,
  }),
} satisfies Readonly<Record<string, () => Scene>>;
