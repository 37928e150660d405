/** The answers one run asks for: from its own journal, from the cache, from a call in flight, or by a new call. */
import { FailureError, failureOf, type Result } from '../../../../shared/failure.ts';
import type { ModelUsage } from './modelPort.ts';
import type { AnswerCache, CallJournal, JournalledCall } from './modelStores.ts';

/** What a call for one item came to, before it is kept. `answer` is JSON-safe and was checked. */
export interface FreshAnswer {
  readonly result: Result<unknown>;
  readonly usage: ModelUsage;
  readonly costUsd: number;
  readonly attempts: number;
}

export interface KeptAnswer {
  readonly result: Result<unknown>;
  /** `journal`: an earlier process of this run paid it; `cache`: another run; `shared`: another caller of this process, now. */
  readonly from: 'model' | 'journal' | 'cache' | 'shared';
}

/** Tells of an item as soon as its answer is there. Its promise resolves when the answer is on disk. */
export type Finished = (index: number, answer: FreshAnswer) => Promise<void>;

/** Said of items before their call goes out, so that a resumed run knows what may have been paid. Resolves when it is on disk. */
export type Begun = (indexes: readonly number[]) => Promise<void>;
/** Told of each place once, as soon as its answer counts: when it is on disk. */
export type Kept = (index: number, answer: KeptAnswer) => void;
/** Asks for the items nobody has an answer to. */
export type AskMissing = (missing: readonly number[], finished: Finished, begun: Begun, signal: AbortSignal) => Promise<void>;

export interface RunCallsOptions {
  readonly runId: string;
  readonly owner: string;
  readonly journal: CallJournal;
  readonly cache: AnswerCache;
  /** Answers on their way in this process, by key: one for all runs. */
  readonly inFlight: Map<string, Promise<Result<unknown>>>;
  readonly now: () => number;
}

const NO_USAGE: ModelUsage = { tokensIn: 0, tokensOut: 0, tokensCached: 0, estimated: false };

/** A failure that asking again would not change: it is kept like an answer, so that nobody pays to see it twice. A key can be given. */
function isFinal(result: Result<unknown>): boolean {
  return result.ok || (result.failure.retry === 'never' && result.failure.code !== 'cancelled' && result.failure.code !== 'unauthorized');
}

/** Answers by key; each is told of once, when it counts. */
class Answers {
  readonly #answers = new Map<string, KeptAnswer>();
  readonly #kept: (key: string, answer: KeptAnswer) => void;

  constructor(kept: (key: string, answer: KeptAnswer) => void) {
    this.#kept = kept;
  }

  has(key: string): boolean {
    return this.#answers.has(key);
  }

  of(key: string): KeptAnswer {
    return this.#answers.get(key) as KeptAnswer;
  }

  add(key: string, answer: KeptAnswer): void {
    this.#answers.set(key, answer);
  }

  count(key: string): void {
    this.#kept(key, this.of(key));
  }
}

export class RunCalls {
  readonly #options: RunCallsOptions;
  readonly #journalled = new Map<string, Result<unknown>>();
  /** Keys this run made calls for, in this process or an earlier one. */
  readonly #called = new Set<string>();
  /** US dollars earlier processes paid, by call; of failures that may be tried again, too. */
  readonly #paidBefore = new Map<string, number>();
  #loaded: Promise<number> | null = null;

  constructor(options: RunCallsOptions) {
    this.#options = options;
  }

