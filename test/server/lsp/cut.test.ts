import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CutCorrection } from '../../../shared/protocol/lsp.ts';
import { ScriptedClient } from './scriptedClient.ts';

let client: ScriptedClient;
afterEach(() => client.stop());

const PLAN = `# ARTICLE I ELIGIBILITY

## 1.01 Age

Each Employee who has attained age 21 is eligible to participate in the Plan.

Service with an Affiliate counts. A person on leave keeps the service credited before.

## 1.02 Service

One Year of Service is required of every Employee who is not excluded.

General Rules

The Committee keeps a record of the service of every Employee.
`;
const FILE = 'corrections.collate.json';

async function opened(): Promise<string> {
  client = await ScriptedClient.start({ files: { 'ws/plan.md': PLAN } });
  await client.open('ws/plan.md', PLAN);
  const uri = client.uri('ws/plan.md');
  await client.request('run/start', { workflow: 'auto', uris: [uri] });
  client.engine().cuts = true;
  return uri;
}
function at(words: string): { readonly line: number; readonly character: number } {
  const before = PLAN.slice(0, PLAN.indexOf(words)).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
const kept = (): unknown => JSON.parse(readFileSync(join(client.folder, 'ws', FILE), 'utf8'));

describe('a correction made at the cursor', () => {
  const MADE: readonly (readonly [correction: CutCorrection, words: string, kept: object])[] = [
    [{ action: 'join' }, 'One Year of Service', { action: 'join', words: '## 1.02 Service One Year of Service is' }],
    [{ action: 'split' }, 'person on leave', { action: 'split', before: 'person on leave keeps the service credited before.' }],
    [{ action: 'heading' }, 'General Rules', { action: 'heading', line: 'General Rules' }],
    [{ action: 'type', type: 'eligibility' }, 'attained age', { action: 'type', words: '## 1.01 Age Each Employee who has attained', type: 'eligibility' }],
  ];
  for (const [correction, words, expected] of MADE) {
    it(`${correction.action} is kept in the document's words, and the next run is cut by it`, async () => {
      const uri = await opened();
      const { message } = await client.request('cut/correct', { uri, position: at(words), correction });
      expect(message).toContain(FILE);
      expect(kept()).toEqual({ corrections: [{ document: 'plan.md', ...expected }] });
      await client.request('run/start', { workflow: 'auto', uris: [uri] });
      expect(client.engine().requests.at(-1)?.inputs[0]?.corrections).toEqual([expected]);
    });
  }

  it('is taken back, the newest first', async () => {
    const uri = await opened();
    await client.request('cut/correct', { uri, position: at('General Rules'), correction: { action: 'heading' } });
    await client.request('cut/correct', { uri, position: at('One Year'), correction: { action: 'join' } });
    expect((await client.request('cut/takeBack', { uri }))?.message).toContain('join');
    expect(kept()).toEqual({ corrections: [{ document: 'plan.md', action: 'heading', line: 'General Rules' }] });
    await client.request('cut/takeBack', { uri });
    expect(await client.request('cut/takeBack', { uri })).toBe(null);
  });

  it('is kept whole beside others made at the same time', async () => {
    const uri = await opened();
    const made = ['person on leave', 'Service with an', 'attained age', 'record of'];
    await Promise.all(made.map((words) => client.request('cut/correct', { uri, position: at(words), correction: { action: 'split' } })));
    expect(kept()).toMatchObject({ corrections: made.map(() => ({ document: 'plan.md', action: 'split' })) });
  });

  it('keeps what else stands in the file', async () => {
    const uri = await opened();
    const other = { document: 'other.md', action: 'join', words: 'some words' };
    writeFileSync(join(client.folder, 'ws', FILE), JSON.stringify({ $schema: 'x', corrections: [other] }));
    await client.request('cut/correct', { uri, position: at('General Rules'), correction: { action: 'heading' } });
    expect(kept()).toEqual({ $schema: 'x', corrections: [other, { document: 'plan.md', action: 'heading', line: 'General Rules' }] });
  });

  for (const [correction, said] of [[{ action: 'explode' }, /action is "explode"; it is one of join/], [{ action: 'type', type: 'nonsense' }, /type is "nonsense"; it is one of/]] as const) {
    it(`is refused: ${JSON.stringify(correction)}`, async () => {
      const uri = await opened();
      expect((await client.failure('cut/correct', { uri, position: at('General Rules'), correction: correction as CutCorrection })).message).toMatch(said);
      expect(existsSync(join(client.folder, 'ws', FILE))).toBe(false);
    });
  }

  it('that was taken back is gone when the same is analyzed again', async () => {
    const uri = await opened();
    await client.request('cut/correct', { uri, position: at('General Rules'), correction: { action: 'heading' } });
    const { runId } = await client.request('run/start', { workflow: 'auto', uris: [uri] });
    const [request] = client.engine().requests.slice(-1);
    const run = client.engine().runs.get(runId);
    if (request === undefined || run === undefined) throw new Error('No run was started.');
    client.engine().runs.set(runId, { ...run, asked: request });
    await client.request('cut/takeBack', { uri });
    await client.request('run/again', { runId });
    expect(client.engine().requests.at(-1)?.inputs[0]?.corrections).toBe(undefined);
  });

  const REFUSED: readonly (readonly [what: string, correction: CutCorrection, words: string, said: RegExp])[] = [
    ['a split where a provision begins', { action: 'split' }, '## 1.02', /A provision begins here already/],
    ['a heading on an empty line', { action: 'heading' }, '\n\nGeneral', /The line is empty/],
  ];
  for (const [what, correction, words, said] of REFUSED) {
    it(`is refused: ${what}`, async () => {
      const uri = await opened();
      const place = at(words);
      const position = correction.action === 'heading' ? { line: place.line + 1, character: 0 } : place;
      expect((await client.failure('cut/correct', { uri, position, correction })).message).toMatch(said);
      expect(existsSync(join(client.folder, 'ws', FILE))).toBe(false);
    });
  }

  for (const [what, text] of [['not JSON', '{ "corrections": [ '], ['of another shape', '{ "other": 1 }']] as const) {
    it(`leaves a file alone that is ${what}, and says so before a run, too`, async () => {
      const uri = await opened();
      writeFileSync(join(client.folder, 'ws', FILE), text);
      for (const failure of [
        await client.failure('cut/correct', { uri, position: at('General Rules'), correction: { action: 'heading' } }),
        await client.failure('run/start', { workflow: 'auto', uris: [uri] }),
      ]) expect(failure.message).toMatch(/corrections\.collate\.json .*Mend it or remove it; nothing was changed in it/);
      expect(readFileSync(join(client.folder, 'ws', FILE), 'utf8')).toBe(text);
    });
  }
});

it('is refused in a text too long to be read while one types, and says what to do', async () => {
  const uri = await opened();
  await client.change('ws/plan.md', 2, [{ text: 'word '.repeat(2_100_000) }]);
  expect((await client.failure('cut/correct', { uri, position: { line: 0, character: 3 }, correction: { action: 'split' } })).message).toMatch(/has 10500000 characters; .* Split the document, or write the correction into corrections\.collate\.json\.$/);
});
