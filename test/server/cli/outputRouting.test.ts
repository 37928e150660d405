import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../../schemas/output.schema.json' with { type: 'json' };
import { crosswalkOutput, transcriptOutput } from '../../engine/report/reportFixture.ts';
import { cli, FakeRuns, FakeSignals, type CliResult, type Script } from './fakeSession.ts';
import { passingFolder } from './passingFolder.ts';

const folder = passingFolder();
const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } });
const validate = ajv.compile(schema);

const meeting: Script = { output: transcriptOutput(), operations: ['Read', 'Meeting notes'] };
const plans: Script = { output: crosswalkOutput(), operations: ['Read', 'Score'] };
/** Every unit of it is decided. */
const settled: Script = { output: { ...transcriptOutput(), runs: transcriptOutput().runs.map((run) => ({ ...run, ledger: { turn: { total: 4, decided: 4, abstained: 0, skipped: 0, failed: 0, reasons: {} } } })) } };
const broken: Script = { output: { schemaVersion: 1, documents: [], runs: transcriptOutput().runs }, state: 'failed', stateReason: 'gone.txt does not exist. Check the name.' };
const scripts = { 'plan.md': plans, 'kickoff.txt': meeting, 'settled.txt': settled, 'gone.txt': broken };

function collate(line: string, options: Parameters<typeof cli>[2] = {}): Promise<CliResult> {
  return cli(line.split(' '), new FakeRuns(scripts), { folder, ...options });
}

describe('where what is said goes', () => {
  const silent: readonly (readonly [string, RegExp, RegExp])[] = [
    ['analyze kickoff.txt', /^Transcript analysis of kickoff\.txt: finished/, /^kickoff\.txt: Read words\nkickoff\.txt: Meeting notes words\n$/],
    ['crosswalk plan.md other.md', /^Crosswalk of larch\.md and rowan\.md: finished in part/, /^plan\.md: Read words\nplan\.md: Score words\nplan\.md: 1 provision has no answer: it could not be read\.\n$/],
    ['analyze gone.txt', /^$/, /^gone\.txt: gone\.txt does not exist\. Check the name\.\n$/],
    ['resume kickoff.txt', /^Transcript analysis/, /Read words/],
    ['runs', /^RUN +STARTED +WORKFLOW +STATE\nrun-plan\.md .*\n {2}plan\.md\n/, /^$/],
    ['analyze kickoff.txt kickoff.txt ./kickoff.txt', /^Transcript analysis/, /^2 of the paths name a document twice; each is read once\.\n/],
  ];
  it.each(silent)('collate %s: results to standard output, the rest to standard error', async (line, out, err) => {
    const result = await collate(line);
    expect(result.out).toMatch(out);
    expect(result.err).toMatch(err);
    expect(result.closed).toBe(1);
  });

  it.each(['analyze kickoff.txt settled.txt', 'crosswalk plan.md other.md', 'resume plan.md'])('collate %s --json - prints JSON and nothing else', async (line) => {
    const { out, err } = await collate(`${line} --json - --report ${join(folder, 'beside.html')}`);
    const printed: unknown = JSON.parse(out);
    expect(validate(printed), JSON.stringify(validate.errors)).toBe(true);
    expect(err).toContain(`Report: ${join(folder, 'beside.html')}\n`);
  });

  it('refreshes one line on a screen and writes no escape anywhere else', async () => {
    const screen = await collate('analyze kickoff.txt', { tty: true, columns: 80 });
    const pipe = await collate('analyze kickoff.txt');
    expect(screen.err).toContain('\r\u001b[2K');
    expect(screen.out).toContain('\u001b[1m');
    expect(pipe.out + pipe.err).not.toContain('\u001b');
  });

  it.each([['NO_COLOR', { NO_COLOR: '1' }, ''], ['TERM', { TERM: 'dumb' }, ''], ['--no-color', {}, ' --no-color']])('prints without colour: %s', async (_, env, option) => {
    expect((await collate(`analyze kickoff.txt${option}`, { tty: true, env })).out).not.toContain('\u001b');
  });

  it('says that runs are not kept', async () => {
    const { code, err } = await collate('analyze kickoff.txt', { store: { mode: 'memory', message: 'Runs are kept only until this process ends.' } });
    expect({ code, first: err.split('\n')[0] }).toEqual({ code: 0, first: 'Runs are kept only until this process ends.' });
  });
});

