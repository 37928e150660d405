import type { RunSnapshot } from '../../../../shared/model.ts';
import type { RunStore } from '../ports.ts';
import { addMetric } from './metricBook.ts';
import { valueOf } from './unitTexts.ts';

/** The snapshot with what a process paid after the last step it wrote: a metric of its own for each operation. */
export async function withUncounted(snapshot: RunSnapshot, store: Pick<RunStore, 'attempts'>): Promise<RunSnapshot> {
  const attempts = valueOf(await store.attempts(snapshot.id));
  const { metrics } = snapshot;
  return { ...snapshot, metrics: attempts.reduce((all, one) => addMetric(all, one, metrics.length), metrics) };
}
