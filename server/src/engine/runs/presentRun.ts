import type { LedgerKind, RunSnapshot, RunState } from '../../../../shared/model.ts';
import type { RunOwner } from '../ports.ts';
import { closeLedger, ended } from './ledgerBook.ts';

/** A heartbeat older than this counts as the end of the process that sent it; they come every two seconds. */
export const STALE_HEARTBEAT_MS = 15_000;

/** Kinds a person follows, the one that says most first. */
const FOLLOWED: readonly (readonly [LedgerKind, string])[] = [
  ['sourceProvision', 'provisions'],
  ['record', 'records'],
  ['field', 'elections'],
  ['analysis', 'analyses'],
  ['turn', 'turns'],
  ['attachment', 'attachments'],
  ['document', 'documents'],
];

/** `120 of 431 provisions are kept`, or that nothing was decided yet. */
export function keptWords(snapshot: RunSnapshot): string {
  for (const [kind, words] of FOLLOWED) {
    const entry = snapshot.ledger[kind];
    if (entry === undefined) continue;
    return ended(entry) === 0 ? 'Nothing was decided yet' : `${ended(entry)} of ${entry.total} ${words} are kept`;
  }
  return 'Nothing was decided yet';
}

export function interruptedReason(snapshot: RunSnapshot): string {
  return `Interrupted: the process ended before the run did. ${keptWords(snapshot)}; resume takes up the rest.`;
}

const PENDING_REASONS: Readonly<Record<RunState, string>> = {
  running: 'not reached yet: the run is at work',
  done: 'not reached',
  partial: 'not reached: the run was interrupted',
  cancelled: 'not reached: the run was cancelled',
  failed: 'not reached: the run failed',
  paused: 'not reached: the run is paused',
};

/** A run with a ledger that adds up: what did not end is skipped, with the reason. */
export function withClosedLedger(snapshot: RunSnapshot): RunSnapshot {
  return { ...snapshot, ledger: closeLedger(snapshot.ledger, PENDING_REASONS[snapshot.state]) };
}

/** A run as it is shown: at rest, its ledger adds up; at work, the rest is pending. */
export function presentRun(snapshot: RunSnapshot): RunSnapshot {
  return snapshot.state === 'running' ? snapshot : withClosedLedger(snapshot);
}

/** A run that says it is running, seen when the process that did the work is gone. */
export function presentInterrupted(snapshot: RunSnapshot, heartbeatAt: number | null): RunSnapshot {
  return withClosedLedger({
    ...snapshot,
    state: 'partial',
    resumable: true,
    progress: null,
    endedAt: heartbeatAt,
    stateReason: interruptedReason(snapshot),
  });
}

/** True when nobody works on a run any more. */
export function isAbandoned(owner: RunOwner | null, now: number, isAlive: (owner: string) => boolean | 'unknown'): boolean {
  if (owner === null || now - owner.heartbeatAt > STALE_HEARTBEAT_MS) return true;
  return isAlive(owner.owner) === false;
}
