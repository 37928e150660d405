import type { ItemProblem } from '../batchAnswers.ts';

/** Why an answer to a row is not used: `reason` for a person, `detail` for the model that is asked again. */
export const CROSSWALK_PROBLEMS = {
  shape: { reason: 'The model\'s answer has not the shape asked for.', detail: 'the answer has not the shape asked for.' },
  targetInvented: { reason: 'The model named a target that was not among the candidates.', detail: 'targets names an id that is no candidate of this item.' },
  targetTwice: { reason: 'The model named the same target twice.', detail: 'targets names the same candidate twice.' },
  targetOfNone: { reason: 'The model said that there is no counterpart, and named one.', detail: 'missing and unsure have no targets.' },
  tooManyTargets: { reason: 'The model named more targets than its relation has.', detail: 'this relation has exactly one target.' },
  tooFewTargets: { reason: 'The model named fewer targets than its relation has.', detail: 'this relation has more targets than were named: split has several, the others at least one.' },
  role: { reason: 'The model\'s relation and the roles of its targets contradict each other.', detail: 'same and reworded have a target of role whole; split, merged and covered have targets of role part.' },
  weightHalf: { reason: 'The model gave a variance without an impact, or an impact without a variance.', detail: 'variance and impact are none together, or neither is.' },
  weightOfEqual: { reason: 'The model claimed the same effect, and a variance.', detail: 'same, reworded and unsure have variance none and impact none.' },
  weightOfChange: { reason: 'The model claimed a change without a variance.', detail: 'changed has a variance and an impact.' },
  weightOfMissing: { reason: 'The model claimed that a provision is missing, with less than a high impact.', detail: 'missing has the impact high.' },
  noSourceQuote: { reason: 'The model quoted no words of the source.', detail: 'sourceQuotes is empty; quote the words it rests on.' },
  sourceQuote: { reason: 'The model quoted words that the source does not have.', detail: 'a source quote does not stand in the source provision, or is too short to show anything; copy a clause of it sign by sign.' },
  targetQuote: { reason: 'The model quoted words that the target does not have.', detail: 'a quote of a target does not stand in that candidate, or is too short to show anything; copy a clause of it sign by sign.' },
  numberInvented: { reason: 'The model\'s reason names a number that stands in none of the texts.', detail: 'why names a number that no text has.' },
  numberOfPrompt: { reason: 'The model\'s reason names a number of its instructions, not of the texts.', detail: 'why names a number of these instructions, which no text has.' },
  equalThoughNumbers: { reason: 'The model claimed the same effect, but a number or date stands on one side only.', detail: 'same and reworded are no choice where a number or date stands on one side only; look at the numbers and dates again.' },
  equalThoughDenials: { reason: 'The model claimed the same words, but duties or denials differ.', detail: 'the words are not the same: duties or denials differ; look at them again.' },
  changedThoughEqual: { reason: 'The model claimed a change, but the words are the same.', detail: 'the words of source and target are the same, so that changed is no choice.' },
  missingThoughEqual: { reason: 'The model found no counterpart, but a candidate has the very same words.', detail: 'a candidate has the very words of the source.' },
  partsLoseNumbers: { reason: 'The model claimed that the substance is kept in parts, but a number or date of the source is not in them.', detail: 'split, merged and covered are no choice where a number or date of the source stands in none of the targets; that is a change.' },
} as const satisfies Readonly<Record<string, ItemProblem>>;
