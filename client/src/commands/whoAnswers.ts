import * as vscode from 'vscode';
import type { RunEstimate } from '../../../shared/protocol/lsp.ts';
import { counted, formatCount, formatDuration } from '../../../shared/words/format.ts';
import { forecastCost } from '../../../shared/words/costWords.ts';
import { formatUsd, modelName, roughly } from '../../../shared/words/modelWords.ts';

const MINUTE_MS = 60_000;

function range(p50: string, p90: string): string {
  return p50 === p90 ? p50 : `${p50}, nine times in ten below ${p90}`;
}

/** What a run may cost, and where it stops. `budget` in US dollars; 0 is none. */
function costLines({ resource, forecast }: RunEstimate, budget: number): readonly string[] {
  const { costP50, costP90 } = forecast;
  const least = costP50 === null || costP90 === null || costP90 <= budget ? '' : costP50 > budget ? ' It will not be enough' : ' It may not be enough';
  const pauses = least === '' ? '' : `${least}: the run pauses when it is used up, and what is answered is kept.`;
  return [
    `Cost: ${forecastCost(resource, forecast)}.`,
    budget === 0 ? 'No budget is set for a run.' : `Budget of a run: ${formatUsd(budget)}.${pauses}`,
  ];
}

/** What is sent, and a forecast of it, a line a figure. */
function estimateLines(estimate: RunEstimate, budget: number): string {
  const { resource, forecast } = estimate;
  const { items, cachedItems, askedTwice = 0, calls, tokensIn, tokensOut, minutesP50, minutesP90, limit } = forecast;
  return [
    `Rules leave ${counted(items, 'provision')} open${cachedItems > 0 ? `; ${formatCount(cachedItems)} are answered already` : ''}${askedTwice > 0 ? `; ${formatCount(askedTwice)} are asked twice, to see whether answers depend on their batch` : ''}. Their words, and those of their candidates, are sent to ${modelName(resource)}.`,
    '',
    `Calls: ${formatCount(calls)}, with ${roughly(tokensIn)} tokens in and ${roughly(tokensOut)} out.`,
    ...costLines(estimate, budget),
    `Time: ${range(formatDuration(minutesP50 * MINUTE_MS), formatDuration(minutesP90 * MINUTE_MS))}.`,
    '',
    limit,
  ].join('\n');
}

/**
 * Asks before a run that costs money or leaves the machine for an unknown price. `model`: go on as the settings say.
 * Null: the user left. `estimate` null: no model is asked by this kind of run.
 */
export async function whoAnswers(estimate: (() => Promise<RunEstimate>) | null): Promise<'model' | 'rules' | null> {
  const settings = vscode.workspace.getConfiguration('collate');
  const provider = settings.get<string>('provider', 'local');
  if (estimate === null || provider === 'local' || !vscode.workspace.isTrusted) return 'model';
  const asked = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Collate: counting what a model would be asked' }, estimate);
  const { resource, forecast } = asked;
  if (resource === 'local' || forecast.calls === 0 || forecast.costP90 === 0) return 'model';
  const [model, rules] = ['Ask the Model', 'Rules Only'];
  const answer = await vscode.window.showInformationMessage(`Ask ${modelName(resource)}?`, { modal: true, detail: estimateLines(asked, settings.get<number>('budget.perRun', 0)) }, model, rules);
  return answer === undefined ? null : answer === model ? 'model' : 'rules';
}
