import { describe, expect, it } from 'vitest';
import { textTable, wrapped, type Column } from '../../../server/src/cli/textTable.ts';

function check(columns: readonly Column[], rows: readonly (readonly string[])[], available: number, expected: readonly string[]): void {
  expect(textTable(columns, rows, available)).toBe(expected.map((line) => `${line}\n`).join(''));
}

describe('textTable', () => {
  it('aligns, and leaves out a head without words', () => {
    check([{ head: 'NAME' }, { head: 'N', align: 'right' }], [['a', '10'], ['long name', '5']], 80, ['NAME        N', 'a          10', 'long name   5']);
    check([{ head: '' }, { head: '' }], [['a', 'b']], 80, ['a  b']);
  });

  const path = '/home/someone/plans/alder.md';
  const cuts: readonly (readonly [Column['shrinks'], string, readonly string[]])[] = [
    ['end', path, ['/home/someone/pl…  2']],
    ['start', path, ['…e/plans/alder.md  2']],
    ['wraps', 'one two three four five', ['one two three      2', 'four five']],
    ['wraps', path, ['/home/someone/pla  2', 'ns/alder.md']],
  ];
  it.each(cuts)('gives way by %s: %s', (shrinks, text, expected) => {
    check([{ head: '', ...(shrinks === undefined ? {} : { shrinks }) }, { head: '' }], [[text, '2']], 20, expected);
  });

  it('takes from the widest column first', () => {
    check([{ head: '', shrinks: 'end' }, { head: '', shrinks: 'end' }], [['aaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbb']], 22, ['aaaaaaaaa…  bbbbbbbbbb']);
  });

  it('styles what is shown, not the space around it', () => {
    expect(textTable([{ head: '' }, { head: '' }], [[{ text: 'ab', style: (text) => `<${text}>` }, 'c'], ['abcd', 'e']], 80)).toBe('<ab>    c\nabcd  e\n');
  });
});

describe('wrapped', () => {
  const lines: readonly (readonly [string, number, string, string])[] = [
    ['one two three', 9, '', 'one two\nthree\n'],
    ['one two three', 9, '  ', '  one two\n  three\n'],
    ['see https://example.org/a/b', 12, '', 'see\nhttps://exam\nple.org/a/b\n'],
    ['', 10, '  ', '  \n'],
  ];
  it.each(lines)('%s in %i columns', (text, columns, indent, expected) => expect(wrapped(text, columns, indent)).toBe(expected));
});
