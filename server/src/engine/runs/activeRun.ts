import { FailureError, type Failure } from '../../../../shared/failure.ts';
import type { Analysis, LedgerKind, Metric, PausedBy, Progress, RunSnapshot } from '../../../../shared/model.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { Ports, StepRows } from '../ports.ts';
import type { RunModels } from '../models/modelRuntime.ts';
import type { RunContext, StepResult } from '../workflows/workflow.ts';
import { addOutcomes, expectTotal } from './ledgerBook.ts';
import { addMetric, localMetric } from './metricBook.ts';
import { valueOf } from './unitTexts.ts';

/** While it works, a run says so to the store at least this often (on progress and at each step). */
const HEARTBEAT_MS = 2_000;

/** What the journal keeps of a step, beside its rows. */
interface Journalled {
  readonly ordinal: number;
  readonly value: unknown;
  readonly analyses: readonly Analysis[];
}

interface FinishedStep {
  readonly step: string;
  readonly ordinal: number;
  readonly value: unknown;
  readonly rows: StepRows;
  readonly metric: Metric;
}

/** Why a run was stopped before its end: a person cancelled it, its process is about to end, or its budget or its time is used up. */
export type Stop = 'cancelled' | 'interrupted' | 'paused';

/** One run at work in this process: its snapshot, its journal, and the context its workflow gets. */
export class ActiveRun {
  readonly settings: Settings;
  readonly #ports: Ports;
  readonly #abort = new AbortController();
  readonly #journal = new Map<string, Journalled>();
  readonly #asked = new Set<string>();
  readonly #tell: (snapshot: RunSnapshot) => void;
  /** Metrics of earlier processes. */
  readonly #sealedMetrics: number;
  /** Milliseconds at work in earlier processes, and when this one took the run up. */
  readonly #activeBefore: number;
  readonly #takenUpAt: number;
  #snapshot: RunSnapshot;
  #heartbeatAt: number;
  #commits: Promise<void> = Promise.resolve();
  #stop: Stop | null = null;
  #pausedBy: PausedBy | null = null;
  #models: RunModels | null = null;
  /** What the workflow says it does. */
  #own: Progress | null = null;
  #waiting: string | null = null;

  constructor(ports: Ports, snapshot: RunSnapshot, settings: Settings, tell: (snapshot: RunSnapshot) => void) {
    this.#ports = ports;
    this.#snapshot = snapshot;
    this.#sealedMetrics = snapshot.metrics.length;
    this.#activeBefore = snapshot.activeMs ?? 0;
    this.#takenUpAt = ports.clock.now();
    this.#heartbeatAt = this.#takenUpAt;
    this.settings = settings;
    this.#tell = tell;
  }

