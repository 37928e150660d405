import { readText } from '../../server/src/engine/documents/readDocument.ts';
import type { CollateDocument } from '../../server/src/engine/documents/document.ts';
import { runCrosswalk } from '../runCrosswalk.ts';
import type { MergedCase } from './mergedCase.ts';
import type { Planted } from './mutatePlan.ts';
import { overlap } from './score.ts';

/**
 * What the plan's row says where plan and form must be read together. `silent`, the mistake: decided as the same, without
 * a word on the election it depends on.
 */
export type MergedVerdict = 'silent' | 'saysDepends' | 'abstained' | 'decidedOther';

export interface MergedFared {
  readonly planted: Planted;
  readonly verdict: MergedVerdict;
}

function planDocument(key: string, text: string): CollateDocument {
  const read = readText({ key, path: key, text, kind: 'basicPlanDocument' });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

/** Runs the crosswalk of the two plans of a case, and says of each planted rule what its row tells. */
export async function scoreMergedCase(one: MergedCase): Promise<readonly MergedFared[]> {
  const source = planDocument('source.md', one.source.plan.text);
  const { matches } = await runCrosswalk(source, planDocument('target.md', one.target.plan.text));
  return one.planted.map((planted) => {
    const place = one.source.plan.provisions.get(planted.source[0] ?? '');
    const unit = place === undefined ? undefined : source.units.find(({ textStart, textEnd }) => overlap({ start: textStart, end: textEnd }, place) > 0);
    const match = matches.find(({ sourceId }) => sourceId === unit?.key);
    if (match === undefined) throw new Error(`The plan's provision ${planted.source[0]} is in no unit.`);
    if (match.outcome !== 'decided') return { planted, verdict: 'abstained' };
    if (match.relation !== 'same' && match.relation !== 'reworded') return { planted, verdict: 'decidedOther' };
    return { planted, verdict: match.why.some(({ rule }) => rule === 'election.depends') ? 'saysDepends' : 'silent' };
  });
}
