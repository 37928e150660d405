import type { CallFailure, CallResult, ModelUsage } from '../models/modelPort.ts';
import type { Leased } from './allowanceLease.ts';
import type { Binding, LimitedCall, Spend } from './limiterTypes.ts';
import type { Planned } from './timeline.ts';

/** A call that is not settled: it waits for its turn, is in flight, or backs off. */
export interface Pending {
  readonly priority: LimitedCall<unknown>['priority'];
  readonly runId: string;
  readonly call: LimitedCall<unknown>;
  readonly signal: AbortSignal;
  settle(result: CallResult<unknown>): void;
  attempts: number;
  /** Attempts that were answered with "too many requests". */
  refusals: number;
  /** Tokens of the calls that went before it though it was their turn later. */
  overtaken: number;
  isSettled: boolean;
  readonly onAbort: () => void;
  deadline: Planned | null;
  backoff: { readonly planned: Planned; readonly by: Binding } | null;
  end: ((failure: CallFailure) => void) | null;
}

/** One attempt, as it went out. */
export interface Sent {
  readonly startedAt: number;
  readonly leased: Leased;
  readonly spentThen: Spend;
  readonly reserved: number;
  /** Calls in flight when it went out, itself among them. */
  readonly inFlight: number;
  readonly asProbe: boolean;
}

/** Tokens an attempt has used, as far as can be told; `reserved` are those that were set aside for it. */
export function usedTokens(result: CallResult<unknown>, reserved: number): number {
  const used = (usage: ModelUsage): number => usage.tokensIn + usage.tokensOut;
  if (result.ok) return used(result.usage);
  const { code, usage } = result.failure;
  if (usage !== undefined) return used(usage);
  // Nothing was read of what was refused; what timed out or was cut off may have been read in full.
  return code === 'timeout' || code === 'cancelled' || code === 'badAnswer' ? reserved : 0;
}
