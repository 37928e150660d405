import type { Match, MatchTarget, Span, Why } from '../../../../../shared/model.ts';
import type { SpanOf } from '../../documents/document.ts';
import { sharedRanges, type Claim, type ClaimBook } from './claims.ts';
import type { ChangedDefinitions } from './definitions.ts';
import { effectOf, type EffectContext } from './effect.ts';
import { electionEffect } from './electionEffect.ts';
import { electionNote } from './electionNote.ts';
import type { Outline } from './moved.ts';
import type { Provision } from './provisions.ts';
import { REASONS } from './reasons.ts';
import type { SourceScores } from './scoringTypes.ts';
import { keepsFacts, sharingOf } from './sharing.ts';
import { saysTooLittle } from './tooFewWords.ts';
import type { TypesMatch } from './typeGroups.ts';

export interface DecisionContext {
  readonly sources: readonly Provision[];
  readonly targets: readonly Provision[];
  readonly book: ClaimBook;
  readonly outline: Outline;
  readonly effect: EffectContext;
  readonly definitions: ChangedDefinitions;
  readonly sourceSpan: SpanOf;
  readonly targetSpan: SpanOf;
  /** True where parts of the target document could not be read: then nothing is missing for sure. */
  readonly targetIncomplete: boolean;
  /** False where the documents share too little for absence to mean anything. */
  readonly related: boolean;
  /** Which provision types may answer each other. */
  readonly typesMatch: TypesMatch;
  /** True where the documents are versions of one text. */
  readonly versions: boolean;
  /** Targets that surely answer a provision. */
  readonly sureTargets: ReadonlySet<number>;
}

/** Probability of having a counterpart at or below which a provision is missing. High, because missing is the costliest thing said. */
const MISSING_AT = 0.1;
/** Between this and MISSING_AT a reviewer is told that it is probably missing. */
const MAYBE_MISSING_AT = 0.35;

/** A candidate less likely than this is none. */
const NEAR = 0.02;

/** Parts that keep every fact say the same in another arrangement: citations and training change, the plan does not. */
const PARTS_WEIGHT = { variance: 'administrative', impact: 'low' } as const;

/** The row of one source provision. */
export function decideMatch(i: number, scores: SourceScores, context: DecisionContext): Match {
  const claim = context.book.claims[i] as Claim;
  if (claim.state !== 'accepted') return withoutClaim(i, scores, claim, context);
  return withClaim(i, scores, claim, context);
}

function withClaim(i: number, scores: SourceScores, claim: Extract<Claim, { state: 'accepted' }>, context: DecisionContext): Match {
  const source = context.sources[i] as Provision;
  const targets = claim.targets.map((j) => context.targets[j] as Provision);
  const first = claim.targets[0] as number;
  const place = context.outline.moved(i, first);
  const why: Why[] = [bestOf(scores, claim, context)];
  if (place.moved) why.push({ rule: 'outline.moved', detail: place.detail });
  why.push(...typeNote(source, targets[0], context));
  const base = { ...frame(i, scores, context), moved: place.moved, confidence: claim.probability };
  if (claim.split) {
    why.push({ rule: 'split.coverage', detail: `${targets.length} targets hold different parts of its words.` });
    const parts = targets.map((target) => matchTarget(source, target, 'part', context));
    if (hasElection(source, ...targets)) return { ...base, outcome: 'abstained', reason: REASONS.electionShared, targets: parts, why };
    if (keepsFacts(source, ...targets)) return { ...base, outcome: 'decided', relation: 'split', ...PARTS_WEIGHT, targets: parts, why };
    return { ...base, outcome: 'abstained', reason: REASONS.partsUnsettled, targets: parts, why };
  }
  const target = targets[0] as Provision;
  const sharing = sharingOf(i, first, context.book, context.sources, context.targets);
  const others = (context.book.claimants.get(first)?.length ?? 1) - 1;
  if (sharing === 'merged' || sharing === 'covered') {
    const detail =
      sharing === 'merged'
        ? `${others + 1} provisions stand in this target, each in a place of its own, with their numbers, duties and denials.`
        : 'It stands almost word for word in a wider target, with its numbers, duties and denials.';
    why.push({ rule: `sharing.${sharing}`, detail });
    if (hasElection(source, target)) return { ...base, outcome: 'abstained', reason: REASONS.electionShared, targets: [matchTarget(source, target, 'part', context)], why };
    return { ...base, outcome: 'decided', relation: sharing, ...PARTS_WEIGHT, targets: [matchTarget(source, target, 'part', context)], why };
  }
  const whole = [matchTarget(source, target, 'whole', context)];
  if (sharing === 'rival' || sharing === 'equals') {
    why.push({ rule: `sharing.${sharing}`, detail: `${others} other ${others === 1 ? 'provision claims' : 'provisions claim'} the same target.` });
    const reason = sharing === 'rival' ? REASONS.rivalSource : REASONS.partsUnsettled;
    return { ...base, outcome: 'abstained', reason, targets: whole, why };
  }
  if (sharing === 'owner') why.push({ rule: 'sharing.owner', detail: `${others} other ${others === 1 ? 'provision claims' : 'provisions claim'} the same target; none is nearer to it.` });
  const effect = electionEffect(source, target, context.effect) ?? context.definitions.effects.get(i) ?? effectOf(source, target, context.effect);
  const explained = { ...base, targets: whole, differences: effect.differences, why: [...why, ...effect.why, ...context.definitions.noteFor(source, i), ...electionNote(source, target)] };
  if (effect.relation === null) return { ...explained, outcome: 'abstained', reason: effect.reason };
  return { ...explained, outcome: 'decided', relation: effect.relation, variance: effect.variance, impact: effect.impact };
}

