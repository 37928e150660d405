import type { AnswerCache } from './modelStores.ts';

/** Milliseconds for which it is taken as known that nobody else has written. */
const KNOWN_FOR_MS = 100;

/** What other processes answer while the calls of a run wait for their turn. Looked for only once somebody else has written. */
export class Elsewhere {
  readonly #cache: Pick<AnswerCache, 'get' | 'version'>;
  readonly #now: () => number;
  #before: number | null = null;
  #hasWritten = false;
  #newest: Promise<boolean> = Promise.resolve(false);
  #lookedAt = -Infinity;

  constructor(cache: Pick<AnswerCache, 'get' | 'version'>, now: () => number) {
    this.#cache = cache;
    this.#now = now;
  }

  /** Said before the cache is asked about keys: what comes later is what `answersTo` looks for. */
  async begin(): Promise<void> {
    this.#before ??= await this.#cache.version();
  }

  /** The answers to all of these keys, in order; null where one has none. */
  async answersTo(keys: readonly string[]): Promise<readonly unknown[] | null> {
    if (!(await this.#othersWrote())) return null;
    const found = await this.#cache.get(keys);
    const answers = found.flatMap((one) => (one === null ? [] : [JSON.parse(one.answer) as unknown]));
    return answers.length < keys.length ? null : answers;
  }

  /** One look for all calls that come while it is fresh, so that they go on in their order. */
  #othersWrote(): Promise<boolean> {
    const now = this.#now();
    if (this.#hasWritten || now - this.#lookedAt < KNOWN_FOR_MS) return this.#newest;
    this.#lookedAt = now;
    this.#newest = this.#cache.version().then((version) => (this.#hasWritten = version !== this.#before));
    return this.#newest;
  }
}
