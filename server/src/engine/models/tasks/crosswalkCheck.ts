import type { Impact, MatchTarget, Relation, Span, Variance } from '../../../../../shared/model.ts';
import type { CheckedItem, ItemProblem } from '../batchAnswers.ts';
import { groundText, placeQuotes } from '../groundedAnswer.ts';
import { checkShape } from '../parseAnswer.ts';
import { unsourcedNumbers } from '../unsourcedNumbers.ts';
import { CROSSWALK_ANSWER, type CrosswalkAnswer } from './crosswalkAnswer.ts';
import { crosswalkPrompt } from './crosswalkPrompt.ts';
import { CROSSWALK_PROBLEMS as PROBLEMS } from './crosswalkProblems.ts';
import type { AskedProvision, CrosswalkQuestion } from './crosswalkQuestion.ts';
import { losesValues, statedFacts, valuesDiffer } from './statedFacts.ts';

/** What a model said of an open row, checked against the words. */
export interface CrosswalkVerdict {
  /** `unsure`: the model says that the texts do not settle it. */
  readonly relation: Exclude<Relation, 'new'> | 'unsure';
  readonly variance: Variance;
  readonly impact: Impact;
  /** In the order of the candidates. Evidence of each: the source's quotes, and its own. */
  readonly targets: readonly MatchTarget[];
  /** The words of the source it rests on; all there is where there are no targets. */
  readonly sourceEvidence: readonly Span[];
  /** The model's words, on one line. Every number in them stands in a text that was shown. */
  readonly why: string;
}

/**
 * Turns an answer into a verdict with located words, or says what is wrong with it. `same` and `reworded` both claim the
 * same effect; which of them it is, the words tell. `missing` says only that none of the candidates answers: whoever
 * decides a row by it must know that no other target could, and that all of them were read.
 */
export function checkCrosswalkAnswer(question: CrosswalkQuestion, raw: unknown): CheckedItem<CrosswalkVerdict> {
  const shape = checkShape(raw, CROSSWALK_ANSWER);
  if (!shape.ok) return { ok: false, problem: { ...PROBLEMS.shape, detail: `the answer has not the shape asked for: ${shape.problem.detail}.` } };
  const answer = shape.value;
  const chosen = question.candidates.filter(({ id }) => answer.targets.some((target) => target.id.trim() === id));
  const problem = wrongTargets(answer, chosen) ?? wrongWeight(answer) ?? wrongNumber(answer, question) ?? wrongEffect(answer, question.source, chosen, question.candidates);
  return problem === null ? located(answer, question, chosen) : { ok: false, problem };
}

/** Targets a relation has at least and at most, and the role they have in it; null is any. */
const TARGETS: Readonly<Record<CrosswalkAnswer['relation'], readonly [least: number, most: number, role: 'whole' | 'part' | null]>> = {
  same: [1, 1, 'whole'],
  reworded: [1, 1, 'whole'],
  changed: [1, Infinity, null],
  split: [2, Infinity, 'part'],
  merged: [1, 1, 'part'],
  covered: [1, 1, 'part'],
  missing: [0, 0, null],
  unsure: [0, 0, null],
};

function wrongTargets({ relation, targets }: CrosswalkAnswer, chosen: readonly AskedProvision[]): ItemProblem | null {
  if (new Set(targets.map(({ id }) => id.trim())).size !== targets.length) return PROBLEMS.targetTwice;
  if (chosen.length !== targets.length) return PROBLEMS.targetInvented;
  const [least, most, role] = TARGETS[relation];
  if (targets.length > most) return most === 0 ? PROBLEMS.targetOfNone : PROBLEMS.tooManyTargets;
  if (targets.length < least) return PROBLEMS.tooFewTargets;
  return role !== null && targets.some((target) => target.role !== role) ? PROBLEMS.role : null;
}

