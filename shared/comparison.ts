/** Two runs of one workflow side by side. The published form is schemas/comparison.schema.json. */
import type { RunState, Span, WorkflowName } from './model.ts';

export const COMPARISON_SCHEMA_VERSION = 1;

/** `equal`: the same words; `aligned`: other words, taken for the same unit; `gone` and `added` have no partner. */
export const CARRIED = ['equal', 'aligned', 'gone', 'added'] as const;
export type Carried = (typeof CARRIED)[number];

export const ROW_STATES = ['changed', 'new', 'gone', 'unchanged'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** What a row is compared by: a row counts as changed only if one of these differs. */
export const COMPARED_FIELDS = ['outcome', 'relation', 'targets', 'variance', 'impact', 'quote'] as const;
export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** Why a row is not what it was. */
export const CAUSES = [
  'ownTextChanged',
  'unitAdded',
  'unitGone',
  'targetTextChanged',
  'targetAdded',
  'targetGone',
  'targetTaken',
  'targetFree',
  'candidateChanged',
  'referenceChanged',
  'sectionChanged',
  'documentsChanged',
  'settingsChanged',
  'rulesChanged',
] as const;
export type CauseName = (typeof CAUSES)[number];

export interface Cause {
  readonly cause: CauseName;
  /** A sentence for a person, with the numbers of the units. */
  readonly sentence: string;
  /** Keys of the units the sentence names. */
  readonly units: readonly string[];
}

/** A unit as one of the two runs read it. */
export interface ComparedUnit {
  readonly key: string;
  readonly number?: string;
  readonly title?: string;
  /** The beginning of the unit. */
  readonly span: Span;
}

/** `before` and `after` are words for a person; empty where there was nothing. */
export interface FieldChange {
  readonly field: ComparedField;
  readonly before: string;
  readonly after: string;
}

export interface ComparedRow {
  /** Key of the finding in the newer run; in the older one where it is gone. */
  readonly key: string;
  /** `match`, `newTarget`, or the kind of a finding. */
  readonly kind: string;
  /** The finding's title; of matches and new targets their unit's says it. */
  readonly title?: string;
  readonly state: RowState;
  readonly before: ComparedUnit | null;
  readonly after: ComparedUnit | null;
  readonly carried: Carried;
  /** Words the two versions of the unit share, in [0, 1]; 0 where it has one version only. */
  readonly similarity: number;
  readonly changes: readonly FieldChange[];
  /** Empty for `unchanged` rows only. */
  readonly causes: readonly Cause[];
}

export interface ComparedDocument {
  readonly before: { readonly key: string; readonly hash: string };
  readonly after: { readonly key: string; readonly hash: string };
  /** `same`: the same text; `renamed` and `renamedAndEdited`: found by its content under another path. */
  readonly how: 'same' | 'edited' | 'renamed' | 'renamedAndEdited';
  readonly units: Readonly<Record<Carried, number>>;
}

export interface ComparedRun {
  readonly id: string;
  readonly title: string;
  readonly state: RunState;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

export interface SettingChange {
  readonly setting: string;
  readonly before: string;
  readonly after: string;
}

/** What moved between two runs over the same documents. */
export interface RunComparison {
  readonly schemaVersion: typeof COMPARISON_SCHEMA_VERSION;
  readonly workflow: WorkflowName;
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** In input order. */
  readonly documents: readonly ComparedDocument[];
  readonly settings: readonly SettingChange[];
  /** Version of readers and rules of each run; empty where a run did not say. */
  readonly rules: { readonly before: string; readonly after: string };
  readonly counts: Readonly<Record<RowState, number>>;
  /** Matches, then new targets, then findings, each in the order of the newer document; what is gone stands where it stood. */
  readonly rows: readonly ComparedRow[];
}
