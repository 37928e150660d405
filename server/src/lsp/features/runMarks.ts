import type { RunSnapshot } from '../../../../shared/model.ts';
import { valueOf } from '../answer.ts';
import type { HomeEngine } from '../engines.ts';
import type { Mark } from './mark.ts';
import { marksOf } from './marks.ts';

/** Runs whose marks are kept in memory; one per document that is visible at a time, with room to switch. */
const KEPT_RUNS = 12;

/** The marks of runs at rest, computed once per run and state. */
export class RunMarks {
  readonly #kept = new Map<string, ReadonlyMap<string, readonly Mark[]>>();

  async of(run: RunSnapshot, { engine }: HomeEngine): Promise<ReadonlyMap<string, readonly Mark[]>> {
    const name = `${run.id} ${run.state} ${run.endedAt}`;
    const kept = this.#kept.get(name);
    if (kept !== undefined) return kept;
    const marks = marksOf(valueOf(await engine.runs.output([run.id])), run);
    this.#kept.set(name, marks);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_RUNS && oldest !== undefined) this.#kept.delete(oldest);
    return marks;
  }
}
