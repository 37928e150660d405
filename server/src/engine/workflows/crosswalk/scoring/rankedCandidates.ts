import { columnMaxima, median, rowMaxima, type Matrix } from './matrix.ts';
import type { Pace } from './pace.ts';
import type { RawScores } from './rawScores.ts';
import type { Recipe } from './recipe.ts';
import { TopEntries } from './topEntries.ts';

/** What is known of one pair; the features of its probability. */
export interface RankedCandidate {
  readonly target: number;
  /** S, made to fall along the whole list; see `rankCandidates`. */
  readonly score: number;
  /** S itself. */
  readonly competed: number;
  /** M. */
  readonly matched: number;
  /** W, in [0, 1]. */
  readonly cosine: number;
  /** M of the pair less the best M any other source has with this target. */
  readonly lead: number;
}

export interface RankedSource {
  readonly candidates: readonly RankedCandidate[];
  /** d. */
  readonly detector: number;
  /** Median over all sources of the best W: how alike the two documents are as a whole. The same for every source. */
  readonly usualCosine: number;
}

/**
 * The best candidates per source, best first: the claimable ones by S, the rest by M less part of the target's local
 * scaling, so that a target close to everything does not fill every list. The scores of the rest continue below the
 * last claimable S by the distance between them, so that `score` falls along the list.
 */
export function* rankCandidates(raw: RawScores, recipe: Recipe, pace: Pace): Generator<void, RankedSource[]> {
  const { matched, competed, cosine } = raw;
  const scaling = yield* localScaling(matched, recipe.localScalingNeighbours, pace);
  const rivals = yield* bestTwoPerColumn(matched, pace);
  const first = new TopEntries(Math.min(recipe.claims, matched.columns));
  const rest = new TopEntries(Math.max(0, Math.min(recipe.candidates, matched.columns) - first.values.length));
  const usualCosine = median(rowMaxima(cosine));
  const sources: RankedSource[] = [];
  for (let i = 0; i < matched.rows; i++) {
    const start = i * matched.columns;
    first.clear();
    rest.clear();
    for (let j = 0; j < matched.columns; j++) first.offer(j, competed.values[start + j] as number);
    const claimable = new Set(first.places);
    for (let j = 0; j < matched.columns; j++) {
      if (claimable.has(j)) continue;
      rest.offer(j, (matched.values[start + j] as number) - recipe.localScalingWeight * (scaling[j] as number));
    }
    const candidateOf = (target: number, score: number): RankedCandidate => {
      const m = matched.values[start + target] as number;
      const rival = rivals.source[target] === i ? rivals.second[target] : rivals.first[target];
      return {
        target,
        score,
        competed: competed.values[start + target] as number,
        matched: m,
        cosine: cosine.values[start + target] as number,
        lead: m - (rival as number),
      };
    };
    const candidates = Array.from(first.places, (target, k) => candidateOf(target, first.values[k] as number));
    const floor = first.values[first.values.length - 1] ?? 0;
    const top = rest.values[0] ?? 0;
    for (let k = 0; k < rest.length; k++) {
      candidates.push(candidateOf(rest.places[k] as number, floor - STEP - (top - (rest.values[k] as number))));
    }
    sources.push({ candidates, detector: raw.detector[i] as number, usualCosine });
    pace.advance(1);
    if (pace.due(matched.columns * 4)) yield;
  }
  return sources;
}

/** Keeps the fourth candidate's score apart from the third's. */
const STEP = 0.001;

/** The label-free threshold on S: the better the documents match as a whole, the more a claim must show. */
export function claimThreshold(matched: Matrix, recipe: Recipe): number {
  const threshold = recipe.thresholdBase + recipe.thresholdSlope * median(rowMaxima(matched));
  return Math.min(recipe.thresholdHighest, Math.max(recipe.thresholdLowest, threshold));
}

/** Mean of the best entries of each column. */
function* localScaling(matched: Matrix, neighbours: number, pace: Pace): Generator<void, Float32Array> {
  const size = Math.min(neighbours, matched.rows);
  const best = Array.from({ length: matched.columns }, () => new TopEntries(size));
  for (let i = 0; i < matched.rows; i++) {
    for (let j = 0; j < matched.columns; j++) {
      (best[j] as TopEntries).offer(i, matched.values[i * matched.columns + j] as number);
    }
    if (pace.due(matched.columns * 6)) yield;
  }
  return Float32Array.from(best, (entries) => entries.values.reduce((sum, value) => sum + value, 0) / Math.max(1, size));
}

interface ColumnBest {
  /** Row of the largest entry. */
  readonly source: Int32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

function* bestTwoPerColumn(matched: Matrix, pace: Pace): Generator<void, ColumnBest> {
  const first = columnMaxima(matched);
  const source = new Int32Array(matched.columns).fill(-1);
  // Of a column with one row nothing is known about rivals: 0 is the mean over all pairs.
  const second = new Float32Array(matched.columns).fill(matched.rows > 1 ? -Infinity : 0);
  for (let i = 0; i < matched.rows; i++) {
    for (let j = 0; j < matched.columns; j++) {
      const value = matched.values[i * matched.columns + j] as number;
      if (source[j] === -1 && value === first[j]) source[j] = i;
      else if (value > (second[j] as number)) second[j] = value;
    }
    if (pace.due(matched.columns * 3)) yield;
  }
  return { source, first, second };
}
