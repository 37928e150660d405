export interface Judged {
  readonly probability: number;
  readonly right: boolean;
}

const BINS = [0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01];

/** Mean distance between the said and the true share over ten bins of equal width, by how many fall into each (expected calibration error). */
export function calibrationError(judged: readonly Judged[]): number {
  let error = 0;
  for (let b = 0; b < 10; b++) {
    const bin = judged.filter(({ probability }) => Math.min(9, Math.floor(probability * 10)) === b);
    error += Math.abs(bin.reduce((sum, { probability, right }) => sum + probability - (right ? 1 : 0), 0));
  }
  return error / Math.max(1, judged.length);
}

/** Said and true shares side by side, by how sure was said. */
export function reliability(name: string, judged: readonly Judged[]): string {
  const cells: string[] = [];
  for (let b = 0; b + 1 < BINS.length; b++) {
    const low = BINS[b] as number;
    const high = BINS[b + 1] as number;
    const bin = judged.filter((each) => each.probability >= low && each.probability < high);
    if (bin.length === 0) continue;
    const said = bin.reduce((sum, each) => sum + each.probability, 0) / bin.length;
    const right = bin.filter((each) => each.right).length / bin.length;
    cells.push(`${said.toFixed(2)}->${right.toFixed(2)} (${bin.length})`);
  }
  return `  ${name.padEnd(24)} ${cells.join('  ')}  error ${calibrationError(judged).toFixed(3)} log loss ${loss(judged).toFixed(3)}`;
}

function loss(judged: readonly Judged[]): number {
  const each = judged.map(({ probability, right }) => -Math.log(Math.max(1e-6, right ? probability : 1 - probability)));
  return each.reduce((sum, x) => sum + x, 0) / Math.max(1, each.length);
}
