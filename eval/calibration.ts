import { balanced, familiesOf, fitData, type FitData } from './fitData.ts';
import { fitLogistic, probability } from './logisticFit.ts';
import { calibrationError, type Judged } from './reliability.ts';

/** How far confidence carries to a family of sets that was left out of its fit; shares in [0, 1]. */
export interface Calibration {
  readonly family: string;
  /** Expected calibration error of the first ten candidates of every source, ten bins of equal width. */
  readonly error: number;
  /** Sources whose surest candidate is shown at .90 or more, and the share of those that are right. */
  readonly coverage: number;
  readonly right: number;
}

const SURE = 0.9;

/** Fits confidence on all other families and judges it on the sets of this one as they are. */
export function calibrations(folder: string): readonly Calibration[] {
  const data = fitData(folder);
  return familiesOf(data).map((family) => {
    const model = fitLogistic(balanced(data.filter(({ set }) => set.set.family !== family), 'pairs'));
    const judge = ({ pairs }: FitData): Judged[] => pairs.map((example) => ({ probability: probability(model, example), right: example.right }));
    const held = data.filter(({ set, variant }) => set.set.family === family && variant === 'as is');
    const surest = held.flatMap((each) => surestOf(judge(each), each.set.source.length));
    const sure = surest.filter((each) => each.probability >= SURE);
    return {
      family,
      error: calibrationError(held.flatMap(judge)),
      coverage: sure.length / surest.length,
      right: sure.filter(({ right }) => right).length / Math.max(1, sure.length),
    };
  });
}

/** The most probable candidate of each source; all sources have the same number of candidates. */
function surestOf(judged: readonly Judged[], sources: number): readonly Judged[] {
  const each = judged.length / sources;
  return Array.from({ length: sources }, (_, i) => judged.slice(i * each, (i + 1) * each).reduce((best, next) => (next.probability > best.probability ? next : best)));
}
