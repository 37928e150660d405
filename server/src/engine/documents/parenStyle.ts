const ROMAN = /^(?:x{0,3})(?:ix|iv|v?i{0,3})$/;

function previousLetter(mark: string): string {
  return String.fromCharCode(mark.charCodeAt(0) - 1);
}

/**
 * Tells `(i)` the roman numeral from `(i)` the letter: after `(h)` it is the letter, at the start of a list or after
 * another roman numeral it is the numeral. `before` is the mark of the open `(a)` list's last item, if one is open.
 */
export function letterOrRoman(mark: string, before: string | undefined, romanOpen: boolean): '(a)' | '(i)' {
  if (!ROMAN.test(mark)) return '(a)';
  if (mark.length === 1 && before !== undefined && before.length === 1 && before === previousLetter(mark)) return '(a)';
  return romanOpen || mark.length > 1 || mark === 'i' ? '(i)' : '(a)';
}
