import { describe, expect, it } from 'vitest';
import { groundText, placeQuotes } from '../../../server/src/engine/models/groundedAnswer.ts';
import { unsourcedNumbers } from '../../../server/src/engine/models/unsourcedNumbers.ts';

const TEXT = 'An Employee who attains age 21 enters the Plan on January 1. The Employer shall not pay more than 5% of Compensation within 30 days.';

describe('quotes of an answer', () => {
  it.each<[name: string, quotes: readonly string[], expected: unknown]>([
    ['are the words of the text, in its order and once', ['shall not pay more', 'an employee who attains AGE 21', 'shall  not pay more'], ['An Employee who attains age 21', 'shall not pay more']],
    ['with another number are none', ['attains age 20 enters the Plan'], 'absent at 0'],
    ['without the denial are none', ['The Employer shall pay more than 5%'], 'absent at 0'],
    ['with another duty are none', ['enters the Plan', 'The Employer may not pay more than 5%'], 'absent at 1'],
    ['with another month are none', ['enters the Plan on June 1'], 'absent at 0'],
    ['of a word prove nothing', ['Plan'], 'tooShort at 0'],
    ['of no word are none', ['…'], 'absent at 0'],
    ['with half a surrogate pair are read without it', ['\ud800enters the Plan\udc00'], ['enters the Plan']],
    ['are none where there are none', [], []],
  ])('%s', (_, quotes, expected) => {
    const placed = placeQuotes(quotes, groundText(TEXT));
    expect(placed.ok ? placed.places.map(({ start, end }) => TEXT.slice(start, end)) : `${placed.trouble} at ${placed.at}`).toEqual(expected);
  });

  it('of a text of few words may be the whole of it', () => {
    expect(placeQuotes(['Reserved'], groundText('Reserved.')).ok).toBe(true);
  });
});

describe('numbers of an answer that no source says', () => {
  const SOURCES = [
    'An Employee who attains age twenty-one (21) and completes 1,000 Hours of Service; $1,500,000.50 or fifty percent; 59½; Code Section 401(k); 1.2.3.',
    'Paid within 30 days after the fifteenth day of January 2026; 5 100 units; 3,5 %.',
  ];
  const check = (answer: string, expected: readonly string[]): void =>
    expect(unsourcedNumbers(answer, SOURCES, 'Answer within 7 words.').map(({ text, origin }) => (origin === 'prompt' ? `${text} of the prompt` : text))).toEqual(expected);

  it.each<[name: string, answer: string, expected: readonly string[]]>([
    ['none in digits or words', 'at 21, twenty-one, thirty (30) days, 30-day, 50%, fifty', []],
    ['none with other signs for thousands', '1000, 1 000, 1.000, 1’000, 1\u202f000, 1,000.00 and 1.500.000,50', []],
    ['none in full width', '３０ days', []],
    ['none by their place in a row', '15th, fifteenth, the third text', []],
    ['none with a fraction', '59.5, 59½, 3.5', []],
    ['none of a law', '401(k)', []],
    ['none that may be one number or two', '5100, 5 100, 100', []],
    ['none in a name', 'T44, c7 and x-9', []],
    ['small ones in words that count the answer', 'two texts, both of them, three in all', []],
    ['another number', '45 days, not 30', ['45']],
    ['a part of a number', '1 hour, 500, 000', ['1', '500', '000']],
    ['another number in words', 'two years, forty, sixteenth', ['two', 'forty', 'sixteenth']],
    ['one that was worked out', 'nine days longer: 39 days', ['nine', '39']],
    ['one of the prompt', 'within 7 days', ['7 of the prompt']],
    ['one with more points', '1.2.4', ['1.2.4']],
    ['two with a blank between them', '30 31', ['30 31']],
    ['one with ten thousand digits', '9'.repeat(10_000), ['9'.repeat(10_000)]],
  ])('%s', (_, answer, expected) => check(answer, expected));

  it('tells where they stand', () => {
    const answer = 'It is ４５ days.';
    expect(unsourcedNumbers(answer, SOURCES)).toEqual([{ text: '45', start: 6, end: 8, origin: 'nowhere' }]);
  });
});
