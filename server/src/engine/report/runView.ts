import type {
  DocumentSummary, Impact, Match, Outcome, Output, OutputUnit, Relation, RunOutput, Variance,
} from '../../../../shared/model.ts';
import { fileName } from '../../../../shared/words/format.ts';
import { IMPACT_RANK, RELATIONS_IN_ORDER, WORKFLOW_LABEL } from '../../../../shared/words/labels.ts';
import { excerpt, oneLine } from './printable.ts';

/** Characters of a unit's own words that stand for a heading it does not have. */
const HEADING_LENGTH = 60;

/** A row of a crosswalk: a source unit, or a target unit nothing claims. */
export interface CrosswalkRow {
  /** From 1, source rows first, in document order; names the row inside the run. */
  readonly at: number;
  readonly side: 'source' | 'target';
  readonly id: string;
  readonly unit: OutputUnit | null;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly relation: Relation | null;
  readonly moved: boolean;
  readonly variance: Variance | null;
  readonly impact: Impact | null;
  /** Null on rows of target units. */
  readonly match: Match | null;
}

/** A run with its references resolved. */
export interface RunView {
  readonly run: RunOutput;
  /** What it read, in input order: source, then target. */
  readonly documents: readonly DocumentSummary[];
  readonly rows: readonly CrosswalkRow[];
  source(id: string): OutputUnit | null;
  target(id: string): OutputUnit | null;
}

/** Looks units up by key, or by the file's own id, which is unique in its document only. */
function lookup(units: readonly OutputUnit[]): (id: string) => OutputUnit | null {
  const byId = new Map<string, OutputUnit>();
  for (const unit of units) if (unit.id !== undefined && !byId.has(unit.id)) byId.set(unit.id, unit);
  const byKey = new Map(units.map((unit) => [unit.key, unit]));
  return (id) => byKey.get(id) ?? byId.get(id) ?? null;
}

/** `inputs`: keys of the documents of this run in order; without them they are taken from its units. */
export function viewRun(output: Output, run: RunOutput, inputs?: readonly string[]): RunView {
  const keys = inputs ?? (output.runs.length === 1
    ? output.documents.map((document) => document.key)
    : [...new Set(run.units.map((unit) => unit.span.document))]);
  const documents = keys.flatMap((key) => output.documents.find((document) => document.key === key) ?? []);
  const sourceKey = keys[0];
  const source = lookup(run.units.filter((unit) => unit.span.document === sourceKey));
  const target = lookup(run.units.filter((unit) => keys.length < 2 || unit.span.document !== sourceKey));
  const sources = run.matches.map((match, index): CrosswalkRow => ({
    at: index + 1, side: 'source', id: match.sourceId, unit: source(match.sourceId), outcome: match.outcome,
    reason: match.reason ?? null, relation: match.relation, moved: match.moved, variance: match.variance,
    impact: match.impact, match,
  }));
  const targets = run.newTargets.map((row, index): CrosswalkRow => ({
    at: sources.length + index + 1, side: 'target', id: row.targetId, unit: target(row.targetId), outcome: row.outcome,
    reason: row.reason ?? null, relation: row.relation, moved: false, variance: row.variance, impact: row.impact, match: null,
  }));
  return { run, documents, rows: [...sources, ...targets], source, target };
}

/** `3.01(c) Entry dates`; the first words where a unit has neither number nor heading. */
export function heading(unit: OutputUnit | null, id: string): string {
  if (unit === null) return oneLine(id);
  const named = oneLine([unit.number, unit.title].filter((part) => part !== undefined && part !== '').join(' '));
  if (named !== '') return named;
  return excerpt(unit.span.quote, HEADING_LENGTH) || oneLine(id);
}

/** `Crosswalk of old.md and new.md`. */
export function runTitle(view: RunView): string {
  const names = view.documents.map((document) => oneLine(fileName(document.path)));
  if (names.length === 0) return WORKFLOW_LABEL[view.run.workflow];
  return `${WORKFLOW_LABEL[view.run.workflow]} of ${names.join(' and ')}`;
}

/** Decided rows that say more than "the same": high impact first, then by relation, then document order. */
export function rowsThatMatter(rows: readonly CrosswalkRow[]): readonly CrosswalkRow[] {
  const rank = (row: CrosswalkRow): number => (row.relation === null ? 99 : RELATIONS_IN_ORDER.indexOf(row.relation));
  const impact = (row: CrosswalkRow): number => IMPACT_RANK[row.impact ?? 'none'];
  return rows
    .filter((row) => impact(row) > 0 || row.relation === 'changed' || row.relation === 'missing' || row.relation === 'new')
    .toSorted((a, b) => impact(b) - impact(a) || rank(a) - rank(b) || a.at - b.at);
}

/** How many rows ended in each relation, and in each outcome without one. */
export function relationCounts(rows: readonly CrosswalkRow[]): readonly { readonly name: Relation | Outcome; readonly count: number }[] {
  const count = (name: Relation | Outcome, has: (row: CrosswalkRow) => boolean): { name: Relation | Outcome; count: number } => ({
    name, count: rows.filter(has).length,
  });
  return [
    ...RELATIONS_IN_ORDER.map((relation) => count(relation, (row) => row.relation === relation)),
    ...(['abstained', 'skipped', 'failed'] as const).map((outcome) => count(outcome, (row) => row.outcome === outcome)),
  ];
}
