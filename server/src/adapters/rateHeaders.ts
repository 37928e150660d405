import type { RateHints } from '../engine/ports.ts';

export interface HeaderSource {
  get(name: string): string | null;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A window of a minute is whole again within one; what takes longer is the window of a day or an hour. */
const MINUTE_MS = 60_000;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;

/** Milliseconds of `1m30s`, `250ms` or bare seconds; null for anything else. */
export function durationMs(text: string): number | null {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1_000;
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(trimmed)) return null;
  return [...trimmed.matchAll(PART)].reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? ''] ?? 0), 0);
}

/** How long a server asks to wait: `retry-after-ms`, then `retry-after` in seconds or as a date, then what its words say. */
export function retryAfterMs(headers: HeaderSource, words: string, now: number): number | undefined {
  const inMs = headers.get('retry-after-ms');
  if (inMs !== null && /^\s*\d+(\.\d+)?\s*$/.test(inMs)) return Number(inMs);
  const after = headers.get('retry-after');
  if (after !== null) {
    const duration = durationMs(after) ?? Date.parse(after) - now;
    if (Number.isFinite(duration)) return Math.max(0, duration);
  }
  const [, said = ''] = /try again in ((?:\d+(?:\.\d+)?(?:ms|s|m|h))+)/i.exec(words) ?? [];
  return durationMs(said) ?? undefined;
}

function count(headers: HeaderSource, name: string): number | undefined {
  const value = headers.get(name);
  return value !== null && /^\s*\d+\s*$/.test(value) ? Number(value) : undefined;
}

function hintsOf(headers: HeaderSource, what: 'requests' | 'tokens'): { readonly limit?: number; readonly remaining?: number; readonly reset?: number } {
  const limit = count(headers, `x-ratelimit-limit-${what}`);
  const remaining = count(headers, `x-ratelimit-remaining-${what}`);
  const reset = durationMs(headers.get(`x-ratelimit-reset-${what}`) ?? '') ?? undefined;
  return {
    ...(limit === undefined || (reset !== undefined && reset > MINUTE_MS) ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(reset === undefined ? {} : { reset }),
  };
}

/** What the `x-ratelimit-*` headers of an answer say; undefined where there are none. */
export function rateHints(headers: HeaderSource): RateHints | undefined {
  const requests = hintsOf(headers, 'requests');
  const tokens = hintsOf(headers, 'tokens');
  const hints: RateHints = {
    ...(requests.limit === undefined ? {} : { requestsPerMinute: requests.limit }),
    ...(tokens.limit === undefined ? {} : { tokensPerMinute: tokens.limit }),
    ...(requests.remaining === undefined ? {} : { requestsRemaining: requests.remaining }),
    ...(tokens.remaining === undefined ? {} : { tokensRemaining: tokens.remaining }),
    ...(requests.reset === undefined ? {} : { requestsResetMs: requests.reset }),
    ...(tokens.reset === undefined ? {} : { tokensResetMs: tokens.reset }),
  };
  return Object.keys(hints).length === 0 ? undefined : hints;
}
