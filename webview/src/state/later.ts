/** One thing to be done after a pause; what is put off again waits anew. */
export class Later {
  readonly #pause: number;
  #timer: number | null = null;

  /** `pause` in milliseconds. */
  constructor(pause: number) {
    this.#pause = pause;
  }

  /** True while something waits. */
  get isWaiting(): boolean {
    return this.#timer !== null;
  }

  /** Does it after the pause, instead of what waits. */
  putOff(act: () => void): void {
    this.drop();
    this.#timer = window.setTimeout(() => {
      this.#timer = null;
      act();
    }, this.#pause);
  }

  drop(): void {
    if (this.#timer !== null) window.clearTimeout(this.#timer);
    this.#timer = null;
  }
}
