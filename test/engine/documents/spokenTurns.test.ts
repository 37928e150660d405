import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesOf, spokenText } from '../../../server/src/engine/documents/spokenText.ts';
import { read } from './read.ts';

/** `speaker | time | words as they are read`, one for each turn. */
function turns(text: string, path = 'talk.txt'): readonly string[] {
  const document = read(text, path);
  expect(document.kind).toBe('transcript');
  return document.units.map((unit) => {
    expect(unit.span.quote).toBe(document.text.slice(unit.span.start, unit.span.end));
    return [unit.speaker ?? '-', unit.time ?? '-', spokenText(document.text, unit).text].join(' | ');
  });
}

const LINES: readonly (readonly [name: string, text: string, turns: readonly string[]])[] = [
  ['bold names, the colon inside', '**Dana Whitfield:** Good morning.\n**Lee Ito:** Hi.\n**Dana Whitfield:** So.\n', ['Dana Whitfield | - | Good morning.', 'Lee Ito | - | Hi.', 'Dana Whitfield | - | So.']],
  ['bold names, the colon outside', '**Dana Whitfield**: Good morning.\n**Lee Ito**: Hi.\n**Dana Whitfield**: So.\n', ['Dana Whitfield | - | Good morning.', 'Lee Ito | - | Hi.', 'Dana Whitfield | - | So.']],
  ['Name (Role): text', 'Dana Whitfield (Chair): Hello.\nLee Ito (Plan Counsel): Hi.\nDana Whitfield (Chair): So.\n', [
    'Dana Whitfield | - | Hello.', 'Lee Ito | - | Hi.', 'Dana Whitfield | - | So.',
  ]],
  ['Role (Name): text, without times', 'Chair (Dana Whitfield): Hello.\nPlan Counsel (Lee Ito): Hi.\nChair (Dana Whitfield): So.\n', ['Dana Whitfield | - | Hello.', 'Lee Ito | - | Hi.', 'Dana Whitfield | - | So.']],
  ['Name (firm or pronouns): text', 'Dana Whitfield (she/her): Hello.\nLee Ito (Birch Trust): Hi.\nDana Whitfield (she/her): So.\n', ['Dana Whitfield | - | Hello.', 'Lee Ito | - | Hi.', 'Dana Whitfield | - | So.']],
  ['[hh:mm:ss] Name:', '[00:01:02] Dana: Hello.\n[00:01:05] Lee: Hi.\n', ['Dana | 00:01:02 | Hello.', 'Lee | 00:01:05 | Hi.']],
  ['from when to when', '[00:01:02 - 00:01:04] Dana: Hello.\n[00:01:05 --> 00:01:08] Lee: Hi.\n', ['Dana | 00:01:02 | Hello.', 'Lee | 00:01:05 | Hi.']],
  ['Name (00:12):', 'Dana (00:12):\nHello.\n\nLee (00:19):\nHi.\n', ['Dana | 00:12 | Hello.', 'Lee | 00:19 | Hi.']],
  ['Name (00:12): text', 'Dana (00:12): Hello.\nLee (00:19): Hi.\n', ['Dana | 00:12 | Hello.', 'Lee | 00:19 | Hi.']],
  ['a numbered speaker and a time', 'Speaker 1  0:03\nHello.\n\nSpeaker 2  0:09\nHi.\n', ['Speaker 1 | 0:03 | Hello.', 'Speaker 2 | 0:09 | Hi.']],
  ['times of day', '10:02 AM Dana: Hello.\n10:03 AM Lee: Hi.\n', ['Dana | 10:02 AM | Hello.', 'Lee | 10:03 AM | Hi.']],
  ['times on some turns only', '[00:12] Dana: Hello.\nLee Ito: Hi.\n[00:19] Dana: So.\nLee Ito: Yes.\n[00:22] Dana: Fine.\n', [
    'Dana | 00:12 | Hello.', 'Lee Ito | - | Hi.', 'Dana | 00:19 | So.', 'Lee Ito | - | Yes.', 'Dana | 00:22 | Fine.',
  ]],
  ['paragraphs and hanging lines of one turn', 'Dana: Hello.\n  And more.\n\n  A new paragraph: still Dana.\n\nLee: Hi.\nDana: So.\n', [
    'Dana | - | Hello. And more. A new paragraph: still Dana.', 'Lee | - | Hi.', 'Dana | - | So.',
  ]],
  ['>> NAME:', '>> DANA: Hello.\n>> LEE: Hi\nthere.\n>> DANA: So.\n', ['DANA | - | Hello.', 'LEE | - | Hi there.', 'DANA | - | So.']],
  ['>> without names', '>> Hello.\n>> Hi\nthere.\n>> So.\n>>> Now the weather.\n', ['- | - | Hello.', '- | - | Hi there.', '- | - | So.', '- | - | Now the weather.']],
  ['overlapping speech', 'Dana: We // all //\nLee [overlapping]: [crosstalk] No.\n[crosstalk] Dana: (inaudible) yes.\nLee: Fine [laughter] then.\n', [
    'Dana | - | We all', 'Lee | - | No.', 'Dana | - | yes.', 'Lee | - | Fine then.',
  ]],
  ['words in brackets that are words', 'Dana: The (unclear rules) of [the plan].\nLee: Yes, (door to door).\nDana: So.\n', [
    'Dana | - | The (unclear rules) of [the plan].', 'Lee | - | Yes, (door to door).', 'Dana | - | So.',
  ]],
  ['torn words', "Dana: I 'll see , we do n't know .\nLee: It \u2019s late .\nDana: So.\n", ["Dana | - | I'll see, we don't know.", "Lee | - | It's late.", 'Dana | - | So.']],
];