function wrongWeight({ relation, variance, impact }: CrosswalkAnswer): ItemProblem | null {
  if ((variance === 'none') !== (impact === 'none')) return PROBLEMS.weightHalf;
  const isNone = variance === 'none';
  if ((relation === 'same' || relation === 'reworded' || relation === 'unsure') && !isNone) return PROBLEMS.weightOfEqual;
  if (relation === 'changed' && isNone) return PROBLEMS.weightOfChange;
  return relation === 'missing' && impact !== 'high' ? PROBLEMS.weightOfMissing : null;
}

const INSTRUCTIONS = crosswalkPrompt([], null).map(({ content }) => content).join('\n');

function wrongNumber({ why }: CrosswalkAnswer, question: CrosswalkQuestion): ItemProblem | null {
  const shown = [question.source, ...question.candidates].flatMap(({ headings, text }) => [...headings, text]);
  const [first] = unsourcedNumbers(why, shown, INSTRUCTIONS);
  if (first === undefined) return null;
  return first.origin === 'prompt' ? PROBLEMS.numberOfPrompt : PROBLEMS.numberInvented;
}

/** What the words themselves rule out. */
function wrongEffect({ relation }: CrosswalkAnswer, source: AskedProvision, chosen: readonly AskedProvision[], candidates: readonly AskedProvision[]): ItemProblem | null {
  const own = statedFacts(source.text);
  if (relation === 'missing') return own.words !== '' && candidates.some(({ text }) => statedFacts(text).words === own.words) ? PROBLEMS.missingThoughEqual : null;
  const others = statedFacts(chosen.map(({ text }) => text).join('\n\n'));
  const isEqual = own.words === others.words;
  switch (relation) {
    case 'unsure':
      return null;
    case 'changed':
      return isEqual ? PROBLEMS.changedThoughEqual : null;
    case 'same':
    case 'reworded':
      if (isEqual) return null;
      if (valuesDiffer(own, others)) return PROBLEMS.equalThoughNumbers;
      return relation === 'same' && own.denials.join() !== others.denials.join() ? PROBLEMS.equalThoughDenials : null;
    case 'split':
    case 'merged':
    case 'covered':
      return losesValues(own, others) ? PROBLEMS.partsLoseNumbers : null;
  }
}

function located(answer: CrosswalkAnswer, { source }: CrosswalkQuestion, chosen: readonly AskedProvision[]): CheckedItem<CrosswalkVerdict> {
  if (answer.relation !== 'unsure' && answer.sourceQuotes.length === 0) return { ok: false, problem: PROBLEMS.noSourceQuote };
  const ofSource = spansOf(answer.sourceQuotes, source);
  if (ofSource === null) return { ok: false, problem: PROBLEMS.sourceQuote };
  const targets: MatchTarget[] = [];
  for (const candidate of chosen) {
    const given = answer.targets.find(({ id }) => id.trim() === candidate.id);
    const target = given === undefined ? null : spansOf(given.quotes, candidate);
    if (given === undefined || target === null) return { ok: false, problem: PROBLEMS.targetQuote };
    targets.push({ targetId: candidate.key, role: given.role, evidence: { source: ofSource, target } });
  }
  const claimsEqual = answer.relation === 'same' || answer.relation === 'reworded';
  const isEqual = claimsEqual && chosen.every(({ text }) => statedFacts(text).words === statedFacts(source.text).words);
  return {
    ok: true,
    value: {
      relation: claimsEqual ? (isEqual ? 'same' : 'reworded') : answer.relation,
      variance: answer.variance,
      impact: answer.impact,
      targets,
      sourceEvidence: ofSource,
      why: answer.why.replace(/[\s\p{Cc}]+/gu, ' ').trim(),
    },
  };
}

/** Null where a quote does not stand in the text. */
function spansOf(quotes: readonly string[], provision: AskedProvision): readonly Span[] | null {
  const placed = placeQuotes(quotes, groundText(provision.text));
  return placed.ok ? placed.places.map(({ start, end }) => provision.spanOf(start, end)) : null;
}
