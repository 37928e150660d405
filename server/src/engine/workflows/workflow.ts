import type { Progress } from '../../../../shared/model.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { LedgerKind } from '../../../../shared/model.ts';
import type { CollateDocument } from '../documents/document.ts';
import type { Models } from '../models/modelRuntime.ts';
import type { Clock, Compute, StepRows, YieldToHost } from '../ports.ts';

/** What a step gives back: a JSON-safe value for the steps after it, and the rows it adds to the run. */
export interface StepResult<T> {
  readonly value: T;
  readonly rows: StepRows;
}

/** What the runtime lends a workflow. Everything that can wait takes the run's signal. */
export interface RunContext {
  readonly runId: string;
  readonly settings: Settings;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly compute: Compute;
  readonly yieldToHost: YieldToHost;
  /** Null: rules only. */
  readonly models: Models | null;
  /** Says how many units of a kind there are, before the first of them ends. */
  expect(kind: LedgerKind, total: number): void;
  progress(progress: Progress): void;
  /**
   * Does a piece of work once. When the journal has `step`, its value is returned and nothing is done;
   * otherwise `work` runs, and value and rows are on disk before this resolves. `operation` names the metric.
   */
  step<T>(step: string, operation: string, items: number, work: () => Promise<StepResult<T>>): Promise<T>;
  /** True when the journal has `step`: what it did needs no preparation. */
  isDone(step: string): boolean;
}

/** A workflow is a pure function of its documents, run over a context. Thrown errors fail the run, not the process. */
export type Workflow = (documents: readonly CollateDocument[], context: RunContext) => Promise<void>;
