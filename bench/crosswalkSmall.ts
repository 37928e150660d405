import { runComputeJob } from '../server/src/engine/runComputeJob.ts';
import { report } from './benches.ts';
import { madeUpPair } from './crosswalkText.ts';
import { naiveCosine } from './naiveCosine.ts';

// 425 x 507 units: one plan against another. The naive baseline runs after it, in the same process, on the same text.

/** The baseline compares every so many sources only, and its time is scaled up: it is that slow. */
const NAIVE_SAMPLE = 10;

const pair = madeUpPair(425, 507, 1);
const started = performance.now();
runComputeJob('scoreCrosswalk', pair, { progress: () => undefined });
const seconds = (performance.now() - started) / 1000;

const naiveStarted = performance.now();
const share = naiveCosine(pair.source, pair.target, NAIVE_SAMPLE);
const naive = (performance.now() - naiveStarted) / 1000 + share.rest / 1000;
report(seconds, `${(naive / seconds).toFixed(1)} times as quick as the naive baseline (${naive.toFixed(1)} s, from every ${NAIVE_SAMPLE}th source)`);
