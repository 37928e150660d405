/** Which way a list goes: what it names is out where ticked (`out`) or in where ticked (`in`); `both` says both. */
export type Direction = 'in' | 'out' | 'both' | null;

/** "are included unless", "is eligible except": ticking takes out. */
const IN_UNLESS = /\b(?:includ\w+|eligible|covered|permitted|appl(?:y|ies))\b[^.;:]{0,80}\b(?:unless|except|excluding|other than)\b/i;
const OUT = /\b(?:exclud\w*|exclusions?|except\w*|unless|ineligible|not (?:be )?(?:eligible|covered|permitted|included|available)|opt(?:s|ed|ing)?[ -]out|disregard\w*|prohibit\w*)\b/i;
const IN = /\b(?:includ\w*|inclusions?|only if|elects? to|eligible|covered|permitted|permits?|opt(?:s|ed|ing)?[ -]in|must be (?:ticked|checked|selected|marked))\b/i;

export function directionOf(words: string): Direction {
  if (IN_UNLESS.test(words)) return 'out';
  const out = OUT.test(words);
  // "Not eligible" is no word for "in".
  const within = IN.test(words.replace(new RegExp(OUT.source, 'gi'), ' '));
  if (out && within) return 'both';
  return out ? 'out' : within ? 'in' : null;
}

/** The direction of a question: that of the sentence nearest to its options that has one. "Excluded Employees" may be its heading only. */
export function directionOfQuestion(words: string): Direction {
  return words.split(/[.\n?]+/).reduceRight<Direction>((found, sentence) => found ?? directionOf(sentence), null);
}

export function areOpposite(a: Direction, b: Direction): boolean {
  return (a === 'in' && b === 'out') || (a === 'out' && b === 'in');
}

/** What a tick, or its absence, comes to. */
export function comesTo(direction: Direction, selected: boolean): boolean {
  return direction === 'out' ? !selected : selected;
}
