import type { RunStore } from '../../../server/src/engine/ports.ts';
import type { MatchRow } from '../../../shared/protocol/results.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import type { FakePortsOptions } from '../../fakes/fakePorts.ts';
import { DEFAULT_SETTINGS, type RunRequest } from '../../../server/src/engine/index.ts';
import { planText, type Provision } from '../carryOver/plan.ts';
import { bench, value, type Bench } from '../runs/scenarios.ts';

export interface ReviewBench extends Bench {
  readonly store: RunStore;
  /** Crosswalks two plans from a text the editor has, to its end; the id of the run. */
  crosswalk(source: readonly Provision[], target: readonly Provision[], names?: readonly [string, string]): Promise<string>;
  analyse(text: string, name?: string): Promise<string>;
  rows(runId: string): Promise<readonly MatchRow[]>;
}

/** The engine on a store, in the window `owner`. */
export function reviewBench(options: FakePortsOptions = {}): ReviewBench {
  const store = options.store ?? memoryStore();
  const own = bench({ files: new Map() }, { idPrefix: options.owner ?? 'run', ...options, store });
  const run = async (request: RunRequest): Promise<string> => {
    const id = value(await own.runs.start(request));
    own.ports.clock.advance(1000);
    await own.runs.settled(id);
    return id;
  };
  return {
    ...own, store,
    crosswalk: (source, target, [left, right] = ['old.md', 'new.md']) =>
      run({
        workflow: 'crosswalk', settings: DEFAULT_SETTINGS,
        inputs: [{ key: left, path: left, text: planText(source, 1000) }, { key: right, path: right, text: planText(target, 1000) }],
      }),
    analyse: (text, name = 'plan.md') => run({ workflow: 'auto', settings: DEFAULT_SETTINGS, inputs: [{ key: name, path: name, text }] }),
    rows: async (runId) => value(await own.runs.matches({ runId, offset: 0, limit: 200, filter: 'all', search: '' })).rows,
  };
}
