/** How many items of a task go into one call of a model: looked into once, then remembered. */
import { textHash } from '../documents/hash.ts';
import type { BatchItem } from './batchPlan.ts';
import { batchSizeAfter, invarianceSample, SAMPLE_ITEMS, type Invariance } from './batchInvariance.ts';
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

/** Of what is to be asked, the items a look asks first. */
export function firstSample<I>(items: readonly I[]): readonly I[] {
  return items.slice(0, SAMPLE_ITEMS);
}

/** The same, as they are asked again. */
export function sampleAgain<I extends BatchItem>(sample: readonly I[]): readonly I[] {
  return invarianceSample(sample, sample.length);
}

function isWorthIt(total: number, asked: number): boolean {
  return total >= LOOK_FROM && asked >= SAMPLE_ITEMS;
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
   * it where a run asks for `total` items and enough of them, `asked`, by calls. Rejects as `look` does.
   */
  async find(
    resource: string, task: { readonly name: string; readonly version: number }, total: number, asked: () => Promise<number>,
    look: () => Promise<Invariance>, signal: AbortSignal,
  ): Promise<void> {
    const key = keyOf(resource, task);
    if (this.#known.has(key) || !isWorthIt(total, await asked()) || this.#known.has(key)) return;
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
    const key = keyOf(resource, task);
    return this.#known.get(key)?.catch(() => unknown) ?? (await this.#kept(key)) ?? unknown;
  }

  /** What asking so many items would begin with: the size, and whether a sample is asked twice first. */
  async ahead(resource: string, task: { readonly name: string; readonly version: number }, total: number, asked: number): Promise<{ readonly items: number; readonly looks: boolean }> {
    const kept = await this.#kept(keyOf(resource, task));
    return { items: kept?.items ?? BATCH_ITEMS, looks: kept === null && isWorthIt(total, asked) };
  }

  async #kept(key: string): Promise<BatchSize | null> {
    const [kept] = await this.#cache.get([key]);
    return kept === null || kept === undefined ? null : (JSON.parse(kept.answer) as BatchSize);
  }

  async #find(key: string, look: () => Promise<Invariance>): Promise<BatchSize> {
    const kept = await this.#kept(key);
    if (kept !== null) return kept;
    const found = await look();
    // A sample that could not be compared says nothing about the next run.
    if (found.compared === 0) {
      this.#known.delete(key);
      return { items: BATCH_ITEMS, words: '' };
    }
    const items = batchSizeAfter(found, BATCH_ITEMS);
    const drifted = found.drifted.length === 0 ? 'none was answered otherwise' : `${found.drifted.length} ${found.drifted.length === 1 ? 'was' : 'were'} answered otherwise`;
    const batches = items === BATCH_ITEMS ? `batches hold up to ${items}` : `batches hold up to ${items} now, not ${BATCH_ITEMS}`;
    const size = { items, words: `${found.compared} items were asked again in another order: ${drifted}; ${batches}.` };
    await this.#cache.put([{ key, value: { answer: JSON.stringify(size), usage: NO_USAGE } }]);
    return size;
  }
}
