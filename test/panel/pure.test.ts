import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GroupedIndex } from '../../webview/src/state/groupedIndex.ts';
import { LEFT_OUT, readableText } from '../../webview/src/widgets/readableText.ts';

describe('the words of a provision without what a page adds', () => {
  it.each([
    ['a sentence that runs on over a page', 'the Employer\n\nPage 7\n\nshall pay', 'Page 7', 'the Employer shall pay'],
    ['a list that runs on over a page', 'shall pay:\n\nPage 7\n\n(b) a bonus', 'Page 7', 'shall pay:\n(b) a bonus'],
    ['a mark at the end', 'shall pay.\n\nPage 7', 'Page 7', 'shall pay.'],
    ['a word broken over two lines', 'an eligi-\nble Employee', '-\n', 'an eligible Employee'],
    ['nothing left out', 'one\nline', '', 'one line'],
  ])('%s', (_, text, left, expected) => {
    const start = text.indexOf(left);
    const shown = readableText(text, left === '' ? [] : [{ start, end: start + left.length }]);
    expect(shown).toHaveLength(text.length);
    expect(shown.replaceAll(LEFT_OUT, '')).toBe(expected);
  });
});

it('every place in a grouped list is found by its height, and rows keep their order', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 }), (sizes) => {
    const groups = sizes.map((rows, at) => ({ label: String(at), first: sizes.slice(0, at).reduce((sum, size) => sum + size, 0), rows }));
    const rows = sizes.reduce((sum, size) => sum + size, 0);
    const index = new GroupedIndex(groups, rows, 48, 26);
    let seen = 0;
    for (let place = 0; place < index.length; place++) {
      expect(index.at(index.top(place))).toBe(place);
      expect(index.at(index.top(place) + index.heightOf(place) - 1)).toBe(place);
      const item = index.item(place);
      if ('row' in item) {
        expect(item.row).toBe(seen++);
        expect(index.indexOf(item.row)).toBe(place);
        expect(Number(index.groupAt(place)?.label)).toBe(groups.findLastIndex(({ first }) => first <= item.row));
      }
    }
    expect(seen).toBe(rows);
    if (index.length > 0) expect(index.top(index.length - 1) + index.heightOf(index.length - 1)).toBe(index.height);
  }));
});
