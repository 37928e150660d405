import { setImmediate } from 'node:timers/promises';
import type { Match, NewTarget } from '../shared/model.ts';
import { DEFAULT_SETTINGS } from '../shared/settings.ts';
import type { CollateDocument } from '../server/src/engine/documents/document.ts';
import type { OutcomeCount } from '../server/src/engine/ports.ts';
import { runComputeJob } from '../server/src/engine/runComputeJob.ts';
import { crosswalk } from '../server/src/engine/workflows/crosswalk/crosswalk.ts';
import type { RunContext } from '../server/src/engine/workflows/workflow.ts';

export interface CrosswalkResult {
  readonly matches: readonly Match[];
  readonly newTargets: readonly NewTarget[];
  readonly outcomes: readonly OutcomeCount[];
  readonly milliseconds: number;
}

/** Runs the crosswalk workflow as a run does, with nothing kept but its rows. */
export async function runCrosswalk(source: CollateDocument, target: CollateDocument): Promise<CrosswalkResult> {
  const matches: Match[] = [];
  const newTargets: NewTarget[] = [];
  const outcomes: OutcomeCount[] = [];
  const context: RunContext = {
    runId: 'eval',
    settings: DEFAULT_SETTINGS,
    signal: new AbortController().signal,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    compute: { run: (job, input, progress) => Promise.resolve(runComputeJob(job, input, { progress })) },
    yieldToHost: () => setImmediate(),
    models: null,
    expect: () => undefined,
    progress: () => undefined,
    isDone: () => false,
    step: async (_step, _operation, _items, work) => {
      const { value, rows } = await work();
      matches.push(...(rows.matches ?? []).map((stored) => stored.match));
      newTargets.push(...(rows.newTargets ?? []).map((stored) => stored.newTarget));
      outcomes.push(...(rows.outcomes ?? []));
      return value;
    },
  };
  const started = performance.now();
  await crosswalk([source, target], context);
  return { matches, newTargets, outcomes, milliseconds: performance.now() - started };
}

/** The run as the contract's JSON, as far as a scorer reads it: units go by the ids of their file. */
export function scorerJson(result: CrosswalkResult, source: CollateDocument, target: CollateDocument): string {
  const sourceId = new Map(source.units.map((unit) => [unit.key, unit.id ?? unit.key]));
  const targetId = new Map(target.units.map((unit) => [unit.key, unit.id ?? unit.key]));
  const matches = result.matches.map((match) => ({
    ...match,
    sourceId: sourceId.get(match.sourceId),
    candidates: match.candidates.map((candidate) => ({ ...candidate, targetId: targetId.get(candidate.targetId) })),
  }));
  return JSON.stringify({ schemaVersion: 1, runs: [{ workflow: 'crosswalk', matches }] });
}
