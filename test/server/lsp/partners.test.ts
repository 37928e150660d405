import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DocumentLink, Hover, LocationLink, MarkupContent } from 'vscode-languageserver/node';
import { positionOf } from './crosswalkFixture.ts';
import { snapshotOf, summaryOf } from './fakeEngine.ts';
import { ScriptedClient } from './scriptedClient.ts';

let client: ScriptedClient;
afterEach(() => client.stop());

const PLAN = [
  '# BASIC PLAN DOCUMENT', '# ARTICLE II  ELIGIBILITY', '## 2.01 Age', '(a) General rule. An Employee is eligible at age 21, unless a lower age is elected in Item 17 of the Adoption Agreement.',
  '(b) Service. One year is required, or as elected by the Employer in the Adoption Agreement.', '## 2.02 Entry', 'A Participant enters each quarter. Another date may be elected in the Adoption Agreement.',
  '# ARTICLE III  CLAIMS', '## 3.01 Filing', 'A claim is filed in writing, as Item 99 of the Adoption Agreement says.', '## 3.02 Review', 'A claim is reviewed as set forth in the Adoption Agreement.',
].join('\n\n');
const form = (name: string): string => [
  `ADOPTION AGREEMENT ${name}`, '17. Age of the Employee (Plan Section 2.01). Select one.', `[x] (a) Age ${name.length}`, '[ ] (b) No age',
  '18. Entry date (Plan Section 2.02). Select one.', '[x] (a) Monthly', '[ ] (b) Quarterly', '19. Loans. Select one.', '[x] (a) Permitted', '[ ] (b) Not permitted',
].join('\n');
const conversion = (plan: string, adoption: string): string => JSON.stringify({ source: { plan, adoption }, target: { plan: 'other.md', adoption: 'other-form.txt' } });
const KINDS = { '*plan*.md': 'basicPlanDocument', '**/*plan*.md': 'basicPlanDocument', '*form*.txt': 'adoptionAgreement', '**/*form*.txt': 'adoptionAgreement' };

async function opened(files: Readonly<Record<string, string>>, file = 'plans/plan.md'): Promise<void> {
  client = await ScriptedClient.start({ files: Object.fromEntries(Object.entries(files).map(([name, text]) => [`ws/${name}`, text])), configuration: () => ({ documentKinds: KINDS }) });
  await client.open(`ws/${file}`, files[file] ?? '');
}

/** `form.txt:2`, with the line counted from 1. */
async function led(words: string, text = PLAN, file = 'plans/plan.md'): Promise<readonly string[]> {
  const links = await client.standard<readonly LocationLink[]>('definition', `ws/${file}`, { position: positionOf(text, words, 2) });
  return links.map(({ targetUri, targetSelectionRange }) => `${targetUri.slice(client.uri('ws/').length)}:${targetSelectionRange.start.line + 1}`);
}

