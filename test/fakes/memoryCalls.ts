import { fail, ok, type Result } from '../../shared/failure.ts';
import type { KeptCalls, JournalledCall, RunStore } from '../../server/src/engine/ports.ts';

interface Calls {
  readonly finished: Map<string, JournalledCall>;
  readonly begun: Set<string>;
}

/** Calls of the runs of a store, in maps: the meaning of KeptCalls in the fewest words. */
export function memoryCalls(store: RunStore): KeptCalls {
  const runs = new Map<string, Calls>();
  const of = (runId: string): Calls => {
    const calls = runs.get(runId) ?? { finished: new Map(), begun: new Set() };
    runs.set(runId, calls);
    return calls;
  };
  const owned = async (runId: string, owner: string, write: (calls: Calls) => void): Promise<Result<void>> => {
    const now = await store.owner(runId);
    if (!now.ok) return now;
    if (now.value?.owner !== owner) return fail('refused', `Run ${runId} was taken up in another window or terminal.`);
    write(of(runId));
    return ok(undefined);
  };
  return {
    begin: (runId, owner, calls) =>
      owned(runId, owner, ({ begun }) => {
        for (const call of calls) begun.add(call);
      }),
    append: (runId, owner, calls) =>
      owned(runId, owner, ({ begun, finished }) => {
        for (const call of structuredClone(calls)) {
          finished.set(call.call, call);
          begun.delete(call.call);
        }
      }),
    forgetBegun: (runId, owner) => owned(runId, owner, ({ begun }) => begun.clear()),
    load: async (runId) => {
      const run = await store.run(runId);
      if (!run.ok) return run;
      if (run.value === null) runs.delete(runId);
      const { finished, begun } = of(runId);
      return ok({ finished: structuredClone([...finished.values()]).sort((a, b) => (a.call < b.call ? -1 : 1)), unfinished: begun.size });
    },
  };
}
