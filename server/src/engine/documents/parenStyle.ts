const ROMAN = /^(?:x{0,3})(?:ix|iv|v?i{0,3})$/;

function previousLetter(mark: string): string {
  return String.fromCharCode(mark.charCodeAt(0) - 1);
}

const NEXT_ROMAN: Readonly<Record<string, string>> = { i: 'ii', v: 'vi', x: 'xi' };

/**
 * Tells `(i)` the roman numeral from `(i)` the letter: after `(h)` it is the letter, at the start of a list or after
 * another roman numeral it is the numeral. `before` is the mark of the open `(a)` list's last item, if one is open;
 * `following` are the marks of the items after it: after `(h)`, an `(i)` that `(ii)` follows is the numeral.
 */
export function letterOrRoman(mark: string, before: string | undefined, romanOpen: boolean, following: readonly string[] = []): '(a)' | '(i)' {
  if (!ROMAN.test(mark)) return '(a)';
  const letterAfter = String.fromCharCode(mark.charCodeAt(0) + 1);
  const telling = mark.length > 1 ? undefined : following.find((one) => one === NEXT_ROMAN[mark] || one === letterAfter);
  if (telling !== undefined && telling !== letterAfter) return '(i)';
  if (mark.length === 1 && before !== undefined && before.length === 1 && before === previousLetter(mark)) return '(a)';
  return romanOpen || mark.length > 1 || mark === 'i' ? '(i)' : '(a)';
}
