/**
 * A disk that takes long to commit is written half of the time at most: the pause after a commit is as long as the commit
 * was, and no longer than this. Milliseconds.
 */
const LONGEST_PAUSE_MS = 20;

interface Waiting<Entry, Answer> {
  readonly entry: Entry;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (thrown: unknown) => void;
}

export interface GroupingOptions {
  /** Milliseconds the first of a group waits for others, at least. */
  readonly waitMs: number;
  /** A group of this many is written at once. */
  readonly most: number;
}

/**
 * Brings writes together that come close to each other, in the order they came in: one transaction, one wait for the
 * disk. `write` gives one answer for each entry.
 */
export class GroupedWrites<Entry, Answer> {
  readonly #write: (entries: readonly Entry[]) => Promise<readonly Answer[]>;
  readonly #options: GroupingOptions;
  #waiting: Waiting<Entry, Answer>[] = [];
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  #pauseUntil = 0;

  constructor(write: (entries: readonly Entry[]) => Promise<readonly Answer[]>, options: GroupingOptions) {
    this.#write = write;
    this.#options = options;
  }

  /** Resolves when the entry is written. */
  add(entry: Entry): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      this.#schedule();
    });
  }

  /** Writes what waits, now. Resolves when all of it is written or refused. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0 || this.#writing !== null) {
      if (this.#writing === null) this.#begin();
      await this.#writing;
    }
  }

  #schedule(): void {
    if (this.#writing !== null) return;
    const isFull = this.#waiting.length >= this.#options.most;
    if (this.#timer !== null) {
      if (!isFull) return;
      clearTimeout(this.#timer);
    }
    const pause = Math.max(0, this.#pauseUntil - performance.now(), isFull ? 0 : this.#options.waitMs);
    this.#timer = setTimeout(() => this.#begin(), pause);
  }

  #begin(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const group = this.#waiting.splice(0, this.#options.most);
    this.#writing = this.#writeGroup(group).finally(() => {
      this.#writing = null;
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  async #writeGroup(group: readonly Waiting<Entry, Answer>[]): Promise<void> {
    const started = performance.now();
    try {
      const answers = await this.#write(group.map(({ entry }) => entry));
      group.forEach(({ resolve }, at) => resolve(answers[at] as Answer));
    } catch (thrown) {
      for (const { reject } of group) reject(thrown);
    }
    const took = performance.now() - started;
    this.#pauseUntil = performance.now() + Math.min(took, LONGEST_PAUSE_MS);
  }
}
