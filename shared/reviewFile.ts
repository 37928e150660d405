/** Reviews as one person hands them to another. The published form is schemas/reviews.schema.json. */
import type { ReviewedUnit, ReviewState, WorkflowName } from './model.ts';

export const REVIEW_FILE_VERSION = 1;

/** A unit by key and by the words it had; `name` is its number or heading, where it is known. */
export interface NamedUnit extends ReviewedUnit {
  readonly name?: string;
}

export interface ExchangedReview {
  readonly findingKey: string;
  /** `match`, `newTarget`, or the kind of a finding. */
  readonly kind: string;
  readonly name: string;
  readonly unit: ReviewedUnit;
  readonly targets: readonly NamedUnit[];
  /** `open`: nothing but a note. */
  readonly state: ReviewState;
  /** Of `overridden`: the targets named instead; empty is "no counterpart". */
  readonly override?: readonly NamedUnit[];
  readonly note?: string;
  readonly reviewer: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface ReviewFile {
  readonly schemaVersion: typeof REVIEW_FILE_VERSION;
  readonly workflow: WorkflowName;
  /** In input order. */
  readonly documents: readonly { readonly key: string; readonly hash: string }[];
  /** Oldest first. */
  readonly reviews: readonly ExchangedReview[];
}
