import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineEndHyphens } from '../../../server/src/engine/documents/lineEndHyphens.ts';
import { readingText } from '../../../server/src/engine/documents/readingText.ts';

/** The text with words broken over lines made whole. */
const whole = (text: string): string => readingText(text, 0, text.length, lineEndHyphens(text)).text;

const HYPHENS: readonly (readonly [text: string, reads: string])[] = [
  ['the contri-\nbution is made', 'the contribution is made'],
  ['the CONTRI-\n   BUTION', 'the CONTRIBUTION'],
  ['a contri- \nbution', 'a contribution'],
  ['a pre-\ntax amount; the tax', 'a pre-tax amount; the tax'],
  ['a pre-\ntax amount; pre-tax', 'a pre-tax amount; pre-tax'],
  ['they pre-\nfer it', 'they prefer it'],
  ['non-\nforfeitable and nonforfeitable', 'nonforfeitable and nonforfeitable'],
  ['non-\nforfeitable and non-forfeitable', 'non-forfeitable and non-forfeitable'],
  ['a record-\nkeeper; the record-keeper', 'a record-keeper; the record-keeper'],
  ['the Non-\nElective Contribution', 'the Non-Elective Contribution'],
  ['a 30-\nday notice', 'a 30-day notice'],
  ['COVID-\n19', 'COVID-19'],
  ['the following -\nas agreed', 'the following -\nas agreed'],
  ['a rule ----\nbelow', 'a rule ----\nbelow'],
  ['an end-\n\nof a paragraph', 'an end-\n\nof a paragraph'],
  ['distri\u00ad\nbutions', 'distributions'],
  ['a list:\n- one\n- two', 'a list:\n- one\n- two'],
];

describe('the reading text', () => {
  it.each(HYPHENS)('of %j', (text, reads) => expect(whole(text)).toBe(reads));

  it('leads back to the document, character by character', () => {
    const gaps = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 9 })), { maxLength: 6 });
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: fc.constantFrom('a', 'b', ' ', '\n', '\u{1F600}', '-') }), gaps, fc.nat(30), (text, cuts, from) => {
        const left = new Set(cuts.flatMap(([start, length]) => Array.from({ length }, (_, k) => start + k)));
        const omitted = [...left].filter((at) => at < text.length && !left.has(at - 1)).sort((a, b) => a - b).map((start) => {
          let end = start;
          while (left.has(end) && end < text.length) end += 1;
          return { start, end };
        });
        const start = Math.min(from, text.length);
        const reading = readingText(text, start, text.length, omitted);
        const kept = [...text.split('').entries()].filter(([at]) => at >= start && !left.has(at));
        expect(reading.text).toBe(kept.map(([, sign]) => sign).join(''));
        kept.forEach(([at], k) => expect(reading.at(k)).toBe(at));
        for (let k = 0; k < kept.length; k += 1) expect(reading.range(k, k + 1)).toEqual([kept[k]?.[0], (kept[k]?.[0] ?? 0) + 1]);
      }),
    );
  });
});
