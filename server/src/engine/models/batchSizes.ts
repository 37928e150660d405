/** How many items of a task go into one call of a model: looked into once, then remembered. */
import { textHash } from '../documents/hash.ts';
import { batchSizeAfter, SAMPLE_ITEMS, type Invariance } from './batchInvariance.ts';
import type { AnswerCache } from './modelStores.ts';
import { NO_USAGE } from './usage.ts';

/** Items of a call, before anything is known of how a model answers many at once. */
export const BATCH_ITEMS = 8;
/** From so many items of a run on it is worth asking some of them twice, to know whether answers depend on their company. */
const LOOK_FROM = 4 * SAMPLE_ITEMS;

export interface BatchSize {
  readonly items: number;
  /** A sentence on what was found; empty where nothing was looked into. */
  readonly words: string;
}

function keyOf(resource: string, task: { readonly name: string; readonly version: number }): string {
  return textHash(`batch size\n${resource}\n${task.name}\n${String(task.version)}`);
}

export class BatchSizes {
  readonly #cache: AnswerCache;
  readonly #known = new Map<string, Promise<BatchSize>>();

  constructor(cache: AnswerCache) {
    this.#cache = cache;
  }

  /**
   * Finds out how answers to `task` at `resource` depend on their batch, unless that is known or being found out. It is worth
   * it where a run asks for `total` items and most of those at hand, `asked` of them, by calls. Rejects as `look` does.
   */
  async find(
    resource: string, task: { readonly name: string; readonly version: number }, total: number, asked: () => Promise<number>,
    look: () => Promise<Invariance>, signal: AbortSignal,
  ): Promise<void> {
    const key = keyOf(resource, task);
    if (total < LOOK_FROM || this.#known.has(key) || (await asked()) < SAMPLE_ITEMS || this.#known.has(key)) return;
    const finding = this.#find(key, look);
    this.#known.set(key, finding);
    // Where it could not be found out, the next one looks.
    finding.catch(() => this.#known.delete(key));
    await finding;
    signal.throwIfAborted();
  }

  /** Items of a batch, once it is found out by whoever does so just now. */
  async of(resource: string, task: { readonly name: string; readonly version: number }): Promise<BatchSize> {
    const unknown: BatchSize = { items: BATCH_ITEMS, words: '' };
    return this.#known.get(keyOf(resource, task))?.catch(() => unknown) ?? unknown;
  }

  /** What is known of it by now. */
  async known(resource: string, task: { readonly name: string; readonly version: number }): Promise<number> {
    const [kept] = await this.#cache.get([keyOf(resource, task)]);
    return kept === null || kept === undefined ? BATCH_ITEMS : (JSON.parse(kept.answer) as BatchSize).items;
  }

  async #find(key: string, look: () => Promise<Invariance>): Promise<BatchSize> {
    const [kept] = await this.#cache.get([key]);
    if (kept !== null && kept !== undefined) return JSON.parse(kept.answer) as BatchSize;
    const found = await look();
    const items = batchSizeAfter(found, BATCH_ITEMS);
    const drifted = found.drifted.length === 0 ? 'none was answered otherwise' : `${found.drifted.length} ${found.drifted.length === 1 ? 'was' : 'were'} answered otherwise`;
    const batches = items === BATCH_ITEMS ? `batches hold up to ${items}` : `batches hold up to ${items} now, not ${BATCH_ITEMS}`;
    const size = { items, words: `${found.compared} items were asked again in another order: ${drifted}; ${batches}.` };
    // A sample that could not be compared says nothing about the next run.
    if (found.compared > 0) await this.#cache.put([{ key, value: { answer: JSON.stringify(size), usage: NO_USAGE } }]);
    return size;
  }
}
