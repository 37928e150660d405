import { scorePlans } from './samplePlans.ts';
import type { Score } from './noteScores.ts';
import { scoreTranscripts } from './sampleTranscripts.ts';

/** Below these the evaluation fails. */
const FLOORS = { recallAt1: 0.9, precision: 0.9, notePrecision: 0.8, noteRecall: 0.7 } as const;

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** Scores the samples of this project against what a person says of them; true where a floor is missed. */
export async function scoreSamples(): Promise<boolean> {
  const { figures } = await scorePlans();
  const { planted, calm, missing } = figures;
  console.log(`\nsample plans: ${figures.pairs} pairs, best candidate right ${percent(figures.recallAt1)}, claimed targets right ${percent(figures.precision)}, found ${percent(figures.recall)}`);
  console.log(`    ${planted.total} planted differences of effect: ${planted.changed} named, ${planted.abstained} left for review, ${planted.calledSame.length} called the same${planted.calledSame.length === 0 ? '' : ` (${planted.calledSame.join(', ')})`}`);
  console.log(`    same or reworded: ${calm.right} of ${calm.total} right; missing: ${missing.found} of ${missing.expected} found, ${missing.wrong.length} wrong${missing.wrong.length === 0 ? '' : ` (${missing.wrong.join(', ')})`}`);
  const missed = figures.recallAt1 < FLOORS.recallAt1 || figures.precision < FLOORS.precision || planted.calledSame.length > 0;
  if (missed) console.log('    MISSED: a floor of the samples');
  return scoreNotes() || missed;
}

/** Notes over all sample transcripts together; true where a floor is missed. */
function scoreNotes(): boolean {
  const all = scoreTranscripts();
  for (const { name, decisions, actionItems, openQuestions, risks, owners, dues, taken } of all) {
    console.log(`sample ${name}: decisions ${words(decisions)}; open questions ${words(openQuestions)}${risks === null ? '' : `; risks ${words(risks)}`}`);
    console.log(`    action items ${words(actionItems)}, owner right ${owners}, due date right ${dues}; ${taken.length} taken for a decision that is none`);
  }
  const decisions = pooled(all.map((each) => each.decisions));
  const actions = pooled(all.map((each) => each.actionItems));
  console.log(`all sample transcripts: decisions precision ${percent(decisions.precision)}, recall ${percent(decisions.recall)}; action items precision ${percent(actions.precision)}, recall ${percent(actions.recall)}`);
  const missed = all.some(({ taken }) => taken.length > 0) || [decisions, actions].some(({ precision, recall }) => precision < FLOORS.notePrecision || recall < FLOORS.noteRecall);
  if (missed) console.log('    MISSED: a floor of the sample transcripts');
  return missed;
}

function pooled(scores: readonly Score<unknown>[]): { readonly precision: number; readonly recall: number } {
  const sum = (of: (score: Score<unknown>) => number): number => scores.reduce((total, score) => total + of(score), 0);
  const claimed = sum((score) => score.claimed);
  const found = sum((score) => score.found.length);
  return { precision: claimed === 0 ? 1 : 1 - sum((score) => score.wrong.length) / claimed, recall: found / Math.max(1, found + sum((score) => score.missed.length)) };
}

function words({ found, missed, wrong }: Score<unknown>): string {
  return `${found.length} of ${found.length + missed.length} found, ${wrong.length} wrong`;
}
