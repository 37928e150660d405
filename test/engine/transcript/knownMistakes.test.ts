import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../server/src/engine/index.ts';
import { addMetric, localMetric } from '../../../server/src/engine/runs/metricBook.ts';
import { runOf } from './runOf.ts';

const PEOPLE = ['Dana Whitfield', 'Lee Ito', 'Sam Roy', 'Kim Vale', 'Max Orr', 'Ida Noll'];
const TURNS = 2_400;
const turn = (index: number, words: string): string =>
  `[${String(Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}] Member (${PEOPLE[index % PEOPLE.length] ?? ''}): ${words}`;
const LONG = Array.from({ length: TURNS }, (_, i) => turn(i, i === TURNS - 2 ? 'Okay, we agreed to wait for the bank.' : i === TURNS - 1 ? 'I will send the memo by Friday.' : `Point ${i} is the same as it was, more or less.`)).join('\n');

/** What the tools before this one did wrong on transcripts. */
describe('a long meeting', () => {
  it('has six speakers, not one for each time stamp', async () => {
    const { speakers } = await runOf('long.txt', LONG);
    expect(speakers.map(({ speaker }) => speaker).toSorted()).toEqual(PEOPLE.toSorted());
  });

  it('is read to its end, and says how much was read', async () => {
    const { findings, analyses, ledger } = await runOf('long.txt', LONG);
    expect(findings.filter(({ kind }) => kind === 'decision' || kind === 'actionItem').map(({ text }) => text)).toEqual([
      'Okay, we agreed to wait for the bank.', 'I will send the memo by Friday.',
    ]);
    for (const { outcome, read } of analyses) if (outcome === 'decided') expect(read).toMatch(/^2400 turns/);
    expect(ledger.turn).toMatchObject({ total: TURNS, decided: TURNS });
  });

  it('has every finding in a turn, with words of it, and no confidence that nobody measured', async () => {
    const { findings, units } = await runOf('long.txt', LONG);
    const turns = new Map(units.map((unit) => [unit.key, unit]));
    for (const { key, evidence, confidence, method } of findings) {
      const unit = turns.get(key.replace(/^transcript:/, '').replace(/:[A-Za-z]+:\d+$/, ''));
      expect(evidence.length).toBeGreaterThan(0);
      for (const { start, end } of evidence.slice(0, 1)) {
        expect(start).toBeGreaterThanOrEqual(unit?.span.start ?? Infinity);
        expect(end).toBeLessThanOrEqual(unit?.span.end ?? -1);
      }
      expect([confidence, method]).toEqual([null, 'rules']);
    }
  });

  it('has no analyzer that ends as an empty answer: each is decided with what it looked for, or skipped with a reason', async () => {
    const { analyses } = await runOf('quiet.txt', 'Ann: Good morning.\nBob: Good morning.\nAnn: It rains.\nBob: It does.\n');
    for (const { outcome, reason, read } of analyses) {
      if (outcome === 'decided') expect(read).toContain('None found by rules; looked for');
      else expect([outcome, reason]).toEqual(['skipped', 'needs a language model']);
    }
  });

  it('has its notes whole in a report, however many there are', async () => {
    const agreed = Array.from({ length: 400 }, (_, i) => turn(i, `Okay, we agreed to keep rule ${i} of the charter as it is.`));
    const run = await runOf('long.txt', `${LONG}\n${agreed.join('\n')}`);
    const report = renderReport({ schemaVersion: 1, documents: [], runs: [run] });
    const told = run.findings.filter(({ kind }) => kind === 'decision' || kind === 'actionItem');
    expect(told).toHaveLength(402);
    for (const { text } of told) expect(report).toContain(text);
  });

  it('has the time of every analyzer measured, and how much went on at once', async () => {
    const { metrics, analyses } = await runOf('long.txt', LONG);
    expect(metrics.map(({ operation }) => operation)).toEqual(expect.arrayContaining(analyses.filter(({ outcome }) => outcome === 'decided').map(({ analyzer }) => analyzer)));
    for (const { startedAt, endedAt, items } of metrics) expect([endedAt >= startedAt, items > 0 || endedAt === startedAt]).toEqual([true, true]);
  });
});

/** Two pieces of one operation, each from its start to its end. */
it.each<[name: string, first: readonly [number, number], second: readonly [number, number], atOnce: number]>([
  ['one after the other', [0, 10], [10, 20], 1],
  ['at the same time', [0, 10], [0, 10], 2],
  ['half at the same time', [0, 10], [5, 15], 4 / 3],
  ['with a wait between', [0, 10], [30, 40], 0.5],
])('pieces of work %s', (_, first, second, atOnce) => {
  const [metric] = addMetric([localMetric('notes', ...first, 1)], localMetric('notes', ...second, 1), 0);
  expect(metric).toMatchObject({ items: 2, meanConcurrency: expect.closeTo(atOnce, 9) as number });
});