const cue = (number: number, at: number, words: string): string => `${number}\n00:00:${String(at).padStart(2, '0')},000 --> 00:00:${String(at + 1).padStart(2, '0')},000\n${words}\n`;
const srt = (...words: readonly string[]): string => words.map((each, i) => cue(i + 1, i * 2, each)).join('\n');

const CUES: readonly (readonly [name: string, path: string, text: string, turns: readonly string[]])[] = [
  ['a sentence over three cues', 'a.srt', srt('ANN: We agreed', 'to wait for', 'the bank.', 'BOB: Good.'), ['ANN | 00:00:00.000 | We agreed to wait for the bank.', 'BOB | 00:00:06.000 | Good.']],
  ['the name said again in every cue', 'a.srt', srt('Ann Lee: We agreed', 'Ann Lee: to wait.', 'Bob: Good.'), ['Ann Lee | 00:00:00.000 | We agreed to wait.', 'Bob | 00:00:04.000 | Good.']],
  ['voice tags', 'a.vtt', 'WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>We <i>agreed</i></v>\n\nNOTE a pause\nof a minute\n\nname\n00:02.000 --> 00:03.000\n<v Ann>to wait.</v>\n\n00:04.000 --> 00:05.000\n<v Bob>Good. <v Ann>Yes.\n', [
    'Ann | 00:00.000 | We agreed to wait.', 'Bob | 00:04.000 | Good.', 'Ann | 00:04.000 | Yes.',
  ]],
  ['>> in cues', 'a.srt', srt('>> ANN: We agreed', 'to wait. >> BOB: Good.', '>> Who said', 'that?'), [
    'ANN | 00:00:00.000 | We agreed to wait.', 'BOB | 00:00:02.000 | Good.', '- | 00:00:04.000 | Who said that?',
  ]],
  ['two dashes in a cue', 'a.srt', srt('- Are you coming?\n- Not yet.', '- Why?'), ['- | 00:00:00.000 | Are you coming?', '- | 00:00:00.000 | Not yet.', '- | 00:00:02.000 | Why?']],
  ['nobody named: sentences', 'a.srt', srt('We agreed', 'to wait.', 'Good. And', 'then?'), ['- | 00:00:00.000 | We agreed to wait.', '- | 00:00:04.000 | Good. And then?']],
  ['cues of sounds only', 'a.srt', srt('ANN: One.', '[music]', '>> BOB: [laughter]', 'ANN: Two.'), ['ANN | 00:00:00.000 | One.', 'ANN | 00:00:06.000 | Two.']],
  ['no empty lines between the cues', 'a.srt', srt('ANN: We agreed', 'to wait.', 'BOB: Good.').replaceAll('\n\n', '\n'), ['ANN | 00:00:00.000 | We agreed to wait.', 'BOB | 00:00:04.000 | Good.']],
  ['styles and a header', 'a.vtt', 'WEBVTT - a talk\nKind: captions\n\nSTYLE\n::cue { color: --> }\n\nREGION\nid:a\n\n00:00.000 --> 00:01.000 align:start\nANN: One.\n', ['ANN | 00:00.000 | One.']],
];

