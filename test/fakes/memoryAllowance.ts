import { utcDay } from '../../server/src/engine/scheduling/utcDay.ts';
import type { SharedAllowance, Spend } from '../../server/src/engine/ports.ts';

interface Leased extends Spend {
  readonly at: number;
}

const MINUTE_MS = 60_000;

/** Every lease with its moment: the meaning of SharedAllowance in the fewest words. */
export function memoryAllowance(): SharedAllowance {
  const leases = new Map<string, Leased[]>();
  const since = (resource: string, from: number): readonly Leased[] => (leases.get(resource) ?? []).filter((one) => one.at >= from);
  const add = (resource: string, spend: Leased): void => void leases.set(resource, [...(leases.get(resource) ?? []), spend]);
  return {
    lease: async (resource, wanted, limits, now) => {
      const minute = now - MINUTE_MS + 1;
      const left = (part: keyof Spend, from: number, limit: number | null): number =>
        limit === null ? Infinity : Math.max(0, limit - since(resource, from).reduce((sum, one) => sum + one[part], 0));
      const granted = {
        requests: Math.min(wanted.requests, left('requests', minute, limits.requestsPerMinute), left('requests', utcDay(now).begins, limits.requestsPerDay)),
        tokens: Math.min(wanted.tokens, left('tokens', minute, limits.tokensPerMinute)),
      };
      const isUseless = (wanted.requests > 0 && granted.requests === 0) || (wanted.tokens > 0 && granted.tokens === 0);
      const given = isUseless ? { requests: 0, tokens: 0 } : granted;
      add(resource, { ...given, at: now });
      const isAll = given.requests === wanted.requests && given.tokens === wanted.tokens;
      return { granted: given, retryAt: isAll ? null : now + 1_000 };
    },
    correct: async (resource, by, now, leasedAt) => {
      const positive = { requests: Math.max(0, by.requests), tokens: Math.max(0, by.tokens) };
      add(resource, { ...positive, at: now });
      add(resource, { requests: by.requests - positive.requests, tokens: by.tokens - positive.tokens, at: leasedAt });
    },
  };
}
