import type { RunSnapshot } from '../model.ts';

/** What a run at work does, and how far it is where that can be counted: what is counted differs, a share does not. */
export function progressWords({ progress }: Pick<RunSnapshot, 'progress'>): string {
  if (progress === null) return 'Starting';
  const { message, done, total } = progress;
  return total > 0 ? `${message} (${Math.min(100, Math.floor((done / total) * 100))} %)` : message;
}
