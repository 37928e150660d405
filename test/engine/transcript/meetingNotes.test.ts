import { describe, expect, it } from 'vitest';
import { meetingNotes } from '../../../server/src/engine/workflows/transcript/meetingNotes.ts';
import { read } from '../documents/read.ts';
import { brief, notesOf } from './talk.ts';

type Case = readonly [said: string, notes: readonly string[]];

const DECISIONS: readonly Case[] = [
  ['We decided to keep the old schedule.', ['decision']],
  ["So we've agreed to amend the trust.", ['decision']],
  ['The committee voted to adopt the amendment.', ['decision']],
  ["Then that's settled.", ['decision']],
  ['So the decision is to wait.', ['decision']],
  ["Okay, let's go with the second option.", ['decision']],
  ["We're going with five percent.", ['decision']],
  ['Then we stay with the monthly payroll.', ['decision']],
  ['The motion carries.', ['decision']],
  ['The report is approved.', ['decision']],
  ['All right, Tuesday mornings it is.', ['decision']],
  ['We agreed to restate the plan in 2027.', ['decision']],
  ['We decided to start in March.', ['decision']],
];

const NOT_DECISIONS: readonly Case[] = [
  ['If we decided to leave, it would cost more.', []],
  ['Suppose we agreed to that.', []],
  ["We haven't decided to do anything.", []],
  ['We have not agreed yet.', []],
  ['I think we decided to wait, but check.', []],
  ['Before we decided to merge, nobody asked.', []],
  ['Maybe we agreed to too much.', []],
  ['We agreed with him.', []],
  ['The rate is approved by the trustee each year.', []],
  ["Didn't we agree to that?", []],
  ['Last year we decided to keep one vendor.', []],
  ['We decided to keep one vendor two years ago.', []],
  ['In 2019 we decided to keep one vendor.', []],
  ['When the rules changed in, uh, 2019, we decided to keep one vendor.', []],
  ['In March we voted to hire a consultant.', []],
  ['Okay, here it is.', []],
  ['Well, I know what it is.', []],
];

const ACTIONS: readonly Case[] = [
  ["I'll send the draft by Friday.", ['actionItem Dana Whitfield / Friday']],
  ["I'll circulate the draft.", ['actionItem Dana Whitfield / no date']],
  ["I'll call the bank tomorrow.", ['actionItem Dana Whitfield / tomorrow']],
  ['Let me look and get back to you.', ['actionItem Dana Whitfield / no date']],
  ['Lee will draft the notice by the 15th.', ['actionItem Lee Ito / the 15th']],
  ['Then Lee will draft the notice.', ['actionItem Lee Ito / no date']],
  ['So Lee Ito will draft the notice.', ['actionItem Lee Ito / no date']],
  ['Lee Ito needs to review it by Monday.', ['actionItem Lee Ito / Monday']],
  ['Lee, please prepare the notice.', ['actionItem Lee Ito / no date']],
  ['Action item for Lee: the notice, by June 1.', ['actionItem Lee Ito / June 1']],
  ['Action item: the notice.', ['actionItem nobody / no date']],
];

const NOT_ACTIONS: readonly Case[] = [
  // The words alone are said in passing.
  ["I'll call it a success.", []],
  ["If I'm asked I'll say so.", []],
  ["Maybe I'll send it by Friday.", []],
  ["I won't send it by Friday.", []],
  ['I might draft it by Friday.', []],
  ['I would send it by Friday.', []],
  ['Ask whether Lee will draft the notice.', []],
  ['When Lee will draft the notice is up to him.', []],
  // Nobody of that name takes part.
  ['Birch will send the forms by Friday.', []],
];

const QUESTIONS: readonly Case[] = [
  ['The open question is who pays.', ['openQuestion']],
  ["We don't know yet whether that applies.", ['openQuestion']],
  ['We still need to find out who signs.', ['openQuestion']],
  ["It's unclear who signs.", ['openQuestion']],
  ["Let's leave the vesting question open.", ['openQuestion']],
  ["I don't think we can settle that one today.", ['openQuestion']],
  ["Let's park that.", ['openQuestion']],
  ['Please leave the door open.', []],
  ['Who signs the amended trust agreement?', ['question']],
  ['With interest from what day?', ['question']],
  ['That applies to all of them, right?', []],
  ["It's a lot of money, isn't it?", []],
  ['Sorry, what?', []],
  ['You read all of it?', []],
];

