import type { Matrix } from './matrix.ts';
import type { Pace } from './pace.ts';

/** Units by section: `of[i]` is the number of the section unit i stands in. */
export interface Sections {
  readonly of: Int32Array;
  readonly count: number;
}

/** Units under the same headings form a section; units without headings form one of their own. */
export function sectionsOf(paths: readonly (readonly string[])[]): Sections {
  const numbers = new Map<string, number>();
  const of = Int32Array.from(paths, (path) => {
    const name = path.join('\n');
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  });
  return { of, count: numbers.size };
}

/**
 * Learns from the pair of documents itself which section corresponds to which. Each source's soft choice among the
 * targets is counted per (source section, target section); the source's own choice is left out when the counts are
 * applied to it, so that it never confirms itself. Returns the log of the share over what chance would give, one row
 * per source, one column per target section.
 */
export function* sectionAffinity(
  scores: Matrix,
  source: Sections,
  target: Sections,
  temperature: number,
  prior: number,
  pace: Pace,
): Generator<void, Matrix> {
  const choices = yield* softChoices(scores, target, temperature, pace);
  const totals = new Float64Array(source.count * target.count);
  const members = new Int32Array(source.count);
  for (let i = 0; i < scores.rows; i++) {
    const section = source.of[i] as number;
    members[section] = (members[section] as number) + 1;
    for (let b = 0; b < target.count; b++) {
      const at = section * target.count + b;
      totals[at] = (totals[at] as number) + (choices.values[i * target.count + b] as number);
    }
  }
  const chance = new Float64Array(target.count);
  for (const b of target.of) chance[b] = (chance[b] as number) + 1 / target.of.length;
  for (let i = 0; i < scores.rows; i++) {
    const section = source.of[i] as number;
    const others = (members[section] as number) - 1;
    for (let b = 0; b < target.count; b++) {
      const at = i * target.count + b;
      const count = Math.max(0, (totals[section * target.count + b] as number) - (choices.values[at] as number));
      const expected = chance[b] as number;
      choices.values[at] = Math.log((count + prior * expected) / ((others + prior) * expected));
    }
  }
  return choices;
}

/** Share of each target section in the row-wise softmax of the scores. */
function* softChoices(scores: Matrix, target: Sections, temperature: number, pace: Pace): Generator<void, Matrix> {
  const choices = new Float32Array(scores.rows * target.count);
  const row = new Float64Array(target.count);
  for (let i = 0; i < scores.rows; i++) {
    const start = i * scores.columns;
    let best = -Infinity;
    for (let j = 0; j < scores.columns; j++) best = Math.max(best, scores.values[start + j] as number);
    row.fill(0);
    let sum = 0;
    for (let j = 0; j < scores.columns; j++) {
      const off = ((scores.values[start + j] as number) - best) / temperature;
      if (off < NEGLIGIBLE) continue;
      const weight = Math.exp(off);
      const section = target.of[j] as number;
      row[section] = (row[section] as number) + weight;
      sum += weight;
    }
    for (let b = 0; b < target.count; b++) choices[i * target.count + b] = (row[b] as number) / sum;
    if (pace.due(scores.columns * 3)) yield;
  }
  return { rows: scores.rows, columns: target.count, values: choices };
}

/** exp of less than this is below Float32 precision beside 1. */
const NEGLIGIBLE = -17;
