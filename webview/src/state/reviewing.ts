import { failureOf } from '../../../shared/failure.ts';
import type { ReviewAction, ReviewDone } from '../../../shared/protocol/reviews.ts';
import type { Link } from './link.ts';

/** What a person says of rows; every act answers in one line that names the way back. */
export class Reviewing {
  readonly #link: Link;
  readonly #changed: () => void;
  #isBusy = false;

  /** `changed` is called when decisions are others than before. */
  constructor(link: Link, changed: () => void) {
    this.#link = link;
    this.#changed = changed;
  }

  /** True where it was done. A second act while one is on its way is left out: its row would be another. */
  async act(ids: readonly string[], action: ReviewAction): Promise<boolean> {
    return this.#do(() => this.#link.peer.request('review', { runId: this.#link.runId, ids, action }), 'undo');
  }

  async acceptAbove(atLeast: number): Promise<boolean> {
    return this.#do(() => this.#link.peer.request('acceptAbove', { runId: this.#link.runId, atLeast }), 'undo');
  }

  async undo(): Promise<boolean> {
    return this.#do(() => this.#link.peer.request('undo', { runId: this.#link.runId }), 'redo');
  }

  async redo(): Promise<boolean> {
    return this.#do(() => this.#link.peer.request('redo', { runId: this.#link.runId }), 'undo');
  }

  async #do(ask: () => Promise<ReviewDone>, back: 'undo' | 'redo'): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#link.say('');
    try {
      const { message, canUndo, canRedo } = await ask();
      const way = back === 'undo' && canUndo ? ' Undo: U.' : back === 'redo' && canRedo ? ' Redo: Shift+U.' : '';
      this.#link.say(message + way);
      this.#changed();
      return true;
    } catch (thrown) {
      this.#link.say(failureOf(thrown).message);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }
}
