import { FailureError } from '../../../../../shared/failure.ts';
import { COMPARISON_SCHEMA_VERSION, type ComparedRow, type ComparedRun, type RunComparison } from '../../../../../shared/comparison.ts';
import type { RunSnapshot } from '../../../../../shared/model.ts';
import { compareFindings } from './compareFindings.ts';
import { compareMatches, compareNewTargets } from './compareMatches.ts';
import { pairingOf } from './pairing.ts';
import type { RunFacts } from './runFacts.ts';
import { settingsChanged } from './settingsChanged.ts';
import { versionsOf } from './versions.ts';
import type { Whole } from './wholeCauses.ts';

/** True for a run that has a row for everything it read; one that was stopped would show the rest as gone. */
export function isFinished({ state, resumable }: Pick<RunSnapshot, 'state' | 'resumable'>): boolean {
  return (state === 'done' || state === 'partial') && !resumable;
}

function mustBeComparable(before: RunSnapshot, after: RunSnapshot): void {
  const refuse = (message: string): never => {
    throw new FailureError({ code: 'refused', message, retry: 'never' });
  };
  if (before.id === after.id) refuse(`Run ${before.id} was named twice; name an older and a newer run.`);
  for (const { id, resumable, state } of [before, after]) {
    if (isFinished({ resumable, state })) continue;
    refuse(`Run ${id} has not finished, so what it did not reach would look gone. ${resumable ? `Finish it first: collate resume ${id}.` : 'Name a finished run.'}`);
  }
  if (before.workflow !== after.workflow) refuse(`Run ${before.id} is a ${before.workflow} run, run ${after.id} a ${after.workflow} run; only runs of one kind can be compared.`);
}

function comparedRun({ id, title, state, startedAt }: RunSnapshot): ComparedRun {
  return { id, title, state, startedAt: new Date(startedAt).toISOString() };
}

/** What moved between two runs over the same documents. Throws a FailureError where they cannot be compared. */
export function compareRuns(before: RunFacts, after: RunFacts): RunComparison {
  mustBeComparable(before.snapshot, after.snapshot);
  const { workflow } = after.snapshot;
  const versions = versionsOf(before, after);
  const whole: Whole = {
    versions,
    settings: settingsChanged(before.snapshot, after.snapshot, versions),
    rules: { before: before.snapshot.rulesVersion ?? '', after: after.snapshot.rulesVersion ?? '' },
  };
  const [source, target] = versions;
  const rows: ComparedRow[] = [];
  if (workflow === 'crosswalk' && source !== undefined && target !== undefined) {
    const pairing = pairingOf(before, after, source, target);
    rows.push(...compareMatches(pairing, whole), ...compareNewTargets(pairing, whole));
  }
  rows.push(...compareFindings(before.findings, after.findings, workflow, whole));
  const counts = { changed: 0, new: 0, gone: 0, unchanged: 0 };
  for (const { state } of rows) counts[state] += 1;
  return {
    schemaVersion: COMPARISON_SCHEMA_VERSION,
    workflow,
    before: comparedRun(before.snapshot),
    after: comparedRun(after.snapshot),
    documents: versions.map(({ told }) => told),
    settings: whole.settings,
    rules: whole.rules,
    counts,
    rows,
  };
}
