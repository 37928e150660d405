/** The forecast of a planned task: what it costs, how long it takes, and what will limit it. */
import type { ModelForecast } from '../../../../shared/model.ts';
import { counted } from '../../../../shared/words/format.ts';
import type { YieldToHost } from '../ports.ts';
import { callHabits, type CallHabits, type EarlierRun } from '../scheduling/callHabits.ts';
import { forecastSpeed } from '../scheduling/forecast.ts';
import type { ResourceLimits } from '../scheduling/limiterTypes.ts';
import { quantile } from '../scheduling/quantiles.ts';
import { seededRandom } from './seededOrder.ts';
import type { PlannedTask } from './planTask.ts';
import { costOf, type ModelPrice } from './prices.ts';

/** The same plan has the same forecast. */
const SEED = 1;
const MINUTE_MS = 60_000;
const [MEDIAN, NINTH] = [0.5, 0.9];

/** Limits of the settings, or lower ones that earlier runs have met. */
function limitsOf(limits: ResourceLimits, { requestsPerMinute, tokensPerMinute, atOnce }: CallHabits): ResourceLimits {
  const lower = (own: number | null, met: number | null): number | null => (own === null || met === null ? own ?? met : Math.min(own, met));
  const maxConcurrency = Math.min(limits.maxConcurrency, atOnce ?? Infinity);
  return {
    ...limits, requestsPerMinute: lower(limits.requestsPerMinute, requestsPerMinute), tokensPerMinute: lower(limits.tokensPerMinute, tokensPerMinute),
    maxConcurrency, startConcurrency: Math.min(limits.startConcurrency, maxConcurrency),
  };
}

/** `earlier`: runs of the same operation and model, newest first. Rejects when the signal is aborted. */
export async function forecastTask(
  plan: PlannedTask, earlier: readonly EarlierRun[], limits: ResourceLimits, price: ModelPrice | null, turn: YieldToHost, signal: AbortSignal,
): Promise<ModelForecast> {
  const { items, cachedItems, askedTwice, phases, mostTokensOut, assumes } = plan;
  const calls = phases.reduce((sum, { length }) => sum + length, 0);
  const frame = { items, cachedItems, ...(askedTwice === 0 ? {} : { askedTwice }), calls };
  if (calls === 0) {
    const limit = items === 0 ? 'Rules leave nothing open: no model is asked.' : 'Every answer is kept from before: no call is needed.';
    return { ...frame, tokensIn: 0, tokensOut: 0, costP50: 0, costP90: 0, minutesP50: 0, minutesP90: 0, limit };
  }
  const habits = callHabits(mostTokensOut, earlier, assumes !== undefined);
  const { draws, verdict } = await forecastSpeed(phases, habits, limitsOf(limits, habits), seededRandom(SEED), turn, signal);
  const costs = price === null ? null : draws.map(({ tokensIn, tokensOut }) => costOf({ tokensIn, tokensOut, tokensCached: 0 }, price));
  const minutes = draws.map(({ milliseconds }) => milliseconds / MINUTE_MS);
  const isHeldBack = verdict.binding !== null && verdict.binding !== 'demand';
  const rests = habits.runs === 0
    ? 'The forecast rests on what is usual: no earlier run of this model is known here.'
    : `The forecast rests on ${counted(habits.runs, 'earlier run')} of this model.`;
  return {
    ...frame,
    tokensIn: Math.round(quantile(draws.map((one) => one.tokensIn), MEDIAN)),
    tokensOut: Math.round(quantile(draws.map((one) => one.tokensOut), MEDIAN)),
    costP50: costs === null ? null : quantile(costs, MEDIAN),
    costP90: costs === null ? null : quantile(costs, NINTH),
    minutesP50: quantile(minutes, MEDIAN),
    minutesP90: quantile(minutes, NINTH),
    limit: [isHeldBack ? verdict.sentence : 'Nothing will hold the calls back for long.', rests, ...(assumes === undefined ? [] : [assumes])].join(' '),
    ...(isHeldBack ? { heldBack: true as const } : {}),
    ...(assumes === undefined ? {} : { assumed: true as const }),
  };
}
