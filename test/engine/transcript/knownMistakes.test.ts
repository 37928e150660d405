import { describe, expect, it } from 'vitest';
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
});
