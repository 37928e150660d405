import type { RunSnapshot } from '../../../../../shared/model.ts';
import type { RunStore } from '../../ports.ts';
import type { RunPair } from '../api.ts';
import { valueOf } from '../unitTexts.ts';
import { isFinished } from './compareRuns.ts';

/** Runs looked through, newest first; an older one is still compared when it is named. */
const LOOKED_THROUGH = 1000;
const PAGE = 100;

/** Finished runs, newest first. */
async function finishedRuns(store: RunStore): Promise<readonly RunSnapshot[]> {
  const runs: RunSnapshot[] = [];
  for (let offset = 0; offset < LOOKED_THROUGH; offset += PAGE) {
    const page = valueOf(await store.runs(offset, PAGE));
    runs.push(...page.rows.filter(isFinished));
    if (page.rows.length < PAGE) break;
  }
  return runs;
}

/** Over the same documents by path, or by an equal text under another path. */
function readsTheSame(before: RunSnapshot, after: RunSnapshot, byContent: boolean): boolean {
  if (before.workflow !== after.workflow || before.documents.length !== after.documents.length) return false;
  return after.documents.every(({ key, hash }, at) => {
    const then = before.documents[at];
    return then?.key === key || (byContent && then?.hash === hash);
  });
}

/**
 * A finished run and the newest finished one before it over the same documents. `runId` null: the newest run that has
 * one. Null where there is none.
 */
export async function withEarlierRun(runId: string | null, store: RunStore): Promise<RunPair | null> {
  const runs = await finishedRuns(store);
  for (const [at, after] of runs.entries()) {
    if (runId !== null && after.id !== runId) continue;
    const older = runs.slice(at + 1);
    const before = older.find((run) => readsTheSame(run, after, false)) ?? older.find((run) => readsTheSame(run, after, true));
    if (before !== undefined) return { before, after };
    if (runId !== null) return null;
  }
  return null;
}
