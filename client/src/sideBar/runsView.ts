import * as vscode from 'vscode';
import type { RunSnapshot } from '../../../shared/model.ts';
import { newestRuns } from '../commands/runCommands.ts';
import { runDetail, STATE_ICONS } from '../commands/runWords.ts';
import type { ServerClient } from '../serverClient.ts';
import { LiveView } from './liveView.ts';

/** What commands of the view are given. */
export interface RunItem {
  readonly run: RunSnapshot;
}

/** Runs of this window, the newest first. */
export class RunsView extends LiveView<RunItem> {
  readonly #server: ServerClient;

  constructor(server: ServerClient) {
    super(server);
    this.#server = server;
  }

  getTreeItem({ run }: RunItem): vscode.TreeItem {
    const item = new vscode.TreeItem(run.title);
    item.id = run.id;
    item.description = runDetail(run, Date.now());
    item.iconPath = new vscode.ThemeIcon(STATE_ICONS[run.state]);
    item.tooltip = [run.title, run.stateReason ?? '', new Date(run.startedAt).toLocaleString()].filter((line) => line !== '').join('\n');
    item.contextValue = run.state === 'running' ? 'running' : run.resumable ? 'resumable' : 'rest';
    item.command = { command: 'collate.openRun', title: 'Show Results', arguments: [{ run }] };
    item.accessibilityInformation = { label: `${run.title}, ${runDetail(run, Date.now())}` };
    return item;
  }

  protected async load(): Promise<readonly RunItem[]> {
    return (await newestRuns(this.#server)).map((run) => ({ run }));
  }

  protected below(): readonly RunItem[] {
    return [];
  }
}
