import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Field 22 of /proc/PID/stat, counted from the state that follows the bracketed name (proc_pid_stat(5)). */
const START_TIME_FIELD = 19;
/** Stands where the start of a process cannot be looked up by another one. */
const UNKNOWN_START = 'x';

/** When a process started, in ticks since boot, or null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME_FIELD] ?? null;
  } catch {
    // No /proc on this system, or no such process: `isAlive` asks in another way.
    return null;
  }
}

/** `pid.start@host`: names a process so that a later process with the same pid is another one. */
export function ownerName(pid: number): string {
  return `${pid}.${startOf(pid) ?? UNKNOWN_START}@${hostname()}`;
}

function pidLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: the process is there and belongs to somebody else.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/** Whether the process that calls itself `owner` lives; `unknown` on another machine, or where its pid may be reused. */
export function isOwnerAlive(owner: string): boolean | 'unknown' {
  const [, pidText, start, host] = /^(\d+)\.(\w+)@(.*)$/.exec(owner) ?? [];
  if (pidText === undefined || host !== hostname()) return 'unknown';
  const pid = Number(pidText);
  if (!pidLives(pid)) return false;
  if (pid === process.pid && owner === ownerName(pid)) return true;
  if (start === UNKNOWN_START) return 'unknown';
  return startOf(pid) === start;
}
