/** What is said before a run that asks a model: what is sent, and a forecast of it. */
import type { PlannedWork } from '../../../shared/model.ts';
import { forecastCostOfAll } from '../../../shared/words/costWords.ts';
import { forecastTotal, type ForecastTotal } from '../../../shared/words/forecastTotal.ts';
import { formatCount, formatDuration } from '../../../shared/words/format.ts';
import { askedWords, formatUsd, modelName, roughly } from '../../../shared/words/modelWords.ts';

const MINUTE_MS = 60_000;

function range(p50: string, p90: string): string {
  return p50 === p90 ? p50 : `${p50}, nine times in ten below ${p90}`;
}

/** Whether a budget is enough. `budget` in US dollars; 0 is none. */
function budgetLine({ costP90, leastP50, leastP90 }: ForecastTotal, budget: number): string {
  if (budget === 0) return 'No budget is set for a run.';
  const least = leastP50 > budget ? ' It will not be enough' : costP90 !== null && leastP90 > budget ? ' It may not be enough' : '';
  return `Budget of a run: ${formatUsd(budget)}.${least === '' ? '' : `${least}: the run pauses when it is used up, and what is answered is kept.`}`;
}

function callsLine(label: string, { calls, tokensIn, tokensOut }: Pick<ForecastTotal, 'calls' | 'tokensIn' | 'tokensOut'>): string {
  return `${label}: ${formatCount(calls)}, with ${roughly(tokensIn)} tokens in and ${roughly(tokensOut)} out.`;
}

/** What is sent to one model, and how many calls that takes. */
function sentLines({ resource, operation, forecast }: PlannedWork): readonly string[] {
  return [`Sent to ${modelName(resource)}: ${askedWords(operation, forecast)}.`, callsLine('Calls', forecast)];
}

/** A line a figure, of what calls are planned for. `budget` in US dollars; 0 is none. */
export function estimateLines(planned: readonly PlannedWork[], budget: number): string {
  const total = forecastTotal([planned]);
  return [
    ...planned.flatMap((work) => [...sentLines(work), '']),
    ...(planned.length < 2 ? [] : [callsLine('Calls in all', total)]),
    `${planned.length < 2 ? 'Cost' : 'Cost in all'}: ${forecastCostOfAll([planned])}.`,
    budgetLine(total, budget),
    `${planned.length < 2 ? 'Time' : 'Time in all'}: ${range(formatDuration(total.minutesP50 * MINUTE_MS), formatDuration(total.minutesP90 * MINUTE_MS))}.`,
    ...(total.basis === '' ? [] : [total.basis]),
    '',
    ...new Set(planned.map(({ forecast }) => forecast.limit)),
  ].join('\n');
}
