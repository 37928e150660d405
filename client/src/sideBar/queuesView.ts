import * as vscode from 'vscode';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { PanelApi } from '../../../shared/protocol/panel.ts';
import { newestRuns } from '../commands/runCommands.ts';
import { ago } from '../commands/runWords.ts';
import type { ServerClient } from '../serverClient.ts';
import { LiveView } from './liveView.ts';

export type Queue = Parameters<PanelApi['showQueue']>[0];
interface QueueItem {
  readonly label: string;
  readonly icon: string;
  readonly count: number;
  readonly queue: Queue;
}
type Item = { readonly run: RunSnapshot; readonly queues: readonly QueueItem[] } | QueueItem;

/** The newest comparison of each pair of documents: what waits for a person. */
const MAX_RUNS = 10;

function newestPerPair(runs: readonly RunSnapshot[]): readonly RunSnapshot[] {
  const pairs = new Map<string, RunSnapshot>();
  for (const run of runs) {
    if (run.workflow !== 'crosswalk' || run.state === 'failed' || run.documents.length === 0) continue;
    const pair = run.documents.map(({ key }) => key).join('\n');
    if (!pairs.has(pair)) pairs.set(pair, run);
  }
  return [...pairs.values()].slice(0, MAX_RUNS);
}

/** Review queues of the newest comparisons, each with its count; one opens the panel narrowed to it. */
export class QueuesView extends LiveView<Item> {
  readonly #server: ServerClient;

  constructor(server: ServerClient) {
    super(server);
    this.#server = server;
  }

  getTreeItem(item: Item): vscode.TreeItem {
    if ('queues' in item) {
      const { run, queues } = item;
      const node = new vscode.TreeItem(run.title, vscode.TreeItemCollapsibleState.Expanded);
      node.id = run.id;
      node.description = queues[0]?.count === 0 ? 'nothing left to review' : ago(run.startedAt, Date.now());
      node.iconPath = new vscode.ThemeIcon('git-compare');
      node.contextValue = 'run';
      return node;
    }
    const leaf = new vscode.TreeItem(item.label);
    leaf.id = `${item.queue.runId} ${item.label}`;
    leaf.description = item.count.toLocaleString('en-US');
    leaf.iconPath = new vscode.ThemeIcon(item.icon);
    leaf.command = { command: 'collate.showQueue', title: 'Show', arguments: [item.queue] };
    leaf.accessibilityInformation = { label: `${item.label}, ${item.count}` };
    return leaf;
  }

  protected async load(): Promise<readonly Item[]> {
    const runs = newestPerPair(await newestRuns(this.#server));
    return Promise.all(runs.map(async (run) => ({ run, queues: await this.#queues(run.id) })));
  }

  protected below(item: Item): readonly Item[] {
    return 'queues' in item ? item.queues : [];
  }

  async #queues(runId: string): Promise<readonly QueueItem[]> {
    const [facets, counts] = await Promise.all([
      this.#server.request('run/facets', { runId }),
      this.#server.request('run/matchCounts', { runId }),
    ]);
    const by = (label: string, icon: string, count: number, review: Queue['review'], filter: Queue['filter'] = 'all'): QueueItem => ({
      label, icon, count, queue: { runId, review, filter },
    });
    const rows = [
      by('To review', 'eye', facets.review.toReview, 'toReview'),
      by('Review again', 'history', facets.review.reviewAgain, 'reviewAgain'),
      by('Open exceptions', 'report', facets.review.exception, 'exception'),
      by('Abstained', 'question', counts.abstained, null, 'abstained'),
      by('Failed', 'error', counts.failed, null, 'failed'),
      by('Missing', 'diff-removed', counts.missing, null, 'missing'),
      by('New', 'diff-added', counts.new, null, 'new'),
      by('Changed', 'diff-modified', counts.changed, null, 'changed'),
      by('Accepted', 'check', facets.review.accepted, 'accepted'),
      by('Rejected', 'x', facets.review.rejected, 'rejected'),
      by('Overridden', 'edit', facets.review.overridden, 'overridden'),
    ];
    // The first always stands there: that nothing is left is an answer.
    return rows.filter(({ count }, at) => at === 0 || count > 0);
  }
}
