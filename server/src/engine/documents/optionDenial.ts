/** Words that deny what stands beside them, and the verbs a denial brings along. */
const DENIALS: ReadonlySet<string> = new Set(['not', 'no', 'never', 'cannot']);
const HELPERS: ReadonlySet<string> = new Set(['do', 'does', 'did']);

interface Said {
  /** Its words without denials, the `s` of a verb left out: "does not apply" denies "applies". */
  readonly words: string;
  readonly denied: boolean;
}

function saidBy(label: string): Said {
  const words = label.toLowerCase().replaceAll('’', "'").replaceAll("n't", ' not').match(/[\p{L}\p{N}$%]+/gu) ?? [];
  const kept = words.flatMap((word) => (word === 'cannot' ? ['can'] : DENIALS.has(word) || HELPERS.has(word) ? [] : [word.replace(/(?<=\p{L}{2})(?:(?<=l)ies|s)$/u, (ending) => (ending === 'ies' ? 'y' : ''))]));
  return { words: kept.join(' '), denied: words.filter((word) => DENIALS.has(word)).length % 2 === 1 };
}

/** True where one of two options says of the very same words that they do not hold: "are permitted", "are not permitted". */
export function deniesOther(a: string, b: string): boolean {
  const [here, there] = [saidBy(a), saidBy(b)];
  return here.words !== '' && here.words === there.words && here.denied !== there.denied;
}
