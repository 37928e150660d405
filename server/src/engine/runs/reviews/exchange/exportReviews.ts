import { REVIEW_FILE_VERSION, type ExchangedReview, type NamedUnit, type ReviewFile } from '../../../../../../shared/reviewFile.ts';
import type { ReviewedUnit, Unit } from '../../../../../../shared/model.ts';
import { unitName } from '../../comparison/unitNames.ts';
import type { ReviewedView, ViewedRow } from '../reviewedView.ts';

type Names = (unit: ReviewedUnit) => NamedUnit;

/** Names units this run has with the words they were reviewed with; others go by their key alone. */
function namesIn(units: readonly Unit[]): Names {
  const byKey = new Map(units.map((unit) => [unit.key, unit]));
  return ({ key, contentHash }) => {
    const unit = byKey.get(key);
    return { key, contentHash, ...(unit?.contentHash === contentHash ? { name: unitName(unit) } : {}) };
  };
}

/** What is handed on of a row: the decision that rules, in this run's keys where it stands, and the note. */
function exchanged({ now, findingKey, kind, name, unit, targets }: ViewedRow, named: Names, hashOf: (key: string) => string): ExchangedReview | null {
  const { row, decision, note } = now;
  const noted = note === '' ? {} : { note };
  if (row?.standing === 'reviewAgain' && decision !== null) {
    const { state, override, reviewer, at } = decision;
    return {
      findingKey, kind, name, unit: decision.unit, targets: decision.targets.map(named), state,
      ...(override === undefined ? {} : { override: override.map(named) }), ...noted, reviewer, at: new Date(at).toISOString(),
    };
  }
  if (row === null || (row.state === 'open' && note === '')) return null;
  const override = row.override?.map(({ id }) => named({ key: id, contentHash: hashOf(id) }));
  return {
    findingKey, kind, name, unit, targets: targets.map(named), state: row.state,
    ...(override === undefined ? {} : { override }), ...noted, reviewer: row.reviewer, at: new Date(row.at).toISOString(),
  };
}

/** What was decided and noted on a run's rows, oldest first. Exceptions stay: their labels count in one store. */
export function reviewFileOf(view: ReviewedView, rows: readonly ViewedRow[], units: readonly Unit[]): ReviewFile {
  const named = namesIn(units);
  const hashes = new Map(units.map(({ key, contentHash }) => [key, contentHash]));
  const reviews = rows.flatMap((row) => exchanged(row, named, (key) => hashes.get(key) ?? '') ?? []);
  return {
    schemaVersion: REVIEW_FILE_VERSION,
    workflow: view.snapshot.workflow,
    documents: view.snapshot.documents.map(({ key, hash }) => ({ key, hash })),
    reviews: [...reviews].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.findingKey < b.findingKey ? -1 : 1)),
  };
}
