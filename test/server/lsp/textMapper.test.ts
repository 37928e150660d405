import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignTexts, realign } from '../../../server/src/lsp/text/equalBlocks.ts';
import { TextMapper } from '../../../server/src/lsp/text/textMapper.ts';
import { TextPositions } from '../../../server/src/lsp/text/textPositions.ts';

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

describe('words inside a provision that changed', () => {
  const before = '1 Loans\nLoans bear 5 percent interest at most.\n\n2 Fees\nNone.\n';
  const home = { start: 0, end: before.indexOf('\n\n') };
  const TABLE: readonly (readonly [what: string, words: string, now: string, found: string | null])[] = [
    ['that still stand', 'Loans bear', before.replace('most', 'least'), 'Loans bear'],
    ['that were deleted, and stand in another provision', '5 percent', before.replace('5 percent', 'no').replace('None', 'At 5 percent'), null],
    ['whose provision moved', '5 percent', `2 Fees\nNone, or 5 percent of them.\n\n${before.slice(0, home.end)}\n`, '5 percent'],
    ['whose provision is gone', 'Loans bear', '2 Fees\nNone.\n', null],
  ];
  for (const [what, words, now, found] of TABLE) {
    it(`are placed in it: ${what}`, () => {
      const start = before.indexOf(words);
      const stretch = new TextMapper(before, now).findIn({ start, end: start + words.length }, home);
      expect(stretch === null ? null : now.slice(stretch.start, stretch.end)).toBe(found);
    });
  }

  it('leave its place to what is left of it', () => {
    const now = `0 New\n\n${before.replace('5 percent', 'no')}`;
    const near = new TextMapper(before, now).near(home);
    expect(near === null ? null : now.slice(near.start, near.end)).toBe('1 Loans\nLoans bear no interest at most.');
    expect(new TextMapper(before, before.slice(home.end)).near(home)).toBeNull();
  });
});

describe('an alignment', () => {
  const text = fc.array(fc.constantFrom('a\n', 'b\n', 'long line one\n', 'long line two\n', '\n', 'x'), { maxLength: 14 }).map((lines) => lines.join(''));

  it('pairs equal words, in the order of both texts, also after one more edit', () => {
    fc.assert(
      fc.property(text, text, text, (before, earlier, later) => {
        for (const now of [earlier, later]) {
          const { blocks, moved } = now === earlier ? alignTexts(before, now) : realign(before, earlier, now, alignTexts(before, earlier));
          let [endBefore, endNow] = [0, 0];
          for (const block of blocks) {
            expect(block.before).toBeGreaterThanOrEqual(endBefore);
            expect(block.now).toBeGreaterThanOrEqual(endNow);
            [endBefore, endNow] = [block.before + block.length, block.now + block.length];
          }
          for (const { before: from, now: to, length } of [...blocks, ...moved]) {
            expect(now.slice(to, to + length)).toBe(before.slice(from, from + length));
          }
        }
      }),
    );
  });

  it('comes back with what was taken out and put in again', () => {
    const [head, words, tail] = ['One line.\n', 'Loans bear interest.\nAt a rate.\n', 'Another line.\n'];
    const without = new TextMapper(head + words + tail, head + words + tail).edited(head + tail);
    const stretch = { start: head.length, end: head.length + words.length };
    expect(without.find(stretch)).toBeNull();
    expect(without.edited(head + words + tail).find(stretch)).toEqual(stretch);
    expect(without.edited(head + tail + words).find(stretch)).toEqual({ start: head.length + tail.length, end: head.length + tail.length + words.length });
  });

  it('follows a paragraph that moved over another', () => {
    const [one, two] = ['The first paragraph.\n', 'The second paragraph.\n'];
    const { moved, blocks } = alignTexts(`${one}${two}`, `${two}${one}`);
    expect([...blocks, ...moved].reduce((sum, { length }) => sum + length, 0)).toBeGreaterThanOrEqual(one.length + two.length);
  });
});

describe('positions', () => {
  it('lead to their offsets, and stay in their line', () => {
    const positions = new TextPositions('ab\n\ncd');
    for (const offset of [0, 1, 2, 3, 4, 5, 6]) expect(positions.offset(positions.at(offset))).toBe(offset);
    expect(positions.offset({ line: 0, character: 9 })).toBe(2);
    expect(positions.offset({ line: 9, character: 0 })).toBe(6);
  });


  it('are those of a split at line ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '𝔘'), maxLength: 40 }), fc.nat(80), (text, offset) => {
        const within = text.slice(0, Math.min(offset, text.length)).split('\n');
        expect(new TextPositions(text).at(offset)).toEqual({ line: within.length - 1, character: within.at(-1)?.length });
      }),
    );
  });
});
