import { longestRuns, reusedWords, shareOf } from './reusedWords.ts';
import { equalTexts } from './equalTexts.ts';
import type { Provision } from './provisions.ts';
import { shareWords } from './sharedStems.ts';
import type { CrosswalkScores, ScoredCandidate, SourceScores } from './scoringTypes.ts';
import { commonShare, wordsWithPlaces } from './wordDifference.ts';

export interface ClaimSettings {
  /** Lowest probability of a claim. */
  readonly acceptAt: number;
  /** Lead over the best candidate that is not claimed with it. */
  readonly lead: number;
}

/** What one source provision claims, before anything is said about the effect. */
export type Claim =
  | { readonly state: 'accepted'; readonly targets: readonly number[]; readonly probability: number; readonly rival: number; readonly split: boolean; /** The very same words, once on each side. */ readonly twin: boolean; /** What whole and part show word by word. */ readonly parts?: 'merged' | 'split' }
  | { readonly state: 'unsure' | 'tooClose'; readonly best: number; readonly probability: number; readonly rival: number }
  | { readonly state: 'none' };

/** Share of the source's words a second target must bring in, in runs, to be part of a split. */
const SPLIT_GAIN = 0.2;
/** Below this nothing is claimed with the best target, whatever words they share. */
const SPLIT_PROBABILITY = 0.2;
/** Only so many of a source's best are looked at as parts. */
const SPLIT_CANDIDATES = 5;
/** Parts together must hold this share of the source's words in runs. */
const SPLIT_COVER = 0.6;

/**
 * Claims of one source provision. A target is claimed when its probability is high enough and leads every candidate not
 * claimed with it; a second one is claimed with it only where it holds words of the source that the first one lacks.
 */
export function claimOf(source: Provision, scores: SourceScores, targets: readonly Provision[], settings: ClaimSettings): Claim {
  const ranked = scores.candidates.toSorted((a, b) => b.probability - a.probability);
  const best = ranked[0];
  if (best === undefined) return { state: 'none' };
  if (isNearTwin(source, best, ranked.slice(1, SPLIT_CANDIDATES), targets)) {
    const probability = Math.max(NEAR_TWIN_PROBABILITY, best.probability);
    return { state: 'accepted', targets: [best.target], probability, rival: Math.min(1 - probability, ranked[1]?.probability ?? 0), split: false, twin: false };
  }
  const parts = splitParts(source, best, ranked.slice(1, SPLIT_CANDIDATES), targets);
  const together = [best, ...parts];
  const rival = ranked.find((candidate) => !together.includes(candidate))?.probability ?? 0;
  const { probability } = best;
  if (probability < settings.acceptAt || !shareWords(wordsOfProvision(source), wordsOfProvision(targets[best.target] as Provision))) return { state: 'unsure', best: best.target, probability, rival };
  if (probability - rival < settings.lead) return { state: 'tooClose', best: best.target, probability, rival };
  return { state: 'accepted', targets: together.map((candidate) => candidate.target), probability, rival, split: parts.length > 0, twin: false };
}

/** Words in common from which two provisions are one text with an edit in it, and how far ahead of every other candidate. */
const NEAR_TWIN = 0.85;
const NEAR_TWIN_LEAD = 0.2;
/** Shorter provisions share most of their words by chance. */
const NEAR_TWIN_WORDS = 12;
/** Of 20 pairs so alike on the public crosswalks all are right. */
const NEAR_TWIN_PROBABILITY = 0.95;

/** The probability is learned from documents of many provisions; between short ones word for word likeness says more than ranks. */
function isNearTwin(source: Provision, best: ScoredCandidate, others: readonly ScoredCandidate[], targets: readonly Provision[]): boolean {
  const words = wordsWithPlaces(source.text).keys;
  if (words.length < NEAR_TWIN_WORDS) return false;
  const shared = ({ target }: ScoredCandidate): number => commonShare(words, wordsWithPlaces((targets[target] as Provision).text).keys);
  const share = shared(best);
  return share >= NEAR_TWIN && others.every((other) => shared(other) <= share - NEAR_TWIN_LEAD);
}

function wordsOfProvision({ unit, text }: Provision): string {
  return `${unit.title ?? ''}\n${text}`;
}

