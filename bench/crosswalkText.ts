import type { ScoringUnit } from '../server/src/engine/workflows/crosswalk/scoringTypes.ts';

/** Distinct words of the made-up language. */
const VOCABULARY = 40_000;
/** Words per unit: log-normal with this median, the spread seen in plan documents. */
const MEDIAN_WORDS = 150;
const SIGMA = 0.7;
const MAX_WORDS = 2_000;
/** Share of targets that are reworded sources, and share of words replaced in them. */
const REWORDED = 0.5;
const REPLACED = 0.3;
const UNITS_PER_SECTION = 12;

export interface MadeUpPair {
  readonly source: readonly ScoringUnit[];
  readonly target: readonly ScoringUnit[];
}

/** Two made-up documents with Zipf-distributed words: the same for the same seed and sizes. */
export function madeUpPair(sources: number, targets: number, seed: number): MadeUpPair {
  const random = seeded(seed);
  const words = vocabulary(random);
  const draw = zipf(VOCABULARY, random);
  const passage = (length: number): string[] => Array.from({ length }, () => words[draw()] as string);
  const length = (): number => Math.max(5, Math.min(MAX_WORDS, Math.round(MEDIAN_WORDS * Math.exp(SIGMA * normal(random)))));
  const sections = (count: number): string[] => Array.from({ length: Math.ceil(count / UNITS_PER_SECTION) }, () => passage(3).join(' '));
  const sourceSections = sections(sources);
  const targetSections = sections(targets);
  const unit = (text: readonly string[], heading: string): ScoringUnit => ({
    title: text.slice(0, 4).join(' '),
    text: `${text.join(' ')}.`,
    path: [heading],
  });
  const sourceTexts = Array.from({ length: sources }, () => passage(length()));
  const source = sourceTexts.map((text, i) => unit(text, sourceSections[Math.floor(i / UNITS_PER_SECTION)] as string));
  const target = Array.from({ length: targets }, (_, j) => {
    const model = random() < REWORDED ? sourceTexts[Math.floor(random() * sources)] : undefined;
    const text = model === undefined ? passage(length()) : model.map((word) => (random() < REPLACED ? (words[draw()] as string) : word));
    return unit(text, targetSections[Math.floor(j / UNITS_PER_SECTION)] as string);
  });
  return { source, target };
}

const SYLLABLES = ['con', 'ver', 'ta', 'li', 'mo', 'pen', 'sion', 'ra', 'de', 'fer', 'al', 'ment', 'plo', 'y', 'ben', 'e', 'fi', 'ci', 'ar', 'tri', 'bu', 'ves', 'ting', 'ser', 'vi', 'ce', 'qua', 'lo', 'an', 'um', 'ster', 'pro', 'sal', 'no', 'ti', 'fy', 'dis', 'trus', 'tee', 'gra', 'du', 'ist', 'or', 'ex', 'im', 'un', 're', 'ac'];

function vocabulary(random: () => number): string[] {
  const seen = new Set<string>();
  while (seen.size < VOCABULARY) {
    const syllables = 2 + Math.floor(random() * 3);
    let word = '';
    for (let k = 0; k < syllables; k++) word += SYLLABLES[Math.floor(random() * SYLLABLES.length)] as string;
    seen.add(word);
  }
  return [...seen];
}

/** Draws ranks from 0 with probability proportional to 1 / (rank + 1). */
function zipf(size: number, random: () => number): () => number {
  const cumulative = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank++) cumulative[rank] = sum += 1 / (rank + 1);
  return () => {
    const at = random() * sum;
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** mulberry32: small, quick, the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x100000000;
  };
}
