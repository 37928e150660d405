/** The hard limit of what one run may cost: calls ask before they go out, for the most they can cost. */

/** Room below a budget that rounding may hide: a thousandth of a cent. */
const EPSILON_USD = 0.000_01;

export interface Reservation {
  /** Another attempt of the call is to go out; so far it has cost this, and `unseenUsd` at most beside it. False: it does not fit any more. */
  again(costUsd: number, unseenUsd?: number): boolean;
  /** Says what the call really cost since it was last told, and frees the rest. `unseenUsd`: at most, of attempts whose answer was never seen. Once. */
  settle(costUsd: number, unseenUsd?: number): void;
}

interface Waiting {
  readonly worstUsd: number;
  readonly grant: (reservation: Reservation | null) => void;
}

/**
 * A budget is never gone over, not even by calls in flight: each is counted at the most it can cost until it is settled.
 * A call that would not fit waits while others may still give room back, and is refused when none is left that could.
 */
export class Budget {
  readonly #limitUsd: number | null;
  #spentUsd: number;
  #unseenUsd: number;
  #reservedUsd = 0;
  #open = 0;
  #waiting: Waiting[] = [];
  /** Once a call is refused the run comes to rest: a smaller one that fits would only be cut off with it. */
  #isUsedUp = false;

  /** `limitUsd` null: no limit. `spentUsd`: what the run has cost before; `unseenUsd`: at most beside it, of calls whose answer was never seen. */
  constructor(limitUsd: number | null, spentUsd: number, unseenUsd = 0) {
    this.#limitUsd = limitUsd;
    this.#spentUsd = spentUsd;
    this.#unseenUsd = unseenUsd;
  }

  get spentUsd(): number {
    return this.#spentUsd;
  }

  /** What may have been spent beside that, at most. It counts as spent. */
  get unseenUsd(): number {
    return this.#unseenUsd;
  }

  get limitUsd(): number | null {
    return this.#limitUsd;
  }

  /** Null: it does not fit. Rejects with the signal's reason as soon as it is aborted. */
  async reserve(worstUsd: number, signal: AbortSignal): Promise<Reservation | null> {
    signal.throwIfAborted();
    if (this.#isUsedUp) return null;
    if (this.#fits(worstUsd) && this.#waiting.length === 0) return this.#grant(worstUsd);
    if (this.#open === 0) return this.#refuse();
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        reject(signal.reason as Error);
        // What was waiting behind it may fit now.
        this.#serve();
      };
      const waiting: Waiting = {
        worstUsd,
        grant: (reservation) => {
          signal.removeEventListener('abort', stop);
          resolve(reservation);
        },
      };
      this.#waiting.push(waiting);
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  #refuse(): null {
    this.#isUsedUp = true;
    return null;
  }

  #fits(worstUsd: number): boolean {
    return this.#limitUsd === null || this.#spentUsd + this.#unseenUsd + this.#reservedUsd + worstUsd <= this.#limitUsd + EPSILON_USD;
  }

  #grant(worstUsd: number): Reservation {
    this.#reservedUsd += worstUsd;
    this.#open += 1;
    let isOpen = true;
    return {
      again: (costUsd, unseenUsd = 0) => {
        this.#spentUsd += costUsd;
        this.#unseenUsd += unseenUsd;
        // What others may still give back is not waited for: they may wait for this call's place.
        const fits = this.#fits(0);
        if (!fits) this.#isUsedUp = true;
        return fits;
      },
      settle: (costUsd, unseenUsd = 0) => {
        if (!isOpen) throw new Error('A reservation was settled twice.');
        isOpen = false;
        this.#open -= 1;
        this.#reservedUsd = this.#open === 0 ? 0 : this.#reservedUsd - worstUsd;
        this.#spentUsd += costUsd;
        this.#unseenUsd += unseenUsd;
        this.#serve();
      },
    };
  }

  /** First come, first served: a small call does not overtake a large one, or the large one would never go out. */
  #serve(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (!this.#isUsedUp && this.#fits(first.worstUsd)) {
        this.#waiting.shift();
        first.grant(this.#grant(first.worstUsd));
      } else if (this.#open === 0) {
        this.#waiting.shift();
        first.grant(this.#refuse());
      } else return;
    }
  }
}
