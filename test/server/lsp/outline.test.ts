import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SymbolKind, type DocumentLink, type DocumentSymbol, type FoldingRange } from 'vscode-languageserver/node';
import { ScriptedClient, type ClientOptions } from './scriptedClient.ts';

let client: ScriptedClient;
afterEach(() => client.stop());

const PLAN = [
  '# ARTICLE IV  BENEFITS', '## 4.1 Payment', 'Benefits are paid in cash.\nSee Section 4.2(b) and Section 9.9.', '## 4.2 Vesting',
  '(a) Rule. Benefits vest at once.', '(b) Exception. Some do not.\nThey vest later.', '# ARTICLE V  CLAIMS', '## 5.1 Filing', 'A claim is filed in writing.',
].join('\n\n');
const FORM = [
  'ADOPTION AGREEMENT', '1. Eligibility. Select one.', '[x] Age 21', '[ ] No age', '2. Loans. Select one.', '[ ] Permitted', '[ ] Not permitted',
  '3. Entry date. Select one.', '[x] Monthly', '[x] Quarterly',
].join('\n');
const TALK = '[00:01] Chair (Ann): We start.\nOn time.\n\n[00:02] Bob: Fine by me.\n\n[00:03] Chair (Ann): Good.';
const README = '# Tool\n\nWhat it does.\n\n## 1. Install\n\nRun it. See Section 4.1.\n\n## 2. Use\n\nUse it.\n';

async function opened(file: string, text: string, options?: ClientOptions): Promise<void> {
  client = await ScriptedClient.start(options);
  await client.open(`ws/${file}`, text);
}

/** `name (detail)`, nested by indent. */
function tree(symbols: readonly DocumentSymbol[] | null, depth = 0): readonly string[] {
  return (symbols ?? []).flatMap(({ name, detail, children }) => [`${'  '.repeat(depth)}${name}${detail === undefined || detail === '' ? '' : ` (${detail})`}`, ...tree(children ?? [], depth + 1)]);
}
const symbolsOf = (file: string): Promise<readonly DocumentSymbol[] | null> => client.standard('documentSymbol', `ws/${file}`);

describe('the outline', () => {
  it('nests provisions by number and heading, and needs no run', async () => {
    await opened('plan.md', PLAN, { configuration: () => ({ documentKinds: { 'plan.md': 'basicPlanDocument' } }) });
    expect(tree(await symbolsOf('plan.md')).map((line) => line.replace(/ \(\w+\)$/, ''))).toEqual([
      'ARTICLE IV BENEFITS', '  4.1 Payment', '  4.2 Vesting', '    4.2(a) Rule', '    4.2(b) Exception', 'ARTICLE V CLAIMS', '  5.1 Filing',
    ]);
    expect(client.engines.size).toBe(0);
  });

  it('shows elections as fields with their state', async () => {
    await opened('form.txt', FORM, { configuration: () => ({ documentKinds: { 'form.txt': 'adoptionAgreement' } }) });
    const symbols = (await symbolsOf('form.txt')) ?? [];
    const flat = (all: readonly DocumentSymbol[]): readonly DocumentSymbol[] => all.flatMap((one) => [one, ...flat(one.children ?? [])]);
    const fields = flat(symbols).filter(({ kind }) => kind === SymbolKind.Field);
    expect(fields.map(({ name, detail }) => `${name}: ${detail ?? ''}`)).toEqual([
      expect.stringMatching(/^1 Eligibility.*: answered: Age 21$/), expect.stringMatching(/^2 Loans.*: not answered$/), expect.stringMatching(/^3 Entry date.*: conflict$/),
    ]);
  });

  it('shows who speaks, when', async () => {
    await opened('talk.txt', TALK);
    expect(tree(await symbolsOf('talk.txt'))).toEqual(['Ann (00:01 We start. On time.)', 'Bob (00:02 Fine by me.)', 'Ann (00:03 Good.)']);
  });

  it('keeps every range inside its parent, and every heading inside its range', async () => {
    const sample = readFileSync(join(import.meta.dirname, '..', '..', '..', 'samples', 'plans', 'alder-basic-plan.md'), 'utf8');
    await opened('sample.md', sample);
    const before = (a: { line: number; character: number }, b: { line: number; character: number }): boolean => a.line < b.line || (a.line === b.line && a.character <= b.character);
    const walk = (all: readonly DocumentSymbol[], outer: DocumentSymbol | null): number =>
      all.reduce((sum, one) => {
        expect(before(one.range.start, one.selectionRange.start) && before(one.selectionRange.end, one.range.end)).toBe(true);
        if (outer !== null) expect(before(outer.range.start, one.range.start) && before(one.range.end, outer.range.end)).toBe(true);
        return sum + 1 + walk(one.children ?? [], one);
      }, 0);
    expect(walk((await symbolsOf('sample.md')) ?? [], null)).toBeGreaterThan(150);
  });

  const CORRECTED = ['# ARTICLE I  BENEFITS', '## 1.1 Payment', 'Benefits are paid in cash.', 'General Rules', 'The Committee keeps a record.', '## 1.2 Vesting', 'Benefits vest at once.', '## 1.3 Later', 'They vest later.'].join('\n\n');
  const corrections = (...all: readonly object[]): string => JSON.stringify({ corrections: all.map((one) => ({ document: 'plan.md', ...one })) });
  const OUTLINE = ['ARTICLE I BENEFITS', '  1.1 Payment', '  1.2 Vesting', '  1.3 Later'];
  const CUTS: readonly (readonly [what: string, file: string | null, outline: readonly string[]])[] = [
    ['without any', null, OUTLINE],
    ['a heading', corrections({ action: 'heading', line: 'General Rules' }), ['ARTICLE I BENEFITS', '  1.1 Payment', '  General Rules', '  1.2 Vesting', '  1.3 Later']],
    ['a join', corrections({ action: 'join', words: 'They vest later' }), ['ARTICLE I BENEFITS', '  1.1 Payment', '  1.2 Vesting']],
    ['a split', corrections({ action: 'split', before: 'The Committee keeps' }), ['ARTICLE I BENEFITS', '  1.1 Payment', '  The Committee keeps a record.', '  1.2 Vesting', '  1.3 Later']],
    ['of words that are not there', corrections({ action: 'join', words: 'No such words' }), OUTLINE],
    ['a file that is not understood', '{ "corrections": [', OUTLINE],
    ['an empty file', '', OUTLINE],
  ];
  it.each(CUTS)('has the corrections of its folder: %s', async (_, file, outline) => {
    await opened('plan.md', CORRECTED, { files: { 'ws/plan.md': CORRECTED, ...(file === null ? {} : { 'ws/corrections.collate.json': file }) }, configuration: () => ({ documentKinds: { 'plan.md': 'basicPlanDocument' } }) });
    expect(tree(await symbolsOf('plan.md')).map((line) => line.replace(/ \(\w+\)$/, ''))).toEqual(outline);
  });

  it('has a correction as soon as it is made, and not when it is taken back', async () => {
    await opened('plan.md', CORRECTED, { files: { 'ws/plan.md': CORRECTED }, configuration: () => ({ documentKinds: { 'plan.md': 'basicPlanDocument' } }) });
    client.engine().cuts = true;
    const names = async (): Promise<string> => tree(await symbolsOf('plan.md')).join();
    expect(await names()).not.toContain('General Rules');
    await client.request('cut/correct', { uri: client.uri('ws/plan.md'), position: { line: 6, character: 0 }, correction: { action: 'heading' } });
    expect(await names()).toContain('General Rules');
    await client.request('cut/takeBack', { uri: client.uri('ws/plan.md') });
    expect(await names()).not.toContain('General Rules');
  });

  it('follows an edit', async () => {
    await opened('plan.md', PLAN);
    await client.change('ws/plan.md', 2, [{ text: PLAN.replace('5.1 Filing', '5.1 Appeals') }]);
    expect(tree(await symbolsOf('plan.md')).join()).toContain('5.1 Appeals');
  });
});

