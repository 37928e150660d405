import pLimit from 'p-limit';
import { failureOf, type Failure, type Result } from '../../../../shared/failure.ts';
import { matchAnswers, type CheckedItem } from './batchAnswers.ts';
import { planBatches, type BatchItem, type BatchLimits } from './batchPlan.ts';
import type { FirstAnswers, Trial } from './firstAnswers.ts';
import type { CallFailure, CallResult, ModelUsage } from './modelPort.ts';
import { addUsage, apportionUsage, NO_USAGE } from './usage.ts';

/** How items are asked and checked. */
export interface BatchWork<I extends BatchItem, T> {
  readonly items: readonly I[];
  readonly limits: BatchLimits;
  /** Calls at the same time; the limiter behind `ask` may hold them back further. */
  readonly lanes: number;
  /** Times an item is asked alone after a batch had no answer for it that can be used. */
  readonly asksAlone: number;
  /** Gives up a model that cannot do the task; shared by all that is asked of it. Absent: everything is asked to the end. */
  readonly firstAnswers?: FirstAnswers;
  /** One call, with its repair. `earlier`: what was wrong with the answer to the only item. The value: the raw answers. */
  ask(items: readonly I[], earlier: string | null, signal: AbortSignal): Promise<CallResult<readonly unknown[]>>;
  check(item: I, answer: unknown): CheckedItem<T>;
  /** Told as soon as an item has its last word, in any order; for a journal. */
  onItem?(result: ItemResult<T>): void;
}

export interface ItemResult<T> {
  readonly id: string;
  readonly result: Result<T>;
  /** Its share of every call it was in. */
  readonly usage: ModelUsage;
  /** Calls it was in. */
  readonly calls: number;
}

export interface BatchesResult<T> {
  /** One for each item, in their order. */
  readonly items: readonly ItemResult<T>[];
  readonly calls: number;
  readonly usage: ModelUsage;
  /** Answers that named no item that was asked. */
  readonly invented: number;
}

/** After these nothing else will succeed: what was not asked is not asked. */
const ENDS_ALL: ReadonlySet<Failure['code']> = new Set(['cancelled', 'unauthorized', 'quota']);
/** After these fewer items may succeed: one of them may have caused it. */
const HALVES: ReadonlySet<Failure['code']> = new Set(['tooLarge', 'refused', 'badAnswer']);

/**
 * Asks for every item and gives one result each, in order. A call that fails by its content is asked again in halves,
 * down to the item it fails for; one that fails otherwise was tried enough by whoever made it, and its items fail with
 * it. Items that a good answer leaves out, answers twice or answers wrongly are asked again alone.
 */
export async function runBatches<I extends BatchItem, T>(work: BatchWork<I, T>, signal: AbortSignal): Promise<BatchesResult<T>> {
  const run = new BatchRun(work, signal);
  const slot = pLimit(Math.max(1, work.lanes));
  const go = async (task: Task<I>): Promise<void> => {
    const next = await slot(() => run.ask(task));
    await Promise.all(next.map(go));
  };
  await Promise.all(planBatches(work.items, work.limits).map((items) => go({ items, earlier: null, alone: 0, last: null })));
  return run.result();
}

interface Task<I> {
  readonly items: readonly I[];
  readonly earlier: string | null;
  /** Which of the times alone it is; 0 in a batch. */
  readonly alone: number;
  /** Why it is asked again; null in a batch as it was planned. */
  readonly last: Failure | null;
}

class BatchRun<I extends BatchItem, T> {
  readonly #work: BatchWork<I, T>;
  readonly #signal: AbortSignal;
  readonly #spent = new Map<string, { usage: ModelUsage; calls: number }>();
  readonly #results = new Map<string, ItemResult<T>>();
  #ended: Failure | null = null;
  #calls = 0;
  #usage = NO_USAGE;
  #invented = 0;

