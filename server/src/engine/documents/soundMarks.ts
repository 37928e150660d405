/** What a transcriber writes in brackets for what is no word: `[crosstalk]`, `(inaudible 00:12:03)`, `[Laughter.]`. */
const SURE = 'cross[ -]?talk|overlap(?:s|ping)|simultaneous|speaking (?:over|simultaneously)|talking over|inaudible|unintelligible|indiscernible|laugh(?:s|ing|ter)|chuckl(?:es|ing)|applause|phonetic';
/** These are words as well, so they must stand alone. */
const ALONE = 'unclear|overlap|laugh|music(?: playing)?|pause[sd]?|silence|cough(?:s|ing)?|sigh(?:s|ing)?|noise|background noise|beep|bleep|static|no audio|gap|sneez(?:es|ing)|clears throat|dial tone|phone ring(?:s|ing)?|door (?:opens|closes)|typing';
const IN_BRACKETS = String.raw`[[(<](?:(?:${SURE})\b[^\])>\n]{0,40}|(?:${ALONE})[., ]{0,2}(?:\d{1,2}:[\d:]{2,5})?)[\])>]`;
/** Curly brackets hold marks only: `{vocalsound}`, `{\an8}`. */
const IN_BRACES = String.raw`\{\\?[A-Za-z][\w-]{0,30}\}`;
/** `[00:12]` and `(00:12:31)` inside a turn. */
const TIME_MARK = String.raw`[[(]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]`;
/** `//` where two people speak at once; not the one of an address. */
const SLASHES = String.raw`(?<=^|\s)/{2}(?=\s|$)`;

/** Marks inside speech that are nobody's words. With the flags `giu` only, so that it can be part of another pattern. */
export const SOUND_MARK = `${IN_BRACKETS}|${IN_BRACES}|${TIME_MARK}|${SLASHES}`;

const MARKS = new RegExp(SOUND_MARK, 'giu');

/** A text without its sound marks, trimmed. */
export function withoutSoundMarks(words: string): string {
  return words.replace(MARKS, ' ').replace(/\s+/g, ' ').trim();
}
