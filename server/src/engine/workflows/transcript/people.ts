import { isOffice } from '../../documents/speakerName.ts';

/** A capital makes these no part of a name: they start sentences. */
const STARTS_SENTENCES = 'And|But|So|Then|Now|Well|Ok|Okay|Also|Or|Plus|Yes|Yeah|Right|Good|Great|Fine|Thanks|Maybe|Perhaps';
/** One or two capitalised words. For patterns with the flag `u`. */
export const NAME = `(?!(?:${STARTS_SENTENCES})\\b)\\p{Lu}[\\p{L}'\\u2019-]+(?: \\p{Lu}[\\p{L}'\\u2019-]+)?`;

/** Who takes part, by the ways they are addressed. */
export class People {
  readonly #byName = new Map<string, string>();

  /** `speakers`: full names as the transcript prints them. A first name that two of them share stands for neither. */
  constructor(speakers: readonly string[]) {
    const shared = new Set<string>();
    for (const speaker of speakers) {
      this.#byName.set(speaker.toLowerCase(), speaker);
      const first = speaker.split(/\s+/)[0] ?? '';
      const short = first.toLowerCase();
      if (first.length < 2 || !/^\p{Lu}[\p{L}'\u2019-]+$/u.test(first) || short === speaker.toLowerCase() || isOffice(speaker)) continue;
      if (this.#byName.has(short) && this.#byName.get(short) !== speaker) shared.add(short);
      this.#byName.set(short, speaker);
    }
    for (const name of shared) this.#byName.delete(name);
  }

  /** The speaker a name stands for, or undefined. */
  named(name: string): string | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** The first participant named at the start of, or inside, a piece of a sentence. */
  firstIn(words: string): string | undefined {
    for (const name of words.match(new RegExp(`(?<!\\p{L})${NAME}`, 'gu')) ?? []) {
      const found = this.named(name) ?? this.named(name.split(' ')[0] ?? '');
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The participant whom a sentence calls: a name set off by commas, or at its start or end. */
  calledIn(words: string): string | undefined {
    for (const [, name = ''] of words.matchAll(new RegExp(`(?:^|, |^(?:So|And|Then|Okay|Well|But),? )(${NAME})(?=,|[.?!]?$)`, 'gu'))) {
      const found = this.named(name) ?? this.named(name.split(' ')[0] ?? '');
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
