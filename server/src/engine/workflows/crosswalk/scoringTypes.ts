import type { TypeGroups } from './typeGroups.ts';

/** What scoring reads of a unit. Ids, printed numbers and order are left out on purpose: they are never features. */
export interface ScoringUnit {
  readonly title: string;
  readonly text: string;
  /** Headings above, outermost first. */
  readonly path: readonly string[];
  /** Provision type, where the document has them. */
  readonly type?: string;
}

export interface ScoringInput {
  readonly source: readonly ScoringUnit[];
  readonly target: readonly ScoringUnit[];
  /** Which types may answer each other; absent: types are not looked at. */
  readonly typeGroups?: TypeGroups;
}

export interface ScoredCandidate {
  /** Index into `target`. */
  readonly target: number;
  /** Competitive score S; higher is better. */
  readonly score: number;
  /** Calibrated probability in [0, 1] that this pair is a match. */
  readonly probability: number;
  /** Cosine of the stemmed words, in [0, 1]: how many words the two share, in a figure a person can check. */
  readonly overlap: number;
  /** Among the first three with S at or above the label-free threshold; or the best, shared with a source that won it. */
  readonly claimed: boolean;
}

export interface SourceScores {
  /** Best first, at most 20. */
  readonly candidates: readonly ScoredCandidate[];
  /** Detector d: higher = more surely has a counterpart at all. */
  readonly counterpartScore: number;
  /** Calibrated probability in [0, 1] that the source has a counterpart. */
  readonly counterpartProbability: number;
}

export interface CrosswalkScores {
  /** One per source unit, in input order. */
  readonly sources: readonly SourceScores[];
  /** The label-free claim threshold on S. */
  readonly threshold: number;
}
