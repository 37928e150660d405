/** Words taken over in runs of at least this many count as reused; single words are shared by all legal texts. */
const RUN = 4;

/** By word of `words`: 1 where it stands in a run that the other text has too. */
export function reusedWords(words: readonly string[], other: readonly string[]): Uint8Array {
  return reusedIn(words, runsOf(other));
}

/** Every run of a text's words. */
export function runsOf(words: readonly string[]): ReadonlySet<string> {
  const runs = new Set<string>();
  for (let k = 0; k + RUN <= words.length; k++) runs.add(words.slice(k, k + RUN).join(' '));
  return runs;
}

/** By word of `words`: 1 where it stands in one of the runs. */
export function reusedIn(words: readonly string[], runs: ReadonlySet<string>): Uint8Array {
  const reused = new Uint8Array(words.length);
  for (let k = 0; k + RUN <= words.length; k++) {
    if (runs.has(words.slice(k, k + RUN).join(' '))) reused.fill(1, k, k + RUN);
  }
  return reused;
}

/** Share of 1s; 0 for an empty list. */
export function shareOf(marks: Uint8Array): number {
  let sum = 0;
  for (const mark of marks) sum += mark;
  return marks.length === 0 ? 0 : sum / marks.length;
}

/** Stretches of marked words, longest first, as [first, last] word indices. */
export function longestRuns(marks: Uint8Array, most: number): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (let k = 0; k < marks.length; k++) {
    if (marks[k] !== 1) continue;
    const start = k;
    while (marks[k + 1] === 1) k++;
    runs.push([start, k]);
  }
  return runs.sort((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, most).sort((a, b) => a[0] - b[0]);
}