  constructor(work: BatchWork<I, T>, signal: AbortSignal) {
    this.#work = work;
    this.#signal = signal;
    for (const { id } of work.items) this.#spent.set(id, { usage: NO_USAGE, calls: 0 });
    if (this.#spent.size !== work.items.length) throw new Error('Two items have the same id.');
  }

  /** Does a task; what is to be done for its items after it comes back. */
  async ask(task: Task<I>): Promise<readonly Task<I>[]> {
    await this.#work.firstAnswers?.settled();
    if (this.#ended === null && this.#signal.aborted) this.#ended = { code: 'cancelled', message: 'Cancelled.', retry: 'now' };
    if (this.#ended !== null) return this.#fail(task.items, this.#ended);
    const givenUp = this.#work.firstAnswers?.givenUp ?? null;
    if (givenUp !== null) return this.#fail(task.items, task.last ?? givenUp);
    const answered = await this.#answer(task);
    if (!answered.ok) return this.#watched(task, this.#afterFailure(task, answered.failure));
    const items = this.#read(task.items, answered.value);
    return this.#watched(task, task.items.flatMap((item, at) => this.#settle(item, items[at] as CheckedItem<T>, task.alone)));
  }

  /** Where the first batches bring nothing, one item alone shows whether more are worth asking. */
  async #watched(task: Task<I>, next: readonly Task<I>[]): Promise<readonly Task<I>[]> {
    const { firstAnswers: first } = this.#work;
    if (first === undefined) return next;
    const results = task.items.map(({ id }) => this.#results.get(id)?.result);
    if (results.some((result) => result?.ok === true)) first.usable();
    const failed = results.find((result) => result?.ok === false);
    const why = next[0]?.last ?? (failed?.ok === false ? failed.failure : null);
    if ((task.last !== null && !first.countsHalves) || why === null || !first.nothing(task.items.length, why)) return next;
    await first.try(() => this.#tryAlone((first.countsHalves ? next.at(-1) : next[0]) ?? null, why));
    return next.map((one) => ({ ...one, items: one.items.filter(({ id }) => !this.#results.has(id)) })).filter(({ items }) => items.length > 0);
  }

  /** `task`: what is to be asked again; null: it was asked alone, and failed for `why`. */
  async #tryAlone(task: Task<I> | null, why: Failure): Promise<Trial> {
    // Of halves the last one: what a request fails for is rarely in both ends.
    const item = this.#work.firstAnswers?.countsHalves === true ? task?.items.at(-1) : task?.items[0];
    if (task === null || item === undefined) return why;
    const answered = await this.#answer({ ...task, items: [item] });
    if (!answered.ok) return answered.failure;
    const [checked] = this.#read([item], answered.value);
    if (checked?.ok !== true) return { code: 'badAnswer', message: checked?.problem.reason ?? why.message, retry: 'later' };
    this.#end(item, checked);
    return 'usable';
  }

  #read(asked: readonly I[], answers: readonly unknown[]): readonly CheckedItem<T>[] {
    const { items, invented } = matchAnswers(asked, answers, (item, answer) => this.#work.check(item, answer));
    this.#invented += invented;
    return items;
  }

  /** What is thrown on the way fails this call alone. */
  async #answer({ items, earlier }: Task<I>): Promise<CallResult<readonly unknown[]>> {
    let answered: CallResult<readonly unknown[]>;
    try {
      answered = await this.#work.ask(items, earlier, this.#signal);
    } catch (thrown) {
      answered = { ok: false, failure: failureOf(thrown) };
    }
    this.#count(items, answered.ok ? answered.usage : answered.failure.usage);
    return answered;
  }

  #settle(item: I, checked: CheckedItem<T>, alone: number): readonly Task<I>[] {
    if (checked.ok) return this.#end(item, checked);
    const last: Failure = { code: 'badAnswer', message: checked.problem.reason, retry: 'later' };
    if (alone < this.#work.asksAlone) return [{ items: [item], earlier: checked.problem.detail, alone: alone + 1, last }];
    return this.#fail([item], last);
  }

  #afterFailure({ items, alone }: Task<I>, failure: CallFailure): readonly Task<I>[] {
    const { code, message, retry } = failure;
    const endsAll = failure.everyCall === true || ENDS_ALL.has(failure.code);
    if (!endsAll && HALVES.has(failure.code) && items.length > 1) {
      const middle = Math.ceil(items.length / 2);
      return [items.slice(0, middle), items.slice(middle)].map((half) => ({ items: half, earlier: null, alone, last: { code, message, retry } }));
    }
    if (endsAll) {
      this.#ended = { code, message, retry };
      this.#work.firstAnswers?.end(this.#ended);
    }
    return this.#fail(items, { code, message, retry });
  }

  #fail(items: readonly I[], failure: Failure): readonly Task<I>[] {
    return items.flatMap((item) => this.#end(item, { ok: false, failure }));
  }

  #end({ id }: I, result: Result<T>): readonly Task<I>[] {
    const ended = { id, result, ...(this.#spent.get(id) ?? { usage: NO_USAGE, calls: 0 }) };
    this.#results.set(id, ended);
    this.#work.onItem?.(ended);
    return [];
  }

  #count(items: readonly I[], usage: ModelUsage | undefined): void {
    this.#calls++;
    this.#usage = addUsage(this.#usage, usage);
    const shares = usage === undefined ? [] : apportionUsage(usage, items.map(({ tokens }) => tokens));
    items.forEach(({ id }, at) => {
      const spent = this.#spent.get(id) ?? { usage: NO_USAGE, calls: 0 };
      this.#spent.set(id, { usage: addUsage(spent.usage, shares[at]), calls: spent.calls + 1 });
    });
  }

  result(): BatchesResult<T> {
    const items = this.#work.items.map(({ id }) => this.#results.get(id) as ItemResult<T>);
    return { items, calls: this.#calls, usage: this.#usage, invented: this.#invented };
  }
}
