/** What a bench prints as JSON on its last line. */
export interface BenchResult {
  /** Wall time of what is measured, without making its input. */
  readonly seconds: number;
  /** Peak resident memory of the whole process, input included; of the server where a bench measures its process. */
  readonly peakMegabytes: number;
  readonly note: string;
  /** Our speed over the baseline's of the same run; more is better. */
  readonly ratio?: number;
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
  readonly asked: { readonly seconds?: number; readonly peakMegabytes?: number; readonly ratio?: number };
}

export const BENCHES: readonly Bench[] = [
  { name: 'crosswalk-small', file: './crosswalkSmall.ts', asked: { seconds: 2 } },
  { name: 'crosswalk-large', file: './crosswalkLarge.ts', asked: { seconds: 15, peakMegabytes: 1_000 } },
  { name: 'editor-latency', file: './editorLatency.ts', asked: { seconds: 0.05 } },
  { name: 'server-start', file: './serverStart.ts', asked: { seconds: 1 } },
  { name: 'cached-calls', file: './cachedCalls.ts', asked: { seconds: 1 } },
  { name: 'killed-calls', file: './killedCalls.ts', asked: { seconds: 1_200 } },
  { name: 'store-lists', file: './storeLists.ts', asked: { seconds: 0.1 } },
  { name: 'bulk-review', file: './bulkReview.ts', asked: { seconds: 1.5 } },
  { name: 'second-writer', file: './secondWriter.ts', asked: { seconds: 0.025 } },
  { name: 'server-memory', file: './serverMemory.ts', asked: { seconds: 1, peakMegabytes: 120 } },
  { name: 'activation', file: './activation.ts', asked: { seconds: 0.1 } },
  { name: 'scheduling', file: './scheduling.ts', asked: { seconds: 1_200 } },
  { name: 'forecast', file: './forecast.ts', asked: { seconds: 600 } },
  { name: 'first-look', file: './firstLook.ts', asked: { seconds: 300 } },
  { name: 'panel', file: './panel.ts', asked: { seconds: 0.3 } },
  { name: 'wire', file: './wire.ts', asked: { ratio: 0.9 } },
];

/** Ends a bench: prints its result with the peak memory of this process. */
export function report(seconds: number, note: string, more: Pick<BenchResult, 'ratio' | 'rows'> = {}): void {
  const result: BenchResult = { seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024, note, ...more };
  console.log(JSON.stringify(result));
}
