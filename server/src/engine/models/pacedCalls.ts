import type { PausedBy } from '../../../../shared/model.ts';
import type { Settings } from '../../../../shared/settings.ts';
import { counted } from '../../../../shared/words/format.ts';
import { budgetWords } from '../../../../shared/words/modelWords.ts';
import { Budget } from '../scheduling/budget.ts';
import type { CallFailure, CallResult, Completion, CompletionCall, EmbeddingCall, PageImageCall } from './modelPort.ts';
import type { Resource } from './modelResource.ts';
import { OpenAttempts } from './openAttempts.ts';
import { costOf } from './prices.ts';
import { RunTime } from './runTime.ts';
import type { ModelRuntimePorts, RunModelsOptions } from './runtimePorts.ts';
import { schemaTokens } from './schemaTokens.ts';
import { estimateTokens } from './tokenCount.ts';
import { NO_USAGE } from './usage.ts';

/** Why a call fails that has nothing to do with what it asks: others fail with it until somebody does something about it. */
const NOT_OF_THE_CALL: ReadonlySet<CallFailure['code']> = new Set(['unauthorized', 'quota', 'rateLimited', 'unreachable', 'timeout']);

/** Of a call that was not to go out any more. */
const LATE = { ok: false, failure: { code: 'cancelled', message: 'The time of the run was over.', retry: 'now' } } as const;

/** Of a call that need not go out any more. */
const ANSWERED = { ok: false, failure: { code: 'cancelled', message: 'Another process has answered this.', retry: 'now', usage: NO_USAGE } } as const;

/** It went out, and whether it was answered, and paid, is not known: it took too long, or the run was stopped. */
function isUnseen(result: CallResult<unknown>): boolean {
  return !result.ok && result.failure.usage === undefined && (result.failure.code === 'timeout' || result.failure.code === 'cancelled');
}

/** What goes with a call. */
export interface PacedCall<T> {
  /** Called once, before it goes out. */
  begin(): Promise<void>;
  /** What another process has answered while it waited for its turn; null: not all of it. */
  answered(): Promise<T | null>;
}

/** One request, whatever it asks. */
interface PacedRequest<T> {
  readonly operation: string;
  readonly resource: Resource;
  /** Estimated. */
  readonly tokensIn: number;
  readonly mostTokensOut: number;
  send(signal: AbortSignal): Promise<CallResult<T>>;
}

/** The calls of a run: within its budget and its time, in their turn, and counted. */
export class PacedCalls {
  readonly #options: RunModelsOptions;
  readonly #ports: ModelRuntimePorts;
  readonly #spentBefore: () => Promise<number>;
  readonly #time: RunTime | null;
  #budget: Promise<Budget> | null = null;
  #trouble: string | null = null;
  #asked = 0;
  readonly #open: OpenAttempts;

  /** `spentBefore`: US dollars the run has cost by its journal. */
  constructor(options: RunModelsOptions, ports: ModelRuntimePorts, spentBefore: () => Promise<number>) {
    this.#options = options;
    this.#ports = ports;
    this.#open = new OpenAttempts((begun, attempt) => ports.beginAttempt(options.runId, begun, attempt), () => ports.now());
    this.#spentBefore = spentBefore;
    // Runs of versions before this setting have none.
    const { runTimeoutMinutes: minutes = 0 } = options.settings.limits as Partial<Settings['limits']>;
    const why = `The run has asked for ${counted(minutes, 'minute')}, as long as collate.limits.runTimeoutMinutes lets it. Answers are kept. Resume the run to go on for as long again.`;
    this.#time = minutes > 0 ? new RunTime(minutes, () => this.#pause(why, 'time')) : null;
  }

  /** The run is at rest: what is still out is counted as unanswered. */
  close(): void {
    this.#time?.close();
    this.#open.close();
  }

  /** True while a call of this run is asked or waits for its turn; others may wait for the same limiter. */
  get isAsking(): boolean {
    return this.#asked > 0;
  }

  /** What is wrong with the key, the model, the address, the account or the connection, and what to do: of the newest call that failed for it. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** One call. */
  complete(operation: string, resource: Resource, call: CompletionCall, paced: PacedCall<Completion>, signal: AbortSignal): Promise<CallResult<Completion>> {
    const tokensIn = call.messages.reduce((sum, { content }) => sum + estimateTokens(content), 0) + schemaTokens(call.schema.json);
    return this.#paced({ operation, resource, tokensIn, mostTokensOut: call.maxTokensOut, send: (inner) => this.#options.provider.complete(call, inner) }, paced, signal);
  }

  /** One request for vectors. */
  embed(operation: string, resource: Resource, call: EmbeddingCall, paced: PacedCall<readonly (readonly number[])[]>, signal: AbortSignal): Promise<CallResult<readonly (readonly number[])[]>> {
    const tokensIn = call.texts.reduce((sum, text) => sum + estimateTokens(text), 0);
    return this.#paced({ operation, resource, tokensIn, mostTokensOut: 0, send: (inner) => this.#options.provider.embed(call, inner) }, paced, signal);
  }

