import type { ModelForecast } from '../../../../shared/model.ts';
import type { Limiter, LimiterTotals } from '../scheduling/limiterTypes.ts';
import type { ModelMeter } from './modelMeter.ts';
import type { ModelPrice } from './prices.ts';

/** A model as one run asks it for one operation. */
export interface Resource {
  readonly name: string;
  readonly operation: string;
  readonly limiter: Limiter;
  readonly meter: ModelMeter;
  readonly price: ModelPrice | null;
  /** Whether what it is asked may be left out: it is not waited for where it fails again and again. */
  readonly optional: boolean;
  /** Sums of the limiter when the run began: it is shared with other runs. */
  readonly before: LimiterTotals;
  /** Tokens a call used in for each that was estimated, at most: other languages and models count otherwise than the estimate. */
  mostTokensIn: number;
  cachedItems: number;
  words: string;
  forecast: ModelForecast | null;
}
