import { describe, expect, it } from 'vitest';
import { dueIn } from '../../../server/src/engine/workflows/transcript/dueDates.ts';

const CASES: readonly (readonly [sentence: string, due: string | null])[] = [
  ['I will send it by Friday.', 'Friday'],
  ['I will send it by next Friday.', 'next Friday'],
  ['I will send it by Friday morning.', 'Friday morning'],
  ['I will send it by Friday at noon.', 'Friday at noon'],
  ['It is due on Monday the 4th.', 'Monday the 4th'],
  ['Please file it before the end of the month.', 'the end of the month'],
  ['Please file it no later than December 5, 2026.', 'December 5, 2026'],
  ['Please file it by the 5th of December.', 'the 5th of December'],
  ['Please file it by 2026-12-05.', '2026-12-05'],
  ['Please file it by 12/5.', '12/5'],
  ['Please file it by the 15th.', 'the 15th'],
  ['Please file it by the twenty-fourth.', 'the twenty-fourth'],
  ['Please file it by the fifteenth of December.', 'the fifteenth of December'],
  ['Please file it by COB.', 'COB'],
  ['Please file it by mid-June.', 'mid-June'],
  ['I will call by, um, Wednesday.', 'Wednesday'],
  ["I'll have it before, let's say, Thanksgiving.", 'Thanksgiving'],
  ['I will call them tomorrow.', 'tomorrow'],
  ['I will call her this weekend.', 'this weekend'],
  ['I will bring it to the next meeting.', 'the next meeting'],
  ['I will have it ready for the next meeting.', 'the next meeting'],
  ['First thing Monday I will call.', 'First thing Monday'],
  // A date that comes first is taken, even when another follows.
  ['By Monday I will know, and by Friday so will you.', 'Monday'],
  ['I will send it soon.', null],
  ['I will schedule the next meeting.', null],
  ['We met on the fourth floor.', null],
  ['It stood by the tenth page.', null],
  ['It is for the fifth-grade class.', null],
  ['On Fridays it is quiet.', null],
  ['The May report is wrong.', null],
];

function check(sentence: string, due: string | null): void {
  const found = dueIn(sentence);
  expect(found?.words ?? null).toBe(due);
  if (found !== null) expect(sentence.slice(found.index, found.index + found.words.length)).toBe(found.words);
}

describe('the due date of a sentence', () => {
  it.each(CASES)('%s', check);
});
