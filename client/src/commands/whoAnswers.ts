import * as vscode from 'vscode';
import type { ModelForecast } from '../../../shared/model.ts';
import type { PlannedWork, RunEstimate } from '../../../shared/protocol/lsp.ts';
import { forecastCost } from '../../../shared/words/costWords.ts';
import { formatCount, formatDuration } from '../../../shared/words/format.ts';
import { askedWords, formatUsd, modelName, roughly } from '../../../shared/words/modelWords.ts';

const MINUTE_MS = 60_000;

function range(p50: string, p90: string): string {
  return p50 === p90 ? p50 : `${p50}, nine times in ten below ${p90}`;
}

/** What a run may cost in all, and where it stops. `budget` in US dollars; 0 is none. */
function costLines(planned: readonly PlannedWork[], budget: number): readonly string[] {
  const sum = (costs: readonly (number | null)[]): number | null => costs.reduce((all, cost) => (all === null || cost === null ? null : all + cost), 0);
  const costP50 = sum(planned.map(({ forecast }) => forecast.costP50));
  const costP90 = sum(planned.map(({ forecast }) => forecast.costP90));
  const least = costP50 === null || costP90 === null || costP90 <= budget ? '' : costP50 > budget ? ' It will not be enough' : ' It may not be enough';
  const pauses = least === '' ? '' : `${least}: the run pauses when it is used up, and what is answered is kept.`;
  return [
    `Cost: ${forecastCost(planned[0]?.resource ?? '', { costP50, costP90 })}.`,
    budget === 0 ? 'No budget is set for a run.' : `Budget of a run: ${formatUsd(budget)}.${pauses}`,
  ];
}

/** What is sent to one model, and how many calls that takes. */
function sentLines({ resource, operation, forecast }: PlannedWork): readonly string[] {
  const { calls, tokensIn, tokensOut } = forecast;
  return [
    `Sent to ${modelName(resource)}: ${askedWords(operation, forecast)}.`,
    `Calls: ${formatCount(calls)}, with ${roughly(tokensIn)} tokens in and ${roughly(tokensOut)} out.`,
  ];
}

/** What is sent, and a forecast of it, a line a figure. */
function estimateLines(planned: readonly PlannedWork[], budget: number): string {
  const forecasts = planned.map(({ forecast }) => forecast);
  const minutes = (of: (forecast: ModelForecast) => number): string => formatDuration(forecasts.reduce((sum, forecast) => sum + of(forecast), 0) * MINUTE_MS);
  return [
    ...planned.flatMap((work) => [...sentLines(work), '']),
    ...costLines(planned, budget),
    `Time: ${range(minutes(({ minutesP50 }) => minutesP50), minutes(({ minutesP90 }) => minutesP90))}.`,
    '',
    ...new Set(forecasts.map(({ limit }) => limit)),
  ].join('\n');
}

/** True where a model may be asked under the settings of this window. */
function mayAskModels(): boolean {
  return vscode.workspace.isTrusted && vscode.workspace.getConfiguration('collate').get<string>('provider', 'local') !== 'local';
}

/**
 * Asks before a run that costs money or leaves the machine for an unknown price. `model`: go on as the settings say.
 * Null: the user left.
 */
export async function whoAnswers(estimate: () => Promise<RunEstimate>): Promise<'model' | 'rules' | null> {
  if (!mayAskModels()) return 'model';
  const asked = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Collate: counting what a model would be asked' }, estimate);
  const planned = asked.planned.filter(({ forecast }) => forecast.calls > 0);
  if (planned.every(({ forecast }) => forecast.costP90 === 0)) return 'model';
  const models = [...new Set(planned.map(({ resource }) => modelName(resource)))].join(' and ');
  const [model, rules] = ['Ask the Model', 'Rules Only'];
  const budget = vscode.workspace.getConfiguration('collate').get<number>('budget.perRun', 0);
  // No rule reads a picture.
  const answers = asked.planned.some(({ operation }) => operation === 'readPages') ? [model] : [model, rules];
  const answer = await vscode.window.showInformationMessage(`Ask ${models}?`, { modal: true, detail: estimateLines(planned, budget) }, ...answers);
  return answer === undefined ? null : answer === model ? 'model' : 'rules';
}
