import { describe, expect, it } from 'vitest';
import type { SpeakerStatistics } from '../../../shared/model.ts';
import { speakerStatistics } from '../../../server/src/engine/workflows/transcript/speakers.ts';
import { read } from '../documents/read.ts';

const PEOPLE = ['Dana Whitfield', 'Lee Ito', 'Sam Roy', 'Kim Vale', 'Max Orr', 'Ida Noll'];
const ROLES = ['Chair', 'Plan Counsel', 'Chief Financial Officer', 'Member', 'Member', 'HR Director'];
const TURNS = 90;

interface Turn {
  readonly name: string;
  readonly role: string;
  readonly minute: string;
  readonly second: string;
  readonly words: string;
}

/** Words that try a reader: they name roles, times and people in front of colons. */
const WORDS = ['Point {}.', 'At 10:30 we stop.', 'Note: it is late.', 'As Lee said: no.', 'Two things: one, and two.', 'The Chair (for now): me.'];

const SPOKEN: readonly Turn[] = Array.from({ length: TURNS }, (_, i) => ({
  name: PEOPLE[i % 6] ?? '', role: ROLES[i % 6] ?? '',
  minute: String(Math.floor(i / 6)).padStart(2, '0'), second: String((i % 6) * 10).padStart(2, '0'),
  words: (WORDS[(i * 5 + Math.floor(i / 6)) % 6] ?? '').replace('{}', String(i)),
}));

interface Format {
  readonly name: string;
  readonly path: string;
  readonly write: (turn: Turn, index: number) => string;
  readonly before?: string;
  readonly between?: string;
  readonly speaker?: (name: string) => string;
}

const json = (turns: readonly object[]): string => JSON.stringify(turns);

const FORMATS: readonly Format[] = [
  { name: '[mm:ss] Role (Name): text', path: 'a.txt', write: ({ name, role, minute, second, words }) => `[${minute}:${second}] ${role} (${name}): ${words}` },
  { name: 'the same, with empty lines', path: 'a.txt', between: '\n\n', write: ({ name, role, minute, second, words }) => `[${minute}:${second}] ${role} (${name}): ${words}` },
  { name: '[hh:mm:ss] Name: text', path: 'a.txt', write: ({ name, minute, second, words }) => `[00:${minute}:${second}] ${name}: ${words}` },
  { name: 'mm:ss Name: text', path: 'a.txt', write: ({ name, minute, second, words }) => `${minute}:${second} ${name}: ${words}` },
  { name: 'Name (Role): text', path: 'a.txt', write: ({ name, role, words }) => `${name} (${role}): ${words}` },
  { name: '**Name:** text', path: 'a.md', between: '\n\n', write: ({ name, words }) => `**${name}:** ${words}` },
  { name: '[hh:mm:ss - hh:mm:ss] Name: text', path: 'a.txt', write: ({ name, minute, second, words }) => `[00:${minute}:${second} - 00:${minute}:${second}] ${name}: ${words}` },
  { name: '>> NAME: text', path: 'a.txt', speaker: (name) => name.toUpperCase(), write: ({ name, words }) => `>> ${name.toUpperCase()}: ${words}` },
  {
    name: 'SRT with >> NAME: where somebody else speaks', path: 'a.srt', between: '\n\n', speaker: (name) => name.toUpperCase(),
    write: ({ name, minute, second, words }, index) => `${2 * index + 1}\n00:${minute}:${second},000 --> 00:${minute}:${second},400\n>> ${name.toUpperCase()}: ${words}\n\n${2 * index + 2}\n00:${minute}:${second},500 --> 00:${minute}:${second},900\nand so it goes on.`,
  },
  { name: 'Name: text', path: 'a.txt', write: ({ name, words }) => `${name}: ${words}` },
  {
    name: 'NAME 00:01:02', path: 'a.txt', between: '\n\n', speaker: (name) => name.toUpperCase(),
    write: ({ name, minute, second, words }) => `${name.toUpperCase()} 00:${minute}:${second}\n${words}`,
  },
  {
    name: 'WebVTT with voices', path: 'a.vtt', before: 'WEBVTT\n\n', between: '\n\n',
    write: ({ name, minute, second, words }, index) => `${index + 1}\n00:${minute}:${second}.000 --> 00:${minute}:${second}.900\n<v ${name}>${words}</v>`,
  },
  {
    name: 'WebVTT with Name: text', path: 'a.vtt', before: 'WEBVTT\n\n', between: '\n\n',
    write: ({ name, minute, second, words }) => `00:${minute}:${second}.000 --> 00:${minute}:${second}.900\n${name}: ${words}`,
  },
  {
    name: 'SRT', path: 'a.srt', between: '\n\n',
    write: ({ name, minute, second, words }, index) => `${index + 1}\n00:${minute}:${second},000 --> 00:${minute}:${second},900\n${name}: ${words}`,
  },
];

function check(path: string, text: string, people: readonly string[]): void {
  const document = read(text, path);
  expect(document.kind).toBe('transcript');
  const statistics = speakerStatistics(document);
  expect(statistics.map(({ speaker }) => speaker).sort()).toEqual([...people].sort());
  expect(statistics.map(({ turns }) => turns)).toEqual(people.map(() => TURNS / people.length));
  expect(document.units).toHaveLength(TURNS);
}

describe('a meeting of six people has six speakers', () => {
  for (const { name, path, write, before = '', between = '\n', speaker = (each: string) => each } of FORMATS) {
    it(`as ${name}`, () => check(path, `${before}${SPOKEN.map(write).join(between)}\n`, PEOPLE.map(speaker)));
  }

  it('as a JSON list', () => {
    check('a.json', json(SPOKEN.map(({ name, role, minute, second, words }) => ({ speaker: name, role, start: `${minute}:${second}`, text: words }))), PEOPLE);
  });
});

const COUNTED: readonly (readonly [name: string, text: string, statistics: readonly Partial<SpeakerStatistics>[]])[] = [
  ['words, turns and questions, most words first', 'Ann: Hello there.\nBob: Is it? Is it now?\nAnn: Yes.\nBob: Good, then let us go on.\n', [
    { speaker: 'Bob', turns: 2, words: 11, questions: 2, share: 11 / 14 },
    { speaker: 'Ann', turns: 2, words: 3, questions: 0, share: 3 / 14 },
  ]],
  ['one person, whatever the case of the name', 'Ann: One.\nBob: Two.\nANN: Three.\nBob: Four, five and six.\n', [
    { speaker: 'Bob', turns: 2, words: 5 }, { speaker: 'Ann', turns: 2, words: 2 },
  ]],
  ['a number or a name with a hyphen as one word', 'Ann: Section 4.2 of the 401-k.\nBob: It isn\u2019t.\nAnn: No.\nBob: No.\n', [
    { speaker: 'Ann', turns: 2, words: 6 }, { speaker: 'Bob', turns: 2, words: 3 },
  ]],
];

describe('how much each speaker said', () => {
  it.each(COUNTED)('counts %s', (_, text, statistics) => {
    const document = read(text, 'a.txt');
    expect(speakerStatistics(document)).toMatchObject(statistics);
    for (const { speaker, firstTurn } of speakerStatistics(document)) {
      expect(document.units.find((unit) => unit.speaker === speaker)?.key).toBe(firstTurn);
    }
  });
});
