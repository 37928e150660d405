/** How long a run may ask models, each time it is taken up. */
import type { Sleep } from '../scheduling/limiterTypes.ts';

const MINUTE_MS = 60_000;
const IS_OVER = new Error('The time of the run is over.');

/** One call of a run whose time is limited. */
export interface TimedCall {
  /** Aborted with the run, and when its time is over while the call is not out. */
  readonly signal: AbortSignal;
  /** Before an attempt goes out. False: it must not any more. */
  goesOut(): boolean;
  /** After it, with whether there is an answer. */
  cameBack(isAnswered: boolean): void;
  /** The call has its answer, or none. Once. */
  close(): void;
}

/** When the time is over nothing more goes out, what is out comes in, and then the run is paused. */
export class RunTime {
  readonly #minutes: number;
  readonly #pause: () => Promise<void>;
  readonly #timer = new AbortController();
  readonly #waiting = new Set<() => void>();
  #isStarted = false;
  #isOver = false;
  #open = 0;
  #ended: () => void = () => undefined;
  /** Resolves when the run was paused. */
  readonly ended = new Promise<void>((resolve) => {
    this.#ended = resolve;
  });

  /** `pause` is called once, when nothing is out any more. */
  constructor(minutes: number, pause: () => Promise<void>) {
    this.#minutes = minutes;
    this.#pause = pause;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Time begins with the first call. */
  start(sleep: Sleep): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    // Cut short where the run is at rest before.
    sleep(this.#minutes * MINUTE_MS, this.#timer.signal).then(() => this.#over(), () => undefined);
  }

  close(): void {
    this.#timer.abort(IS_OVER);
  }

  call(signal: AbortSignal): TimedCall {
    const own = new AbortController();
    const stop = (): void => own.abort(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    const giveUp = (): void => own.abort(IS_OVER);
    this.#waiting.add(giveUp);
    this.#open += 1;
    return {
      signal: own.signal,
      goesOut: () => {
        if (this.#isOver) return false;
        this.#waiting.delete(giveUp);
        return true;
      },
      cameBack: (isAnswered) => {
        if (!this.#isOver) this.#waiting.add(giveUp);
        else if (!isAnswered) giveUp();
      },
      close: () => {
        signal.removeEventListener('abort', stop);
        this.#waiting.delete(giveUp);
        this.#open -= 1;
        if (this.#isOver) this.#endWhenQuiet();
      },
    };
  }

  #over(): void {
    this.#isOver = true;
    for (const giveUp of [...this.#waiting]) giveUp();
    this.#endWhenQuiet();
  }

  #endWhenQuiet(): void {
    if (this.#open === 0) void this.#pause().then(this.#ended);
  }
}
