import type { Clock } from '../ports.ts';
import type { Binding, SharedAllowance, Spend, WindowLimits } from './limiterTypes.ts';
import { createMemoryAllowance, LEASE_MS } from './memoryAllowance.ts';

/** Least milliseconds between two questions when the allowance is short: a store is not asked per call. */
const ASK_EVERY_MS = 50;
/** A wait beyond a minute and a bit can only be for the day's limit. */
const LONGEST_MINUTE_MS = 62_000;
const MINUTE_MS = 60_000;

/** The wall time a call's cost was leased at; `null` where nothing is limited. */
export interface Leased {
  readonly leasedAt: number | null;
}
export type Taken = Leased | { readonly waitUntil: number; readonly by: Binding } | 'asked';

interface Grant {
  readonly leasedAt: number;
  readonly until: number;
  requests: number;
  tokens: number;
}

/**
 * One limiter's part of a shared allowance. Leases are taken for as many calls as can go out at once, or for what the
 * limit yields in the time a lease is good for; what is left of them is given back.
 */
export class AllowanceLease {
  readonly #resource: string;
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #unavailable: () => void;
  #allowance: SharedAllowance;
  #limits: WindowLimits;
  #grant: Grant | null = null;
  #asking = false;
  #isShort = false;
  #askAgainAt = -Infinity;
  #by: Binding = 'requestsPerMinute';
  /** Tokens that have to be given back before asking sooner than told is worth it. */
  #missing = Infinity;
  /** Corrections by the moment of the lease, told with the next question. */
  readonly #corrections = new Map<number, Spend>();

  constructor(resource: string, allowance: SharedAllowance, limits: WindowLimits, clock: Clock, changed: () => void, unavailable: () => void) {
    this.#resource = resource;
    this.#allowance = allowance;
    this.#limits = limits;
    this.#clock = clock;
    this.#changed = changed;
    this.#unavailable = unavailable;
  }

  setLimits(limits: WindowLimits): void {
    this.#limits = limits;
    this.#askAgainAt = -Infinity;
  }

  /** Takes the cost of one call, or says when to come again; `asked`: `changed` is called when there is an answer. */
  take(tokens: number, ahead: Spend): Taken {
    const { requestsPerMinute, tokensPerMinute, requestsPerDay } = this.#limits;
    if (requestsPerMinute === null && tokensPerMinute === null && requestsPerDay === null) return { leasedAt: null };
    const now = this.#clock.monotonic();
    const cost = tokensPerMinute === null ? 0 : Math.min(tokens, tokensPerMinute);
    const grant = this.#grant;
    if (grant !== null && now <= grant.until && grant.requests >= 1 && grant.tokens >= cost) {
      grant.requests--;
      grant.tokens -= cost;
      return { leasedAt: grant.leasedAt };
    }
    if (grant !== null && now > grant.until) this.#giveBack();
    if (this.#asking) return 'asked';
    if (now < this.#askAgainAt) return { waitUntil: this.#askAgainAt, by: this.#by };
    this.#giveBack();
    this.#asking = true;
    void this.#ask(cost, ahead);
    return 'asked';
  }

  /** True where this much can be taken of what was granted and is too little for another call, or where asking may help. */
  mayTake(tokens: number): boolean {
    const grant = this.#grant;
    const now = this.#clock.monotonic();
    if (grant !== null && now <= grant.until && grant.requests >= 1 && grant.tokens >= tokens) return true;
    return !this.#asking && now >= this.#askAgainAt;
  }

  /** Real use differed from what was taken. */
  correct(leased: Leased, by: Spend): void {
    const tokens = this.#limits.tokensPerMinute === null ? 0 : by.tokens;
    if (leased.leasedAt === null || (by.requests === 0 && tokens === 0)) return;
    const held = this.#corrections.get(leased.leasedAt) ?? { requests: 0, tokens: 0 };
    this.#corrections.set(leased.leasedAt, { requests: held.requests + by.requests, tokens: held.tokens + tokens });
    this.#missing += Math.min(0, tokens);
    if (this.#missing <= 0) this.#askAgainAt = Math.min(this.#askAgainAt, this.#clock.monotonic() + ASK_EVERY_MS);
  }

  /** Nothing is to be sent for now: tells what is owed either way. */
  async settle(): Promise<void> {
    this.#giveBack();
    const corrections = [...this.#corrections];
    this.#corrections.clear();
    for (const [leasedAt, by] of corrections) await this.#guarded((allowance) => allowance.correct(this.#resource, by, this.#clock.now(), leasedAt));
  }

  #giveBack(): void {
    const grant = this.#grant;
    this.#grant = null;
    if (grant !== null) this.correct(grant, { requests: -grant.requests, tokens: -grant.tokens });
  }

  async #ask(cost: number, ahead: Spend): Promise<void> {
    const wanted = this.#wanted(cost, ahead);
    await this.settle();
    const at = this.#clock.now();
    const { granted, retryAt } = await this.#guarded((allowance) => allowance.lease(this.#resource, wanted, this.#limits, at));
    const now = this.#clock.monotonic();
    this.#asking = false;
    this.#grant = { leasedAt: at, until: now + LEASE_MS, ...granted };
    const isUseful = granted.requests >= 1 && granted.tokens >= cost;
    const wasSmall = this.#isShort;
    this.#isShort = granted.requests < wanted.requests || granted.tokens < wanted.tokens;
    let isByTokens = false;
    if (!this.#isShort) this.#askAgainAt = -Infinity;
    else {
      const waitMs = retryAt === null ? 0 : retryAt - at;
      const isOfDay = waitMs > LONGEST_MINUTE_MS;
      // Nothing of either is given where one of them is used up.
      const isNotByRequests = granted.requests >= 1 || (!isOfDay && this.#limits.requestsPerMinute === null);
      isByTokens = isNotByRequests && granted.tokens < wanted.tokens;
      this.#by = isByTokens ? 'tokensPerMinute' : isOfDay ? 'requestsPerDay' : 'requestsPerMinute';
      // When all of a large lease could be had says nothing of when the next call could.
      const isTelling = !isUseful && (wasSmall || wanted.requests === 1);
      this.#askAgainAt = now + Math.max(ASK_EVERY_MS, isTelling ? waitMs : 0);
    }
    this.#missing = isByTokens ? cost - granted.tokens : Infinity;
    this.#changed();
  }

  #wanted(cost: number, ahead: Spend): Spend {
    let requests = Math.max(1, ahead.requests);
    if (this.#isShort) {
      const { requestsPerMinute, tokensPerMinute } = this.#limits;
      const perMinute = Math.min(requestsPerMinute ?? Infinity, tokensPerMinute === null ? Infinity : tokensPerMinute / Math.max(1, cost));
      requests = Math.min(requests, Math.max(1, Math.floor((perMinute / MINUTE_MS) * LEASE_MS)));
    }
    const each = ahead.requests > 0 ? ahead.tokens / ahead.requests : cost;
    const { tokensPerMinute } = this.#limits;
    return { requests, tokens: tokensPerMinute === null ? 0 : Math.min(tokensPerMinute, Math.ceil(cost + (requests - 1) * each)) };
  }

  async #guarded<T>(ask: (allowance: SharedAllowance) => Promise<T>): Promise<T> {
    try {
      return await ask(this.#allowance);
    } catch {
      this.#allowance = createMemoryAllowance();
      this.#unavailable();
      return ask(this.#allowance);
    }
  }
}
