import type { YieldToHost } from '../../ports.ts';

/** Rows that are worked on at once: less than a few milliseconds. */
const STRETCH = 1_000;

/** `flatMap` over a list that may be long: others have a turn between its stretches. */
export async function flatMapInTurns<A, B>(all: readonly A[], turn: YieldToHost, map: (one: A, at: number) => readonly B[]): Promise<readonly B[]> {
  const mapped: B[] = [];
  for (const [at, one] of all.entries()) {
    if (at > 0 && at % STRETCH === 0) await turn();
    mapped.push(...map(one, at));
  }
  return mapped;
}
