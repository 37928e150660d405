import pLimit from 'p-limit';
import type { CallFailure, CallResult } from '../models/modelPort.ts';
import type { Clock } from '../ports.ts';
import { AdaptiveConcurrency } from './adaptiveConcurrency.ts';
import { AllowanceLease } from './allowanceLease.ts';
import { failure, startAttempt } from './attempt.ts';
import { canHeal, pauseBefore } from './backoff.ts';
import { CircuitBreaker } from './circuitBreaker.ts';
import { Cooldown } from './cooldown.ts';
import { CostEstimate } from './costEstimate.ts';
import { FairQueue } from './fairQueue.ts';
import { Gates } from './gates.ts';
import { HeldTime } from './heldTime.ts';
import { LimiterBook } from './limiterBook.ts';
import type {
  Binding, LimitedCall, Limiter, LimiterEvent, LimiterSnapshot, LimiterTotals, Random, ResourceLimits, SharedAllowance, Sleep,
} from './limiterTypes.ts';
import { CANCELLED, daySpent, NO_ANSWER, notWaitedFor, outage, TOO_LATE } from './limiterFailures.ts';
import { usedTokens, type Pending, type Sent } from './pendingCall.ts';
import { Timeline, type Planned } from './timeline.ts';
import { WaitWatch } from './waitWatch.ts';
import { SignalWatch } from './watchSignals.ts';

/** Longest wait for a day's limit, in milliseconds, before calls fail with `quota`: a person waits for minutes, not for a day. */
const QUOTA_WAIT_MS = 10 * 60_000;
/** A call that is refused so often steps behind the others of its run: what is refused is seldom about the call itself. */
const STEPS_BEHIND_EVERY = 2;
/** Calls behind a large one that are looked through for a small one. */
const LOOKED_BEHIND = 16;
/** Refusals a call bears, for each attempt it has: they say nothing of it, but one that is too large is refused for ever. */
const REFUSALS_PER_ATTEMPT = 10;
/** An outage longer than this fails what waits, in milliseconds; the next call tries again. */
const OUTAGE_MS = 5 * 60_000;
/** So does a server of this machine where nothing listens for longer than this: one that is just starting is there by then. */
const NOT_THERE_MS = 3_000;
/** So does a provider that answers nothing but "too many requests" for longer than this. */
const REFUSING_MS = 15 * 60_000;
/** And one that asks to be left alone for longer than this: nobody waits for it. */
const LONGEST_REFUSAL_MS = 60 * 60_000;

export interface LimiterOptions {
  /** Provider and model, as the shared allowance and messages name it. */
  readonly resource: string;
  readonly limits: ResourceLimits;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly random: Random;
  readonly allowance: SharedAllowance;
  /** Longest wait for a day's limit in milliseconds; beyond it calls fail with `quota`. Absent: ten minutes. */
  readonly quotaWaitMs?: number;
  readonly onEvent?: (event: LimiterEvent) => void;
}

type Settled<T> = CallResult<T> & { readonly attempts: number };

export function createLimiter(options: LimiterOptions): Limiter {
  return new ModelLimiter(options);
}

const asksForTooLong = ({ code, retryAfterMs = 0 }: CallFailure): boolean => code === 'rateLimited' && retryAfterMs > LONGEST_REFUSAL_MS;

/** Attempts of a call whose answers are none: they are paid, and the model answers alike. */
const BAD_ANSWERS = 3;
/** Attempts of a call that is not answered in time, where no other is either: each is waited for as long, and may be paid. Then nothing more is asked. */
const SILENCES = 2;
/** A provider that refuses everything for longer than this is not waited for by calls that nothing needs, in milliseconds. */
const OPTIONAL_REFUSING_MS = 2 * 60_000;

class ModelLimiter implements Limiter {
  readonly #options: LimiterOptions;
  readonly #clock: Clock;
  readonly #timeline: Timeline;
  readonly #queue = new FairQueue<Pending>();
  readonly #backingOff = new Set<Pending>();
  readonly #signals = new SignalWatch();
  readonly #slots;
  readonly #concurrency: AdaptiveConcurrency;
  readonly #breaker: CircuitBreaker;
  readonly #cooldown: Cooldown;
  readonly #lease: AllowanceLease;
  readonly #gates: Gates;
  readonly #costs = new CostEstimate();
  readonly #book = new LimiterBook();
  readonly #held = new HeldTime();
  readonly #waiting;
  /** Signals lent to attempts in flight. */
  readonly #lent = new WeakSet<AbortSignal>();
  #inFlight = 0;
  #isStarting = false;
  #isPumping = false;
  #wake: (Planned & { readonly at: number }) | null = null;
  /** When calls were last waiting for a slot. */
  #fullAt = -Infinity;
  /** When a call was last answered. */
  #answeredAt = -Infinity;

