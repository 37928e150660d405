import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { estimateLines } from '../../../client/src/commands/estimateLines.ts';
import type { RunEstimate } from '../../../server/src/engine/index.ts';
import { ok, type Result } from '../../../shared/failure.ts';
import type { PlannedWork } from '../../../shared/model.ts';
import { cli, FakeRuns } from './fakeSession.ts';

const work = (model: string, operation: string, minutes: number, cost: number | null): PlannedWork => ({
  resource: `openai ${model} at gateway.example/v1`, operation,
  forecast: { items: 10, cachedItems: 0, calls: 20, tokensIn: 3_000, tokensOut: 500, costP50: cost, costP90: cost === null ? null : 2 * cost, minutesP50: minutes, minutesP90: 2 * minutes, limit: `Limit of ${model}.` },
});

/** The command line where each run would ask this. */
async function estimated(line: readonly string[], planned: readonly PlannedWork[], folder = '/folder'): Promise<string> {
  const estimate = (): Promise<Result<RunEstimate>> => Promise.resolve(ok({ planned, none: planned.length === 0 ? 'Nobody is asked.' : '' }));
  const { code, out } = await cli(['estimate', ...line, '--provider', 'openai', '--model', 'm'], Object.assign(new FakeRuns({}), { estimate }), { columns: 200, folder });
  expect(code).toBe(0);
  return out;
}

const TWO = [work('small', 'prefilter', 1, 0.1), work('large', 'verify', 2, 1)];

/** A conversion of two pairs. */
function conversion(): readonly [folder: string, file: string] {
  const folder = mkdtempSync(join(tmpdir(), 'collate-estimate-'));
  for (const name of ['a.md', 'b.md', 'c.md', 'd.md']) writeFileSync(join(folder, name), 'Words.');
  writeFileSync(join(folder, 'plan.collate.json'), JSON.stringify({ source: { plan: 'a.md', adoption: 'b.md' }, target: { plan: 'c.md', adoption: 'd.md' } }));
  return [folder, 'plan.collate.json'];
}

it('adds up what several models are asked for', async () => {
  const out = await estimated(['a.md', 'b.md'], TWO);
  const [, total = ''] = out.split('In all of a.md to b.md\n');
  expect(total).toBe([
    '  calls    40 calls', '  tokens   about 6,000 in, about 1,000 out', '  cost     $1.10, nine times in ten below $2.20', '  time     3 min 00 s, nine times in ten below 6 min 00 s',
    '  The upper cost is the sum of the upper costs, as if all came out high together: the true one is rather lower. Operations of a run go on one after another, so their times are added up alike.', '',
  ].join('\n'));
});

it('has no total of one, and none of nothing', async () => {
  expect(await estimated(['a.md', 'b.md'], [work('m', 'verify', 1, 1)])).not.toContain('In all');
  expect(await estimated(['a.md', 'b.md'], [])).toBe('a.md to b.md\n  Nobody is asked.\n');
});

it('adds up pairs of documents, which go on at the same time', async () => {
  const [folder, file] = conversion();
  const out = await estimated([file], TWO, folder);
  expect(out).toContain('In all of a.md to c.md\n');
  const [, total = ''] = out.split('In all of 2 runs\n');
  expect(total).toContain('  calls    80 calls\n');
  expect(total).toContain('  cost     $2.20, nine times in ten below $4.40\n  time     3 min 00 s, nine times in ten below 6 min 00 s\n');
  expect(total.replace(/\s+/gu, ' ')).toContain('The runs go on at the same time: the longest counts');
});

it('says in all at least what is known where a model has no price', async () => {
  const out = await estimated(['a.md', 'b.md'], [work('small', 'prefilter', 1, null), work('large', 'verify', 2, 1)]);
  expect(out).toContain('  cost     at least $1.00, nine times in ten below $2.00, because no price is listed for small at gateway.example/v1; give one with --price MODEL=INPUT/OUTPUT\n');
});

it('has the totals in the JSON beside what was there', async () => {
  const [folder, file] = conversion();
  const runs = JSON.parse(await estimated([file, '--json', '-'], TWO, folder)) as readonly object[];
  expect(runs).toHaveLength(2);
  for (const run of runs) {
    expect(run).toMatchObject({ title: expect.any(String) as string, planned: TWO, none: '', total: { calls: 40, costP50: 1.1, costP90: 2.2, minutesP50: 3 }, totalOfAll: { calls: 80, costP50: 2.2, minutesP50: 3 } });
  }
});

it('the editor asks with the same totals before a run', () => {
  expect(estimateLines(TWO, 1).split('\n')).toEqual([
    'Sent to small at gateway.example/v1: 10 provisions that rules leave open, with their candidates, for a first look at which are about the same matter.',
    'Calls: 20, with about 3,000 tokens in and about 500 out.', '',
    'Sent to large at gateway.example/v1: 10 provisions that rules leave open, with their candidates.', 'Calls: 20, with about 3,000 tokens in and about 500 out.', '',
    'Calls in all: 40, with about 6,000 tokens in and about 1,000 out.',
    'Cost in all: $1.10, nine times in ten below $2.20.',
    'Budget of a run: $1.00. It will not be enough: the run pauses when it is used up, and what is answered is kept.',
    'Time in all: 3 min 00 s, nine times in ten below 6 min 00 s.',
    expect.stringContaining('added up alike'), '', 'Limit of small.', 'Limit of large.',
  ]);
  expect(estimateLines([work('m', 'verify', 1, 1)], 0).split('\n').slice(3)).toEqual(['Cost: $1.00, nine times in ten below $2.00.', 'No budget is set for a run.', 'Time: 1 min 00 s, nine times in ten below 2 min 00 s.', '', 'Limit of m.']);
});
