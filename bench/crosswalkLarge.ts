import { runComputeJob } from '../server/src/engine/runComputeJob.ts';
import { report } from './benches.ts';
import { madeUpPair } from './crosswalkText.ts';

/** 2,400 x 3,750 units: one title of a code of laws against another. */
const pair = madeUpPair(2_400, 3_750, 1);
let last = performance.now();
let longest = 0;
const started = last;
runComputeJob('scoreCrosswalk', pair, {
  progress: () => undefined,
  check: () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  },
});
report((performance.now() - started) / 1000, `longest slice ${longest.toFixed(0)} ms`);