  /** Reads the journal once; how many calls an earlier process had in flight when it ended. They may be paid twice. */
  load(): Promise<number> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  async #load(): Promise<number> {
    const { journal, runId } = this.#options;
    const { finished, unfinished } = valueOf(await journal.load(runId));
    for (const { call, outcome, costUsd, attempts } of finished) {
      if (attempts > 0) this.#called.add(call);
      const result = JSON.parse(outcome) as Result<unknown>;
      if (isFinal(result)) this.#journalled.set(call, result);
      this.#paidBefore.set(call, costUsd);
    }
    return unfinished;
  }

  /** What earlier processes of the run paid, in US dollars. */
  async spentUsd(): Promise<number> {
    await this.load();
    return [...this.#paidBefore.values()].reduce((sum, costUsd) => sum + costUsd, 0);
  }

  /** How many of these nobody had an answer to when the run first asked for them: the same whenever it is taken up again. */
  async uncached(keys: readonly string[]): Promise<number> {
    await this.load();
    const unique = [...new Set(keys)];
    const found = await this.#options.cache.get(unique.filter((key) => !this.#journalled.has(key) && !this.#called.has(key)));
    return unique.filter((key) => this.#called.has(key)).length + found.filter((cached) => cached === null).length;
  }

  /**
   * One answer for each key, in order. Equal keys are asked once. `ask` gets the places of the keys that nobody has, and
   * must finish each of them once; where it does not, that item has failed. Rejects when the signal is aborted.
   */
  async each(keys: readonly string[], ask: AskMissing, signal: AbortSignal, kept: Kept = () => undefined): Promise<readonly KeptAnswer[]> {
    await this.load();
    signal.throwIfAborted();
    const places = new Map<string, number[]>();
    keys.forEach((key, at) => {
      const known = places.get(key);
      if (known === undefined) places.set(key, [at]);
      else known.push(at);
    });
    const first = new Map([...places].map(([key, [at]]) => [key, at as number]));
    const answers = new Answers((key, answer) => {
      places.get(key)?.forEach((at, k) => kept(at, answer.from === 'model' && k > 0 ? { ...answer, from: 'shared' } : answer));
    });
    const known = [...places.keys()];
    for (const key of known) {
      const result = this.#journalled.get(key);
      if (result === undefined) continue;
      answers.add(key, { result, from: 'journal' });
      answers.count(key);
    }
    await this.#fromCache(known.filter((key) => !answers.has(key)), answers);
    signal.throwIfAborted();
    for (let open = known.filter((key) => !answers.has(key)); open.length > 0; open = open.filter((key) => !answers.has(key))) {
      const others = open.filter((key) => this.#options.inFlight.has(key));
      const own = open.filter((key) => !this.#options.inFlight.has(key));
      // Who is waited for may fail or be cancelled: that is not this run's failure, and its items are asked in the next round.
      await Promise.all([this.#fromOthers(others, answers, signal), this.#ask(own, first, ask, answers, signal)]);
    }
    signal.throwIfAborted();
    return keys.map((key, at) => {
      const answer = answers.of(key);
      return answer.from === 'model' && first.get(key) !== at ? { ...answer, from: 'shared' } : answer;
    });
  }

  async #fromCache(keys: readonly string[], answers: Answers): Promise<void> {
    const { cache, journal, runId, owner, now } = this.#options;
    if (keys.length === 0) return;
    const found = await cache.get(keys);
    const taken: JournalledCall[] = [];
    keys.forEach((key, at) => {
      const cached = found[at];
      if (cached === null || cached === undefined) return;
      const result: Result<unknown> = { ok: true, value: JSON.parse(cached.answer) as unknown };
      answers.add(key, { result, from: 'cache' });
      // The cache may be gone when the run is resumed; what the run rests on may not.
      taken.push({ call: key, outcome: JSON.stringify(result), usage: NO_USAGE, costUsd: 0, attempts: 0, finishedAt: now() });
    });
    if (taken.length === 0) return;
    valueOf(await journal.append(runId, owner, taken));
    for (const { call } of taken) answers.count(call);
  }

  async #fromOthers(keys: readonly string[], answers: Answers, signal: AbortSignal): Promise<void> {
    await Promise.all(
      keys.map(async (key) => {
        const result = await orAborted(this.#options.inFlight.get(key) as Promise<Result<unknown>>, signal);
        if (!result.ok) return;
        const { journal, runId, owner, now } = this.#options;
        valueOf(await journal.append(runId, owner, [{ call: key, outcome: JSON.stringify(result), usage: NO_USAGE, costUsd: 0, attempts: 0, finishedAt: now() }]));
        answers.add(key, { result, from: 'shared' });
        answers.count(key);
      }),
    );
  }

  async #ask(
    keys: readonly string[],
    first: ReadonlyMap<string, number>,
    ask: AskMissing,
    answers: Answers,
    signal: AbortSignal,
  ): Promise<void> {
    if (keys.length === 0) return;
    const { inFlight, runId, owner, journal, cache, now } = this.#options;
    const byPlace = new Map(keys.map((key) => [first.get(key) as number, key]));
    const settle = new Map<string, (result: Result<unknown>) => void>();
    for (const key of keys) inFlight.set(key, new Promise((resolve) => settle.set(key, resolve)));
    const finish = (key: string, result: Result<unknown>): void => {
      settle.get(key)?.(result);
      inFlight.delete(key);
    };
    try {
      await ask([...byPlace.keys()], async (place, fresh) => {
        const key = byPlace.get(place);
        if (key === undefined || answers.has(key)) throw new Error(`Item ${place} was finished twice, or was not asked for.`);
        const { result, usage, costUsd, attempts } = fresh;
        answers.add(key, { result, from: 'model' });
        if (attempts > 0) this.#called.add(key);
        if (result.ok) void cache.put([{ key, value: { answer: JSON.stringify(result.value), usage } }]);
        const paid = costUsd + (this.#paidBefore.get(key) ?? 0);
        if (isFinal(result) || paid > 0) {
          valueOf(await journal.append(runId, owner, [{ call: key, outcome: JSON.stringify(result), usage, costUsd: paid, attempts, finishedAt: now() }]));
        }
        if (isFinal(result)) this.#journalled.set(key, result);
        finish(key, result);
        answers.count(key);
      }, async (places) => valueOf(await journal.begin(runId, owner, places.map((place) => byPlace.get(place) as string))), signal);
      for (const key of keys) {
        if (answers.has(key)) continue;
        answers.add(key, { result: { ok: false, failure: { code: 'internal', message: 'The item was never asked for, which is a defect of Collate.', retry: 'never' } }, from: 'model' });
        answers.count(key);
      }
    } catch (thrown) {
      for (const key of keys) if (!answers.has(key)) finish(key, { ok: false, failure: failureOf(thrown) });
      throw thrown;
    } finally {
      for (const key of keys) inFlight.delete(key);
    }
  }
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new FailureError(result.failure);
  return result.value;
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
