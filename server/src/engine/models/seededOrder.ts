/** A number in [0, 1) from a seed, always the same ones in the same order (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same things in an order the seed gives; with two or more of them never the order they had. */
export function shuffled<I>(things: readonly I[], seed: number): readonly I[] {
  const random = seededRandom(seed);
  const order = [...things];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] as I, order[at] as I];
  }
  const unmoved = order.every((thing, at) => thing === things[at]);
  return unmoved && order.length > 1 ? [...order.slice(1), order[0] as I] : order;
}

/** So many things, chosen by the seed, in their own order. */
export function sampled<I>(things: readonly I[], size: number, seed: number): readonly I[] {
  const chosen = new Set(shuffled(things.map((_, at) => at), seed).slice(0, size));
  return things.filter((_, at) => chosen.has(at));
}
