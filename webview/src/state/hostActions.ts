import { failureOf } from '../../../shared/failure.ts';
import type { RunSnapshot, Span } from '../../../shared/model.ts';
import type { HostApi, PanelCommand } from '../../../shared/protocol/panel.ts';
import type { Link } from './link.ts';
import type { Reading } from './reading.ts';

/** Said of a run that was told to stop, until it has. */
export const STOPPING = 'The run is stopping. What is finished is kept.';

/** What the page has the editor do; what goes wrong is said in the panel. */
export class HostActions {
  readonly #link: Link;
  readonly #reading: Reading;
  readonly #run: () => RunSnapshot | null;

  constructor(link: Link, reading: Reading, run: () => RunSnapshot | null) {
    this.#link = link;
    this.#reading = reading;
    this.#run = run;
  }

  /** Opens words in the editor; those of an earlier run by its id. */
  async reveal(span: Span, runId = this.#link.runId): Promise<void> {
    await this.#do('reveal', { runId, span });
  }

  /** Opens the beginning of a document. */
  async openDocument(key: string): Promise<void> {
    await this.reveal({ document: key, start: 0, end: 0, line: 1, column: 1, quote: '' });
  }

  /** Opens a row in the reading pane and its words in the editor. */
  async open(id: string, index: number): Promise<void> {
    await this.#reading.select(id, index);
    const { detail } = this.#reading;
    const unit = detail?.row.id === id ? (detail.source ?? detail.targets[0]?.text)?.unit : undefined;
    if (unit !== undefined) await this.reveal(unit.span);
  }

  /** Opens the words of the selected row: the source's, then the target's, so that both are in sight. */
  async openBoth(): Promise<void> {
    if (this.#reading.opensWhenHere()) return;
    const id = this.#reading.selected;
    await this.#reading.loaded;
    const { detail } = this.#reading;
    if (detail === null || detail.row.id !== id) return;
    if (detail.source !== null) await this.reveal(detail.source.unit.span);
    const target = detail.targets[0];
    if (target !== undefined) await this.reveal(target.text.unit.span);
  }

  async diff(): Promise<void> {
    const { detail } = this.#reading;
    const targetId = detail?.targets[0]?.text.unit.key;
    if (detail === null || detail.source === null || targetId === undefined) this.#link.say('There is no counterpart to compare with.');
    else await this.#do('diff', { runId: this.#link.runId, id: detail.row.id, targetId });
  }

  async cancel(): Promise<void> {
    if ((await this.#do('cancel', { runId: this.#link.runId })) && this.#run()?.state === 'running') this.#link.say(STOPPING);
  }

  async resume(): Promise<void> {
    await this.#do('resume', { runId: this.#link.runId });
  }

  async openRun(runId: string): Promise<void> {
    await this.#do('openRun', { runId });
  }

  async command(command: PanelCommand): Promise<void> {
    await this.#do('command', { command });
  }

  async #do<K extends 'reveal' | 'cancel' | 'resume' | 'openRun' | 'command' | 'diff'>(method: K, params: Parameters<HostApi[K]>[0]): Promise<boolean> {
    this.#link.say('');
    try {
      await this.#link.peer.request(method, params);
      return true;
    } catch (thrown) {
      this.#link.say(failureOf(thrown).message);
      return false;
    }
  }
}
