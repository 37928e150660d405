/** What a run says of its time; milliseconds, or ISO 8601 as in the JSON. */
export interface RunTimes {
  readonly startedAt: number | string;
  readonly endedAt: number | string | null;
  readonly activeMs?: number;
}

const milliseconds = (at: number | string): number => (typeof at === 'number' ? at : Date.parse(at));

/** Milliseconds a run that ended was at work: without the pauses before it was resumed, where it says so. */
export function timeAtWork({ startedAt, endedAt, activeMs }: RunTimes): number | null {
  if (endedAt === null) return null;
  return activeMs ?? milliseconds(endedAt) - milliseconds(startedAt);
}
