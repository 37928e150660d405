import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Metric } from '../../../shared/model.ts';
import { crosswalkOutput } from '../../engine/report/reportFixture.ts';
import { cli, FakeRuns } from './fakeSession.ts';

const metric = (operation: string, calls: number, costUsd: number): Metric => ({
  operation, startedAt: 0, endedAt: 1_000, items: 9, calls, tokensIn: calls * 100, tokensOut: calls, tokensCached: 0, costUsd, estimated: false, meanConcurrency: 1, errors: 0, retries: 0, rateLimited: 0,
});

/** What is told of the cost of a run: the last cells of the timing, in the terminal and in the report, the line below, and benchmark.json. */
async function told(provider: string, costUsd: number, prices: Readonly<Record<string, string>> = {}, budgetPerRun = 0, models: Readonly<Record<string, string>> = {}, others: readonly Metric[] = []): Promise<unknown> {
  const output = crosswalkOutput();
  const settings = { ...output.runs[0]?.settings, prices, budgetPerRun, models };
  const runs = output.runs.map((run) => ({ ...run, provider, settings, metrics: [metric('decide', 0, 0), ...others, metric('verify', 4, costUsd)] }));
  const out = mkdtempSync(join(tmpdir(), 'collate-cost-'));
  const printed = (await cli(['analyze', 'it', '--out', out], new FakeRuns({ it: { output: { ...output, runs } } }), { columns: 200 })).out;
  const [, head = '', ...lines] = printed.slice(printed.indexOf('\nTiming\n') + 1).split('\n');
  const report = readFileSync(join(out, 'report.html'), 'utf8');
  const rows = [...report.slice(report.indexOf('>Timing</h2>')).matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) => [...row.matchAll(/<t[dh][^>]*>([^<]*)/g)].at(-1)?.[1]);
  const { costUsd: known, cost } = JSON.parse(readFileSync(join(out, 'benchmark.json'), 'utf8')) as { readonly costUsd: unknown; readonly cost: unknown };
  return {
    terminal: head.endsWith('COST') ? lines.slice(0, 3 + others.length).map((line) => /\s{2,}(\S+(?: \S+)*)$/.exec(line)?.[1]) : null,
    report: rows[0] === 'Cost' ? rows.slice(1) : null,
    note: [lines[3 + others.length]?.trim(), / no effect|this machine|because no price/.test(report) ? /<p class="dim">([^<]*)<\/p>/.exec(report.slice(report.indexOf('>Timing</h2>')))?.[1] : ''],
    benchmark: [known, cost],
  };
}

const twice = <T>(one: T): readonly T[] => [one, one];

it.each([
  ['a price', 'openai m at gateway.example/v1', 0.5, {}, 0, ['$0.50', ''], [0.5, '$0.50']],
  ['no price', 'openai m at gateway.example/v1', 0, {}, 0, ['not known', 'What m at gateway.example/v1 cost is not known, because no price is listed for it.'], [null, 'not known']],
  ['this machine', 'openai m at localhost:11434/v1', 0, {}, 0, ['free', 'm at localhost:11434/v1 is free: it runs on this machine.'], [0, 'free: it runs on this machine']],
  ['this machine and a budget', 'openai m at localhost:11434/v1', 0, {}, 3, ['free', 'm at localhost:11434/v1 is free: it runs on this machine, so the budget of $3.00 has no effect.'], [0, 'free: it runs on this machine']],
  ['this machine at a price', 'openai m at localhost:11434/v1', 0.25, { m: '1/1' }, 3, ['$0.25', ''], [0.25, '$0.25']],
] as const)('terminal, report and benchmark.json say the same of %s', async (_, provider, costUsd, prices, budget, [words, note], benchmark) => {
  const cells = ['\u2013', words, words];
  expect(await told(provider, costUsd, prices, budget)).toEqual({ terminal: cells, report: cells, note: twice(note), benchmark });
});

it('tell that a run which asked a model without a price cost more than they know', async () => {
  const priced = await told('openai m at gateway.example/v1', 0.5, { m: '1/1' }, 0, { prefilter: 'small' }, [metric('prefilter', 2, 0)]);
  const cells = ['\u2013', 'not known', '$0.50', 'at least $0.50'];
  expect(priced).toEqual({ terminal: cells, report: cells, note: twice('What small at gateway.example/v1 cost is not known, because no price is listed for it.'), benchmark: [null, 'at least $0.50'] });
});

it('tell which items of a run were answered without a call', async () => {
  const output = crosswalkOutput();
  const work = { resource: 'openai m at gateway.example/v1', operation: 'verify', advice: '', samples: [], cachedItems: 90 };
  const runs = output.runs.map((run) => ({ ...run, provider: work.resource, metrics: [metric('verify', 0, 0)] }));
  const { err } = await cli(['analyze', 'it'], new FakeRuns({ it: { output: { ...output, runs }, models: [work] } }), { columns: 200 });
  expect(err).toContain('m at gateway.example/v1: 90 items answered without a new call.');
});
