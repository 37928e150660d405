import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Output } from '../../../shared/model.ts';
import { readConversion } from '../../../server/src/conversions/conversionFile.ts';
import { crosswalkOutput } from '../../engine/report/reportFixture.ts';
import { cli, FakeRuns, type Script } from './fakeSession.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'collate-conversion-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'schemas', 'conversion.schema.json'), 'utf8')) as object;
const valid = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }).compile(schema);

function read(text: string): Promise<unknown> {
  const path = join(folder, 'plan.collate.json');
  writeFileSync(path, text);
  return readConversion(path, 'plan.collate.json');
}

const ONLY_ONE = 'plan.collate.json names an adoption agreement of the source only, so elections are not compared; the plans are. Name the one of the target to have both compared.';
it.each([
  [{ source: { plan: 'old.md' }, target: { plan: '../new.md' } }, false, ''],
  [{ $schema: 'x', source: { plan: 'old.md', adoption: 'aa.md' }, target: { plan: '../new.md' } }, false, ONLY_ONE],
  [{ source: { plan: 'old.md', adoption: 'aa.md' }, target: { plan: '../new.md', adoption: 'new-aa.md' } }, true, ''],
])('%j', async (value, both, left) => {
  expect(valid(value)).toBe(true);
  const plans = { source: join(folder, 'old.md'), target: join(folder, '..', 'new.md'), kind: null };
  const forms = { source: join(folder, 'aa.md'), target: join(folder, 'new-aa.md'), kind: 'adoptionAgreement' };
  expect(await read(`\ufeff${JSON.stringify(value)}`)).toEqual({
    pairs: both ? [plans, forms] : [plans], corrections: new Map(), typeGroups: null, left,
    packages: [
      { plan: plans.source, adoption: 'adoption' in value.source ? forms.source : null },
      { plan: plans.target, adoption: 'adoption' in value.target ? forms.target : null },
    ],
  });
});

const PACKAGES = { source: { plan: 'old.md' }, target: { plan: 'new.md' } };

it('corrections go to their documents, in their order', async () => {
  const join1 = { action: 'join', words: 'of benefits' };
  const split = { action: 'split', unit: 'Plan/1.1:1', before: 'Vesting' };
  const heading = { action: 'heading', line: 'LOANS' };
  const type = { action: 'type', unit: 'Plan/1.1:1', hash: 'ab', type: 'loan' };
  const value = { ...PACKAGES, corrections: [{ document: 'old.md', ...join1 }, { document: 'new.md', ...split }, { document: './old.md', ...heading }, { document: 'new.md', ...type }] };
  expect(valid(value), JSON.stringify(valid.errors)).toBe(true);
  expect(await read(JSON.stringify(value))).toMatchObject({ corrections: new Map([[join(folder, 'old.md'), [join1, heading]], [join(folder, 'new.md'), [split, type]]]) });
});

it.each<[unknown, string]>([
  [{}, 'plan.collate.json: "corrections" is a list.'],
  [['join'], 'plan.collate.json: correction 1 is not a correction: { "document": "old.md", "action": "join", "words": "its first words" }.'],
  [[{ document: 'old.md', action: 'drop' }], 'plan.collate.json: correction 1 has no action that is known; it can be join, split, heading, type.'],
  [[{ action: 'join', words: 'x' }], 'plan.collate.json: correction 1 names no "document".'],
  [[{ document: 'old.md', action: 'join', words: 'x', before: 'y' }], 'plan.collate.json: correction 1 (join): "before" is not understood.'],
  [[{ document: 'old.md', action: 'split', before: 3 }], 'plan.collate.json: correction 1 (split): "before" is text.'],
  [[{ document: 'old.md', action: 'heading' }], 'plan.collate.json: correction 1 (heading) needs "line".'],
  [[{ document: 'old.md', action: 'join', unit: 'Plan/1.1:1' }], 'plan.collate.json: correction 1 (join) needs "words" of the unit, or its "unit" key with the "hash" it had: a key alone may be another unit after an edit.'],
])('corrections %j are refused, by the schema and with a sentence', async (corrections, sentence) => {
  const value = { ...PACKAGES, corrections };
  expect(valid(value)).toBe(false);
  await expect(read(JSON.stringify(value))).rejects.toThrow(sentence);
});

it('a correction of another document is refused', async () => {
  await expect(read(JSON.stringify({ ...PACKAGES, corrections: [{ document: 'other.md', action: 'join', words: 'x' }] }))).rejects.toThrow('plan.collate.json corrects other.md, which is no document of its packages.');
});

it('two pairs are two crosswalks at the same time, with their kinds and corrections', async () => {
  const value = { source: { plan: 'old.md', adoption: 'old-aa.md' }, target: { plan: 'new.md', adoption: 'new-aa.md' }, corrections: [{ document: 'new-aa.md', action: 'split', before: 'Loans' }] };
  writeFileSync(join(folder, 'both.collate.json'), JSON.stringify(value));
  let begun = 0;
  const release: (() => void)[] = [];
  const together = new Promise<void>((resolve) => release.push(resolve));
  const script: Script = { output: crosswalkOutput(), until: together, began: () => void (++begun === 2 && release[0]?.()) };
  const runs = new FakeRuns({ 'old.md': script, 'old-aa.md': script });
  const { code, out, err } = await cli(['crosswalk', 'both.collate.json', '--json', 'both.json', '--report', 'both.html'], runs, { folder });
  expect([code, err.includes('not compared'), runs.mostAtWork]).toEqual([0, false, 2]);
  expect(runs.requests.map(({ workflow, inputs }) => [workflow, inputs.map(({ key, kind, corrections }) => [key, kind ?? '', corrections?.length ?? 0])])).toEqual([
    ['crosswalk', [['old.md', '', 0], ['new.md', '', 0]]],
    ['crosswalk', [['old-aa.md', 'adoptionAgreement', 0], ['new-aa.md', 'adoptionAgreement', 1]]],
  ]);
  const written = JSON.parse(readFileSync(join(folder, 'both.json'), 'utf8')) as Output;
  expect(written.runs.map(({ id }) => id)).toEqual(['run-old.md', 'run-old-aa.md']);
  expect(out.match(/^Crosswalk of /gm)).toHaveLength(2);
  expect(readFileSync(join(folder, 'both.html'), 'utf8').match(/Crosswalk of /g)?.length).toBeGreaterThanOrEqual(2);
});

