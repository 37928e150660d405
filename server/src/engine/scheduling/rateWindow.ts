/**
 * How much was spent in the last stretch of time, whatever moment it is asked at. Spending is kept in slots, and a slot
 * counts until its youngest moment is a whole span old: so no span, wherever it begins, ever holds more than was free.
 */
export class RateWindow {
  readonly #spanMs: number;
  readonly #slotMs: number;
  /** Slot number -> amount, oldest first. */
  #slots = new Map<number, number>();
  #newest = -Infinity;
  #sum = 0;

  constructor(spanMs: number, slotMs: number) {
    this.#spanMs = spanMs;
    this.#slotMs = slotMs;
  }

  spent(now: number): number {
    this.#forget(now);
    return this.#sum;
  }

  add(amount: number, now: number): void {
    this.#forget(now);
    const slot = Math.floor(now / this.#slotMs);
    this.#newest = Math.max(this.#newest, slot);
    this.#slots.set(this.#newest, (this.#slots.get(this.#newest) ?? 0) + amount);
    this.#sum += amount;
  }

  /** Changes what was spent at `at`. What has left the window is left alone, and no slot falls below nothing. */
  correct(by: number, at: number): void {
    const slot = Math.floor(at / this.#slotMs);
    const held = this.#slots.get(slot);
    if (held === undefined) {
      if (by > 0 && this.#end(slot) > this.#newest * this.#slotMs) this.add(by, Math.max(at, this.#newest * this.#slotMs));
      return;
    }
    const change = Math.max(by, -held);
    this.#slots.set(slot, held + change);
    this.#sum += change;
  }

  /** When `amount` will fit below `limit`, if nothing more is spent; `null` where it never does. */
  freeAt(amount: number, limit: number, now: number): number | null {
    this.#forget(now);
    let over = this.#sum + amount - limit;
    if (over <= 0) return now;
    if (amount > limit) return null;
    for (const [slot, held] of this.#slots) {
      over -= held;
      if (over <= 0) return this.#end(slot);
    }
    return null;
  }

  #end(slot: number): number {
    return (slot + 1) * this.#slotMs + this.#spanMs;
  }

  #forget(now: number): void {
    // A wall clock that was set back would keep everything for as long as it was set back: it counts as spent now.
    if (this.#newest * this.#slotMs > now + this.#slotMs) {
      this.#newest = Math.floor(now / this.#slotMs);
      this.#slots = new Map([[this.#newest, this.#sum]]);
      return;
    }
    for (const [slot, held] of this.#slots) {
      if (this.#end(slot) > now) return;
      this.#slots.delete(slot);
      this.#sum -= held;
    }
    this.#sum = 0;
  }
}
