import type { CallFailure, CallResult, ModelUsage, RateHints } from '../../../server/src/engine/models/modelPort.ts';
import { bucket, daily, sliding, type Admission } from './admission.ts';
import type { Demand, Period, ProviderRules } from './providerRules.ts';
import type { Seeded } from './seeded.ts';
import type { VirtualTime } from './virtualTime.ts';

/** What a provider has seen. */
export interface ProviderCounts {
  arrived: number;
  admitted: number;
  /** Answered 429, for whatever reason. */
  refused: number;
  answered: number;
  mostInFlight: number;
}

interface Job {
  readonly demand: Demand;
  readonly answer: (result: CallResult<string>) => void;
  state: 'waiting' | 'working' | 'over';
}

/**
 * A provider in virtual time. Its limits are its own: it refuses by its own books and never looks at a scheduler.
 * A call travels, is refused or admitted (which charges its requests and tokens, the answer's as if its length were known),
 * waits for one of the places, is worked on, and travels back.
 */
export class SimulatedProvider {
  readonly counts: ProviderCounts = { arrived: 0, admitted: 0, refused: 0, answered: 0, mostInFlight: 0 };
  readonly #rules: ProviderRules;
  readonly #time: VirtualTime;
  readonly #random: Seeded;
  readonly #requests: Admission | null;
  readonly #tokens: Admission | null;
  readonly #day: Admission | null;
  readonly #queue: Job[] = [];
  readonly #working = new Set<Job>();

  constructor(rules: ProviderRules, time: VirtualTime, random: Seeded) {
    this.#rules = rules;
    this.#time = time;
    this.#random = random;
    const perMinute = (limit: number | null): Admission | null =>
      limit === null ? null : rules.counting === 'bucket' ? bucket(limit, rules.burstMs) : sliding(limit);
    this.#requests = perMinute(rules.requestsPerMinute);
    this.#tokens = perMinute(rules.tokensPerMinute);
    this.#day = rules.requestsPerDay === null ? null : daily(rules.requestsPerDay, rules.day, time.now() - time.monotonic());
    for (const outage of rules.outages) {
      time.at(outage.from, () => {
        for (const job of [...this.#working, ...this.#queue]) this.#end(job, DOWN);
      });
    }
  }

  /** One request on the wire. `tag` comes back as the answer. */
  call(demand: Demand, tag: string, signal: AbortSignal): Promise<CallResult<string>> {
    return new Promise((resolve) => {
      const job: Job = {
        demand,
        state: 'waiting',
        answer: (result) => {
          this.#time.at(this.#time.monotonic() + this.#travel(), () => {
            signal.removeEventListener('abort', left);
            resolve(result);
          });
        },
      };
      const left = (): void => {
        this.#over(job);
        resolve({ ok: false, failure: { code: 'cancelled', message: 'Cancelled.', retry: 'now' } });
      };
      signal.addEventListener('abort', left, { once: true });
      this.#time.at(this.#time.monotonic() + this.#travel(), () => this.#arrive(job, tag));
    });
  }

