/** What a bench prints as JSON on its last line. */
export interface BenchResult {
  /** Wall time of what is measured, without making its input. */
  readonly seconds: number;
  /** Peak resident memory of the whole process, input included. */
  readonly peakMegabytes: number;
  readonly note: string;
  /** Further figures of the same run. */
  readonly rows?: readonly BenchRow[];
}

/** A figure that is no time and no memory. */
export interface BenchRow {
  readonly name: string;
  readonly reached: string;
  readonly asked: string;
  /** What others reach in the same run. */
  readonly baseline?: string;
  readonly isMissed: boolean;
}

export interface Bench {
  readonly name: string;
  /** Beside this file; run in a process of its own. */
  readonly file: string;
  readonly asked: { readonly seconds: number; readonly peakMegabytes?: number };
}

export const BENCHES: readonly Bench[] = [
  { name: 'crosswalk-small', file: './crosswalkSmall.ts', asked: { seconds: 2 } },
  { name: 'crosswalk-large', file: './crosswalkLarge.ts', asked: { seconds: 15, peakMegabytes: 1_000 } },
  { name: 'editor-latency', file: './editorLatency.ts', asked: { seconds: 0.05 } },
  { name: 'server-start', file: './serverStart.ts', asked: { seconds: 1 } },
  { name: 'scheduling', file: './scheduling.ts', asked: { seconds: 1_200 } },
  { name: 'panel', file: './panel.ts', asked: { seconds: 0.3 } },
];

/** Ends a bench: prints its result with the peak memory of this process. */
export function report(seconds: number, note: string, rows: readonly BenchRow[] = []): void {
  const result: BenchResult = { seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024, note, rows };
  console.log(JSON.stringify(result));
}
