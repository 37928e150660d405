import type { Metric, PausedBy } from '../../../../shared/model.ts';
import type { Spent } from '../../../../shared/spent.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { Sleep, YieldToHost } from '../ports.ts';
import type { EarlierRun } from '../scheduling/callHabits.ts';
import type { LimitedCall, Limiter, ResourceLimits } from '../scheduling/limiterTypes.ts';
import type { ModelProvider } from './modelPort.ts';
import type { AnswerCache, CallJournal } from './modelStores.ts';
import type { ModelPrice } from './prices.ts';

/** What the runtime of models is lent. */
export interface ModelRuntimePorts {
  readonly answers: AnswerCache;
  readonly calls: CallJournal;
  readonly owner: string;
  /** Keeps what an attempt took until a step that counts it is written. Never rejects. */
  addAttempt(runId: string, number: number, attempt: Metric, begun?: number): Promise<void>;
  /** Keeps what an attempt may cost, before it goes out. Never rejects. */
  beginAttempt(runId: string, begun: number, attempt: Metric): Promise<void>;
  now(): number;
  /** The limiter of a resource; the same one whenever it is asked for. */
  limiterOf(resource: string, limits: ResourceLimits): Limiter;
  priceOf(model: string, endpoint: string, settings: Settings): ModelPrice | null;
  /** Earlier runs that asked this resource the same, newest first. */
  historyOf(resource: string, operation: string): Promise<readonly EarlierRun[]>;
  readonly yieldToHost: YieldToHost;
  readonly sleep: Sleep;
}

export interface RunModelsOptions {
  readonly runId: string;
  readonly settings: Settings;
  readonly provider: ModelProvider;
  readonly limits: ResourceLimits;
  readonly priority: LimitedCall<unknown>['priority'];
  readonly signal: AbortSignal;
  /** What the run has cost before, by its metrics. */
  readonly paidBefore: Spent;
  /** Items of calls in flight whenever an earlier process of the run ended. */
  readonly repeatedBefore: number;
  /** Stops the run so that it can be resumed. `why` is a sentence. */
  pause(why: string, by: PausedBy): void;
  /** Told what is waited for while no model answers, and null when that is over. */
  waiting?(words: string | null): void;
  /** Told when there is something new to show. */
  changed(): void;
}
