import type { DocumentSummary, Finding, Match, NewTarget, RunSnapshot, Unit } from '../../../../../shared/model.ts';
import type { RunStore } from '../../ports.ts';
import { allFindings } from '../runOutput.ts';
import { valueOf } from '../unitTexts.ts';

/** A document as one run read it. */
export interface ReadDocument {
  readonly summary: DocumentSummary;
  readonly units: readonly Unit[];
}

/** What a run found, as far as two runs are compared by it. */
export interface RunFacts {
  readonly snapshot: RunSnapshot;
  /** In input order. */
  readonly documents: readonly ReadDocument[];
  readonly matches: readonly Match[];
  readonly newTargets: readonly NewTarget[];
  readonly findings: readonly Finding[];
}

export async function runFacts(snapshot: RunSnapshot, store: RunStore): Promise<RunFacts> {
  const documents: ReadDocument[] = [];
  for (const summary of snapshot.documents) documents.push({ summary, units: valueOf(await store.units(snapshot.id, summary.key)) });
  return {
    snapshot,
    documents,
    matches: valueOf(await store.matches(snapshot.id)),
    newTargets: valueOf(await store.newTargets(snapshot.id)),
    findings: await allFindings(store, snapshot.id),
  };
}
