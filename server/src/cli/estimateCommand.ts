import type { Settings } from '../../../shared/settings.ts';
import { askedWords, counted, fileName, formatDuration, formatTokens, formatUsd, oneLine, type PlannedWork, type RunEstimate } from '../engine/index.ts';
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

function workWords({ resource, operation, forecast }: PlannedWork, columns: number): string {
  const { calls, tokensIn, tokensOut, costP50, costP90, minutesP50, minutesP90, limit } = forecast;
  const line = (name: string, value: string): string => `  ${name.padEnd(9)}${value}\n`;
  const cost = costP50 === null || costP90 === null ? 'not known: no price is listed for this model; give one with --price MODEL=INPUT/OUTPUT' : range(formatUsd(costP50), formatUsd(costP90));
  const figures = calls === 0 ? '' : [
    line('asks', askedWords(operation, forecast)),
    line('calls', counted(calls, 'call')),
    line('tokens', `${formatTokens(tokensIn, true)} in, ${formatTokens(tokensOut, true)} out`),
    line('cost', cost),
    line('time', range(formatDuration(minutesP50 * MINUTE_MS), formatDuration(minutesP90 * MINUTE_MS))),
  ].join('');
  return `${line('model', oneLine(resource))}${figures}${wrapped(limit, columns, '  ').trimEnd()}\n`;
}

function words({ title, estimate: { planned, none } }: Estimated, columns: number): string {
  const parts = planned.length === 0 ? [`${wrapped(none, columns, '  ').trimEnd()}\n`] : planned.map((work) => workWords(work, columns));
  return `${oneLine(title)}\n${parts.join('\n')}`;
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
  const text = `${JSON.stringify(estimated.map(({ title, estimate }) => ({ title, ...estimate })), null, 2)}\n`;
  if (json === '-') {
    terminal.out(text);
    return EXIT_DONE;
  }
  terminal.out(estimated.map((one) => words(one, terminal.columns)).join('\n'));
  return writeJson(terminal, json, text);
}
