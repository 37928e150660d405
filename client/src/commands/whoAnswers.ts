import * as vscode from 'vscode';
import type { RunEstimate } from '../../../shared/protocol/lsp.ts';
import { modelName } from '../../../shared/words/modelWords.ts';
import { estimateLines } from './estimateLines.ts';

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
