import type { People } from './people.ts';
import type { Talk } from './talk.ts';

/** Who chairs calls so often on others by name, at least, and so many times as often as the next. */
const MIN_CALLS = 4;
const AHEAD = 1.5;
/** A longer sentence tells of people more often than it calls on them, in UTF-16 code units. */
const MAX_CALL = 160;

/** The participant who leads the talk, as far as the words show it: who calls on the others by name. Null where nobody clearly does. */
export function chairOf(talk: Talk, people: People): string | null {
  const calls = new Map<string, number>();
  talk.document.units.forEach(({ speaker }, turn) => {
    if (speaker === undefined) return;
    for (const { text } of talk.sentencesOf(turn)) {
      if (text.length > MAX_CALL) continue;
      const called = people.calledIn(text);
      if (called !== undefined && called !== speaker) calls.set(speaker, (calls.get(speaker) ?? 0) + 1);
    }
  });
  const [first, second] = [...calls].toSorted((a, b) => b[1] - a[1]);
  if (first === undefined || first[1] < MIN_CALLS || first[1] < AHEAD * (second?.[1] ?? 0)) return null;
  return first[0];
}
