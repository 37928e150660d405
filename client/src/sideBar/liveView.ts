import * as vscode from 'vscode';
import { failureOf } from '../../../shared/failure.ts';
import type { ServerClient } from '../serverClient.ts';

/** At most one reading of a view in this time, however fast a run goes on. Milliseconds. */
const REFRESH_MS = 500;

/** A flat or nested list that follows runs and reviews. A failure is the view's own message, never an empty list. */
export abstract class LiveView<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable[];
  readonly #log: vscode.LogOutputChannel;
  #timer: NodeJS.Timeout | null = null;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: ServerClient) {
    this.#log = server.log;
    const refresh = (): void => this.refresh();
    this.#listeners = [server.onProgress(refresh), server.onReviewsChanged(refresh), server.onStoreChanged(refresh), server.onStateChanged(refresh)];
  }

  abstract getTreeItem(item: T): vscode.TreeItem;
  protected abstract load(): Promise<readonly T[]>;
  /** What stands below an item. */
  protected abstract below(item: T): readonly T[];

  async getChildren(item?: T): Promise<T[]> {
    if (item !== undefined) return [...this.below(item)];
    try {
      return [...(await this.load())];
    } catch (thrown) {
      this.#log.error(`The side bar was not read: ${failureOf(thrown).message}`);
      // VS Code shows what is thrown in the view.
      throw new Error(failureOf(thrown).message, { cause: thrown });
    }
  }

  refresh(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#changed.fire();
    }, REFRESH_MS);
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }
}