describe('where the editor has an outline of its own, or none can be', () => {
  it.each([['README.md', README], ['data.json', '{"a": 1}'], ['talk.json', '[{"speaker": "Ann", "text": "We start."}, {"speaker": "Bob", "text": "Fine."}, {"speaker": "Ann", "text": "Good."}]'], ['empty.md', ' \n'], ['records.jsonl', '{"id":"1","text":"4.1 A"}\n{"id":"2","text":"b"}\n']])(
    '%s is left alone', async (file, text) => {
      await opened(file, text);
      for (const asked of ['documentSymbol', 'foldingRange', 'documentLink']) expect(await client.standard(asked, `ws/${file}`)).toBeNull();
    });
});

describe('folds', () => {
  it('are sections to their last words, and page furniture', async () => {
    const page = (at: number): string => `Alder Plan Document\nPage ${at}\n`;
    const text = `${PLAN}\n\n${page(1)}\n# ARTICLE VI  LOANS\n\n## 6.1 Rate\n\nAt a rate.\n\n${page(2)}\n## 6.2 Term\n\nAt most 5 years.\n\n${page(3)}\n## 6.3 Default\n\nNone.\n`;
    await opened('plan.md', text, { configuration: () => ({ documentKinds: { 'plan.md': 'basicPlanDocument' } }) });
    const lines = text.split('\n');
    const folds = await client.standard<readonly FoldingRange[]>('foldingRange', 'ws/plan.md');
    const sections = folds.filter(({ kind }) => kind === undefined).map(({ startLine, endLine }) => [lines[startLine], lines[endLine]]);
    expect(sections).toContainEqual(['## 4.1 Payment', 'See Section 4.2(b) and Section 9.9.']);
    expect(sections).toContainEqual(['# ARTICLE IV  BENEFITS', 'They vest later.']);
    expect(folds.filter(({ kind }) => kind === 'comment').length).toBeGreaterThanOrEqual(3);
  });

  it('are turns of more than a line', async () => {
    await opened('talk.txt', TALK);
    expect(await client.standard('foldingRange', 'ws/talk.txt')).toEqual([{ startLine: 0, endLine: 1 }]);
  });
});

it('references to sections that are there are links to them', async () => {
  await opened('plan.md', PLAN);
  const links = await client.standard<readonly DocumentLink[]>('documentLink', 'ws/plan.md');
  const line = PLAN.split('\n').findIndex((one) => one.startsWith('(b)')) + 1;
  expect(links.map(({ target, tooltip }) => [target, tooltip])).toEqual([[`${client.uri('ws/plan.md')}#L${line},1`, '4.2(b) Exception']]);
});
