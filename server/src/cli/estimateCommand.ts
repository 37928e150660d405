import type { PlannedWork } from '../../../shared/model.ts';
import type { Settings } from '../../../shared/settings.ts';
import {
  askedWords, counted, fileName, forecastCost, forecastCostOfAll, forecastTotal, formatDuration, formatTokens, oneLine, type ForecastTotal, type RunEstimate,
} from '../engine/index.ts';
import { EXIT_DONE, EXIT_FAILED } from './finish.ts';
import type { CliContext, Session } from './session.ts';
import type { Task } from './task.ts';
import { wrapped } from './textTable.ts';
import { writeJson } from './writeJson.ts';

interface Estimated {
  readonly title: string;
  readonly estimate: RunEstimate;
}

const MINUTE_MS = 60_000;

/** Median and ninth decile: `$0.12, nine times in ten below $0.20`. */
function range(p50: string, p90: string): string {
  return p50 === p90 ? p50 : `${p50}, nine times in ten below ${p90}`;
}

const line = (name: string, value: string): string => `  ${name.padEnd(9)}${value}\n`;

function figures({ calls, tokensIn, tokensOut, minutesP50, minutesP90 }: Omit<ForecastTotal, 'basis'>, cost: string): string {
  return [
    line('calls', counted(calls, 'call')),
    line('tokens', `${formatTokens(tokensIn, true)} in, ${formatTokens(tokensOut, true)} out`),
    line('cost', cost),
    line('time', range(formatDuration(minutesP50 * MINUTE_MS), formatDuration(minutesP90 * MINUTE_MS))),
  ].join('');
}

const WITHOUT_PRICE = '; give one with --price MODEL=INPUT/OUTPUT';

function workWords(work: PlannedWork, columns: number, budget: number): string {
  const { resource, operation, forecast } = work;
  const cost = `${forecastCost(resource, forecast, budget)}${forecast.costP50 === null ? WITHOUT_PRICE : ''}`;
  const asked = forecast.calls === 0 ? '' : `${line('asks', askedWords(operation, forecast))}${figures(forecastTotal([[work]]), cost)}`;
  return `${line('model', oneLine(resource))}${asked}${wrapped(forecast.limit, columns, '  ').trimEnd()}\n`;
}

/** The sum of several works; empty where there is nothing to add up. */
function totalWords(title: string, planned: readonly (readonly PlannedWork[])[], columns: number, budget: number): string {
  if (planned.flat().filter(({ forecast }) => forecast.calls > 0).length < 2) return '';
  const total = forecastTotal(planned);
  return `${title}\n${figures(total, `${forecastCostOfAll(planned, budget)}${total.costP50 === null ? WITHOUT_PRICE : ''}`)}${wrapped(total.basis, columns, '  ').trimEnd()}\n`;
}

function words({ title, estimate: { planned, none } }: Estimated, columns: number, budget: number): string {
  const parts = planned.length === 0 ? [`${wrapped(none, columns, '  ').trimEnd()}\n`] : planned.map((work) => workWords(work, columns, budget));
  return [`${oneLine(title)}\n${parts.join('\n')}`, totalWords(`In all of ${oneLine(title)}`, [planned], columns, budget)].filter((part) => part !== '').join('\n');
}

/** Says what the runs would ask of a model; the exit code. */
export async function estimateCommand(context: CliContext, { engine }: Session, tasks: readonly Task[], settings: Settings, json: string | null): Promise<number> {
  const { terminal, interrupts } = context;
  const controller = new AbortController();
  interrupts.onFirst(() => controller.abort());
  const estimated: Estimated[] = [];
  for (const task of tasks) {
    const estimate = await engine.runs.estimate({ ...task, settings }, controller.signal);
    if (!estimate.ok) {
      terminal.say(estimate.failure.message);
      return EXIT_FAILED;
    }
    estimated.push({ title: task.inputs.map(({ key }) => fileName(key)).join(' to '), estimate: estimate.value });
  }
  const all = estimated.map(({ estimate }) => estimate.planned);
  const totals = (planned: readonly PlannedWork[]): object => ({ total: forecastTotal([planned]), totalOfAll: forecastTotal(all) });
  const text = `${JSON.stringify(estimated.map(({ title, estimate }) => ({ title, ...estimate, ...totals(estimate.planned) })), null, 2)}\n`;
  if (json === '-') {
    terminal.out(text);
    return EXIT_DONE;
  }
  const ofAll = estimated.length < 2 ? '' : totalWords(`In all of ${counted(estimated.length, 'run')}`, all, terminal.columns, settings.budgetPerRun);
  terminal.out([...estimated.map((one) => words(one, terminal.columns, settings.budgetPerRun)), ...(ofAll === '' ? [] : [ofAll])].join('\n'));
  return writeJson(terminal, json, text);
}
