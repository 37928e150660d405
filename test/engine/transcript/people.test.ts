import { describe, expect, it } from 'vitest';
import { People } from '../../../server/src/engine/workflows/transcript/people.ts';

const PEOPLE = new People(['Dana Whitfield', 'Lee Ito', 'Sam Roy', 'Sam Vale', 'CHAIR', 'Ann']);

const NAMED: readonly (readonly [name: string, person: string | undefined])[] = [
  ['Dana Whitfield', 'Dana Whitfield'],
  ['dana whitfield', 'Dana Whitfield'],
  ['Dana', 'Dana Whitfield'],
  ['Lee', 'Lee Ito'],
  ['Ann', 'Ann'],
  ['chair', 'CHAIR'],
  ['Sam Vale', 'Sam Vale'],
  // Two of them: it could be either.
  ['Sam', undefined],
  ['Whitfield', undefined],
  ['Birch', undefined],
  ['', undefined],
];

const FIRST: readonly (readonly [words: string, person: string | undefined])[] = [
  ['for Lee: the notice', 'Lee Ito'],
  ['The notice goes to Dana Whitfield and Lee', 'Dana Whitfield'],
  ['Then Lee signs', 'Lee Ito'],
  ['Then Dana Whitfield signs', 'Dana Whitfield'],
  ['Anna Lee signs', undefined],
  ['the notice goes out', undefined],
];

describe('who is meant by a name', () => {
  it.each(NAMED)('%j', (name, person) => expect(PEOPLE.named(name)).toBe(person));
  it.each(FIRST)('first of %j', (words, person) => expect(PEOPLE.firstIn(words)).toBe(person));
});
