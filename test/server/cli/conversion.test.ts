import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConversion } from '../../../server/src/cli/conversion.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'collate-conversion-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'schemas', 'conversion.schema.json'), 'utf8')) as object;
const valid = new Ajv2020({ strict: true }).compile(schema);

function read(text: string): Promise<unknown> {
  const path = join(folder, 'plan.collate.json');
  writeFileSync(path, text);
  return readConversion(path, 'plan.collate.json');
}

it.each([
  [{ source: { plan: 'old.md' }, target: { plan: '../new.md' } }, ''],
  [{ $schema: 'x', source: { plan: 'old.md', adoption: 'aa.md' }, target: { plan: '../new.md' } }, 'The adoption agreements plan.collate.json names are not compared yet; the plans are.'],
])('%j', async (value, left) => {
  expect(valid(value)).toBe(true);
  expect(await read(`\ufeff${JSON.stringify(value)}`)).toEqual({ source: join(folder, 'old.md'), target: join(folder, '..', 'new.md'), left });
});

const EXAMPLE = 'It looks like this: { "source": { "plan": "old.md" }, "target": { "plan": "new.md" } }';
it.each([
  ['[]', `plan.collate.json is not a conversion. ${EXAMPLE}`],
  ['{"source":{"plan":"a.md"}}', `plan.collate.json has no plan in "target". ${EXAMPLE}`],
  ['{"source":{"plan":""},"target":{"plan":"b.md"}}', `plan.collate.json has no plan in "source". ${EXAMPLE}`],
  ['{"source":{"plan":"a.md","plam":"c"},"target":{"plan":"b.md"}}', 'plan.collate.json, "source": "plam" is not understood. A package has a plan and may have an adoption agreement, both paths.'],
  ['{"source":{"plan":"a.md","adoption":3},"target":{"plan":"b.md"}}', 'plan.collate.json, "source": "adoption" is not understood. A package has a plan and may have an adoption agreement, both paths.'],
  ['{"corrections":[],"source":{"plan":"a.md"},"target":{"plan":"b.md"}}', 'plan.collate.json names "corrections", which this version cannot do. It takes source and target: { "source": { "plan": "old.md" }, "target": { "plan": "new.md" } }'],
])('%s is refused, by the schema and with a sentence', async (text, sentence) => {
  expect(valid(JSON.parse(text))).toBe(false);
  await expect(read(text)).rejects.toThrow(sentence);
});

it('what is no JSON, and what is not there, is said', async () => {
  await expect(read('{')).rejects.toThrow(/^plan\.collate\.json is not JSON: /);
  await expect(readConversion(join(folder, 'none.collate.json'), 'none.collate.json')).rejects.toThrow('none.collate.json is not there.');
});