describe('turns as they are read', () => {
  it.each(LINES)('%s', (_, text, expected) => expect(turns(text)).toEqual(expected));
  it.each(CUES)('%s', (_, path, text, expected) => expect(turns(text, path)).toEqual(expected));

  it('does not take quoted mail or a list with times for a transcript', () => {
    expect(read('>> you wrote this\n\nSome text that goes on and on.\nAnd on.\n', 'a.txt').kind).toBe('document');
    expect(read('Bus times\n\nMeeting at 10:30\nLunch in town 12:00\nThe end\nMore words here\n', 'a.txt').kind).toBe('document');
  });

  it('keeps the hash of a turn when its captions are cut or timed in another way', () => {
    const hash = (text: string): string | undefined => read(text, 'a.srt').units[0]?.contentHash;
    expect(hash(srt('ANN: We agreed', 'to wait.'))).toBe(hash(srt('ANN: We', 'agreed to', 'wait.')));
    expect(hash(srt('ANN: We agreed', 'to wait.'))).toBe(hash(srt('ANN: We agreed to wait.')));
    expect(hash(srt('ANN: We agreed', 'to wait.'))).not.toBe(hash(srt('ANN: We agreed', 'to go.')));
  });
});

describe('the words of a turn', () => {
  it('know their places: every one is the document\'s, in order, and none runs over the lines of a cue', () => {
    const pieces = fc.constantFrom('we agreed', 'to wait.', 'do n\'t', '[crosstalk]', '// no //', 'a  b', '<i>so</i>', '{x}', 'it \u2019s', 'Ann', '12', '?');
    fc.assert(
      fc.property(fc.array(fc.array(pieces, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }), fc.nat(200), fc.nat(60), (cues, from, length) => {
        const document = read(srt(...cues.map((words, i) => `${i === 0 ? 'ANN: x ' : ''}${words.join(' ')}`)), 'a.srt');
        for (const unit of document.units) {
          const spoken = spokenText(document.text, unit);
          expect(spoken.offsets).toHaveLength(spoken.text.length);
          const start = Math.min(from, spoken.text.length);
          const end = Math.min(spoken.text.length, start + length);
          const places = placesOf(spoken, start, end);
          for (const [at, place] of places.entries()) {
            const words = document.text.slice(place.start, place.end);
            expect(words).toBe(words.trim());
            expect(words).not.toContain('-->');
            expect(place.start).toBeGreaterThanOrEqual(places[at - 1]?.end ?? unit.textStart);
            expect(place.end).toBeLessThanOrEqual(unit.textEnd);
          }
          const letters = (words: string): string => words.replace(/\u2019/g, "'").replace(/[^\p{L}\p{N}?.']/gu, '');
          const said = places.map((place) => spokenText(document.text, { textStart: place.start, textEnd: place.end }).text).join('');
          expect(letters(said)).toBe(letters(spoken.text.slice(start, end)));
        }
      }),
      { numRuns: 150 },
    );
  });
});
