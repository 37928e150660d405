import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countTokens as cl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens as o200k } from 'gpt-tokenizer/encoding/o200k_base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTokens, MEASURED_ERROR } from '../../../server/src/engine/models/tokenCount.ts';
import { pieceAt } from '../../../server/src/engine/models/tokenPieces.ts';

const SAMPLES = readdirSync('samples', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'README.md')
  .map((entry) => join(entry.parentPath, entry.name));
/** Tokens below which the error of a sample says little. */
const LARGE_ENOUGH = 500;

describe('the estimate of tokens', () => {
  it.each(SAMPLES)('is near the tokenizers on %s', (path) => {
    const text = readFileSync(path, 'utf8');
    const estimate = estimateTokens(text);
    for (const counted of [o200k(text), cl100k(text)]) {
      if (counted < LARGE_ENOUGH) expect(Math.abs(estimate - counted)).toBeLessThan(40);
      else expect(Math.abs(estimate / counted - 1)).toBeLessThanOrEqual(MEASURED_ERROR);
    }
  });

  it.each([
    ['nothing', '', 0, 0],
    ['Chinese', '计划管理人应当在三十天内通知参与者。', 0.9, 1.4],
    ['Russian', 'План должен быть утверждён администратором.', 0.9, 2],
    ['a hash', 'deadbeefcafebabe0123456789abcdef', 0.6, 1.5],
    ['a row of dots', `Vesting ${'.'.repeat(400)} 12`, 0.2, 2],
  ])('is of the right size for %s', (_, text, least, most) => {
    const counted = o200k(text);
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(Math.floor(counted * least));
    expect(estimateTokens(text)).toBeLessThanOrEqual(counted * most);
  });

  const PARTS = ['a', 'b', 'Z', 'Q', ' ', '  ', '\n', '\t', '\r', '/', '.', '....', '-', '7', '\u0000', 'é', '\u0301', '计', '٣', '½', '\u00a0', '\u2028', '—', '😀', '\ud83d'];

  it('is the sum of the pieces, whether they are ASCII or not', () => {
    const inPieces = (text: string): number => {
      let tokens = 0;
      for (let at = 0; at < text.length; ) {
        const { end, cost } = pieceAt(text, at);
        tokens += cost;
        at = end;
      }
      return Math.ceil(tokens);
    };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PARTS), { maxLength: 16 }), (parts) => {
        expect(estimateTokens(parts.join(''))).toBe(inPieces(parts.join('')));
      }),
      { numRuns: 5_000 },
    );
    for (const path of SAMPLES) expect(estimateTokens(readFileSync(path, 'utf8'))).toBe(inPieces(readFileSync(path, 'utf8')));
  });

  it('is 0 for nothing only, and never more than there are UTF-16 code units', () => {
    fc.assert(
      fc.property(fc.uint16Array({ maxLength: 60 }), (units) => {
        const text = String.fromCharCode(...units);
        const tokens = estimateTokens(text);
        return text === '' ? tokens === 0 : tokens >= 1 && tokens <= text.length;
      }),
    );
  });
});
