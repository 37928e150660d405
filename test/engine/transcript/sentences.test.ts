import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../../server/src/engine/workflows/transcript/sentences.ts';

const CASES: readonly (readonly [text: string, sentences: readonly string[]])[] = [
  ['', []],
  [' \n ', []],
  ['No end', ['No end']],
  ['One. Two? Three!', ['One.', 'Two?', 'Three!']],
  ['Really?! Yes.', ['Really?!', 'Yes.']],
  ['Ask Dr. Vale, e.g. on Monday. Then stop.', ['Ask Dr. Vale, e.g. on Monday.', 'Then stop.']],
  ['See Section 4.2 of it. Done.', ['See Section 4.2 of it.', 'Done.']],
  ['Write "other." And sign.', ['Write "other."', 'And sign.']],
  ['The line\nbreaks here. And\nhere.', ['The line\nbreaks here.', 'And\nhere.']],
];

function check(text: string, sentences: readonly string[]): void {
  expect(sentencesOf(text, 0, text.length).map((sentence) => sentence.text)).toEqual(sentences);
}

describe('sentences of a turn', () => {
  it.each(CASES)('%j', check);

  it('never holds more than a rule can read, however long nobody stops for breath', () => {
    const sentences = sentencesOf('and so on '.repeat(500), 0, 5_000);
    expect(sentences.length).toBeGreaterThan(5);
    for (const { text } of sentences) expect(text.length).toBeLessThan(620);
  });

  it('keeps every word, in order, at its own offsets, and nothing from outside', () => {
    const pieces = fc.constantFrom('a', 'Mr', 'word', '.', '?', '!', ' ', '\n', '"', ')', '\u00a0', '4.2');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.nat(20), fc.nat(20), (parts, before, after) => {
        const text = parts.join('');
        const start = Math.min(before, text.length);
        const end = Math.max(start, text.length - after);
        const sentences = sentencesOf(text, start, end);
        for (const sentence of sentences) expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
        expect(sentences.every((sentence, i) => sentence.start >= (sentences[i - 1]?.end ?? start) && sentence.end <= end)).toBe(true);
        const bare = (words: string): string => words.replace(/\s/g, '');
        expect(bare(sentences.map((sentence) => sentence.text).join(''))).toBe(bare(text.slice(start, end)));
      }),
    );
  });
});