  /** One picture of a page. `tokensIn` is estimated. */
  readPage(operation: string, resource: Resource, call: PageImageCall, tokensIn: number, paced: PacedCall<Completion>, signal: AbortSignal): Promise<CallResult<Completion>> {
    return this.#paced({ operation, resource, tokensIn, mostTokensOut: call.maxTokensOut, send: (inner) => this.#options.provider.readPageImage(call, inner) }, paced, signal);
  }

  async #paced<T>({ operation, resource, tokensIn, mostTokensOut, send }: PacedRequest<T>, { begin, answered }: PacedCall<T>, signal: AbortSignal): Promise<CallResult<T>> {
    const { limiter, meter, price, optional } = resource;
    const { runId, priority } = this.#options;
    const time = this.#time;
    const isLate = (): boolean => time?.isOver === true;
    if (isLate()) return this.#late();
    time?.start(this.#ports.sleep);
    const worst = price === null ? 0 : costOf({ tokensIn: Math.ceil(tokensIn * resource.mostTokensIn), tokensOut: mostTokensOut, tokensCached: 0 }, price);
    const budget = await this.#budgetOf();
    const reservation = await budget.reserve(worst, signal);
    if (reservation === null) return this.#usedUp(budget, worst);
    const timed = isLate() ? null : (time?.call(signal) ?? null);
    let paid = 0;
    let unseen = 0;
    let attempts = 0;
    let isUsedUp = false;
    const elsewhere: Awaited<T>[] = [];
    this.#asked += 1;
    try {
      if (isLate()) return await this.#late();
      const result = await limiter.run({
        priority, runId, ...(optional ? { optional } : {}), expectedTokens: tokensIn + Math.ceil(mostTokensOut / 4),
        attempt: async (inner) => {
          if (timed?.goesOut() === false) return LATE;
          if (attempts === 0) {
            const found = await answered();
            if (found !== null) {
              elsewhere.push(found);
              return ANSWERED;
            }
            // Others may have cost more than was reserved for them since this one was let in.
            isUsedUp = !reservation.again(0, 0);
            if (isUsedUp) return LATE;
          } else if (paid > 0 || unseen > 0) {
            isUsedUp = !reservation.again(paid, unseen);
            paid = 0;
            unseen = 0;
            if (isUsedUp) return LATE;
          }
          const startedAt = this.#ports.now();
          const out = this.#open.begin({ operation, meter, startedAt, isRetry: attempts > 0, mostUsd: worst });
          try {
            await Promise.all([attempts === 0 ? begin() : null, out.written]);
            inner.throwIfAborted();
          } catch (thrown) {
            out.end();
            throw thrown;
          }
          this.#sample(resource);
          const result = await send(inner);
          if (!out.end()) return result;
          const usage = result.ok ? result.usage : result.failure.usage;
          const cost = usage === undefined || price === null ? 0 : costOf(usage, price);
          paid += cost;
          if (usage !== undefined && tokensIn > 0) resource.mostTokensIn = Math.max(resource.mostTokensIn, usage.tokensIn / tokensIn);
          attempts += 1;
          if (isUnseen(result)) {
            unseen += worst;
            meter.unanswered(operation, startedAt, this.#ports.now(), attempts > 1, worst, !signal.aborted, out.begun);
          } else meter.attempt(operation, startedAt, this.#ports.now(), attempts > 1, result, cost, out.begun);
          this.#sample(resource);
          timed?.cameBack(result.ok);
          return result;
        },
      }, timed?.signal ?? signal);
      timed?.close();
      if (isUsedUp) return await this.#usedUp(budget, worst);
      const [found] = elsewhere;
      if (found !== undefined) return { ok: true, value: found, usage: NO_USAGE };
      if (!result.ok && (result.failure.everyCall === true || NOT_OF_THE_CALL.has(result.failure.code))) this.#trouble = result.failure.message;
      return isLate() && !result.ok && result.failure.code === 'cancelled' ? await this.#late() : result;
    } finally {
      reservation.settle(paid, unseen);
      this.#asked -= 1;
      if (this.#asked === 0) this.#options.waiting?.(null);
    }
  }

  /** The run is paused before it would cost more than it may. */
  async #usedUp(budget: Budget, nextUsd: number): Promise<CallResult<never>> {
    const why = `${budgetWords(budget.limitUsd ?? 0, budget.spentUsd, nextUsd, budget.unseenUsd)} Answers are kept. Resume the run with a higher budget.`;
    await this.#pause(why, 'budget');
    return { ok: false, failure: { code: 'quota', message: why, retry: 'later' } };
  }

  /** There is no answer any more: the run is paused, and who asked is told so by its signal. */
  async #late(): Promise<typeof LATE> {
    await this.#time?.ended;
    return LATE;
  }

  /** What has been answered by now is on its way into the journal before the run is stopped. */
  async #pause(why: string, by: PausedBy): Promise<void> {
    await this.#ports.yieldToHost();
    this.#options.pause(why, by);
  }

  #sample({ limiter, meter }: Resource): void {
    meter.sample(limiter.snapshot());
    this.#options.changed();
  }

  #budgetOf(): Promise<Budget> {
    const { budgetPerRun } = this.#options.settings;
    const { costUsd, unansweredUsd } = this.#options.paidBefore;
    this.#budget ??= this.#spentBefore().then((journalled) => new Budget(budgetPerRun > 0 ? budgetPerRun : null, Math.max(journalled, costUsd), unansweredUsd));
    return this.#budget;
  }
}
