import type { Demand, ProviderRules } from './providerRules.ts';
import { finishOf } from './simulatedProvider.ts';
import type { Binding } from '../../../server/src/engine/scheduling/limiterTypes.ts';

/**
 * Time below which no scheduler can be, whatever it knows: the most of these, each of which holds on its own.
 *
 * - work: all work over the places (of the provider, or connections if those are fewer), at the provider's speeds, with
 *   none done in an outage; it also travels there and back;
 * - requests, tokens: the last admission comes no sooner than the limit lets all of it in. A bucket lets in its burst and
 *   what flows in since; nothing is let in while the provider is closed or down, and what flows in meanwhile is lost beyond
 *   a burst. A sliding window lets in one limit each 60 seconds, the first at once. Then the shortest call still runs;
 * - day: a day's limit for each day, the first at once;
 * - longest: the longest call, alone.
 *
 * Every bound is loosened where that makes it simpler, never tightened.
 */
export interface LowerBound {
  readonly ms: number;
  /** The next largest part. */
  readonly second: number;
  readonly binding: Extract<Binding, 'latency' | 'concurrency' | 'requestsPerMinute' | 'tokensPerMinute' | 'requestsPerDay'> | 'longest';
  readonly parts: Readonly<Record<'work' | 'requestsPerMinute' | 'tokensPerMinute' | 'requestsPerDay' | 'longest', number>>;
}

export function lowerBound(rules: ProviderRules, demands: readonly Demand[], connections: number, epoch: number): LowerBound {
  const sum = (of: (demand: Demand) => number): number => demands.reduce((total, demand) => total + of(demand), 0);
  const travel = 2 * rules.network[0];
  const places = Math.min(rules.capacity, connections);
  const shortest = shortestRun(rules, Math.min(...demands.map((demand) => demand.workMs))) + travel;
  const parts = {
    work: travel + workDone(rules, sum((demand) => demand.workMs) / places),
    requestsPerMinute: rules.requestsPerMinute === null ? 0 : shortest + lastAdmission(rules, rules.requestsPerMinute, demands.length),
    tokensPerMinute: rules.tokensPerMinute === null ? 0 : shortest + lastAdmission(rules, rules.tokensPerMinute, sum(tokensOf) - debt(rules, demands)),
    requestsPerDay: rules.requestsPerDay === null ? 0 : shortest + lastDay(rules, rules.requestsPerDay, demands.length, epoch),
    longest: travel + shortestRun(rules, Math.max(...demands.map((demand) => demand.workMs))),
  };
  const [largest, next] = Object.entries(parts).sort((a, b) => b[1] - a[1]) as [[keyof typeof parts, number], [string, number]];
  const binding = largest[0] === 'work' ? (rules.capacity <= connections ? 'latency' : 'concurrency') : largest[0];
  return { ms: largest[1], second: next[1], binding, parts };
}

function tokensOf(demand: Demand): number {
  return demand.tokensIn + demand.tokensOut;
}

/** What the last call may owe: one larger than the whole burst is let in when the bucket is full. */
function debt(rules: ProviderRules, demands: readonly Demand[]): number {
  const burst = ((rules.tokensPerMinute ?? 0) / 60_000) * (rules.counting === 'bucket' ? rules.burstMs : 60_000);
  return Math.max(0, Math.max(...demands.map(tokensOf)) - burst);
}

/** When every place has done this much work. */
function workDone(rules: ProviderRules, workMs: number): number {
  const outages = [...rules.outages].sort((a, b) => a.from - b.from);
  let left = workMs;
  let at = 0;
  for (const outage of outages) {
    const end = finishOf(rules, at, left);
    if (end <= outage.from) return end;
    left -= workBetween(rules, at, outage.from);
    at = outage.to;
  }
  return finishOf(rules, at, left);
}

function workBetween(rules: ProviderRules, from: number, to: number): number {
  let work = 0;
  for (let i = 0; i <= rules.speed.length; i++) {
    const begin = Math.max(from, i === 0 ? 0 : rules.speed[i - 1]!.from);
    const end = Math.min(to, rules.speed[i]?.from ?? Infinity);
    if (end > begin) work += (end - begin) * (i === 0 ? 1 : rules.speed[i - 1]!.speed);
  }
  return work;
}

/** At the highest speed there ever is. */
function shortestRun(rules: ProviderRules, workMs: number): number {
  return workMs / Math.max(1, ...rules.speed.map(({ speed }) => speed));
}

function lastAdmission(rules: ProviderRules, perMinute: number, amount: number): number {
  const rate = perMinute / 60_000;
  if (rules.counting === 'sliding') return Math.max(0, Math.ceil(amount / perMinute) - 1) * 60_000;
  const burst = Math.max(1, rate * rules.burstMs);
  const shut = [...rules.closed, ...rules.outages].sort((a, b) => a.from - b.from);
  let left = amount;
  let level = burst;
  let at = 0;
  for (const { from, to } of shut) {
    if (from > at) {
      const inFlow = level + rate * (from - at);
      if (left <= inFlow) return at + Math.max(0, left - level) / rate;
      left -= inFlow;
      level = 0;
      at = from;
    }
    if (to > at) {
      level = Math.min(burst, level + rate * (to - at));
      at = to;
    }
  }
  return at + Math.max(0, left - level) / rate;
}

function lastDay(rules: ProviderRules, perDay: number, requests: number, epoch: number): number {
  const DAY_MS = 24 * 3_600_000;
  const more = Math.max(0, Math.ceil(requests / perDay) - 1);
  if (more === 0) return 0;
  return rules.day === 'rolling' ? more * DAY_MS : Math.ceil((epoch + 1) / DAY_MS) * DAY_MS - epoch + (more - 1) * DAY_MS;
}