describe('how it ends', () => {
  const ends: readonly (readonly [string, number, string])[] = [
    ['analyze kickoff.txt', 0, ''],
    ['analyze kickoff.txt gone.txt', 1, 'gone.txt does not exist. Check the name.'],
    ['analyze settled.txt --fail-on failed --fail-on abstained', 0, ''],
    ['crosswalk plan.md b.md --fail-on failed', 1, '--fail-on failed: 1 unit ended as failed.'],
    ['crosswalk plan.md b.md --fail-on abstained --fail-on abstained', 1, '--fail-on abstained: 4 units ended as abstained.'],
    ['crosswalk plan.md b.md --fail-on abstained --json -', 1, '--fail-on abstained: 4 units ended as abstained.'],
    ['resume unknown', 1, 'There is no run unknown in this store. List the runs to see their ids.'],
    ['crosswalk a.md ./a.md', 2, 'A crosswalk takes two different documents; a.md was given twice.'],
    ['analyze kickoff.txt --report nowhere/r.html', 2, `--report nowhere/r.html: the folder ${join(folder, 'nowhere')} does not exist. Make it first, or name another place.`],
    ['analyze kickoff.txt --json file/j.json', 2, `--json file/j.json: ${join(folder, 'file')} is not a folder. Make it first, or name another place.`],
    ['analyze kickoff.txt --report folder', 2, '--report folder is a folder. Name a file in it.'],
    ['analyze kickoff.txt --out file', 2, `--out file: ${join(folder, 'file')} is a file. Name a folder.`],
    ['analyze kickoff.txt --out file/deep/er', 2, `--out file/deep/er: ${join(folder, 'file')} is a file. Name a folder.`],
    ['analyze kickoff.txt --json kickoff.txt', 2, '--json kickoff.txt is a document that is read; it would be overwritten. Name another file.'],
    ['crosswalk plan.md b.md --report ./b.md', 2, '--report ./b.md is a document that is read; it would be overwritten. Name another file.'],
    ['resume kickoff.txt --json x.txt --report x.txt', 2, '--report x.txt is the file of --json; it would be overwritten. Name another file.'],
    ['start', 2, 'The bundled samples are not there. Name documents: collate start PATH...'],
  ];
  mkdirSync(join(folder, 'folder'), { recursive: true });
  writeFileSync(join(folder, 'file'), '');
  it.each(ends)('collate %s: exit %i', async (line, code, sentence) => {
    const result = await collate(line);
    expect(result.code, result.err).toBe(code);
    expect(result.err).toContain(sentence);
    if (code === 2) expect({ out: result.out, err: result.err }).toEqual({ out: '', err: `${sentence}\n` });
  });
});

describe('the run folder', () => {
  it('holds the facts, the JSON, the report and the notes', async () => {
    const out = join(folder, 'one');
    expect((await collate(`analyze kickoff.txt --out ${out}`)).code).toBe(0);
    expect(readdirSync(out, { recursive: true }).map(String).toSorted()).toEqual(['benchmark.json', 'final', join('final', 'meetingNotes.md'), 'metadata.json', 'report.html', 'run.json']);
    expect(validate(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))), JSON.stringify(validate.errors)).toBe(true);
    const facts = JSON.parse(readFileSync(join(out, 'metadata.json'), 'utf8')) as Record<string, unknown>;
    expect(facts).toMatchObject({ collate: '1.2.3', run: 'run-kickoff.txt', workflow: 'transcript', state: 'done' });
    expect(readFileSync(join(out, 'final', 'meetingNotes.md'), 'utf8')).toContain('I will send the file layout to the vendor by 12 December.');
  });

  it('has a folder for each of several runs, in the order of the paths', async () => {
    const out = join(folder, 'several');
    await collate(`analyze settled.txt kickoff.txt --out ${out}`);
    expect(readdirSync(out).toSorted()).toEqual(['01-settled', '02-kickoff']);
  });
});

describe('Ctrl+C', () => {
  /** Runs a line whose first run waits, and sends signals when it is at work. */
  async function interrupted(line: string, signals: readonly ('SIGINT' | 'SIGTERM')[]): Promise<CliResult & { runs: FakeRuns; listening: number }> {
    const hands = new FakeSignals();
    const waiting: Script = {
      output: transcriptOutput(),
      until: new Promise(() => undefined),
      // When the runs that start beside it are at work too.
      began: () => void setImmediate(() => signals.forEach((signal) => hands.send(signal))),
    };
    const runs = new FakeRuns({ ...scripts, 'slow.txt': waiting, 'slower.txt': { ...waiting, began() {} } });
    const result = await cli(line.split(' '), runs, { folder }, hands);
    return { ...result, runs, listening: hands.listening };
  }

  it('cancels in order, once, and says how to resume', async () => {
    const { code, out, err, runs, listening, closed, exits } = await interrupted('analyze slow.txt slower.txt kickoff.txt --json -', ['SIGINT']);
    expect({ code, out, listening, closed, exits }).toEqual({ code: 130, out: '', listening: 0, closed: 1, exits: [] });
    expect(runs.cancelled.toSorted()).toEqual(['run-slow.txt', 'run-slower.txt']);
    expect(err.split('\n')).toEqual([
      'Stopping; what is finished is kept. Press Ctrl+C again to end at once.',
      'slow.txt: Cancelled by Ctrl+C. 3 of 9 provisions are kept; resume takes up the rest.',
      'Resume with: collate resume run-slow.txt',
      'slower.txt: Cancelled by Ctrl+C. 3 of 9 provisions are kept; resume takes up the rest.',
      'Resume with: collate resume run-slower.txt',
      '1 not started.',
      'No result was written.',
      '',
    ]);
  });

  it.each([['--store kept', '--store kept'], ['--store my plans', '--store "my plans"']])('names the store that was named: %s', async (option, said) => {
    const hands = new FakeSignals();
    const runs = new FakeRuns({ 'slow.txt': { output: transcriptOutput(), until: new Promise(() => undefined), began: () => hands.send('SIGINT') } });
    const { err } = await cli(['analyze', 'slow.txt', '--store', option.slice('--store '.length)], runs, { folder }, hands);
    expect(err).toContain(`Resume with: collate resume run-slow.txt ${said}\n`);
  });

  it('ends at once when it comes twice', async () => {
    expect((await interrupted('analyze slow.txt', ['SIGINT', 'SIGINT'])).exits).toEqual([130]);
  });

  it('is told from SIGTERM', async () => {
    expect((await interrupted('analyze slow.txt', ['SIGTERM'])).code).toBe(143);
  });
});
