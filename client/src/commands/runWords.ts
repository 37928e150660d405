import type { RunSnapshot, RunState } from '../../../shared/model.ts';
import { stateInWords } from '../../../shared/words/labels.ts';

/** Codicon of each state. */
export const STATE_ICONS = {
  running: 'play-circle',
  done: 'pass',
  partial: 'warning',
  cancelled: 'circle-slash',
  failed: 'error',
  paused: 'debug-pause',
} as const satisfies Record<RunState, string>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `3 minutes ago`. */
export function ago(then: number, now: number): string {
  const passed = Math.max(0, now - then);
  const [count, unit] =
    passed >= DAY_MS ? [passed / DAY_MS, 'day'] : passed >= HOUR_MS ? [passed / HOUR_MS, 'hour'] : [passed / MINUTE_MS, 'minute'];
  const whole = Math.floor(count);
  if (whole === 0) return 'just now';
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}

/** `crosswalk, finished, 3 minutes ago`. */
export function runDetail(run: RunSnapshot, now: number): string {
  return `${run.workflow}, ${stateInWords(run)}, ${ago(run.startedAt, now)}`;
}
