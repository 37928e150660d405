/**
 * One form for the inflections of a word: `permits`, `permitted`, `permitting`. Unlike a stem it keeps words of one root
 * apart that mean different things: "insurer" and "insured", "university" and "universal".
 */
export function inflectionOf(word: string): string {
  if (/[^\p{L}']/u.test(word) || word.length < SHORTEST) return word;
  const single = word.replace(/'s?$/u, '').replace(/ies$/u, 'y').replace(/([sxz]|ch|sh)es$/u, '$1').replace(/([^sui])s$/u, '$1');
  const base = single.replace(/ied$/u, 'y').replace(/^(.*[aeiouy].*[^e])ed$/u, '$1').replace(/^(.*[aeiouy].*)ing$/u, '$1');
  return base.replace(/([^aeiou])\1$/u, '$1').replace(/e$/u, '');
}

/** Letters of a word too short to carry an ending. */
const SHORTEST = 4;
