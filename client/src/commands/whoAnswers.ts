import * as vscode from 'vscode';
import type { RunEstimate } from '../../../shared/protocol/lsp.ts';
import { counted, formatDuration } from '../../../shared/words/format.ts';
import { formatTokens, formatUsd } from '../../../shared/words/modelWords.ts';

const MINUTE_MS = 60_000;

function range(p50: string, p90: string): string {
  return p50 === p90 ? p50 : `${p50}, nine times of ten below ${p90}`;
}

/** A forecast, a line a figure. */
export function estimateLines({ forecast }: RunEstimate): string {
  const { items, cachedItems, askedTwice = 0, calls, tokensIn, tokensOut, costP50, costP90, minutesP50, minutesP90, limit } = forecast;
  const cost = costP50 === null || costP90 === null ? 'not known (no price is listed for this model)' : range(formatUsd(costP50), formatUsd(costP90));
  return [
    `Rules leave ${counted(items, 'item')} open${cachedItems > 0 ? `; ${cachedItems} are answered already` : ''}${askedTwice > 0 ? `; ${askedTwice} are asked twice, to see whether answers depend on their batch` : ''}.`,
    `Calls: ${counted(calls, 'call')}, ${formatTokens(tokensIn, true)} tokens in, ${formatTokens(tokensOut, true)} out`,
    `Cost: ${cost}`,
    `Time: ${range(formatDuration(minutesP50 * MINUTE_MS), formatDuration(minutesP90 * MINUTE_MS))}`,
    limit,
  ].join('\n');
}

/**
 * Asks before a run that costs money or leaves the machine for an unknown price. `model`: go on as the settings say.
 * Null: the user left. `estimate` null: no model is asked by this kind of run.
 */
export async function whoAnswers(estimate: (() => Promise<RunEstimate>) | null): Promise<'model' | 'rules' | null> {
  const provider = vscode.workspace.getConfiguration('collate').get<string>('provider', 'local');
  if (estimate === null || provider === 'local' || !vscode.workspace.isTrusted) return 'model';
  const asked = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Collate: counting what a model would be asked' }, estimate);
  const { resource, forecast } = asked;
  if (resource === 'local' || forecast.calls === 0 || forecast.costP90 === 0) return 'model';
  const [model, rules] = ['Ask the Model', 'Rules Only'];
  const answer = await vscode.window.showInformationMessage(`Ask ${resource}?`, { modal: true, detail: estimateLines(asked) }, model, rules);
  return answer === undefined ? null : answer === model ? 'model' : 'rules';
}
