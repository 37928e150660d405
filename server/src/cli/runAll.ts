import pLimit from 'p-limit';
import type { Failure, Result } from '../../../shared/failure.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import { ProgressDisplay } from './progressDisplay.ts';
import type { CliContext, Session } from './session.ts';

/** Documents analysed side by side. Reading and rules are work for one core each; a second hides waits for the disk. */
const AT_ONCE = 2;

export type RunEnd =
  | { readonly end: 'rest'; readonly snapshot: RunSnapshot }
  /** Never became a run. */
  | { readonly end: 'refused'; readonly failure: Failure }
  /** The work was stopped before its turn came. */
  | { readonly end: 'notStarted' };

type Start = () => Promise<Result<string>>;

/** Starts runs, shows their progress and waits for all; the ends stand in the order of the starts. */
export async function runAll(context: CliContext, session: Session, starts: readonly Start[]): Promise<readonly RunEnd[]> {
  const { runs } = session.engine;
  const display = new ProgressDisplay(context.terminal, starts.length);
  const atWork = new Set<string>();
  const stopListening = runs.onProgress((snapshot) => display.show(snapshot));
  context.interrupts.onFirst(() => {
    display.message(atWork.size > 0 ? 'Stopping; what is finished is kept. Press Ctrl+C again to end at once.' : 'Stopping.');
    for (const id of atWork) runs.cancel(id, 'Ctrl+C');
  });
  const limit = pLimit(AT_ONCE);
  const one = async (start: Start): Promise<RunEnd> => {
    if (context.interrupts.code !== null) return { end: 'notStarted' };
    const started = await start();
    if (!started.ok) return { end: 'refused', failure: started.failure };
    const id = started.value;
    atWork.add(id);
    // The signal may have come while the run was starting.
    if (context.interrupts.code !== null) runs.cancel(id, 'Ctrl+C');
    const snapshot = await runs.settled(id);
    atWork.delete(id);
    display.show(snapshot);
    return { end: 'rest', snapshot };
  };
  try {
    return await Promise.all(starts.map((start) => limit(one, start)));
  } finally {
    stopListening();
    display.clear();
  }
}
