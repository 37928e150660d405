/** What a model's verdict makes of a row that rules left open. */
import type { Failure } from '../../../../../shared/failure.ts';
import type { Match, Why } from '../../../../../shared/model.ts';
import { MOST_CANDIDATES, type OpenRow, type ProvisionText } from '../../models/tasks/crosswalkQuestion.ts';
import type { SpanOf } from '../../documents/document.ts';
import type { DecisionContext } from './decideMatch.ts';
import type { Judged } from './firstLook/askedWhole.ts';
import type { NearInMeaning } from './meaning/nearInMeaning.ts';
import type { Provision } from './provisions.ts';
import { REASONS } from './reasons.ts';
import type { SourceScores } from './scoringTypes.ts';

/** Reasons a comparison of the words can settle. An election that is not answered, or a document nobody could read, it cannot. */
const ASKED: ReadonlySet<string> = new Set([
  REASONS.unsure, REASONS.tooClose, REASONS.rivalSource, REASONS.partsUnsettled, REASONS.effectUnsettled, REASONS.tooLong, REASONS.maybeMissing, REASONS.tooFewWords,
]);

/** A candidate less likely than this is none. */
const NEAR = 0.02;
/** Probability of having a counterpart up to which "none of the candidates" means that there is none: rules and model agree. */
const MISSING_AT = 0.35;

/** `byMeaning`: whether targets near in meaning are looked for. Then a row for which no words were found can be settled, too. */
export function isAsked({ outcome, candidates, reason = '' }: Match, byMeaning: boolean): boolean {
  return outcome === 'abstained' && candidates.length > 0 && (ASKED.has(reason) || (byMeaning && reason === REASONS.unrelated));
}

/** The row as a model is asked about it. `near`: keys of targets that are shown beside the best of the rules. */
export function openRow(match: Match, i: number, decision: DecisionContext, targetOf: ReadonlyMap<string, Provision>, near: readonly string[] = []): OpenRow {
  const shown = [...match.candidates.slice(0, MOST_CANDIDATES).map(({ targetId }) => targetId), ...near];
  const candidates = shown.flatMap((targetId) => targetOf.get(targetId) ?? []);
  return {
    source: provisionText(decision.sources[i] as Provision, decision.sourceSpan),
    candidates: candidates.map((candidate) => provisionText(candidate, decision.targetSpan)),
    doubts: [match.reason ?? ''],
  };
}

function provisionText({ unit, text, range }: Provision, spanOf: SpanOf): ProvisionText {
  return {
    key: unit.key,
    headings: [...(unit.path ?? []), ...(unit.title === undefined ? [] : [unit.title])],
    text,
    spanOf: (start, end) => spanOf(...range(start, end)),
  };
}

/**
 * The row after a model was asked. A failed call leaves it failed, never decided; what rules had found stays on it. The
 * confidence stays the calibrated probability of the pair: how sure a model is of itself is no probability, nor is how near two
 * texts are in meaning.
 */
export function verifiedMatch(
  match: Match, i: number, scores: SourceScores, { result, sawAll }: Omit<Judged, 'why'>, model: string, decision: DecisionContext, near?: NearInMeaning,
): Match {
  if (!result.ok) return failed(match, result.failure, model);
  const verdict = result.value;
  const why: readonly Why[] = [{ rule: model, detail: verdict.why }, { rule: 'rules.open', detail: `Rules left it open: ${match.reason ?? ''}.` }, ...match.why];
  if (verdict.relation === 'unsure') return { ...match, reason: REASONS.modelUnsure, why };
  if (verdict.relation === 'missing') return sawAll ? missing(match, scores, why, decision, near) : noneFound(match, REASONS.modelNoneLeft, why);
  const claimed = new Set(verdict.targets.map(({ targetId }) => targetId));
  const places = decision.targets.flatMap(({ unit }, j) => (claimed.has(unit.key) ? [j] : []));
  const moved = places[0] === undefined ? null : decision.outline.moved(i, places[0]);
  const { reason: _reason, ...open } = match;
  const sameTarget = match.targets.length === claimed.size && match.targets.every(({ targetId }) => claimed.has(targetId));
  return {
    ...open,
    outcome: 'decided',
    relation: verdict.relation,
    variance: verdict.variance,
    impact: verdict.impact,
    moved: moved?.moved ?? false,
    confidence: confidenceOf(places, scores),
    targets: verdict.targets,
    candidates: match.candidates.map((candidate) => ({ ...candidate, claimed: claimed.has(candidate.targetId) })),
    // What rules marked is about their own best target.
    differences: sameTarget ? match.differences : [],
    why: moved?.moved === true && !match.moved ? [...why, { rule: 'outline.moved', detail: moved.detail }] : why,
  };
}

/** Of a target the rules do not list no more is known than that they find all they list likelier. */
function confidenceOf(places: readonly number[], { candidates }: SourceScores): number {
  const listed = candidates.filter(({ target }) => places.includes(target)).map(({ probability }) => probability);
  return listed.length > 0 ? Math.max(...listed) : Math.min(1, ...candidates.map(({ probability }) => probability));
}

function failed(match: Match, failure: Failure, model: string): Match {
  return {
    ...match, outcome: 'failed', reason: failure.message.replace(/\.$/u, ''),
    why: [{ rule: 'rules.open', detail: `Rules left it open: ${match.reason ?? ''}. ${model} was asked and gave no answer that can be used.` }, ...match.why],
  };
}

/**
 * "None of the candidates" is "missing" only where no other target could be one, every one was shown, by meaning too where that is
 * looked at, and all of the document was read.
 */
function missing(match: Match, scores: SourceScores, why: readonly Why[], decision: DecisionContext, meaning: NearInMeaning | undefined): Match {
  const near = scores.candidates.filter(({ probability }) => probability >= NEAR).length;
  const shownAll = near <= MOST_CANDIDATES && meaning?.complete !== false;
  if (decision.targetIncomplete || !decision.related || !shownAll || scores.counterpartProbability > MISSING_AT) {
    return noneFound(match, REASONS.modelNone, why);
  }
  const { reason: _reason, ...open } = match;
  return {
    ...open, outcome: 'decided', relation: 'missing', variance: 'design', impact: 'high', moved: false,
    confidence: 1 - scores.counterpartProbability, targets: [], differences: [], candidates: unclaimed(match), why,
  };
}

function noneFound(match: Match, reason: string, why: readonly Why[]): Match {
  return { ...match, reason, targets: [], moved: false, confidence: null, differences: [], candidates: unclaimed(match), why };
}

function unclaimed({ candidates }: Match): Match['candidates'] {
  return candidates.map((candidate) => ({ ...candidate, claimed: false }));
}
