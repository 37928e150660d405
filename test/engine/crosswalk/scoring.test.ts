import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runComputeJob, runComputeJobInSlices } from '../../../server/src/engine/runComputeJob.ts';
import type { CrosswalkScores, ScoringInput, ScoringUnit } from '../../../server/src/engine/workflows/crosswalk/scoringTypes.ts';

const WORDS = 'plan loan vesting trustee employer participant contribution matching deferral hardship notice election account benefit spouse retirement service hours compensation forfeiture eligibility rollover transfer audit committee fiduciary bond premium annuity custodian'.split(' ');

/** Made-up units: text `i` of either side shares most of its words with text `i` of the other. */
function pairOf(sources: number, targets: number): ScoringInput {
  const text = (i: number, side: number): string =>
    Array.from({ length: 14 }, (_, k) => WORDS[(i * 7 + k * (i + 3) + (k % 5 === 0 ? side : 0)) % WORDS.length]).join(' ') + ` topic${i}`;
  const unit = (side: number) => (_: unknown, i: number): ScoringUnit => ({ title: `Title ${WORDS[i % WORDS.length]}`, text: text(i, side), path: [`Part ${WORDS[Math.floor(i / 4)]}`] });
  return { source: Array.from({ length: sources }, unit(0)), target: Array.from({ length: targets }, unit(1)) };
}

function score(input: ScoringInput): CrosswalkScores {
  return runComputeJob('scoreCrosswalk', input, { progress: () => undefined });
}

test('finds the counterparts of made-up provisions', () => {
  const { sources } = score(pairOf(16, 20));
  expect(sources.map(({ candidates }) => candidates[0]?.target)).toEqual(Array.from({ length: 16 }, (_, i) => i));
});

test('candidates fall in score, are at most 20, distinct, and only the first three may be claimed', () => {
  const { sources, threshold } = score(pairOf(16, 40));
  for (const { candidates } of sources) {
    expect(candidates).toHaveLength(20);
    expect(new Set(candidates.map(({ target }) => target)).size).toBe(20);
    candidates.forEach((candidate, rank) => {
      if (rank > 0) expect(candidate.score).toBeLessThan(candidates[rank - 1]?.score as number);
      expect(candidate.claimed).toBe(rank < 3 && candidate.score >= threshold);
      expect(candidate.probability).toBeGreaterThanOrEqual(0);
      expect(candidate.probability).toBeLessThanOrEqual(1);
    });
  }
});

test('shuffling the units of either side moves the results with them and changes nothing else', () => {
  const input = pairOf(12, 15);
  const plain = score(input);
  const order = (size: number): fc.Arbitrary<number[]> => fc.shuffledSubarray(Array.from({ length: size }, (_, k) => k), { minLength: size, maxLength: size });
  fc.assert(
    fc.property(order(12), order(15), (sources, targets) => {
      const shuffled = score({ source: sources.map((i) => input.source[i] as ScoringUnit), target: targets.map((j) => input.target[j] as ScoringUnit) });
      expect(shuffled.threshold).toBeCloseTo(plain.threshold, 4);
      shuffled.sources.forEach((row, place) => {
        const before = plain.sources[sources[place] as number];
        expect(row.candidates.map(({ target }) => targets[target])).toEqual(before?.candidates.map(({ target }) => target));
        row.candidates.forEach(({ score: s, probability }, rank) => {
          expect(s).toBeCloseTo(before?.candidates[rank]?.score as number, 3);
          expect(probability).toBeCloseTo(before?.candidates[rank]?.probability as number, 3);
        });
        expect(row.counterpartScore).toBeCloseTo(before?.counterpartScore as number, 3);
      });
    }),
    { numRuns: 20 },
  );
});

test('printed labels in front of headings are no feature', () => {
  const input = pairOf(12, 15);
  const labelled = { source: input.source.map((unit, i) => ({ ...unit, path: unit.path.map((heading) => `Section ${i}.0${i}(a) ${heading}`) })), target: input.target };
  expect(score(labelled).sources.map(({ candidates }) => candidates[0]?.target)).toEqual(score(input).sources.map(({ candidates }) => candidates[0]?.target));
});

const EMPTY: ScoringUnit = { title: '', text: '', path: [] };
const PLAIN: ScoringUnit = { title: '', text: 'The Plan pays benefits.', path: [] };

test.each<[string, ScoringInput, number]>([
  ['no source', { source: [], target: [PLAIN] }, 0],
  ['no target', { source: [PLAIN, PLAIN], target: [] }, 0],
  ['nothing at all', { source: [], target: [] }, 0],
  ['one unit on each side', { source: [PLAIN], target: [PLAIN] }, 1],
  ['units without words', { source: [EMPTY, PLAIN], target: [PLAIN, EMPTY] }, 2],
  ['only punctuation', { source: [{ ...PLAIN, text: '!!! --- ...' }], target: [{ ...PLAIN, text: '???' }] }, 1],
  ['the same word a thousand times', { source: [{ ...PLAIN, text: 'plan '.repeat(1_000) }, PLAIN], target: [{ ...PLAIN, text: 'plan '.repeat(900) }, PLAIN] }, 2],
  ['a megabyte in one unit', { source: [{ ...PLAIN, text: 'alpha beta gamma '.repeat(60_000) }, PLAIN], target: [PLAIN] }, 1],
  ['another alphabet', { source: [{ ...PLAIN, text: '退職年金規約の変更について' }], target: [{ ...PLAIN, text: 'Пенсионный план' }] }, 1],
])('%s gives figures, not a crash', (_name, input, candidates) => {
  const { sources, threshold } = score(input);
  expect(sources).toHaveLength(input.source.length);
  expect(Number.isFinite(threshold)).toBe(true);
  for (const source of sources) {
    expect(source.candidates).toHaveLength(candidates);
    expect(source.counterpartProbability).toBeGreaterThanOrEqual(0);
    expect(source.counterpartProbability).toBeLessThanOrEqual(1);
    for (const candidate of source.candidates) expect([candidate.score, candidate.probability, candidate.overlap].every(Number.isFinite)).toBe(true);
  }
});

test('progress rises to its total, and a check that throws stops the work', () => {
  const input = pairOf(60, 400);
  const told: number[] = [];
  let checks = 0;
  runComputeJob('scoreCrosswalk', input, { progress: (done, total) => told.push(done / total), check: () => void checks++ });
  expect(told.at(-1)).toBe(1);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(checks).toBeGreaterThan(0);
  const stop = (): void => {
    throw new Error('stopped');
  };
  expect(() => runComputeJob('scoreCrosswalk', input, { progress: () => undefined, check: stop })).toThrow('stopped');
});

test('on a shared thread the host gets turns, and an abort lands at the next one', async () => {
  const input = pairOf(60, 400);
  const controller = new AbortController();
  let turns = 0;
  const work = runComputeJobInSlices('scoreCrosswalk', input, { progress: () => undefined }, () => {
    if (++turns === 2) controller.abort(new Error('enough'));
    return Promise.resolve();
  }, controller.signal);
  await expect(work).rejects.toThrow('enough');
  expect(turns).toBe(2);
  const whole = await runComputeJobInSlices('scoreCrosswalk', input, { progress: () => undefined }, () => Promise.resolve(), new AbortController().signal);
  expect(whole).toEqual(score(input));
});