describe('a reference to the adoption agreement leads to', () => {
  const CASES: readonly (readonly [what: string, files: Readonly<Record<string, string>>, led: readonly string[]])[] = [
    ['the one a conversion file names beside the plan', { 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A'), 'plans/b-form.txt': form('B'), 'to-new.collate.json': conversion('plans/plan.md', 'plans/b-form.txt') }, ['plans/b-form.txt:2']],
    ['the only one of its folder', { 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A'), 'other/b-form.txt': form('B'), 'plans/notes.md': '# Notes\n\nOn adoption.' }, ['plans/a-form.txt:2']],
    ['all of its folder, where it has several', { 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A'), 'plans/b-form.txt': form('B') }, ['plans/a-form.txt:2', 'plans/b-form.txt:2']],
    ['nowhere, where there is none', { 'plans/plan.md': PLAN, 'other/b-form.txt': form('B') }, []],
    ['nowhere, where the one that is named is gone', { 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A'), 'to-new.collate.json': conversion('plans/plan.md', 'plans/gone.txt') }, []],
    ['the only one of its folder, where a conversion file is broken', { 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A'), 'plans/broken.collate.json': '{ "source": ' }, ['plans/a-form.txt:2']],
  ];
  it.each(CASES)('%s', async (_, files, expected) => {
    await opened(files);
    expect(await led('Item 17')).toEqual(expected);
    expect(client.engines.size).toBe(0);
  });

  it('the one another run of the workspace has read, where its folder has none', async () => {
    await opened({ 'plans/plan.md': PLAN, 'other/b-form.txt': form('B') });
    client.engine().runs.set('r', { snapshot: snapshotOf({ id: 'r', state: 'done', documents: [{ ...summaryOf('other/b-form.txt'), kind: 'adoptionAgreement' }] }), texts: new Map() });
    expect(await led('Item 17')).toEqual(['other/b-form.txt:2']);
  });

  it('the one a run compares it with, before any other', async () => {
    await opened({ 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A'), 'other/b-form.txt': form('B') });
    client.engine().runs.set('r', {
      snapshot: snapshotOf({ id: 'r', workflow: 'crosswalk', state: 'done', endedAt: 2, documents: [{ ...summaryOf('plans/plan.md'), kind: 'basicPlanDocument' }, { ...summaryOf('other/b-form.txt'), kind: 'adoptionAgreement' }] }),
      texts: new Map([['plans/plan.md', PLAN], ['other/b-form.txt', form('B')]]),
    });
    expect(await led('Item 17')).toEqual(['other/b-form.txt:2']);
  });

  const FILES = { 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A') };
  it.each([
    ['the item that cites its section', 'elected by the Employer', ['plans/a-form.txt:2']],
    ['the item that cites its section, without a letter', 'elected in the Adoption', ['plans/a-form.txt:5']],
    ['the form itself, where no item cites its section', 'set forth', ['plans/a-form.txt:1']],
    ['nowhere, where the form has no such number', 'Item 99', []],
  ] as const)('%s', async (_, words, expected) => {
    await opened(FILES);
    expect(await led(words)).toEqual(expected);
  });

  it('what the editor shows of it, not what its file holds', async () => {
    await opened(FILES);
    await client.open('ws/plans/a-form.txt', `New first line.\n${form('A')}`);
    expect(await led('Item 17')).toEqual(['plans/a-form.txt:3']);
  });

  it('what its file holds now, and nowhere once that is gone', async () => {
    await opened(FILES);
    expect(await led('Item 17')).toEqual(['plans/a-form.txt:2']);
    writeFileSync(join(client.folder, 'ws/plans/a-form.txt'), `One.\nTwo.\n${form('A')}`);
    expect(await led('Item 17')).toEqual(['plans/a-form.txt:4']);
    rmSync(join(client.folder, 'ws/plans/a-form.txt'));
    expect(await led('Item 17')).toEqual([]);
  });
});

it('a form leads to the plan of its package', async () => {
  await opened({ 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A') }, 'plans/a-form.txt');
  const line = PLAN.split('\n').indexOf('## 2.02 Entry') + 1;
  expect(await led('Plan Section 2.02', form('A'), 'plans/a-form.txt')).toEqual([`plans/plan.md:${line}`]);
});

it('a reference with one place is a link, and its tooltip says why it is that one', async () => {
  await opened({ 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A') });
  const links = await client.standard<readonly DocumentLink[]>('documentLink', 'ws/plans/plan.md');
  const [first] = links.filter(({ target }) => target?.includes('a-form.txt'));
  expect(first).toMatchObject({ target: `${client.uri('ws/plans/a-form.txt')}#L2,1`, tooltip: expect.stringMatching(/^17 .* in a-form\.txt \(the only adoption agreement in its folder\)$/) as string });
});

it('a reference with several places is no link', async () => {
  await opened({ 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A'), 'plans/b-form.txt': form('B') });
  const links = await client.standard<readonly DocumentLink[]>('documentLink', 'ws/plans/plan.md');
  expect(links.filter(({ target }) => target?.includes('form.txt'))).toEqual([]);
});

it('a hover shows the words of the item, where they are and why it is that one', async () => {
  await opened({ 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A') });
  const hover = await client.standard<Hover | null>('hover', 'ws/plans/plan.md', { position: positionOf(PLAN, 'Item 17', 2) });
  const { value } = hover?.contents as MarkupContent;
  expect(value).toMatch(/^\[17 .*\]\(file:.*a-form\.txt#L2,1\) in a\\-form\\\.txt \(the only adoption agreement in its folder\)\n\n.*Age 1/);
});

describe('broken files beside the plan', () => {
  const BROKEN: readonly (readonly [what: string, content: string])[] = [
    ['empty', ''], ['binary', '\u0000\u0001PK\u0003\u0004adoption\u0000'], ['20 MB long', 'adoption '.repeat(2_300_000)],
  ];
  it.each(BROKEN)('are passed over: %s', async (_, content) => {
    await opened({ 'plans/plan.md': PLAN, 'plans/a-form.txt': form('A'), 'plans/z-form.txt': content });
    expect(await led('Item 17')).toEqual(['plans/a-form.txt:2']);
  });
});
