import { describe, expect, it } from 'vitest';
import { ownWords, read } from './read.ts';

function turns(text: string, path = 'talk.txt'): readonly string[] {
  const document = read(text, path);
  expect(document.kind).toBe('transcript');
  return document.units.map((unit, index) => [unit.speaker ?? '-', unit.time ?? '-', ownWords(document, index)].join(' | '));
}

const CASES: readonly (readonly [name: string, path: string, text: string, turns: readonly string[]])[] = [
  ['[mm:ss] Role (Name)', 'a.txt', '[00:12] Chair (Dana Whitfield): Good morning.\n[00:19] Counsel (Lee Ito): We have: two points.\nAnd a third.\n', [
    'Dana Whitfield | 00:12 | Good morning.', 'Lee Ito | 00:19 | We have: two points.\nAnd a third.',
  ]],
  ['Name: text', 'a.txt', 'Ann: Hello.\nBob: Hi.\nAnn: Shall we?\nBob: Note: at 10:30 we stop.\n', [
    'Ann | - | Hello.', 'Bob | - | Hi.', 'Ann | - | Shall we?', 'Bob | - | Note: at 10:30 we stop.',
  ]],
  ['NAME 00:01:02', 'a.txt', 'ANN LEE 00:01:02\nHello there.\n\nBOB RAY 00:01:09\nHi.\nMore.\n\nANN LEE 00:01:15\nFine.\n', [
    'ANN LEE | 00:01:02 | Hello there.', 'BOB RAY | 00:01:09 | Hi.\nMore.', 'ANN LEE | 00:01:15 | Fine.',
  ]],
  ['VTT with voices', 'a.vtt', 'WEBVTT\n\nNOTE nothing\n\nSTYLE\n::cue {}\n\n1\n00:00:01.000 --> 00:00:04.000 align:start\n<v Ann Lee>Hello there.</v>\n\n00:00:05.000 --> 00:00:06.000\n<v Bob>Hi.\n', [
    'Ann Lee | 00:00:01.000 | Hello there.', 'Bob | 00:00:05.000 | Hi.',
  ]],
  ['SRT', 'a.srt', '1\n00:00:01,000 --> 00:00:04,000\nANN: Hello\nthere.\n\n2\n00:00:05,000 --> 00:00:06,000\nBOB: Hi.\n', [
    'ANN | 00:00:01.000 | Hello\nthere.', 'BOB | 00:00:05.000 | Hi.',
  ]],
  ['a JSON list', 'a.json', '{"turns":[{"speaker":"Ann","text":"Hello \\"you\\"."},{"speaker":"Bob","content":"Hi.","start":3.5}]}', [
    'Ann | - | Hello "you".', 'Bob | 3.5 | Hi.',
  ]],
];

describe('transcripts', () => {
  for (const [name, path, text, expected] of CASES) {
    it(`reads ${name}`, () => expect(turns(text, path)).toEqual(expected));
  }

  it('never takes a time stamp for a speaker', () => {
    const people = ['Dana Whitfield', 'Lee Ito', 'Sam Roy', 'Kim Vale', 'Max Orr', 'Ida Noll'];
    const lines = Array.from({ length: 120 }, (_, turn) => `[${String(Math.floor(turn / 6)).padStart(2, '0')}:${String((turn % 6) * 10).padStart(2, '0')}] Member (${people[turn % 6] ?? ''}): Point ${turn}.`);
    expect(new Set(read(lines.join('\n'), 'a.txt').units.map((unit) => unit.speaker)).size).toBe(6);
    const bare = lines.map((line) => line.replace(/Member \((.*?)\)/, '$1'));
    expect(new Set(read(bare.join('\n'), 'a.txt').units.map((unit) => unit.speaker))).toEqual(new Set(people));
  });

  it('does not take prose with colons for a transcript', () => {
    const prose = 'The Plan covers these groups: Employees of the Employer.\n\nNote: other rules apply.\n\nSource: the Adoption Agreement.\n\nThe rest of this long document is ordinary text that goes on.\n';
    expect(read(prose, 'a.txt').kind).toBe('document');
  });

  it('says which cue it could not read', () => {
    const document = read('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ann>Hello.\n\nbad --> time\n<v Bob>Lost.\n', 'a.vtt');
    expect(document.problems).toMatchObject([{ code: 'cue.timing', severity: 'error', span: { line: 6 } }]);
  });
});
