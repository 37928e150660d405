/**
 * Rows that rules call missing, where meaning says otherwise: no words were found for them, but a target is near in meaning. Then
 * nothing is decided: whoever judges rows judges this one, too. Where nothing is near, it stays what rules made of it.
 */
import type { Match, Why } from '../../../../../../shared/model.ts';
import { REASONS } from '../reasons.ts';

/** The target nearest in meaning of all, how near it is, and how near targets are to the row on the mean: cosines. */
export interface Nearness {
  readonly target: number;
  readonly cosine: number;
  readonly mean: number;
}

/**
 * Cosine from which a target may be the counterpart of a row for which no words were found, and how far it has to stand out from
 * the mean of all: of some models all texts are near each other. Chosen by what is usual of models, not fitted.
 */
const NEAR_AT = 0.5;
const STANDS_OUT = 0.1;

/** Whether rules decided that a row has no counterpart. Without candidates there is nothing to compare it with. */
export function isMissing({ outcome, relation, candidates }: Match): boolean {
  return outcome === 'decided' && relation === 'missing' && candidates.length > 0;
}

export function isNear({ cosine, mean }: Nearness): boolean {
  return cosine >= NEAR_AT && cosine >= mean + STANDS_OUT;
}

/** The row as one that is open. */
export function opened(match: Match): Match {
  return { ...match, outcome: 'abstained', reason: REASONS.nearInMeaning, relation: null, variance: null, impact: null, confidence: null };
}

/** What was looked at. `name`: of the target, `model`: whose directions they are. */
export function nearnessNote(nearness: Nearness, name: string, model: string): Why {
  const { cosine, mean } = nearness;
  const detail = `By words it has no counterpart; nearest to it in meaning by ${model} is ${name}, with a cosine of ${cosine.toFixed(2)}, ${mean.toFixed(2)} being the mean of all targets`;
  const rule = `${NEAR_AT.toFixed(2)} or more, and ${STANDS_OUT.toFixed(2)} above the mean`;
  return { rule: 'candidate.meaning', detail: `${detail}: ${isNear(nearness) ? `it is looked at from ${rule}` : `too far, as it takes ${rule}`}.` };
}