it.each([
  ['analyze old.md new.md', ['old.md 1', 'new.md 0'], ''],
  ['crosswalk old.md new.md', ['old.md 1', 'new.md 0'], ''],
  ['analyze new.md', ['new.md 0'], 'All of the documents only.collate.json corrects are not read here.\n'],
])('collate %s --corrections takes those of the documents it reads', async (line, inputs, said) => {
  const value = { corrections: [{ document: 'old.md', action: 'join', words: 'x' }] };
  expect(valid(value)).toBe(true);
  writeFileSync(join(folder, 'only.collate.json'), JSON.stringify(value));
  const script: Script = { output: crosswalkOutput(), state: 'done' };
  const runs = new FakeRuns({ 'old.md': script, 'new.md': script });
  const { code, err } = await cli([...line.split(' '), '--corrections', 'only.collate.json'], runs, { folder });
  expect([code, err]).toEqual([0, said]);
  expect(runs.requests.flatMap((request) => request.inputs.map(({ key, corrections }) => `${key} ${String(corrections?.length ?? 0)}`))).toEqual(inputs);
});

it('type groups go into the settings of both runs; a type that a correction gives is one', async () => {
  const value = { source: { plan: 'old.md', adoption: 'old-aa.md' }, target: { plan: 'new.md', adoption: 'new-aa.md' }, typeGroups: [['loan', 'roth']], corrections: [{ document: 'old.md', action: 'type', words: 'Roth', type: 'roth' }] };
  expect(valid(value), JSON.stringify(valid.errors)).toBe(true);
  writeFileSync(join(folder, 'groups.collate.json'), JSON.stringify(value));
  const script: Script = { output: crosswalkOutput() };
  const runs = new FakeRuns({ 'old.md': script, 'old-aa.md': script });
  expect((await cli(['crosswalk', 'groups.collate.json'], runs, { folder })).code).toBe(0);
  expect(runs.requests.map(({ settings }) => settings.crosswalkTypeGroups)).toEqual([[['loan', 'roth']], [['loan', 'roth']]]);
});

const LIST = 'plan.collate.json: "typeGroups" is a list of groups, each a list of provision types that may answer each other: [["loan", "hardshipWithdrawal"]].';
it.each<[unknown, string, boolean]>([
  [{ loan: 'loan' }, LIST, false],
  [['loan'], LIST, false],
  [[[]], LIST, false],
  [[['loan', 3]], LIST, false],
  [[['loan', 'lones']], 'plan.collate.json: "typeGroups" names "lones", which no provision has. Types are eligibility, ', true],
])('type groups %j are refused with a sentence', async (typeGroups, sentence, inSchema) => {
  expect(valid({ ...PACKAGES, typeGroups })).toBe(inSchema);
  await expect(read(JSON.stringify({ ...PACKAGES, typeGroups }))).rejects.toThrow(sentence);
});

it('a document against itself is refused in either pair', async () => {
  writeFileSync(join(folder, 'same.collate.json'), JSON.stringify({ source: { plan: 'old.md', adoption: 'aa.md' }, target: { plan: 'new.md', adoption: './aa.md' } }));
  const { code, err } = await cli(['crosswalk', 'same.collate.json'], new FakeRuns({}), { folder });
  expect([code, err]).toEqual([2, `A crosswalk takes two different documents; ${join(folder, 'aa.md')} was given twice.\n`]);
});

const EXAMPLE = 'It looks like this: { "source": { "plan": "old.md" }, "target": { "plan": "new.md" } }';
it.each([
  ['[]', `plan.collate.json is not a conversion. ${EXAMPLE}`],
  ['{"source":{"plan":"a.md"}}', `plan.collate.json has no plan in "target". ${EXAMPLE}`],
  ['{"source":{"plan":""},"target":{"plan":"b.md"}}', `plan.collate.json has no plan in "source". ${EXAMPLE}`],
  ['{"source":{"plan":"a.md","plam":"c"},"target":{"plan":"b.md"}}', 'plan.collate.json, "source": "plam" is not understood. A package has a plan and may have an adoption agreement, both paths.'],
  ['{"source":{"plan":"a.md","adoption":3},"target":{"plan":"b.md"}}', 'plan.collate.json, "source": "adoption" is not understood. A package has a plan and may have an adoption agreement, both paths.'],
  ['{"merged":[],"source":{"plan":"a.md"},"target":{"plan":"b.md"}}', 'plan.collate.json names "merged", which this version cannot do. It takes source, target, corrections and typeGroups: { "source": { "plan": "old.md" }, "target": { "plan": "new.md" } }'],
])('%s is refused, by the schema and with a sentence', async (text, sentence) => {
  expect(valid(JSON.parse(text))).toBe(false);
  await expect(read(text)).rejects.toThrow(sentence);
});

it('what is no JSON, and what is not there, is said', async () => {
  await expect(read('{')).rejects.toThrow(/^plan\.collate\.json is not JSON: /);
  await expect(readConversion(join(folder, 'none.collate.json'), 'none.collate.json')).rejects.toThrow('none.collate.json is not there.');
});
