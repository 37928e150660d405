import * as vscode from 'vscode';
import type { RunSnapshot } from '../../../shared/model.ts';
import { spentOf } from '../../../shared/spent.ts';
import { formatUsd } from '../../../shared/words/modelWords.ts';
import type { ServerClient } from '../serverClient.ts';

/** Asks for a higher budget; undefined where the user left. */
async function askBudget(run: RunSnapshot): Promise<number | undefined> {
  const { costUsd, unansweredUsd } = spentOf(run.metrics);
  const paid = costUsd + unansweredUsd;
  const isSpent = `${formatUsd(costUsd)} is spent${unansweredUsd > 0 ? `, at most ${formatUsd(unansweredUsd)} more for calls whose answer was never seen` : ''}`;
  const before = run.settings['budgetPerRun'];
  const used = typeof before === 'number' ? before : 0;
  const typed = await vscode.window.showInputBox({
    title: `Resume ${run.title}`,
    prompt: `US dollars the run may cost in all; ${isSpent}${typeof before === 'number' ? `, the budget was ${formatUsd(before)}` : ''}. 0: no limit.`,
    value: typeof before === 'number' ? String(Math.max(before * 2, 0.01)) : '',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const budget = Number(text);
      if (text.trim() === '' || !Number.isFinite(budget) || budget < 0) return 'Type an amount in US dollars, as 2.50, or 0 for no limit.';
      if (budget === 0 || budget > Math.max(paid, used)) return null;
      return paid > used ? `${isSpent}: type more, or 0 for no limit.` : `${formatUsd(used)} was not enough: type more, or 0 for no limit.`;
    },
  });
  return typed === undefined ? undefined : Number(typed);
}

/** Takes up a run and shows it; one that its budget has paused asks for a higher one. */
export async function resumeAsked(server: ServerClient, show: (runId: string) => void, run: RunSnapshot): Promise<void> {
  const budgetPerRun = run.state === 'paused' && run.pausedBy !== 'time' ? await askBudget(run) : null;
  if (budgetPerRun === undefined) return;
  show((await server.request('run/resume', { runId: run.id, ...(budgetPerRun === null ? {} : { budgetPerRun }) })).runId);
}