/** True where the words alone do not say what applies. */
function hasElection(...provisions: readonly Provision[]): boolean {
  return provisions.some(({ unit }) => unit.election !== undefined);
}

function withoutClaim(i: number, scores: SourceScores, claim: Exclude<Claim, { state: 'accepted' }>, context: DecisionContext): Match {
  const base = frame(i, scores, context);
  if (claim.state === 'none') return { ...base, outcome: 'abstained', reason: REASONS.noTargets };
  const why: Why[] = [bestOf(scores, claim, context), ...typeNote(context.sources[i] as Provision, context.targets[claim.best], context)];
  if (claim.state === 'tooClose') return { ...base, outcome: 'abstained', reason: REASONS.tooClose, why };
  if (saysTooLittle(context.sources[i] as Provision)) return { ...base, outcome: 'abstained', reason: REASONS.tooFewWords, why };
  const p = scores.counterpartProbability;
  if (p > MAYBE_MISSING_AT) return { ...base, outcome: 'abstained', reason: REASONS.unsure, why };
  why.push({ rule: 'counterpart.probability', detail: `The probability that it has any counterpart is ${percent(p)}; ${percent(MISSING_AT)} or less is taken for missing.` });
  const isTaken = context.versions && scores.candidates.every(({ target, probability }) => probability < NEAR || context.sureTargets.has(target));
  if (isTaken) why.push({ rule: 'counterpart.taken', detail: 'The documents are versions of one text, and every provision that comes near it surely answers another one.' });
  if (p > MISSING_AT && !isTaken) return { ...base, outcome: 'abstained', reason: REASONS.maybeMissing, why };
  if (context.targetIncomplete) return { ...base, outcome: 'abstained', reason: REASONS.unreadTarget, why };
  if (!context.related) return { ...base, outcome: 'abstained', reason: REASONS.unrelated, why };
  return { ...base, outcome: 'decided', relation: 'missing', variance: 'design', impact: 'high', confidence: 1 - p, why };
}

function frame(i: number, scores: SourceScores, context: DecisionContext): Omit<Match, 'outcome'> {
  const key = (j: number): string => (context.targets[j] as Provision).unit.key;
  return {
    sourceId: (context.sources[i] as Provision).unit.key,
    relation: null,
    moved: false,
    variance: null,
    impact: null,
    confidence: null,
    counterpartScore: scores.counterpartScore,
    targets: [],
    candidates: scores.candidates.map(({ target, score, claimed }) => ({ targetId: key(target), score, claimed })),
    differences: [],
    why: [],
  };
}

function bestOf(scores: SourceScores, claim: Exclude<Claim, { state: 'none' }>, context: DecisionContext): Why {
  if (claim.state === 'accepted' && claim.twin) return { rule: 'candidate.twin', detail: 'The very same words stand once in each document.' };
  const best = claim.state === 'accepted' ? claim.targets[0] : claim.best;
  const overlap = scores.candidates.find((candidate) => candidate.target === best)?.overlap ?? 0;
  const next = context.targets.length > 1 ? `; next ${percent(claim.rival)}` : '';
  return {
    rule: 'candidate.best',
    detail: `Best of ${context.targets.length} by words and place: probability ${percent(claim.probability)}, word similarity ${overlap.toFixed(2)}${next}.`,
  };
}

function matchTarget(source: Provision, target: Provision, role: 'whole' | 'part', context: DecisionContext): MatchTarget {
  const spans = (from: Provision, other: Provision, spanOf: SpanOf): Span[] =>
    (role === 'whole' ? [[0, from.text.length] as const] : sharedRanges(from, other)).map(([start, end]) => spanOf(...from.range(start, end)));
  return {
    targetId: target.unit.key,
    role,
    evidence: { source: spans(source, target, context.sourceSpan), target: spans(target, source, context.targetSpan) },
  };
}

/** Says where types differ, and where the candidate was lowered for it: a type never takes one away without a word. */
function typeNote(source: Provision, target: Provision | undefined, { typesMatch }: DecisionContext): readonly Why[] {
  const [here, there] = [source.unit.type, target?.unit.type];
  if (here === there || [here, there].some((type) => type === undefined || type === 'other')) return [];
  const differs = `By its heading and words it is ${wordsOf(here)}, its counterpart ${wordsOf(there)}`;
  if (typesMatch(here, there)) return [{ rule: 'type.differs', detail: `${differs}: see whether both are about the same.` }];
  return [{ rule: 'type.unlike', detail: `${differs}: types that seldom answer each other, which counts against it beside a candidate of a fitting type.` }];
}

/** `employerContribution` as "employer contribution". */
function wordsOf(type: string | undefined): string {
  return `about ${(type ?? '').replace(/([a-z])([A-Z])/gu, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)}`;
}

function percent(probability: number): string {
  const value = probability * 100;
  return value > 99 && value < 100 ? 'over 99 %' : value > 0 && value < 1 ? 'under 1 %' : `${Math.round(value)} %`;
}