function splitParts(source: Provision, best: ScoredCandidate, others: readonly ScoredCandidate[], targets: readonly Provision[]): ScoredCandidate[] {
  const likely = others.filter((candidate) => candidate.probability >= SPLIT_PROBABILITY);
  if (likely.length === 0) return [];
  const words = wordsWithPlaces(source.text).keys;
  const covered = reusedWords(words, wordsWithPlaces((targets[best.target] as Provision).text).keys);
  if (shareOf(covered) > 1 - SPLIT_GAIN) return [];
  const parts: ScoredCandidate[] = [];
  for (const candidate of likely) {
    const more = reusedWords(words, wordsWithPlaces((targets[candidate.target] as Provision).text).keys);
    const gain = more.filter((mark, k) => mark === 1 && covered[k] === 0).length / Math.max(1, words.length);
    if (gain < SPLIT_GAIN) continue;
    parts.push(candidate);
    more.forEach((mark, k) => {
      if (mark === 1) covered[k] = 1;
    });
  }
  return shareOf(covered) >= SPLIT_COVER ? parts : [];
}

/** Probability that a provision with the very same words, found once on each side, is the counterpart. */
const TWIN_PROBABILITY = 0.99;

function claimOfTwin(target: number, { candidates }: SourceScores): Claim {
  const of = (wanted: (candidate: ScoredCandidate) => boolean): number => Math.max(0, ...candidates.filter(wanted).map(({ probability }) => probability));
  const probability = Math.max(TWIN_PROBABILITY, of((candidate) => candidate.target === target));
  return { state: 'accepted', targets: [target], probability, rival: Math.min(1 - TWIN_PROBABILITY, of((candidate) => candidate.target !== target)), split: false, twin: true };
}

/** Who claims what over the whole pair of documents. */
export interface ClaimBook {
  readonly claims: readonly Claim[];
  /** By target: the sources that claim it. */
  readonly claimants: ReadonlyMap<number, readonly number[]>;
}

export function* bookClaims(
  sources: readonly Provision[],
  targets: readonly Provision[],
  scores: CrosswalkScores,
  settings: ClaimSettings,
): Generator<void, ClaimBook> {
  const claims: Claim[] = [];
  const claimants = new Map<number, number[]>();
  const equal = equalTexts(sources, targets);
  for (const [i, source] of sources.entries()) {
    const own = scores.sources[i] as SourceScores;
    const twin = equal.get(i);
    const claim = twin === undefined ? claimOf(source, own, targets, settings) : claimOfTwin(twin, own);
    claims.push(claim);
    if (claim.state === 'accepted') for (const target of claim.targets) claimants.set(target, [...(claimants.get(target) ?? []), i]);
    if (i % CLAIMS_PER_SLICE === CLAIMS_PER_SLICE - 1) yield;
  }
  return { claims, claimants };
}

const CLAIMS_PER_SLICE = 20;

/** Share of the sources that must have found their counterpart before not finding one means anything. */
const RELATED = 0.3;

/**
 * True where the two documents are versions of each other, so that a provision without a counterpart is missing or new.
 * Between documents that share little, rules find few of the links there are: on public crosswalks of that kind most
 * targets that nobody claimed were not new.
 */
export function areRelated({ claims }: ClaimBook): boolean {
  return claims.filter(({ state }) => state === 'accepted').length >= claims.length * RELATED;
}

/** A counterpart this sure is taken: what else comes near it is near by topic. */
const SURE = 0.9;
/** Share of the sources that must have a sure counterpart for two documents to be versions of one text. */
const VERSIONS = 0.6;

/**
 * True where the documents are versions of one text, most provisions of which answer each other surely. Then competition
 * says more than likeness: a provision whose every neighbour answers another one has no counterpart.
 */
export function areVersions({ claims }: ClaimBook): boolean {
  return claims.filter((claim) => claim.state === 'accepted' && claim.probability >= SURE).length >= claims.length * VERSIONS;
}

/** Targets that surely answer a provision. */
export function sureTargets({ claims }: ClaimBook): ReadonlySet<number> {
  return new Set(claims.flatMap((claim) => (claim.state === 'accepted' && claim.probability >= SURE ? claim.targets : [])));
}

/** True where a source surely has its counterpart. */
export function isSure(claim: Claim | undefined): boolean {
  return claim?.state === 'accepted' && claim.probability >= SURE;
}

/** Stretches of `from` whose words stand in `other`, as character ranges of `from.text`; the whole text where there are none. */
export function sharedRanges(from: Provision, other: Provision): readonly (readonly [number, number])[] {
  const words = wordsWithPlaces(from.text);
  const runs = longestRuns(reusedWords(words.keys, wordsWithPlaces(other.text).keys), MAX_RANGES);
  if (runs.length === 0) return [[0, from.text.length]];
  return runs.map(([first, last]) => [words.starts[first] as number, words.ends[last] as number]);
}

/** A reader follows no more than so many stretches of one text into another. */
const MAX_RANGES = 3;
