import {
  SCHEMA_VERSION, type DocumentSummary, type Finding, type Match, type NewTarget, type Output, type OutputUnit, type RunOutput,
  type RunSnapshot, type Unit,
} from '../../../../shared/model.ts';
import { MAX_PAGE } from '../../../../shared/protocol/results.ts';
import type { RunStore } from '../ports.ts';
import { withClosedLedger } from './presentRun.ts';
import { valueOf } from './unitTexts.ts';

/** The name a unit goes by outside: the file's own id where it has one that no other unit of it shares. */
function outsideNames(units: readonly Unit[]): ReadonlyMap<string, string> {
  const uses = new Map<string, number>();
  for (const { id } of units) if (id !== undefined) uses.set(id, (uses.get(id) ?? 0) + 1);
  return new Map(units.map(({ key, id }) => [key, id !== undefined && uses.get(id) === 1 ? id : key]));
}

function outputUnit(unit: Unit): OutputUnit {
  const { textStart: _start, textEnd: _end, level: _level, ...rest } = unit;
  return rest;
}

function renamed(match: Match, source: (key: string) => string, target: (key: string) => string): Match {
  return {
    ...match,
    sourceId: source(match.sourceId),
    targets: match.targets.map((one) => ({ ...one, targetId: target(one.targetId) })),
    candidates: match.candidates.map((one) => ({ ...one, targetId: target(one.targetId) })),
  };
}

/** Every finding of a run, page by page, without what was said of it. */
export async function allFindings(store: RunStore, runId: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (;;) {
    const page = valueOf(await store.findings({ runId, offset: findings.length, limit: MAX_PAGE, analyzer: '', search: '' }));
    findings.push(...page.rows.map(({ review: _review, ...finding }) => finding));
    if (page.rows.length === 0 || findings.length >= page.total) return findings;
  }
}

const isoTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** A run still at work is written as it stands: partial, what it has not reached counted as skipped. */
function atRest(snapshot: RunSnapshot): RunSnapshot & { readonly state: RunOutput['state'] } {
  const { state } = snapshot;
  if (state !== 'running') return { ...snapshot, state };
  return { ...withClosedLedger(snapshot), state: 'partial', stateReason: 'The run is still at work; this is what it has found so far.' };
}

async function runOutput(shown: RunSnapshot, store: RunStore): Promise<RunOutput> {
  const snapshot = atRest(shown);
  const names: ReadonlyMap<string, string>[] = [];
  const units: Unit[] = [];
  for (const document of snapshot.documents) {
    const own = valueOf(await store.units(snapshot.id, document.key));
    names.push(outsideNames(own));
    for (const unit of own) units.push(unit);
  }
  const source = (key: string): string => names[0]?.get(key) ?? key;
  const target = (key: string): string => names[1]?.get(key) ?? key;
  const newTargets: readonly NewTarget[] = valueOf(await store.newTargets(snapshot.id));
  return {
    id: snapshot.id,
    workflow: snapshot.workflow,
    state: snapshot.state,
    ...(snapshot.stateReason === undefined ? {} : { stateReason: snapshot.stateReason }),
    settings: snapshot.settings,
    provider: snapshot.provider,
    startedAt: new Date(snapshot.startedAt).toISOString(),
    endedAt: isoTime(snapshot.endedAt),
    ...(snapshot.activeMs === undefined ? {} : { activeMs: snapshot.activeMs }),
    ledger: snapshot.ledger,
    metrics: snapshot.metrics,
    units: units.map(outputUnit),
    matches: valueOf(await store.matches(snapshot.id)).map((match) => renamed(match, source, target)),
    newTargets: newTargets.map((one) => ({ ...one, targetId: target(one.targetId) })),
    findings: await allFindings(store, snapshot.id),
    analyses: snapshot.analyses,
    speakers: snapshot.speakers,
  };
}

/** Runs as the contract's JSON; a document that several runs read stands there once. */
export async function outputOf(snapshots: readonly RunSnapshot[], store: RunStore): Promise<Output> {
  const documents = new Map<string, DocumentSummary>();
  const runs: RunOutput[] = [];
  for (const snapshot of snapshots) {
    for (const { key, path, kind, hash, units, problems } of snapshot.documents) {
      documents.set(`${key}\n${hash}`, { key, path, kind, hash, units, problems });
    }
    runs.push(await runOutput(snapshot, store));
  }
  return { schemaVersion: SCHEMA_VERSION, documents: [...documents.values()], runs };
}
