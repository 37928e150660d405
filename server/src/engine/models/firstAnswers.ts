import type { Failure } from '../../../../shared/failure.ts';

/** So many batches, with so many items, are no accident. */
const BATCHES = 3;
const ITEMS = 20;
/** Failures that say something of how the model answers. */
const TELLING: ReadonlySet<Failure['code']> = new Set(['badAnswer', 'tooLarge']);
/** The same of items that are large: one whose answer does not fit is asked again in parts. */
const TELLING_OF_PARTS: ReadonlySet<Failure['code']> = new Set(['badAnswer']);
/** The same of requests that are asked again in halves, where the halves count, too. */
const TELLING_IN_HALVES: ReadonlySet<Failure['code']> = new Set(['badAnswer', 'tooLarge', 'refused']);

/** What one item asked alone came to: usable, or why not. Null: it was not answered, which says nothing. */
export type Trial = 'usable' | Failure | null;

/**
 * The first answers to a task, in whatever batches. Where they bring nothing that can be used, one item is asked alone while the others
 * wait; when that brings nothing either, the model is given up. One usable answer, and nothing is watched any more.
 */
export class FirstAnswers {
  /** Whether parts of a batch that brought nothing count as the batches do: of few large ones. */
  readonly countsHalves: boolean;
  readonly #telling: ReadonlySet<Failure['code']>;
  readonly #reasons = new Map<string, number>();
  #isUsable = false;
  #batches = 0;
  #items = 0;
  #trial: Promise<void> | null = null;
  #givenUp: Failure | null = null;

  /** `hasParts`: items are asked alone, and may be cut up by whoever asks. */
  constructor(countsHalves = false, hasParts = false) {
    this.countsHalves = countsHalves;
    this.#telling = countsHalves ? TELLING_IN_HALVES : hasParts ? TELLING_OF_PARTS : TELLING;
  }

  /** Why nothing more is asked. It is no answer: whoever asks again, asks the model. */
  get givenUp(): Failure | null {
    return this.#givenUp;
  }

  /** Every further call would end so. */
  end(failure: Failure): void {
    this.#givenUp ??= failure;
  }

  /** Resolves when no item is being tried. */
  async settled(): Promise<void> {
    await this.#trial;
  }

  usable(): void {
    this.#isUsable = true;
  }

  /** A batch has brought nothing; `why`: mostly. True where an item of it is worth a trial. */
  nothing(items: number, why: Failure): boolean {
    if (this.#isUsable || this.#givenUp !== null || !this.#telling.has(why.code)) return false;
    this.#batches += 1;
    this.#items += items;
    this.#reasons.set(why.message, (this.#reasons.get(why.message) ?? 0) + items);
    return this.#batches >= BATCHES && this.#items >= ITEMS && this.#trial === null;
  }

  /** Resolves when the trial is over. */
  async try(trial: () => Promise<Trial>): Promise<void> {
    this.#trial = this.#decide(trial).finally(() => (this.#trial = null));
    await this.#trial;
  }

  async #decide(trial: () => Promise<Trial>): Promise<void> {
    const came = await trial();
    if (came === 'usable') this.usable();
    if (came === 'usable' || this.#isUsable || came === null || !this.#telling.has(came.code) || this.#givenUp !== null) return;
    const [reason = came.message] = [...this.#reasons].sort(([, a], [, b]) => b - a)[0] ?? [];
    const why = came.code === 'badAnswer' && !this.countsHalves ? '; not every one keeps to JSON and quotes word for word.' : '.';
    this.#givenUp = { code: 'badAnswer', message: `Not asked, as no answer to the first ${this.#items} could be used: ${reason} Try another model${why}`, retry: 'later' };
  }
}
