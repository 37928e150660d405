import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineMap } from '../../../server/src/engine/documents/lineMap.ts';
import { normaliseText } from '../../../server/src/engine/documents/normalise.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';

/** Pieces that make positions hard: every line end, a BOM, NUL, tabs, astral and combining characters. */
const piece = fc.constantFrom('a', 'Z', '3', ' ', '\t', '\n', '\r\n', '\r', '\uFEFF', '\0', '\u{1F600}', 'é', 'e\u0301', '中', '# ', '2.1 ', '(a) ', 'Word. ', '[00:01] ', 'Ann: ');
const rawText = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(''));

describe('positions', () => {
  it('lead from the normalised text back to the file', () => {
    fc.assert(
      fc.property(rawText, (raw) => {
        const { text, fileOffset } = normaliseText(raw);
        for (let at = 0; at < text.length; at += 1) {
          const there = raw[fileOffset(at)];
          expect(text[at] === '\n' ? there === '\n' || there === '\r' : there === text[at]).toBe(true);
        }
        expect(text).not.toMatch(/\r|\0/);
      }),
    );
  });

  it('go from offset to line and character and back', () => {
    fc.assert(
      fc.property(rawText, fc.nat(200), (raw, at) => {
        const { text } = normaliseText(raw);
        const lines = new LineMap(text);
        const offset = Math.min(at, text.length);
        const { line, character } = lines.positionAt(offset);
        expect(lines.offsetAt(line, character)).toBe(offset);
        expect(text.slice(0, offset).split('\n').length - 1).toBe(line);
      }),
    );
  });

  it('hold in every unit of every text: ordered, disjoint, quoted, unique, nothing lost, no split pair', () => {
    const path = fc.constantFrom('a.md', 'a.txt', 'a.vtt', 'a.srt', 'a.jsonl');
    fc.assert(
      fc.property(rawText, path, (raw, name) => {
        const result = readText({ key: name, path: name, text: raw });
        if (!result.ok) {
          expect(result.failure.message).toMatch(/\.$/);
          return;
        }
        const { text, units } = result.value;
        let last = 0;
        for (const unit of units) {
          const { start, end, quote, line, column } = unit.span;
          expect(start).toBeGreaterThanOrEqual(last);
          expect(quote).toBe(text.slice(start, end));
          expect(quote.isWellFormed()).toBe(text.isWellFormed());
          expect(unit.textStart).toBeGreaterThanOrEqual(start);
          expect(unit.textEnd).toBeLessThanOrEqual(end);
          expect(new LineMap(text).positionAt(start)).toEqual({ line: line - 1, character: column - 1 });
          last = end;
        }
        expect(new Set(units.map((unit) => unit.key)).size).toBe(units.length);
        if (name === 'a.md' || name === 'a.txt') {
          const kept = units.map((unit) => unit.span.quote).join('').replaceAll(/\s/g, '');
          expect(kept).toBe(text.replaceAll(/\s/g, ''));
        }
        expect(readText({ key: name, path: name, text: raw })).toEqual(result);
      }),
      { numRuns: 300 },
    );
  });

  it('of a Windows file with a BOM are those of its lines', () => {
    const result = readText({ key: 'a.md', path: 'a.md', text: '\uFEFF# One\r\n\r\nFirst \u{1F600} words.\r\n\r\n# Two\r\n\tSecond.\r\n' });
    expect(result.ok && result.value.units.map((unit) => [unit.span.line, unit.span.column, unit.span.quote])).toEqual([
      [1, 1, '# One\n\nFirst \u{1F600} words.'],
      [5, 1, '# Two\n\tSecond.'],
    ]);
  });
});
