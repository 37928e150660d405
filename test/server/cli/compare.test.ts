import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../../schemas/comparison.schema.json' with { type: 'json' };
import { transcriptOutput } from '../../engine/report/reportFixture.ts';
import { comparison, nothingMoved } from '../../engine/comparison/comparisonFixture.ts';
import { cli, FakeRuns, type CliResult } from './fakeSession.ts';
import { passingFolder } from './passingFolder.ts';

const folder = passingFolder();
const validate = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(schema);
const scripts = { 'kickoff.txt': { output: transcriptOutput() }, 'other.txt': { output: transcriptOutput() } };

function collate(line: string, compared = comparison as (() => ReturnType<typeof comparison>) | null, columns = 80): Promise<CliResult> {
  return cli(line.split(' '), new FakeRuns(scripts, compared === null ? null : compared()), { folder, columns });
}

describe('collate compare', () => {
  it('prints counts, then what changed with its cause, then new and gone', async () => {
    const { code, out, err } = await collate('compare r1 r2');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toEqual([
      'What moved: 1 changed, 1 new, 2 gone, 1 unchanged',
      '  before  5 Jan 2026, 09:00 UTC  run r1',
      '  after   6 Jan 2026, 09:00 UTC  run r2',
      '  old.md  edited  units: 1 changed, 1 added, 1 gone, 3 equal',
      '  new.md  edited  units: 1 gone, 4 equal',
      '  collate.crosswalk.lead: 0.15 \u2192 0.2',
      '  rules: version 1.1 \u2192 1.2',
      '',
      'Changed 1',
      expect.stringMatching(/^ {2}1\.3 The \w+ \w+ \(was 1\.2\)$/),
      '      relation same \u2192 changed, variance none \u2192 design, impact none \u2192 medium',
      expect.stringMatching(/^ {6}was \u201c\u2026.* ends 4 months after.*\u201d$/),
      expect.stringMatching(/^ {6}is {2}\u201c\u2026.* ends 99 months after.*\u201d$/),
      '      The text of 1.3 (was 1.2) changed.',
      '      collate.crosswalk.lead was 0.15 and is 0.2.',
      '      The rules of Collate changed between the runs (version 1.1, now 1.2).',
      '',
      'New 1',
      expect.stringMatching(/^ {2}1\.1 The /),
      '      1.1 was added to the source document.',
      '',
      'Gone 2',
      expect.stringMatching(/^ {2}1\.3 The /),
      '      1.3 is no longer in the source document.',
      expect.stringMatching(/^ {2}target 1\.3 The /),
      '      1.3 is no longer in the target document.',
      '',
    ]);
  });

  it('says so when nothing moved', async () => {
    expect((await collate('compare', nothingMoved)).out).toMatch(/^What moved: 2 unchanged\n {2}before .*\n {2}after .*\n {2}old\.md {2}the same text\n {2}new\.md {2}the same text\n$/);
  });

  it('prints JSON and nothing else', async () => {
    const { out, err } = await collate('compare r1 r2 --json -');
    expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
    expect(err).toBe('');
    expect(Object.keys(JSON.parse(out) as object)).toEqual(Object.keys(schema.properties));
  });

  it('writes JSON beside what it prints', async () => {
    const { code, out } = await collate('compare r1 r2 --json moved.json');
    expect(code).toBe(0);
    expect(out).toMatch(/^What moved: [^]*\nJSON {2}.*moved\.json\n$/);
    expect(validate(JSON.parse(readFileSync(join(folder, 'moved.json'), 'utf8')))).toBe(true);
  });

  const ends: readonly (readonly [string, number, string])[] = [
    ['compare', 1, `No run in ${join(folder, '.collate')} has an earlier finished one over the same documents. Run one again, or name two: collate compare OLD NEW.\n`],
    ['compare r1 r2', 1, 'There is no run r1 in this store. List the runs to see their ids.\n'],
    ['compare r1', 2, 'Name two runs, the older one first, or none for the newest two: collate compare OLD NEW. collate runs lists them.\nSee collate compare --help.\n'],
    ['compare r1 r2 --json nowhere/m.json', 2, `--json nowhere/m.json: the folder ${join(folder, 'nowhere')} does not exist. Make it first, or name another place.\n`],
  ];
  it.each(ends)('collate %s: exit %i', async (line, code, err) => {
    expect(await collate(line, null)).toMatchObject({ code, out: '', err });
  });

  it.each([60, 80, 100])('fits %i columns', async (columns) => {
    const wide = (await collate('compare r1 r2', comparison, columns)).out.split('\n').filter((line) => [...line].length > columns);
    expect(wide).toEqual([]);
  });
});

describe('a run over documents that were read before', () => {
  const LINE = 'Compared with the run of 5 Jan 2026, 09:00 UTC: 1 changed, 1 new, 2 gone, 1 unchanged; collate compare earlier run-kickoff.txt shows them.';

  it('ends with what moved', async () => {
    const { out } = await collate('analyze kickoff.txt', comparison, 200);
    expect(out.endsWith(`\n\n${LINE}\n`)).toBe(true);
  });

  it('says that nothing did', async () => {
    const { out } = await collate('analyze kickoff.txt', nothingMoved, 200);
    expect(out.endsWith('\n\nCompared with the run of 5 Jan 2026, 09:00 UTC: nothing moved, 2 unchanged.\n')).toBe(true);
  });

  it('names the store that was named, and each of several documents', async () => {
    const { out } = await collate('analyze kickoff.txt other.txt --store kept', comparison, 250);
    expect(out).toContain('kickoff.txt: compared with the run of 5 Jan 2026, 09:00 UTC: 1 changed, 1 new, 2 gone, 1 unchanged; collate compare earlier run-kickoff.txt --store kept shows them.\n');
    expect(out).toContain('other.txt: compared with');
  });

  it('keeps standard output for the JSON', async () => {
    const { out, err } = await collate('analyze kickoff.txt --json -');
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1 });
    expect(err).toContain(`${LINE}\n`);
  });

  it('says nothing where there is no earlier one', async () => {
    const { out, err } = await collate('analyze kickoff.txt', null);
    expect(out + err).not.toContain('ompared with');
  });
});
