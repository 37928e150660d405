/**
 * The scheduler in ten simulated worlds beside four other rules, all in one run: wall time over the bound that no scheduler
 * can be below, requests wasted on 429, and whether it names what binds. `SEEDS=n` makes it quicker and less telling.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { bindingVerdict } from '../server/src/engine/scheduling/binding.ts';
import { createLimiter } from '../server/src/engine/scheduling/createLimiter.ts';
import { createMemoryAllowance } from '../server/src/engine/scheduling/memoryAllowance.ts';
import type { Limiter } from '../server/src/engine/scheduling/limiterTypes.ts';
import { PEERS } from '../test/fakes/modelSimulator/peers.ts';
import { scenario, SCENARIO_NAMES, STEADY, type ScenarioName } from '../test/fakes/modelSimulator/scenarios.ts';
import { ours } from '../test/fakes/modelSimulator/schedulers.ts';
import { simulate } from '../test/fakes/modelSimulator/simulate.ts';
import { variation } from '../test/fakes/modelSimulator/variations.ts';
import { VirtualTime } from '../test/fakes/modelSimulator/virtualTime.ts';
import { report, type BenchRow } from './benches.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 50);
const VARIATIONS = SEEDS * 4;
const ASKED = { steady: 1.05, bursty: 1.15, peer: 1.02, wasted: 0.01, verdict: 0.95, growthMegabytes: 50 };
const WORKERS = 2;

interface Outcome {
  readonly ratio: number;
  readonly wasted: number;
  readonly isComplete: boolean;
}
type Job = { readonly kind: 'scenario'; readonly name: ScenarioName; readonly seed: number } | { readonly kind: 'verdict'; readonly seed: number };
interface Done {
  readonly job: Job;
  readonly ours: Outcome | null;
  readonly peers: Readonly<Record<string, Outcome>>;
  readonly isVerdictRight: boolean;
}

async function work(job: Job): Promise<Done> {
  if (job.kind === 'verdict') {
    const { scenario: world, binding } = variation(job.seed);
    const limiters: Limiter[] = [];
    await simulate(world, ours((limiter) => limiters.push(limiter)), job.seed);
    return { job, ours: null, peers: {}, isVerdictRight: bindingVerdict(limiters[0]!.totals()).binding === binding };
  }
  const world = scenario(job.name, job.seed);
  const outcome = async (maker: Parameters<typeof simulate>[1]): Promise<Outcome> => {
    const { ratio, wasted, right, calls } = await simulate(world, maker, job.seed);
    return { ratio, wasted, isComplete: right === calls };
  };
  const peers: Record<string, Outcome> = {};
  for (const [name, maker] of Object.entries(PEERS)) peers[name] = await outcome(maker);
  return { job, ours: await outcome(ours()), peers, isVerdictRight: false };
}

/** Heap growth in megabytes from the 10,000th to the 110,000th call. */
async function memoryGrowth(): Promise<number> {
  const time = new VirtualTime();
  const limiter = createLimiter({
    resource: 'memory', clock: time, sleep: time.sleep, random: () => 0.5, allowance: createMemoryAllowance(),
    limits: { startConcurrency: 16, maxConcurrency: 64, requestsPerMinute: 5_000, tokensPerMinute: 5_000_000, requestsPerDay: null, callTimeoutMs: 60_000, maxAttempts: 3 },
  });
  const signal = new AbortController().signal;
  const calls = async (count: number): Promise<void> => {
    for (let i = 0; i < count / 100; i++) {
      await time.until(Promise.all(Array.from({ length: 100 }, () => limiter.run({
        priority: 'batch', runId: `run-${i}`, expectedTokens: 500,
        attempt: async (inner) => {
          await time.sleep(300, inner);
          return { ok: true, value: null, usage: { tokensIn: 300, tokensOut: 100, tokensCached: 0, estimated: false } };
        },
      }, signal))));
    }
    globalThis.gc?.();
  };
  await calls(10_000);
  const before = process.memoryUsage().heapUsed;
  await calls(100_000);
  return (process.memoryUsage().heapUsed - before) / 2 ** 20;
}

async function main(): Promise<void> {
  const started = performance.now();
  const jobs: Job[] = [
    ...SCENARIO_NAMES.flatMap((name) => Array.from({ length: SEEDS }, (_, seed): Job => ({ kind: 'scenario', name, seed }))),
    ...Array.from({ length: VARIATIONS }, (_, seed): Job => ({ kind: 'verdict', seed: 50_000 + seed })),
  ];
  const shares = Array.from({ length: WORKERS }, (_, worker) => jobs.filter((_job, i) => i % WORKERS === worker));
  const done = (await Promise.all(shares.map((share) => new Promise<Done[]>((resolve, reject) => {
    new Worker(new URL(import.meta.url), { workerData: share }).once('message', resolve).once('error', reject);
  })))).flat();
  const growth = await memoryGrowth();
  const rows: BenchRow[] = [];
  let refused = 0;
  for (const name of SCENARIO_NAMES) {
    const seeds = done.filter(({ job }) => job.kind === 'scenario' && job.name === name);
    const mine = seeds.map((seed) => seed.ours!);
    const ratio = mean(mine.map((outcome) => outcome.ratio));
    const worst = Math.max(...mine.map((outcome) => outcome.ratio));
    const wasted = mean(mine.map((outcome) => outcome.wasted));
    refused += wasted / SCENARIO_NAMES.length;
    const peers = Object.keys(PEERS).map((peer) => ({ peer, ratio: mean(seeds.map((seed) => seed.peers[peer]!.ratio)), wasted: mean(seeds.map((seed) => seed.peers[peer]!.wasted)) }));
    const best = Math.min(...peers.map((peer) => peer.ratio));
    const asked = STEADY.includes(name) ? ASKED.steady : ASKED.bursty;
    const isComplete = mine.every((outcome) => outcome.isComplete);
    rows.push({
      name: `${name}: time / lower bound`,
      reached: `${ratio.toFixed(3)} (worst seed ${worst.toFixed(3)}), ${(ratio / best).toFixed(3)} x the best other rule, ${percent(wasted)} wasted${isComplete ? '' : ', NOT ALL ANSWERED'}`,
      asked: `<= ${asked}, <= ${ASKED.peer} x, <= ${percent(ASKED.wasted)}`,
      baseline: peers.map((peer) => `${peer.peer}: ${peer.ratio.toFixed(3)}, ${percent(peer.wasted)} wasted`).join('; '),
      isMissed: ratio > asked || ratio / best > ASKED.peer || wasted > ASKED.wasted || !isComplete,
    });
  }
  const verdicts = done.filter(({ job }) => job.kind === 'verdict');
  const right = mean(verdicts.map((verdict) => (verdict.isVerdictRight ? 1 : 0)));
  rows.push({ name: 'requests wasted on 429, all worlds', reached: percent(refused), asked: `<= ${percent(ASKED.wasted)}`, isMissed: refused > ASKED.wasted });
  rows.push({ name: `what binds is named, ${verdicts.length} variations`, reached: percent(right), asked: `>= ${percent(ASKED.verdict)}`, isMissed: right < ASKED.verdict });
  rows.push({ name: 'heap growth over 100,000 calls', reached: `${growth.toFixed(1)} MB`, asked: `< ${ASKED.growthMegabytes} MB`, isMissed: growth >= ASKED.growthMegabytes });
  report((performance.now() - started) / 1_000, `${SEEDS} seeds`, { rows });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

if (isMainThread) await main();
else {
  const done: Done[] = [];
  for (const job of workerData as Job[]) done.push(await work(job));
  parentPort!.postMessage(done);
}
