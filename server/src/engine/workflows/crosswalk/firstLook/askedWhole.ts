/** "None of them", said of a list that a first look has shortened, says nothing: such rows are asked again with every candidate. */
import type { Result } from '../../../../../../shared/failure.ts';
import type { Match, Why } from '../../../../../../shared/model.ts';
import type { ItemOutcome, Models } from '../../../models/modelRuntime.ts';
import type { CrosswalkVerdict } from '../../../models/tasks/crosswalkCheck.ts';
import { crosswalkVerify } from '../../../models/tasks/crosswalkVerify.ts';
import type { LookedAt } from './firstLook.ts';

/** What the model that decides says of a row in the end. */
export interface Judged {
  readonly result: Result<CrosswalkVerdict>;
  /** False where it saw some of the candidates only. */
  readonly sawAll: boolean;
  /** What came before: the first look, and the second question. */
  readonly why: readonly Why[];
}

const AGAIN = 'None of the candidates that were left answers it, so that it was asked again with all of them';

/** `first`: the answers to what was asked after the looks. In order; rejects when the run is stopped. */
export async function askedWhole(looked: readonly LookedAt[], first: readonly ItemOutcome<CrosswalkVerdict>[], models: Models): Promise<readonly Judged[]> {
  const judged = looked.map(({ question, whole, why }, at): Judged => ({
    result: (first[at] as ItemOutcome<CrosswalkVerdict>).result, sawAll: question === whole, why: why === null ? [] : [why],
  }));
  const open = [...judged.keys()].filter((at) => saysNone(judged[at] as Judged));
  if (open.length === 0) return judged;
  const second = await Promise.all(models.ask('verify', 'verify', crosswalkVerify, open.map((at) => (looked[at] as LookedAt).whole)));
  const again = new Map(open.map((at, k) => [at, (second[k] as ItemOutcome<CrosswalkVerdict>).result]));
  return judged.map((one, at) => {
    const result = again.get(at);
    if (result === undefined) return one;
    if (!result.ok) return { ...one, why: [...one.why, { rule: 'firstLook.again', detail: `${AGAIN}, and no answer came that can be used.` }] };
    return { result, sawAll: true, why: [...one.why, { rule: 'firstLook.again', detail: `${AGAIN}.` }] };
  });
}

function saysNone({ result, sawAll }: Judged): boolean {
  return !sawAll && result.ok && result.value.relation === 'missing';
}

/** The row with what came before, behind what the rules left open. */
export function withLooks(match: Match, { why }: Judged): Match {
  const at = match.why.findIndex(({ rule }) => rule === 'rules.open') + 1;
  return why.length === 0 ? match : { ...match, why: [...match.why.slice(0, at), ...why, ...match.why.slice(at)] };
}
