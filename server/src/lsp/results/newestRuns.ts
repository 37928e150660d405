import type { RunSnapshot } from '../../../../shared/model.ts';
import { isFinished } from '../../engine/index.ts';
import { valueOf } from '../answer.ts';
import type { HomeEngine } from '../engines.ts';

/** Runs looked through for those of a document. */
const RUNS_LOOKED_THROUGH = 50;
/** Documents whose runs are remembered. */
const KEPT_DOCUMENTS = 64;

interface Kept {
  readonly newest: string;
  readonly runs: readonly RunSnapshot[];
}

function stampOf({ id, state, endedAt }: RunSnapshot): string {
  return `${id} ${state} ${endedAt}`;
}

/** True for a run that was stopped where an older one over the same documents was finished: that one still has the whole to say. */
function isOutdone(run: RunSnapshot, older: readonly RunSnapshot[]): boolean {
  const documents = (of: RunSnapshot): string => of.documents.map(({ key }) => key).join('\n');
  return !isFinished(run) && older.some((one) => isFinished(one) && one.workflow === run.workflow && documents(one) === documents(run));
}

/**
 * Runs that have something to say of a document: not at work, not failed as a whole. A run that was cancelled takes
 * nothing away from the finished one before it.
 */
export class NewestRuns {
  readonly #kept = new Map<string, Kept>();

  /** Forgets what is remembered: a run was deleted, or one came to rest. */
  clear(): void {
    this.#kept.clear();
  }

  /** Newest first. The store is asked for its newest run each time, and for more where that is another than before. */
  async of({ engine, home }: HomeEngine, key: string): Promise<readonly RunSnapshot[]> {
    const latest = valueOf(await engine.runs.latest(key));
    if (latest === null) return [];
    const name = `${home.storeDir} ${key}`;
    const kept = this.#kept.get(name);
    if (kept?.newest === stampOf(latest)) return kept.runs;
    const { runs } = valueOf(await engine.runs.list(0, RUNS_LOOKED_THROUGH));
    const all = runs.some(({ id }) => id === latest.id) ? runs : [latest, ...runs];
    const resting = all.filter((run) => run.state !== 'running' && run.state !== 'failed' && run.documents.some((document) => document.key === key));
    const telling = resting.filter((run, at) => !isOutdone(run, resting.slice(at + 1)));
    this.#kept.delete(name);
    this.#kept.set(name, { newest: stampOf(latest), runs: telling });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_DOCUMENTS && oldest !== undefined) this.#kept.delete(oldest);
    return telling;
  }
}
