import type { RunSnapshot } from '../../../../shared/model.ts';
import { valueOf } from '../answer.ts';
import type { HomeEngine } from '../engines.ts';
import { RunIndex } from './runIndex.ts';

/** Runs kept in memory; two per document that is visible at a time, with room to switch. */
const KEPT_RUNS = 8;

interface Kept {
  /** Another for each workflow and documents of a store: of these only the newest run is asked for. */
  readonly over: string;
  readonly index: Promise<RunIndex>;
}

/** The indexes of runs at rest, built once per run and state. The index of an earlier run over the same documents is let go. */
export class RunIndexes {
  readonly #kept = new Map<string, Kept>();

  of(run: RunSnapshot, { engine, home }: HomeEngine): Promise<RunIndex> {
    const name = `${home.storeDir} ${run.id} ${run.state} ${run.endedAt}`;
    const kept = this.#kept.get(name);
    if (kept !== undefined) {
      this.#kept.delete(name);
      this.#kept.set(name, kept);
      return kept.index;
    }
    const over = JSON.stringify([home.storeDir, run.workflow, ...run.documents.map(({ key }) => key)]);
    for (const [other, one] of this.#kept) if (one.over === over) this.#kept.delete(other);
    const building = engine.runs.output([run.id]).then((output) => new RunIndex(valueOf(output), run));
    this.#kept.set(name, { over, index: building });
    // A store that could not be read is asked again by the next request.
    building.catch(() => this.#kept.delete(name));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_RUNS && oldest !== undefined) this.#kept.delete(oldest);
    return building;
  }
}
