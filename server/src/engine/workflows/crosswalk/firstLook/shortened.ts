/** What a first look makes of the list of a row's candidates. */
import type { Match, Why } from '../../../../../../shared/model.ts';
import type { Result } from '../../../../../../shared/failure.ts';
import { withCandidates, type AskedProvision, type CrosswalkQuestion } from '../../../models/tasks/crosswalkQuestion.ts';
import type { TopicVerdict } from '../../../models/tasks/crosswalkTopic.ts';
import type { SourceScores } from '../scoringTypes.ts';
import { USUAL_SHARE_KEPT } from './worthLooking.ts';

/** A row as it is asked about without a first look. */
export interface WholeRow {
  readonly match: Match;
  readonly scores: SourceScores;
  readonly question: CrosswalkQuestion;
}

/** A look without an answer that can be used, and why. Versions before kept `failed` alone. */
type FailedLook = { readonly failed: string } | 'failed';

/** What came of a look, as a step keeps it: keys of what was set aside, or why nothing was; null where nobody looked. */
export type Look = { readonly aside: readonly string[] } | 'none' | FailedLook | null;

/** Candidates that may be set aside: not what rules claim, nor what they find best, by words or by probability. */
export function others({ match, scores, question }: WholeRow): readonly AskedProvision[] {
  const likeliest = scores.candidates.reduce((best, { probability }, at) => (probability > (scores.candidates[best]?.probability ?? 0) ? at : best), 0);
  const stay = new Set([
    ...[0, likeliest].flatMap((at) => match.candidates[at]?.targetId ?? []), ...match.targets.map(({ targetId }) => targetId),
    ...match.candidates.flatMap(({ targetId, claimed }) => (claimed ? [targetId] : [])),
  ]);
  return question.candidates.filter(({ key }) => !stay.has(key));
}

/** "None of them" takes nothing away: then the model that decides is to see them all. */
export function lookOf(row: WholeRow, result: Result<TopicVerdict>): Look {
  if (!result.ok) return { failed: result.failure.message };
  const kept = result.value;
  return kept.size === 0 ? 'none' : { aside: others(row).flatMap(({ key }) => (kept.has(key) ? [] : [key])) };
}

/** The row's question after a look. */
export function questionAfter({ question }: WholeRow, look: Look): CrosswalkQuestion {
  if (look === null || typeof look === 'string' || 'failed' in look || look.aside.length === 0) return question;
  const aside = new Set(look.aside);
  return withCandidates(question, question.candidates.filter(({ key }) => !aside.has(key)));
}

/** A look as it usually is: the last of the others are set aside. */
export function usualLook(row: WholeRow): Look {
  const open = others(row);
  return { aside: open.slice(Math.ceil(USUAL_SHARE_KEPT * open.length)).map(({ key }) => key) };
}

export function lookWords({ question: { candidates } }: WholeRow, look: Look, model: string): Why | null {
  if (look === null) return null;
  const all = String(candidates.length);
  if (look === 'failed' || (typeof look === 'object' && 'failed' in look)) {
    const failure = look === 'failed' ? '' : ` ${look.failed}`;
    return { rule: 'firstLook.failed', detail: `${model} was to look first and gave no answer that can be used: all ${all} candidates were shown.${failure}` };
  }
  if (look === 'none') return { rule: 'firstLook.none', detail: `${model} looked first and found none of the ${all} candidates to be about the same matter: all of them were shown.` };
  const aside = look.aside.length === 0 ? 'none' : String(look.aside.length);
  return { rule: 'firstLook.aside', detail: `${model} looked first and set ${aside} of ${all} candidates aside, as about something else.` };
}
