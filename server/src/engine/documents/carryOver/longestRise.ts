/** Indices of a longest strictly rising subsequence, in order. n log n. */
export function longestRise(values: readonly number[]): readonly number[] {
  /** By length - 1: the index at which the lowest end of such a rise stands. */
  const ends: number[] = [];
  const previous: number[] = [];
  values.forEach((value, at) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    previous.push(low === 0 ? -1 : (ends[low - 1] as number));
    ends[low] = at;
  });
  const rise: number[] = [];
  for (let at = ends.at(-1) ?? -1; at !== -1; at = previous[at] as number) rise.push(at);
  return rise.reverse();
}