  get snapshot(): RunSnapshot {
    return { ...this.#snapshot, stored: this.#ports.store.isKept(this.#snapshot.id) };
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Milliseconds the run has been at work by now, in this process and earlier ones. */
  activeMs(): number {
    return this.#activeBefore + Math.max(0, this.#ports.clock.now() - this.#takenUpAt);
  }

  get stopped(): Stop | null {
    return this.#stop;
  }

  /** True once anything is journalled, by this process or an earlier one. */
  get hasJournal(): boolean {
    return this.#journal.size > 0;
  }

  /** Takes over what earlier work on this run has journalled. */
  async loadJournal(): Promise<void> {
    for (const { step, ordinal, value } of valueOf(await this.#ports.store.journal(this.#snapshot.id))) {
      this.#journal.set(step, { ordinal, ...(JSON.parse(value) as Omit<Journalled, 'ordinal'>) });
    }
    // What is not journalled never counted.
    if (this.#journal.size === 0) this.#snapshot = { ...this.#snapshot, ledger: {} };
  }

  /** Stops at the next await. `why` is a sentence. */
  stop(how: Stop, why: string): void {
    if (this.signal.aborted) return;
    this.#stop = how;
    const failure: Failure = { code: 'cancelled', message: why, retry: 'now' };
    this.#abort.abort(new FailureError(failure));
  }

  /** Stops the run where its budget or its time is used up. */
  pause(why: string, by: PausedBy): void {
    if (this.signal.aborted) return;
    this.#pausedBy = by;
    this.stop('paused', why);
  }

  get pausedBy(): PausedBy | null {
    return this.#pausedBy;
  }

  /** What was lent. */
  get models(): RunModels | null {
    return this.#models;
  }

  /** Lends the run a model. Before its workflow begins. */
  lend(models: RunModels, provider: string): void {
    this.#models = models;
    this.#snapshot = { ...this.#snapshot, provider };
  }

  /**
   * Waits until what models answered is written down, and counts what was asked of them since the last step was written: it was
   * paid, also where that step never came.
   */
  async settleModels(): Promise<void> {
    const models = this.#models;
    if (models === null) return;
    await models.close();
    const metrics = models.takeMetrics().reduce((all, one) => addMetric(all, one, this.#sealedMetrics), this.#snapshot.metrics);
    this.#snapshot = { ...this.#snapshot, metrics, models: models.work() };
  }

  /** What stood in the way of the calls to models; null: nothing, or none were made. */
  get modelTrouble(): string | null {
    return this.#models?.trouble ?? null;
  }

  /** Tells what was asked of models by now. */
  modelsChanged(): void {
    if (this.#models !== null) this.change({ models: this.#models.work() });
  }

  /** Resolves when no commit is under way. Called after the run was stopped or has ended. */
  idle(): Promise<void> {
    return this.#commits;
  }

  /** Changes the snapshot and tells the listeners; nothing is written. A stopped run changes no more. */
  change(change: Partial<RunSnapshot>): void {
    if (this.signal.aborted) return;
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#tell(this.snapshot);
  }

  expect(kind: LedgerKind, total: number): void {
    if (this.signal.aborted) return;
    this.#snapshot = { ...this.#snapshot, ledger: expectTotal(this.#snapshot.ledger, kind, total) };
  }

  readonly step = async <T>(
    step: string,
    operation: string,
    items: number,
    work: () => Promise<StepResult<T>>,
  ): Promise<T> => {
    this.signal.throwIfAborted();
    if (this.#asked.has(step)) throw new Error(`The workflow asked for step ${step} twice.`);
    const ordinal = this.#asked.size;
    this.#asked.add(step);
    const journalled = this.#journal.get(step);
    if (journalled !== undefined) return journalled.value as T;
    const startedAt = this.#ports.clock.now();
    const { value, rows } = await work();
    this.signal.throwIfAborted();
    const timed = localMetric(operation, startedAt, this.#ports.clock.now(), items);
    // How many calls go on at once is counted call by call; a step that waits for them is not one more.
    const metric = this.#models?.counts(operation) === true ? { ...timed, meanConcurrency: 0 } : timed;
    // Read back from its JSON, so that a run that goes on and a run that is resumed get the same.
    const kept = JSON.parse(JSON.stringify(value ?? null)) as T;
    await this.#inTurn(() => this.#commit({ step, ordinal, value: kept, rows: { ...rows, ...this.#counted(rows) }, metric }));
    this.signal.throwIfAborted();
    return kept;
  };

  /** What was asked of models since the last step, with what a step counts of its own. */
  #counted({ metrics = [] }: StepRows): Pick<StepRows, 'metrics' | 'countedAttempts'> {
    const models = this.#models;
    return models === null ? { metrics } : { metrics: [...metrics, ...models.takeMetrics()], countedAttempts: models.attempts };
  }

  /** One commit at a time: each writes the sum of all before it. */
  #inTurn(commit: () => Promise<void>): Promise<void> {
    const turn = this.#commits.then(() => {
      this.signal.throwIfAborted();
      return commit();
    });
    this.#commits = turn.catch(() => undefined);
    return turn;
  }

  async #commit(finished: FinishedStep): Promise<void> {
    const { step, ordinal, value, rows } = finished;
    const finishedAt = this.#ports.clock.now();
    const json = JSON.stringify({ value, analyses: rows.analyses ?? [] });
    const entry = { step, ordinal, value: json, finishedAt };
    const { id } = this.#snapshot;
    valueOf(await this.#ports.store.commitStep(id, this.#ports.owner, entry, rows, this.#after(finished)));
    this.#heartbeatAt = finishedAt;
    // Once more onto the snapshot as it is now: `expect` and `progress` may have changed it while the store was writing.
    this.#snapshot = this.#after(finished);
    this.#journal.set(step, { ordinal, value, analyses: rows.analyses ?? [] });
    if (!this.signal.aborted) this.#tell(this.snapshot);
  }

  #after({ ordinal, rows, metric }: FinishedStep): RunSnapshot {
    const before = this.#snapshot;
    const { counts } = before;
    return {
      ...before,
      ...(this.#models === null ? {} : { models: this.#models.work() }),
      activeMs: this.activeMs(),
      ledger: addOutcomes(before.ledger, rows.outcomes ?? []),
      metrics: [...(rows.metrics ?? []), metric].reduce((metrics, one) => addMetric(metrics, one, this.#sealedMetrics), before.metrics),
      analyses: this.#analysesWith(ordinal, rows.analyses ?? []),
      speakers: rows.speakers ?? before.speakers,
      counts: {
        matches: counts.matches + (rows.matches?.length ?? 0),
        newTargets: counts.newTargets + (rows.newTargets?.length ?? 0),
        findings: counts.findings + (rows.findings?.length ?? 0),
      },
    };
  }

  /** In the order the workflow asked for them, not the one they ended in. The last word on an analyzer takes the place of its first. */
  #analysesWith(ordinal: number, analyses: readonly Analysis[]): readonly Analysis[] {
    const all = [...this.#journal.values(), { ordinal, analyses }].sort((a, b) => a.ordinal - b.ordinal).flatMap((one) => one.analyses);
    return [...new Map(all.map((analysis) => [analysis.analyzer, analysis])).values()];
  }

  readonly #progress = (progress: Progress): void => {
    this.#own = progress;
    this.#showProgress();
  };

  /** Shows what is being done. */
  showProgress(progress: Progress): void {
    this.#progress(progress);
  }

  /** Shows what models are waited for in place of what is done, until it is null. */
  modelsWait(words: string | null): void {
    if (words === null && this.#waiting === null) return;
    this.#waiting = words;
    this.#showProgress();
  }

  #showProgress(): void {
    if (this.#own === null) return;
    this.change({ progress: this.#waiting === null ? this.#own : { ...this.#own, message: this.#waiting, waiting: true } });
    const now = this.#ports.clock.now();
    if (this.signal.aborted || now - this.#heartbeatAt < HEARTBEAT_MS) return;
    this.#heartbeatAt = now;
    const { store, owner, log } = this.#ports;
    store.heartbeat(this.#snapshot.id, owner, now).then(
      (told) => {
        if (!told.ok) log.warn(`The heartbeat of run ${this.#snapshot.id} was not written: ${told.failure.message}`);
      },
      (thrown: unknown) => log.error(`The heartbeat of run ${this.#snapshot.id} broke: ${String(thrown)}`),
    );
  }

  context(): RunContext {
    const { clock, compute, yieldToHost } = this.#ports;
    return {
      runId: this.#snapshot.id,
      settings: this.settings,
      signal: this.signal,
      clock,
      compute,
      yieldToHost,
      models: this.#models,
      expect: (kind, total) => this.expect(kind, total),
      progress: this.#progress,
      step: this.step,
      isDone: (step) => this.#journal.has(step),
    };
  }
}
