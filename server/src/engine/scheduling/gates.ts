import type { RateHints } from '../models/modelPort.ts';
import type { AllowanceLease, Leased } from './allowanceLease.ts';
import type { CircuitBreaker } from './circuitBreaker.ts';
import type { Cooldown } from './cooldown.ts';
import type { Binding, ResourceLimits, Spend, WindowLimits } from './limiterTypes.ts';
import { Pace } from './pace.ts';

export type Passage =
  | { readonly goes: true; readonly leased: Leased; readonly spentThen: Spend }
  /** `until: null`: something else brings the news. */
  | { readonly goes: false; readonly by: Binding; readonly until: number | null };

/** What a call passes before it goes out, but for a free slot: pause, breaker, the provider's buckets, the allowance. */
export class Gates {
  readonly #cooldown: Cooldown;
  readonly #breaker: CircuitBreaker;
  readonly #lease: AllowanceLease;
  readonly #own: WindowLimits;
  readonly #requests = new Pace();
  readonly #tokens = new Pace();
  #limits: WindowLimits;
  #isNewDay = false;
  #lastBy: Binding = 'requestsPerMinute';

  constructor(cooldown: Cooldown, breaker: CircuitBreaker, lease: AllowanceLease, limits: ResourceLimits, now: number) {
    this.#cooldown = cooldown;
    this.#breaker = breaker;
    this.#lease = lease;
    this.#own = this.#limits = { requestsPerMinute: limits.requestsPerMinute, tokensPerMinute: limits.tokensPerMinute, requestsPerDay: limits.requestsPerDay };
    this.#requests.setLimit(limits.requestsPerMinute, now);
    this.#tokens.setLimit(limits.tokensPerMinute, now);
  }

  get limits(): WindowLimits {
    return this.#limits;
  }

  pass(tokens: number, ahead: Spend, now: number): Passage {
    const cool = this.#cooldown.readyAt(now);
    if (cool > now) return { goes: false, by: this.#cooldown.cause, until: cool };
    const closed = this.#breaker.mayCallAt(now);
    if (closed > now) return { goes: false, by: 'serverErrors', until: closed };
    const request = this.#requests.readyAt(1, now);
    const token = this.#tokens.readyAt(tokens, now);
    if (request > now || token > now) {
      return { goes: false, by: request >= token ? 'requestsPerMinute' : 'tokensPerMinute', until: Math.max(request, token) };
    }
    const taken = this.#lease.take(tokens, ahead);
    if (taken === 'asked') return { goes: false, by: this.#lastBy, until: null };
    if ('waitUntil' in taken) {
      this.#lastBy = taken.by;
      this.#isNewDay ||= taken.by === 'requestsPerDay';
      return { goes: false, by: taken.by, until: taken.waitUntil };
    }
    if (this.#isNewDay) this.#cooldown.beginCarefully(now);
    this.#isNewDay = false;
    const spentThen = { requests: this.#requests.spentInAll, tokens: this.#tokens.spentInAll };
    this.#requests.spend(1, now);
    this.#tokens.spend(tokens, now);
    this.#cooldown.onSend(now);
    this.#breaker.onSend(now);
    return { goes: true, leased: taken, spentThen };
  }

  /** True where a call of this size may pass, though a larger one has to wait. */
  hasRoomFor(tokens: number, now: number): boolean {
    return this.#tokens.readyAt(tokens, now) <= now && this.#requests.readyAt(1, now) <= now && this.#lease.mayTake(tokens);
  }

  /** Real use differed. A refused call took nothing, but the provider's bucket is put right by the refusal itself. */
  correct(leased: Leased, tokens: number, isRefused: boolean): void {
    if (!isRefused) this.#tokens.correct(tokens);
    this.#lease.correct(leased, { requests: isRefused ? -1 : 0, tokens });
  }

  /** Which limit a refusal is about, as far as can be told. */
  blamed(hints: RateHints | undefined, now: number): Binding {
    const { requestsPerMinute, tokensPerMinute } = this.#limits;
    if (requestsPerMinute === null && tokensPerMinute === null) return 'latency';
    if (hints?.requestsRemaining === 0) return 'requestsPerMinute';
    if (hints?.tokensRemaining === 0) return 'tokensPerMinute';
    return this.#tokens.fullness(now) < this.#requests.fullness(now) ? 'tokensPerMinute' : 'requestsPerMinute';
  }

  /** False where the limit that was blamed hardly explains the refusal. */
  onRefused(by: Binding, now: number): boolean {
    if (by === 'requestsPerMinute') return this.#requests.onRefused(now);
    return by === 'tokensPerMinute' && this.#tokens.onRefused(now);
  }

  /** True when the provider named a limit that was not known, or a lower one than the settings. */
  onHints(hints: RateHints, spentThen: Spend, sentAt: number, now: number): boolean {
    const lower = (own: number | null, said: number | undefined): number | null => (said === undefined || said <= 0 ? own : Math.min(own ?? Infinity, said));
    const requestsPerMinute = lower(this.#own.requestsPerMinute, hints.requestsPerMinute ?? this.#limits.requestsPerMinute ?? undefined);
    const tokensPerMinute = lower(this.#own.tokensPerMinute, hints.tokensPerMinute ?? this.#limits.tokensPerMinute ?? undefined);
    const isNews = requestsPerMinute !== this.#limits.requestsPerMinute || tokensPerMinute !== this.#limits.tokensPerMinute;
    if (isNews) {
      this.#limits = { ...this.#limits, requestsPerMinute, tokensPerMinute };
      this.#lease.setLimits(this.#limits);
      this.#requests.setLimit(requestsPerMinute, now);
      this.#tokens.setLimit(tokensPerMinute, now);
    }
    if (hints.requestsRemaining !== undefined) this.#requests.onHint(hints.requestsRemaining, spentThen.requests, sentAt, now);
    if (hints.tokensRemaining !== undefined) this.#tokens.onHint(hints.tokensRemaining, spentThen.tokens, sentAt, now);
    return isNews;
  }
}
