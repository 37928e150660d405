/** Keeps the `size` largest values offered, with their places; of equal values the one offered first stays ahead. */
export class TopEntries {
  readonly places: Int32Array;
  readonly values: Float64Array;
  #length = 0;

  constructor(size: number) {
    this.places = new Int32Array(size);
    this.values = new Float64Array(size).fill(-Infinity);
  }

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
    this.values.fill(-Infinity);
  }

  offer(place: number, value: number): void {
    const { places, values } = this;
    let at = values.length - 1;
    if (at < 0 || (this.#length === values.length && value <= (values[at] as number))) return;
    if (this.#length < values.length) at = this.#length++;
    while (at > 0 && value > (values[at - 1] as number)) {
      values[at] = values[at - 1] as number;
      places[at] = places[at - 1] as number;
      at--;
    }
    values[at] = value;
    places[at] = place;
  }
}
