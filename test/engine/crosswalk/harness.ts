import type { LedgerKind, Match, NewTarget, Problem, Unit } from '../../../shared/model.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import type { CollateDocument } from '../../../server/src/engine/documents/document.ts';
import { LineMap, spanBuilder } from '../../../server/src/engine/documents/lineMap.ts';
import type { Models } from '../../../server/src/engine/models/modelRuntime.ts';
import type { OutcomeCount, StepRows } from '../../../server/src/engine/ports.ts';
import { runComputeJob } from '../../../server/src/engine/runComputeJob.ts';
import { crosswalk } from '../../../server/src/engine/workflows/crosswalk/crosswalk.ts';
import type { RunContext } from '../../../server/src/engine/workflows/workflow.ts';

export interface Section {
  readonly title?: string;
  readonly text: string;
  readonly path?: readonly string[];
  readonly number?: string;
  readonly level?: number;
}

/** A document whose units are the given sections, one under the other. */
export function documentOf(key: string, sections: readonly Section[], problems: readonly Problem[] = []): CollateDocument {
  let text = '';
  const places = sections.map((section) => {
    const start = text.length;
    if (section.title !== undefined) text += `${section.title}\n`;
    const textStart = text.length;
    text += section.text;
    const end = text.length;
    text += '\n\n';
    return { start, textStart, end };
  });
  const spanOf = spanBuilder(key, text, new LineMap(text));
  const units = sections.map((section, i): Unit => {
    const { start, textStart, end } = places[i] as (typeof places)[number];
    return {
      key: `${key}#${i}`, kind: 'provision', span: spanOf(start, end), textStart, textEnd: end, contentHash: String(i),
      ...(section.title === undefined ? {} : { title: section.title }),
      ...(section.path === undefined ? {} : { path: section.path }),
      ...(section.number === undefined ? {} : { number: section.number }),
      ...(section.level === undefined ? {} : { level: section.level }),
    };
  });
  return { key, path: key, kind: 'document', kindGiven: false, text, hash: key, units, problems };
}

export interface Ran {
  readonly matches: readonly Match[];
  readonly newTargets: readonly NewTarget[];
  readonly rows: readonly StepRows[];
  readonly totals: ReadonlyMap<LedgerKind, number>;
  readonly outcomes: readonly OutcomeCount[];
  /** What each step returned, as a journal keeps it. */
  readonly journal: Map<string, string>;
}

/** Runs the workflow on a journal that may hold steps already; `signal` stops it. */
export async function run(
  source: CollateDocument,
  target: CollateDocument,
  options: { readonly journal?: Map<string, string>; readonly signal?: AbortSignal; readonly models?: Models; readonly onStep?: (step: string) => void } = {},
): Promise<Ran> {
  const journal = options.journal ?? new Map<string, string>();
  const rows: StepRows[] = [];
  const totals = new Map<LedgerKind, number>();
  const signal = options.signal ?? new AbortController().signal;
  const context: RunContext = {
    runId: 'run',
    settings: DEFAULT_SETTINGS,
    signal,
    clock: { now: () => 0, monotonic: () => 0 },
    compute: { run: (job, input, progress) => Promise.resolve(runComputeJob(job, input, { progress })) },
    yieldToHost: () => Promise.resolve(),
    models: options.models ?? null,
    expect: (kind, total) => void totals.set(kind, total),
    progress: () => undefined,
    isDone: (step) => journal.has(step),
    step: async <T>(step: string, _operation: string, _items: number, work: () => Promise<{ value: T; rows: StepRows }>): Promise<T> => {
      options.onStep?.(step);
      signal.throwIfAborted();
      const kept = journal.get(step);
      if (kept !== undefined) return JSON.parse(kept) as T;
      const result = await work();
      journal.set(step, JSON.stringify(result.value));
      rows.push(result.rows);
      return result.value;
    },
  };
  await crosswalk([source, target], context);
  return {
    matches: rows.flatMap((each) => (each.matches ?? []).map(({ match }) => match)),
    newTargets: rows.flatMap((each) => (each.newTargets ?? []).map(({ newTarget }) => newTarget)),
    rows,
    totals,
    outcomes: rows.flatMap((each) => each.outcomes ?? []),
    journal,
  };
}

/** How many units of a kind ended, in all outcomes together. */
export function ended(ran: Ran, kind: LedgerKind): number {
  return ran.outcomes.filter((each) => each.kind === kind).reduce((sum, each) => sum + each.count, 0);
}
