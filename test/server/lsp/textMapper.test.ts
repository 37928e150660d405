import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextMapper } from '../../../server/src/lsp/features/textMapper.ts';
import { TextPositions } from '../../../server/src/lsp/features/textPositions.ts';

/** `before` marks the stretch with [ ]; `now` marks where it has to be found, or nothing. */
function check(before: string, now: string): void {
  const stretch = { start: before.indexOf('['), end: before.indexOf(']') - 1 };
  const plain = (text: string): string => text.replace(/[[\]]/g, '');
  const found = new TextMapper(plain(before), plain(now)).find(stretch);
  expect(found).toEqual(now.includes('[') ? { start: now.indexOf('['), end: now.indexOf(']') - 1 } : null);
}

describe('words of a run in the text of now', () => {
  const TABLE: readonly (readonly [what: string, before: string, now: string])[] = [
    ['an equal text', 'The [age] is 21.', 'The [age] is 21.'],
    ['an edit after it', 'The [age] is 21.', 'The [age] is 18.'],
    ['an edit before it', 'The plan. The [age] is 21.', 'This plan says. The [age] is 21.'],
    ['an edit in it', 'The [age is 21] now.', 'The age is 18 now.'],
    ['edits on both sides', 'A one. [Vesting] starts. B two.', 'A uno. [Vesting] starts. B dos.'],
    ['a move to the front', 'One. Two. [Three]. Four.', '[Three]. One. 2. Four.'],
    ['repeats told apart by what stands around', 'x yes 1 [yes] 2 yes 3 z', 'yy yes 1 [yes] 2 yes 3 w'],
    ['repeats that look alike', 'a - [-] - b', 'c - - - - d'],
    ['a text that is gone', 'The [age] is 21.', ''],
  ];
  for (const [what, before, now] of TABLE) it(`after ${what}`, () => check(before, now));

  it('are the same words, wherever they are found', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', 'é', '𝔘'), maxLength: 60 });
    fc.assert(
      fc.property(text, text, text, text, (head, words, tail, now) => {
        const before = head + words + tail;
        const changed = now + words + tail;
        const found = new TextMapper(before, changed).find({ start: head.length, end: head.length + words.length });
        if (found !== null) expect(changed.slice(found.start, found.end)).toBe(words);
      }),
    );
  });

  it('are never lost by an edit elsewhere, where they stand only once', () => {
    const filler = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 40 });
    fc.assert(
      fc.property(filler, filler, filler, filler, (head, tail, newHead, newTail) => {
        const before = `${head}WORDS${tail}`;
        const now = `${newHead}WORDS${newTail}`;
        const found = new TextMapper(before, now).find({ start: head.length, end: head.length + 5 });
        expect(found).toEqual({ start: newHead.length, end: newHead.length + 5 });
      }),
    );
  });
});

describe('a unit that stands as it was', () => {
  const before = '1 One\nwords\n\n2 Two\nmore words\n';
  const unit = { start: 0, end: '1 One\nwords'.length };
  const TABLE: readonly (readonly [what: string, now: string, holds: boolean])[] = [
    ['nothing happened', before, true],
    ['another unit changed', before.replace('more', 'fewer'), true],
    ['it moved', '0 Zero\n\n' + before, true],
    ['a word changed', before.replace('words', 'swords'), false],
    ['a paragraph was added', before.replace('\n\n2', '\n\nunless elected\n\n2'), false],
    ['a line was added', before.replace('\n\n2', '\nunless elected\n\n2'), false],
  ];
  for (const [what, now, holds] of TABLE) {
    it(`${holds ? 'holds' : 'does not hold'} when ${what}`, () => expect(new TextMapper(before, now).holds(unit)).toBe(holds));
  }
});

describe('positions', () => {
  it('are those of a split at line ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '𝔘'), maxLength: 40 }), fc.nat(80), (text, offset) => {
        const within = text.slice(0, Math.min(offset, text.length)).split('\n');
        expect(new TextPositions(text).at(offset)).toEqual({ line: within.length - 1, character: within.at(-1)?.length });
      }),
    );
  });
});