function check(said: string, notes: readonly string[]): void {
  expect(notesOf([`Dana Whitfield: ${said}`]).map(brief)).toEqual(notes);
}

describe('what one sentence says', () => {
  describe('decisions', () => it.each(DECISIONS)('%s', check));
  describe('what only sounds like a decision', () => it.each(NOT_DECISIONS)('%s', check));
  describe('action items', () => it.each(ACTIONS)('%s', check));
  describe('what only sounds like an action item', () => it.each(NOT_ACTIONS)('%s', check));
  describe('questions', () => it.each(QUESTIONS)('%s', check));
});

const EXCHANGES: readonly (readonly [name: string, ask: string, answer: string, notes: readonly string[]])[] = [
  ['who takes it on owns it', 'Can you send us the form?', 'Lee Ito: Sure.', ['actionItem Lee Ito / no date']],
  ['the answer may name the date', 'Can you check the form?', 'Lee Ito: Sure. Give me until Monday.', ['actionItem Lee Ito / Monday']],
  ['of who is asked, too', 'Lee, could you check the form?', 'Lee Ito: Yes, by Monday.', ['actionItem Lee Ito / Monday']],
  ['but not of another', 'Lee, could you check the form?', 'Sam Roy: Yes, by Monday.', ['actionItem Lee Ito / no date']],
  ['the date of the request goes first', 'Lee, could you check the form by Friday?', 'Lee Ito: Yes, and on Monday I am away.', ['actionItem Lee Ito / Friday']],
  ['a refusal owns nothing', 'Can you send us the form?', 'Lee Ito: No, ask the bank.', ['question']],
  ['what may be said in passing needs a date', 'Can you read the screen over there?', 'Lee Ito: Sure.', ['question']],
  ['a question that nobody can answer is open', 'Who signs the trust agreement?', "Lee Ito: I honestly don't know.", ['openQuestion']],
  ['one that is answered is not', 'Who signs the trust agreement?', 'Lee Ito: The chair does.', ['question']],
  ['a polite answer is an answer', 'Who signs the trust agreement?', 'Lee Ito: Good question. The chair does.', ['question']],
];

describe('what a sentence and its answer say', () => {
  it.each(EXCHANGES)('%s', (_, ask, answer, notes) => {
    expect(notesOf([`Dana Whitfield: ${ask}`, answer]).map(brief)).toEqual(notes);
  });
});

describe('a note', () => {
  const LINES = [
    'Dana Whitfield: Fine. We decided to wait,\nall of us. Who tells the board about it?',
    'Lee Ito: Me. I will send a memo by Friday. I will draft a notice by Monday.',
    'Sam Roy: Lee, could you file the form?',
    'Lee Ito: Yes, on Tuesday.',
  ];
  const document = read(LINES.map((line, i) => `[00:0${i}] ${line}`).join('\n'), 'talk.txt');
  const notes = meetingNotes(document);

  it('shows the words of the document, at their place', () => {
    expect(notes.map(brief)).toEqual(['decision', 'question', 'actionItem Lee Ito / Friday', 'actionItem Lee Ito / Monday', 'actionItem Lee Ito / Tuesday']);
    for (const { text, evidence } of notes) {
      expect(evidence[0]?.quote.replace(/\s+/g, ' ')).toBe(text);
      for (const span of evidence) expect(span.quote).toBe(document.text.slice(span.start, span.end));
    }
  });

  it('points at the words of its due date, wherever they are said', () => {
    expect(notes.flatMap(({ fields, evidence }) => (fields?.due === undefined ? [] : [[fields.due, evidence[1]?.quote, evidence[1]?.line]]))).toEqual([
      ['Friday', 'Friday', 3], ['Monday', 'Monday', 3], ['Tuesday', 'Tuesday', 5],
    ]);
  });

  it('says who said it and when, and has a key of its own', () => {
    expect(notes.map(({ fields }) => `${fields?.time ?? ''} ${fields?.speaker ?? ''}`)).toEqual([
      '00:00 Dana Whitfield', '00:00 Dana Whitfield', '00:01 Lee Ito', '00:01 Lee Ito', '00:02 Sam Roy',
    ]);
    expect(new Set(notes.map(({ key }) => key)).size).toBe(notes.length);
  });

  it('is the same when the turns are read in slices', () => {
    const slices = document.units.map((unit) => meetingNotes(document, [unit]));
    expect(slices.flat()).toEqual(notes);
  });
});