  constructor(options: LimiterOptions) {
    const { limits, clock, sleep, random, resource, allowance } = options;
    if (!(limits.maxAttempts >= 1)) throw new Error('A call needs at least one attempt.');
    this.#options = options;
    this.#clock = clock;
    this.#timeline = new Timeline(clock, sleep);
    this.#concurrency = new AdaptiveConcurrency(limits.startConcurrency, limits.maxConcurrency);
    this.#slots = pLimit(this.#concurrency.limit);
    this.#breaker = new CircuitBreaker(random);
    this.#cooldown = new Cooldown(random);
    const unavailable = (): void => this.#tell({ kind: 'allowanceUnavailable', at: clock.monotonic() });
    this.#lease = new AllowanceLease(resource, allowance, limits, clock, () => this.#pump(), unavailable);
    this.#waiting = new WaitWatch(this.#timeline, clock, (now) => (this.#isIdle ? null : { inFlight: this.#inFlight, readyAt: this.#cooldown.readyAt(now) }), limits.callTimeoutMs);
    this.#gates = new Gates(this.#cooldown, this.#breaker, this.#lease, limits, clock.monotonic());
  }

  run<T>(call: LimitedCall<T>, signal: AbortSignal): Promise<Settled<T>> {
    const refused = (problem: CallFailure): Promise<Settled<T>> => Promise.resolve({ ok: false, failure: problem, attempts: 0 });
    if (this.#isStarting || this.#lent.has(signal)) {
      return refused(failure('internal', `A call to ${this.#options.resource} asked for another one while it held its place; it has to end first.`, 'never'));
    }
    if (signal.aborted) return refused(CANCELLED);
    const now = this.#clock.monotonic();
    if (call.deadline !== undefined && call.deadline <= now) return refused(TOO_LATE);
    if (this.#isIdle) this.#breaker.onIdle();
    return new Promise((resolve) => {
      const pending: Pending = {
        priority: call.priority, runId: call.runId, call, signal, attempts: 0, refusals: 0, overtaken: 0, isSettled: false, deadline: null, backoff: null, end: null,
        settle: (result) => resolve({ ...(result as CallResult<T>), attempts: pending.attempts }),
        onAbort: () => this.#giveUp(pending, CANCELLED),
      };
      this.#signals.add(signal, pending.onAbort);
      if (call.deadline !== undefined) pending.deadline = this.#timeline.at(call.deadline, () => this.#giveUp(pending, TOO_LATE));
      this.#queue.push(pending);
      this.#waiting.look();
      // Behind others nothing has changed for who is next.
      if (this.#queue.peek() === pending) this.#pump();
    });
  }

  onWaiting(listener: (words: string | null) => void): () => void {
    return this.#waiting.listen(listener);
  }

  get #isIdle(): boolean {
    return this.#inFlight === 0 && this.#queue.size === 0 && this.#backingOff.size === 0;
  }

  snapshot(): LimiterSnapshot {
    const { requestsPerMinute, tokensPerMinute } = this.#gates.limits;
    return {
      at: this.#clock.monotonic(), concurrency: this.#concurrency.limit, inFlight: this.#inFlight,
      waiting: this.#queue.size + this.#backingOff.size, requestsPerMinute, tokensPerMinute, breaker: this.#breaker.state,
    };
  }

  totals(): LimiterTotals {
    return this.#book.totals(this.#held.sums(this.#clock.monotonic()));
  }

  /** Sends what may go, then notes what holds the next call and when to look again. */
  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    const now = this.#clock.monotonic();
    let wakeAt: number | null = null;
    let held: Binding | null = null;
    for (let next = this.#queue.peek(); next !== null; next = this.#queue.peek()) {
      const free = this.#concurrency.limit - this.#inFlight;
      if (free < 1) {
        held = this.#concurrency.isTooSmall ? 'concurrency' : 'latency';
        this.#fullAt = now;
        break;
      }
      const cost = this.#costs.of(next.call.expectedTokens);
      const calls = Math.min(free, this.#queue.size);
      const passage = this.#gates.pass(cost, { requests: calls, tokens: calls * cost }, now);
      if (passage.goes) {
        this.#queue.take();
        this.#send(next, { ...passage, startedAt: now, reserved: cost, inFlight: this.#inFlight + 1, asProbe: this.#breaker.state !== 'closed' });
        continue;
      }
      held = passage.by;
      if (held === 'tokensPerMinute' && this.#sendSmaller(next, cost, now)) continue;
      if (held === 'requestsPerDay' && passage.until !== null && passage.until - now > (this.#options.quotaWaitMs ?? QUOTA_WAIT_MS)) {
        this.#failWaiting(daySpent(this.#options.resource));
      } else {
        wakeAt = passage.until;
        break;
      }
    }
    const [firstBackingOff] = this.#backingOff;
    // Who asks keeps no more calls ready than may go at once: where all of these are out, there may be more to come.
    const ofDemand = this.#inFlight >= this.#concurrency.limit && this.#concurrency.isTooSmall ? 'concurrency' : 'demand';
    held ??= firstBackingOff?.backoff?.by ?? (this.#inFlight > 0 ? ofDemand : null);
    this.#held.hold(held, now);
    this.#wakeUpAt(wakeAt);
    if (held === null) void this.#lease.settle();
    if (this.#isIdle) this.#waiting.onIdle();
    this.#isPumping = false;
  }

  /**
   * A large call waits for its tokens: a small one that fits into what is there goes first, so that a limit is used to its
   * end. A call is overtaken by no more than its own size.
   */
  #sendSmaller(head: Pending, cost: number, now: number): boolean {
    for (const other of this.#queue.behind(LOOKED_BEHIND)) {
      const own = this.#costs.of(other.call.expectedTokens);
      if (own >= cost || head.overtaken + own > cost || !this.#gates.hasRoomFor(own, now)) continue;
      const passage = this.#gates.pass(own, { requests: 1, tokens: own }, now);
      if (!passage.goes) return false;
      head.overtaken += own;
      this.#queue.remove(other);
      this.#send(other, { ...passage, startedAt: now, reserved: own, inFlight: this.#inFlight + 1, asProbe: this.#breaker.state !== 'closed' });
      return true;
    }
    return false;
  }

  #wakeUpAt(at: number | null): void {
    if (this.#wake?.at === at) return;
    this.#wake?.cancel();
    this.#wake = null;
    if (at === null) return;
    const planned = this.#timeline.at(at, () => {
      this.#wake = null;
      this.#pump();
    });
    this.#wake = { at, cancel: planned.cancel };
  }

  #send(pending: Pending, sent: Sent): void {
    const { limits } = this.#options;
    const abort = new AbortController();
    this.#lent.add(abort.signal);
    this.#waiting.onSend(this.#inFlight === 0, sent.startedAt);
    this.#inFlight++;
    pending.attempts++;
    this.#book.attempted(pending.attempts > 1);
    const flight = async (): Promise<void> => {
      // A cancel may have come between the slot and this turn.
      if (pending.isSettled) return this.#arrived(pending, sent, { ok: false, failure: CANCELLED });
      this.#isStarting = true;
      const running = startAttempt(pending.call.attempt.bind(pending.call), abort);
      this.#isStarting = false;
      pending.end = running.end;
      const timeout = this.#timeline.at(sent.startedAt + limits.callTimeoutMs, () => running.end(NO_ANSWER));
      const result = await running.result;
      timeout.cancel();
      pending.end = null;
      this.#arrived(pending, sent, result);
    };
    const limit = this.#concurrency.limit;
    if (this.#slots.concurrency !== limit) this.#slots.concurrency = limit;
    void this.#slots(flight).then(() => this.#pump());
  }

  #arrived(pending: Pending, sent: Sent, result: CallResult<unknown>): void {
    const now = this.#clock.monotonic();
    const latencyMs = now - sent.startedAt;
    // What was ended from outside says nothing of the provider.
    const problem = pending.isSettled ? CANCELLED : result.ok ? null : result.failure;
    this.#inFlight--;
    this.#waiting.onArrived(problem?.code ?? null, now);
    if (problem === null) this.#answeredAt = now;
    this.#book.answered(problem, latencyMs);
    const real = usedTokens(result, sent.reserved);
    this.#gates.correct(sent.leased, real - sent.reserved, problem?.code === 'rateLimited' || problem?.code === 'quota');
    const hints = result.ok ? result.hints : result.failure.hints;
    if (hints !== undefined && this.#gates.onHints(hints, sent.spentThen, sent.startedAt, now)) {
      const { requestsPerMinute, tokensPerMinute } = this.#gates.limits;
      this.#tell({ kind: 'limits', at: now, requestsPerMinute, tokensPerMinute });
    }
    const limit = this.#concurrency.limit;
    const breaker = this.#breaker.state;
    const cause = this.#learn(pending, sent, problem, real, latencyMs, now);
    if (this.#concurrency.limit !== limit) this.#tell({ kind: 'concurrency', at: now, limit: this.#concurrency.limit });
    if (this.#breaker.state !== breaker) this.#tell({ kind: 'breaker', at: now, state: this.#breaker.state });
    const hopeless = cause === 'serverErrors' && problem !== null ? this.#hopeless(problem, now) : null;
    if (hopeless !== null) {
      this.#settle(pending, { ok: false, failure: hopeless });
      this.#failWaiting(hopeless);
    }
    if (problem !== null && this.#isDownFor(cause, now)) this.#giveUpOptional(pending, problem);
    if (pending.isSettled) return;
    if (problem?.code === 'rateLimited') {
      pending.refusals++;
      if (asksForTooLong(problem) || this.#cooldown.refusedFor(now) > REFUSING_MS) {
        this.#settle(pending, result);
        return this.#failWaiting(problem);
      }
    }
    const isSilence = problem !== null && this.#isSilence(problem, sent, now);
    if (problem === null || !canHeal(problem) || this.#isWornOut(pending, problem, isSilence)) {
      if (isSilence) return this.#giveUpAll(pending, problem);
      this.#settle(pending, result);
      if (problem?.code === 'quota' || problem?.code === 'unauthorized' || problem?.everyCall === true) this.#failWaiting(problem);
    } else this.#tryAgain(pending, problem, cause, now);
  }

  #hopeless(problem: CallFailure, now: number): CallFailure | null {
    if (problem.notThere === true && this.#breaker.notThereFor(now) > NOT_THERE_MS) return { ...problem, everyCall: true };
    return this.#breaker.downFor(now) > OUTAGE_MS ? outage(this.#options.resource, problem.message) : null;
  }

  /** Whether calls that nothing needs wait no longer. */
  #isDownFor(cause: Binding, now: number): boolean {
    return (cause === 'serverErrors' && this.#breaker.state !== 'closed') || this.#cooldown.refusedFor(now) > OPTIONAL_REFUSING_MS;
  }

  /** Nobody is there: what waits is not asked. */
  #giveUpAll(pending: Pending, problem: CallFailure): void {
    const given = { ...problem, everyCall: true } as const;
    this.#settle(pending, { ok: false, failure: given });
    this.#failWaiting(given);
  }

  #giveUpOptional(pending: Pending, problem: CallFailure): void {
    const given = notWaitedFor(this.#options.resource, problem);
    if (pending.call.optional === true) this.#settle(pending, { ok: false, failure: given });
    this.#failWaiting(given, ({ call }) => call.optional === true);
  }

  /** Whether it was waited for to the end, and nobody else was answered meanwhile. A gateway may give up at once: that is no silence. */
  #isSilence({ code }: CallFailure, { startedAt }: Sent, now: number): boolean {
    return code === 'timeout' && now - startedAt >= this.#options.limits.callTimeoutMs / 2 && this.#answeredAt < startedAt;
  }

  #isWornOut({ attempts, refusals, call }: Pending, { code }: CallFailure, isSilence: boolean): boolean {
    const own = isSilence ? (call.optional === true ? 1 : SILENCES) : code === 'badAnswer' ? BAD_ANSWERS : Infinity;
    const maxAttempts = Math.min(own, this.#options.limits.maxAttempts);
    return attempts - refusals >= maxAttempts || refusals >= maxAttempts * REFUSALS_PER_ATTEMPT;
  }

  /** What the answer teaches; the cause a new attempt would wait for. */
  #learn(pending: Pending, sent: Sent, problem: CallFailure | null, tokens: number, latencyMs: number, now: number): Binding {
    switch (problem?.code) {
      case undefined:
        this.#costs.learn(pending.call.expectedTokens, tokens);
        this.#concurrency.onSuccess({ startedAt: sent.startedAt, inFlight: sent.inFlight, latencyMs, tokens, atLimit: this.#fullAt >= sent.startedAt }, now);
        this.#cooldown.onSuccess(sent.startedAt);
        this.#breaker.onAnswer();
        return 'demand';
      case 'rateLimited':
      case 'quota': {
        const cause = problem.code === 'quota' ? 'requestsPerDay' : this.#gates.blamed(problem.hints, now);
        if (!canHeal(problem)) return cause;
        // It fails what waits; whoever asks later tries again.
        if (asksForTooLong(problem)) {
          this.#breaker.onAnswer();
          return cause;
        }
        let isOfWidth = false;
        if (this.#cooldown.isNews(sent.startedAt)) {
          const isByRate = cause === 'requestsPerDay' || this.#gates.onRefused(cause, now);
          // Where no limit of a minute is known, it is how many there are at once, also when no other call waits.
          if (cause === 'latency' || this.#fullAt >= sent.startedAt) {
            if (isByRate) this.#concurrency.onRateRefused(sent.startedAt, sent.inFlight, now);
            else this.#concurrency.onRefused(sent.startedAt, sent.inFlight, now);
            isOfWidth = !isByRate;
          }
          this.#tell({ kind: 'rateLimited', at: now, retryAfterMs: problem.retryAfterMs ?? null });
        }
        this.#cooldown.onRefused(problem, sent.startedAt, cause, isOfWidth, now);
        this.#breaker.onAnswer();
        return cause;
      }
      case 'unreachable':
      case 'timeout':
        this.#concurrency.onServerError(now);
        this.#breaker.onServerError(now, sent.asProbe, problem.notThere === true);
        return 'serverErrors';
      case 'cancelled':
        this.#breaker.onNoVerdict(sent.asProbe);
        return 'demand';
      default:
        this.#breaker.onAnswer();
        return 'demand';
    }
  }

  /** A refusal pauses the whole resource, so its call waits in front; any other failure pauses its call alone. */
  #tryAgain(pending: Pending, problem: CallFailure, by: Binding, now: number): void {
    const isPausedTogether = problem.code === 'rateLimited' || problem.code === 'quota';
    const pauseMs = isPausedTogether ? Math.max(0, this.#cooldown.readyAt(now) - now) : pauseBefore(problem, pending.attempts, this.#options.random);
    if (problem.code === 'quota' && pauseMs > (this.#options.quotaWaitMs ?? QUOTA_WAIT_MS)) {
      this.#settle(pending, { ok: false, failure: problem });
      return this.#failWaiting(problem);
    }
    if (pending.call.deadline !== undefined && now + pauseMs >= pending.call.deadline) {
      return this.#settle(pending, { ok: false, failure: TOO_LATE });
    }
    this.#tell({ kind: 'retry', at: now, runId: pending.runId, attempt: pending.attempts, code: problem.code, pauseMs });
    if (isPausedTogether) {
      if (pending.refusals > 0 && pending.refusals % STEPS_BEHIND_EVERY === 0) return this.#queue.push(pending);
      return this.#queue.putBack(pending);
    }
    this.#backingOff.add(pending);
    const back = (): void => {
      this.#backingOff.delete(pending);
      pending.backoff = null;
      this.#queue.putBack(pending);
      this.#pump();
    };
    pending.backoff = { planned: this.#timeline.at(now + pauseMs, back), by };
  }

  /** Settles a call wherever it is. */
  #giveUp(pending: Pending, problem: CallFailure): void {
    if (pending.isSettled) return;
    this.#settle(pending, { ok: false, failure: problem });
    pending.end?.(problem);
    this.#pump();
  }

  #failWaiting(problem: CallFailure, which: (pending: Pending) => boolean = () => true): void {
    for (const pending of [...this.#queue.all(), ...this.#backingOff].filter(which)) this.#settle(pending, { ok: false, failure: problem });
  }

  #settle(pending: Pending, result: CallResult<unknown>): void {
    if (pending.isSettled) return;
    pending.isSettled = true;
    this.#queue.remove(pending);
    this.#backingOff.delete(pending);
    pending.backoff?.planned.cancel();
    pending.deadline?.cancel();
    this.#signals.remove(pending.signal, pending.onAbort);
    this.#book.settled(result);
    pending.settle(result);
  }

  #tell(event: LimiterEvent): void {
    this.#options.onEvent?.(event);
  }
}