  #travel(): number {
    return this.#random.between(this.#rules.network[0], this.#rules.network[1]);
  }

  #arrive(job: Job, tag: string): void {
    if (job.state === 'over') return;
    const now = this.#time.monotonic();
    this.counts.arrived++;
    if (isIn(this.#rules.outages, now) !== null) return this.#end(job, DOWN);
    const refusal = this.#refusal(job.demand, now);
    if (refusal !== null) {
      this.counts.refused++;
      return this.#end(job, { ok: false, failure: refusal });
    }
    this.counts.admitted++;
    this.#requests?.admit(1, now);
    this.#tokens?.admit(job.demand.tokensIn + job.demand.tokensOut, now);
    this.#day?.admit(1, now);
    const { hangs, halves, garbage } = this.#rules;
    const luck = hangs + halves + garbage === 0 ? 1 : this.#random.next();
    // What hangs holds no place: the connection is open, nobody works on it.
    if (luck < hangs) return;
    const usage: ModelUsage = { tokensIn: job.demand.tokensIn, tokensOut: job.demand.tokensOut, tokensCached: 0, estimated: false };
    const hints = this.#rules.saysHints ? { hints: this.#hints(now) } : {};
    const broken = (message: string): CallResult<string> => ({ ok: false, failure: { code: 'badAnswer', message, retry: 'now', usage } });
    const result: CallResult<string> =
      luck < hangs + halves ? broken('The answer ended half way.') : luck < hangs + halves + garbage ? broken('The answer is no JSON.') : { ok: true, value: tag, usage, ...hints };
    (job as { result?: CallResult<string> }).result = result;
    this.#queue.push(job);
    this.#work();
  }

  #refusal(demand: Demand, now: number): CallFailure | null {
    const { capacity, beyondCapacity, saysRetryAfter, saysHints } = this.#rules;
    const failure = (code: 'rateLimited' | 'quota', message: string, waitMs: number | null): CallFailure => ({
      code, message, retry: 'later',
      // Whole seconds, rounded up, as headers say it.
      ...(saysRetryAfter && waitMs !== null ? { retryAfterMs: Math.ceil(waitMs / 1_000) * 1_000 } : {}),
      ...(saysHints ? { hints: this.#hints(now) } : {}),
    });
    const closed = isIn(this.#rules.closed, now);
    if (closed !== null) return failure('rateLimited', 'Too many requests.', closed.to - now);
    const day = this.#day?.waitFor(1, now) ?? 0;
    // A day's end is always named: that is what tells it from an account that is spent.
    if (day > 0) return { ...failure('quota', 'The requests of the day are used up.', null), retryAfterMs: Math.ceil(day / 1_000) * 1_000 };
    const wait = Math.max(this.#requests?.waitFor(1, now) ?? 0, this.#tokens?.waitFor(demand.tokensIn + demand.tokensOut, now) ?? 0);
    if (wait > 0) return failure('rateLimited', 'Too many requests.', wait);
    if (beyondCapacity === 'refuse' && this.#working.size >= capacity) return failure('rateLimited', 'Too many requests at once.', null);
    return null;
  }

  #hints(now: number): RateHints {
    const { requestsPerMinute, tokensPerMinute } = this.#rules;
    return {
      ...(requestsPerMinute === null || this.#requests === null ? {} : { requestsPerMinute, requestsRemaining: this.#requests.remaining(now) }),
      ...(tokensPerMinute === null || this.#tokens === null ? {} : { tokensPerMinute, tokensRemaining: this.#tokens.remaining(now) }),
    };
  }

  #work(): void {
    while (this.#working.size < this.#rules.capacity) {
      const job = this.#queue.shift();
      if (job === undefined) return;
      job.state = 'working';
      this.#working.add(job);
      this.counts.mostInFlight = Math.max(this.counts.mostInFlight, this.#working.size);
      this.#time.at(finishOf(this.#rules, this.#time.monotonic(), job.demand.workMs), () => {
        if (job.state !== 'working') return;
        this.counts.answered++;
        this.#end(job, (job as { result?: CallResult<string> }).result!);
      });
    }
  }

  #end(job: Job, result: CallResult<string>): void {
    if (job.state === 'over') return;
    this.#over(job);
    job.answer(result);
  }

  #over(job: Job): void {
    if (job.state === 'waiting') {
      const place = this.#queue.indexOf(job);
      if (place >= 0) this.#queue.splice(place, 1);
    }
    job.state = 'over';
    if (this.#working.delete(job)) this.#work();
  }
}

const DOWN: CallResult<string> = { ok: false, failure: { code: 'unreachable', message: 'The server is down.', retry: 'later' } };

function isIn(periods: readonly Period[], now: number): Period | null {
  return periods.find(({ from, to }) => from <= now && now < to) ?? null;
}

/** When work begun at `start` is done, at the speeds of the provider. */
export function finishOf(rules: Pick<ProviderRules, 'speed'>, start: number, workMs: number): number {
  let at = start;
  let left = workMs;
  for (let i = 0; i <= rules.speed.length; i++) {
    const until = rules.speed[i]?.from ?? Infinity;
    if (until <= at) continue;
    const speed = i === 0 ? 1 : rules.speed[i - 1]!.speed;
    if (left <= (until - at) * speed) return at + left / speed;
    left -= (until - at) * speed;
    at = until;
  }
  return at + left;
}
