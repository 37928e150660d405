/** Rows and details of a run as both wires (server to client, client to panel) carry them. */
import type {
  Candidate, Difference, Finding, Impact, Outcome, Relation, RunSnapshot, Span, Unit, Variance, Why,
} from '../model.ts';
import type { MatchGroup, MatchSort, ReviewFilter, RowReview } from './reviews.ts';

/** One line of the list of matches. Rows of targets nobody claims (`new`) follow the source rows. */
export interface MatchRow {
  /** Unit key of the source provision; for `new` rows, of the target provision. */
  readonly id: string;
  readonly side: 'source' | 'target';
  readonly number: string;
  readonly title: string;
  readonly outcome: Outcome | 'waiting';
  readonly reason?: string;
  readonly relation: Relation | null;
  readonly moved: boolean;
  readonly variance: Variance | null;
  readonly impact: Impact | null;
  readonly confidence: number | null;
  readonly target: { readonly id: string; readonly number: string; readonly title: string; readonly more: number } | null;
  /** Absent where nobody has said anything of the row. */
  readonly review?: RowReview;
}

export interface UnitText {
  readonly unit: Unit;
  /** The unit's words, cut at 20,000 characters. */
  readonly text: string;
  readonly truncated: boolean;
  readonly path: string;
}

/** A fact that both sides state alike, with its words on each. */
export interface EqualFact {
  readonly kind: string;
  readonly value: string;
  readonly source: Span;
  readonly target: Span;
}

export interface MatchDetail {
  readonly row: MatchRow;
  readonly source: UnitText | null;
  readonly targets: readonly { readonly role: 'whole' | 'part'; readonly text: UnitText; readonly sourceEvidence: readonly Span[]; readonly targetEvidence: readonly Span[] }[];
  readonly candidates: readonly (Candidate & { readonly number: string; readonly title: string; readonly span: Span })[];
  readonly differences: readonly Difference[];
  /** In the order of the source; of very many only the first are carried. */
  readonly equalFacts: { readonly total: number; readonly facts: readonly EqualFact[] };
  readonly why: readonly Why[];
}

export const MATCH_FILTERS = ['all', 'decided', 'abstained', 'skipped', 'failed', 'missing', 'new', 'changed'] as const;
export type MatchFilter = (typeof MATCH_FILTERS)[number];

export interface MatchQuery {
  readonly runId: string;
  readonly offset: number;
  /** At most 200. */
  readonly limit: number;
  readonly filter: MatchFilter;
  /** Found in number, title or text, any case. Empty = everything. */
  readonly search: string;
  readonly relation?: Relation;
  readonly impact?: Impact;
  readonly moved?: boolean;
  readonly review?: ReviewFilter;
  /** Rows without an answer for this reason, word for word; empty = for any reason. */
  readonly reason?: string;
  /** Order of the rows; the document's own where absent. */
  readonly sort?: MatchSort;
  readonly descending?: boolean;
  /** Rows of one group stand together; the order inside is that of `sort`. */
  readonly group?: MatchGroup;
}

/** Who found a finding; the name of the model stands in its method. */
export const FINDERS = ['rules', 'model'] as const;
export type Finder = (typeof FINDERS)[number];

export interface FindingQuery {
  readonly runId: string;
  readonly offset: number;
  /** At most 200. */
  readonly limit: number;
  /** Analyzer name; empty = all. */
  readonly analyzer: string;
  readonly search: string;
  readonly kind?: string;
  readonly outcome?: Outcome;
  readonly finder?: Finder;
  /** Key of a finding: the page begins with it, whatever `offset` says, and is empty where the list does not have it. */
  readonly from?: string;
}

/** Findings of a whole run, or of one analyzer, by what they can be narrowed to. */
export interface FindingFacets {
  readonly kinds: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly finders: Readonly<Record<Finder, number>>;
}

export type FindingRow = Finding & { readonly review?: RowReview };

/** Counts per filter chip, over the whole run. */
export type MatchCounts = Readonly<Record<MatchFilter, number>>;

export interface RunList {
  readonly total: number;
  readonly runs: readonly RunSnapshot[];
}

export const MAX_PAGE = 200;
