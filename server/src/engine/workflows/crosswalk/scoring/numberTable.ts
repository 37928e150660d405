const EMPTY = -1;
const START_CAPACITY = 1 << 12;
/** Open addressing stays quick while at least this share of the slots is free. */
const MAX_LOAD = 0.6;
/** 2^32 divided by the golden ratio: spreads neighbouring keys (Knuth, TAOCP 3, 6.4). */
const SPREAD = 0x9e3779b1;

/** Numbers non-negative integers below 2^53 in the order they are first seen, without an object per key. */
export class NumberTable {
  #keys = new Float64Array(START_CAPACITY).fill(EMPTY);
  #values = new Int32Array(START_CAPACITY);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of `key`; a new one where it was not seen before. */
  number(key: number): number {
    if (this.#size >= this.#keys.length * MAX_LOAD) this.#grow();
    const slot = slotOf(this.#keys, key);
    if (this.#keys[slot] === EMPTY) {
      this.#keys[slot] = key;
      this.#values[slot] = this.#size++;
    }
    return this.#values[slot] as number;
  }

  #grow(): void {
    const keys = this.#keys;
    const values = this.#values;
    this.#keys = new Float64Array(keys.length * 2).fill(EMPTY);
    this.#values = new Int32Array(keys.length * 2);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number;
      if (key === EMPTY) continue;
      const slot = slotOf(this.#keys, key);
      this.#keys[slot] = key;
      this.#values[slot] = values[i] as number;
    }
  }
}

function slotOf(keys: Float64Array, key: number): number {
  const mask = keys.length - 1;
  const low = key >>> 0;
  const high = (key / 0x100000000) >>> 0;
  let hash = Math.imul(low ^ Math.imul(high, 0x85ebca6b), SPREAD);
  hash ^= hash >>> 15;
  let slot = hash & mask;
  while (keys[slot] !== EMPTY && keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}
