import type { Finding } from '../../../../../shared/model.ts';

/** Findings of one begin at one place of the text; more than so many do not. */
const AT_ONE_PLACE = 64;

/**
 * Where notes stand among all notes of a run, whichever step writes them: in the order of the talk, and of those that begin
 * at the same word the rules' first.
 */
export function notePlaces(findings: readonly Finding[], by: 'rules' | 'model'): readonly number[] {
  const seen = new Map<number, number>();
  return findings.map(({ evidence }) => {
    const start = evidence[0]?.start ?? 0;
    const nth = seen.get(start) ?? 0;
    seen.set(start, nth + 1);
    return start * AT_ONE_PLACE + (by === 'rules' ? 0 : AT_ONE_PLACE / 2) + nth;
  });
}
