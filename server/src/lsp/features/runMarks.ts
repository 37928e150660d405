import type { RunIndex } from '../results/runIndex.ts';
import type { Mark } from './mark.ts';
import { marksOf } from './marks.ts';

/** The marks of runs, computed once per index and kept as long as it. */
export class RunMarks {
  readonly #kept = new WeakMap<RunIndex, ReadonlyMap<string, readonly Mark[]>>();

  of(index: RunIndex, document: string): readonly Mark[] {
    const kept = this.#kept.get(index) ?? marksOf(index);
    this.#kept.set(index, kept);
    return kept.get(document) ?? [];
  }
}
