import { describe, expect, it } from 'vitest';
import { CANDIDATES, ENGLISH_ONLY, MEETING_NOTES, NEEDS_MODEL, TRANSCRIPT_ANALYZERS } from '../../../server/src/engine/workflows/transcript/analyzers.ts';
import { entry, runOf } from './runOf.ts';

const PLAIN = 'Ann: We agreed to wait.\nBob: I will send a memo by Friday.\nAnn: Who signs the amended form?\nBob: You do.\n';
/** Long enough for the language to be told. */
const GERMAN = Array.from({ length: 8 }, (_, i) => `${i % 2 === 0 ? 'Ann' : 'Bob'}: Wir haben gestern beschlossen, den Vertrag mit dem Anbieter nicht weiter zu verl\u00e4ngern.`).join('\n');
const BROKEN = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ann>We agreed to wait.\n\nbad --> time\n<v Bob>Lost.\n';
const NOTHING = 'Ann: Good morning.\nBob: Good morning.\nAnn: It rains.\nBob: It does.\n';

/** Analyzers that need no model. */
const BY_RULES = 2;

interface Case {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly notes: { readonly outcome: string; readonly reason?: string; readonly findings: number; readonly read: string };
  /** Turns: total, decided, skipped, failed. */
  readonly turns: readonly [total: number, decided: number, skipped: number, failed: number];
}

const CASES: readonly Case[] = [
  {
    name: 'a plain talk', path: 'a.txt', text: PLAIN, turns: [4, 4, 0, 0],
    notes: { outcome: 'decided', findings: 3, read: '4 turns, for decisions, action items, commitments, risks, open questions, questions; none found by rules: commitments, risks, open questions' },
  },
  {
    name: 'a talk without anything to note', path: 'a.txt', text: NOTHING, turns: [4, 4, 0, 0],
    notes: { outcome: 'decided', findings: 0, read: '4 turns. None found by rules; looked for decisions, action items, commitments, risks, open questions, questions' },
  },
  {
    name: 'another language', path: 'a.txt', text: GERMAN, turns: [8, 0, 8, 0],
    notes: { outcome: 'skipped', reason: ENGLISH_ONLY, findings: 0, read: 'nothing' },
  },
  {
    name: 'a talk with one turn in another language', path: 'a.txt', text: `${PLAIN}\n${GERMAN.trimStart().split('\n')[0] ?? ''}`, turns: [5, 4, 1, 0],
    notes: { outcome: 'decided', findings: 3, read: '4 turns, for decisions, action items, commitments, risks, open questions, questions; none found by rules: commitments, risks, open questions' },
  },
  {
    name: 'captions of which one cannot be read', path: 'a.vtt', text: BROKEN, turns: [2, 1, 0, 1],
    notes: { outcome: 'decided', findings: 1, read: '1 turn, for decisions, action items, commitments, risks, open questions, questions; none found by rules: action items, commitments, risks, open questions, questions' },
  },
];

describe('the analyzers of a transcript', () => {
  for (const { name, path, text, notes, turns } of CASES) {
    it(`${name}: every one ends, in the order of the stages, and says how`, async () => {
      const { analyses } = await runOf(path, text);
      expect(analyses.map(({ analyzer }) => analyzer)).toEqual(TRANSCRIPT_ANALYZERS.map((each) => each.name));
      for (const { analyzer, outcome, reason, findings, read } of analyses) {
        const ended = { outcome, ...(reason === undefined ? {} : { reason }), findings, read };
        if (analyzer === MEETING_NOTES) expect(ended).toEqual(notes);
        else if (analyzer === CANDIDATES) expect(ended).toMatchObject({ outcome: notes.outcome, ...(notes.reason === undefined ? {} : { reason: notes.reason }) });
        else expect(ended, analyzer).toMatchObject({ outcome: 'skipped', reason: NEEDS_MODEL, findings: 0, read: expect.stringMatching(/^nothing/) as string });
      }
    });

    it(`${name}: the ledger counts every turn and every analyzer once`, async () => {
      const run = await runOf(path, text);
      const { total, decided, skipped, failed, abstained } = entry(run, 'turn');
      expect([total, decided, skipped, failed, abstained]).toEqual([...turns, 0]);
      const byRules = notes.outcome === 'decided' ? BY_RULES : 0;
      expect(entry(run, 'analysis')).toEqual({
        total: TRANSCRIPT_ANALYZERS.length, decided: byRules, abstained: 0, skipped: TRANSCRIPT_ANALYZERS.length - byRules, failed: 0,
        reasons: { [NEEDS_MODEL]: TRANSCRIPT_ANALYZERS.length - BY_RULES, ...(byRules === 0 ? { [ENGLISH_ONLY]: BY_RULES } : {}) },
      });
      expect(run.findings.filter(({ analyzer }) => analyzer === MEETING_NOTES)).toHaveLength(notes.findings);
    });
  }

  it('are eight that need a language model, and two that do not', () => {
    expect(TRANSCRIPT_ANALYZERS.filter(({ byRules }) => byRules).map(({ name }) => name)).toEqual([MEETING_NOTES, CANDIDATES]);
    expect(TRANSCRIPT_ANALYZERS).toHaveLength(8 + BY_RULES);
  });

  it('say what of them the rules list', async () => {
    const { analyses } = await runOf('a.txt', PLAIN);
    expect(analyses.find(({ analyzer }) => analyzer === 'premisesAssertions')?.read).toBe('nothing; of it, rules list words that argue');
    expect(analyses.find(({ analyzer }) => analyzer === CANDIDATES)?.read).toBe('4 turns. None found by rules; looked for words that define, words that give a cause, words that argue, words of hedging');
  });
});
