import type { ScoringUnit } from '../server/src/engine/workflows/crosswalk/scoringTypes.ts';

/**
 * The straightforward way, as a yardstick: a Map of terms per unit, words and character runs, cosine over all pairs.
 * Compares every `sample`th source with all targets; `rest` is the time in milliseconds the others would have added.
 */
export function naiveCosine(source: readonly ScoringUnit[], target: readonly ScoringUnit[], sample: number): { readonly sum: number; readonly rest: number } {
  let sum = 0;
  let rest = 0;
  for (const terms of [words, characterRuns]) {
    const counts = [...source, ...target].map((unit) => count(terms(`${unit.title} ${unit.text}`.toLowerCase())));
    const df = new Map<string, number>();
    for (const unit of counts) for (const term of unit.keys()) df.set(term, (df.get(term) ?? 0) + 1);
    const vectors = counts.map((unit) => weighted(unit, df, counts.length));
    const left = vectors.slice(0, source.length).filter((_, i) => i % sample === 0);
    const right = vectors.slice(source.length);
    const started = performance.now();
    for (const a of left) for (const b of right) sum += dot(a, b);
    rest += (performance.now() - started) * (source.length / left.length - 1);
  }
  return { sum, rest };
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function characterRuns(text: string): string[] {
  return words(text).flatMap((word) => {
    const runs: string[] = [];
    for (let length = 3; length <= 5; length++) for (let k = 0; k + length <= word.length; k++) runs.push(word.slice(k, k + length));
    return runs;
  });
}

function count(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function weighted(counts: ReadonlyMap<string, number>, df: ReadonlyMap<string, number>, total: number): Map<string, number> {
  const vector = new Map([...counts].map(([term, n]) => [term, (1 + Math.log(n)) * Math.log(total / (df.get(term) ?? 1))]));
  const norm = Math.sqrt([...vector.values()].reduce((sum, x) => sum + x * x, 0)) || 1;
  return new Map([...vector].map(([term, x]) => [term, x / norm]));
}

function dot(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, x] of small) sum += x * (large.get(term) ?? 0);
  return sum;
}
