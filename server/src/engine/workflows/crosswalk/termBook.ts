import type { CollateDocument } from '../../documents/document.ts';
import type { ClaimBook } from './claims.ts';
import { definedTerm } from './definedTerm.ts';
import { DRAFTING_PHRASES, phraseTable, type Phrase, type PhraseTable } from './draftingPhrases.ts';
import { mayBeOneParty, partyOf } from '../../documents/entities/deciders.ts';
import type { Provision } from './provisions.ts';
import { wordsWithPlaces } from './wordDifference.ts';

/** What the two documents of a crosswalk call the same thing. */
export interface TermBook {
  readonly sourcePhrases: PhraseTable;
  readonly targetPhrases: PhraseTable;
  /** True where one document uses only the one name of a party and the other only the other. */
  isOneParty(source: string, target: string): boolean;
  /** Defined terms that stand in a text of words in small letters. */
  namedIn(text: string): readonly string[];
}

/**
 * Terms whose definitions answer each other are one term under two names ("Severance from Employment" and "Termination of
 * Employment"); so are the names of a party of which each document uses one only.
 */
export function termBook(book: ClaimBook, sources: readonly Provision[], targets: readonly Provision[], source: CollateDocument, target: CollateDocument): TermBook {
  const left = sources.map((provision) => definedTerm(provision)?.term ?? null);
  const right = targets.map((provision) => definedTerm(provision)?.term ?? null);
  const [leftTerms, rightTerms] = [left, right].map((all) => new Set(all.flatMap((term) => (term === null ? [] : [wordsOf(term).join(' ')]))));
  const aliases: (readonly [source: readonly string[], target: readonly string[]])[] = [];
  book.claims.forEach((claim, i) => {
    if (claim.state !== 'accepted' || claim.targets.length !== 1) return;
    const [here, there] = [left[i] ?? null, right[claim.targets[0] as number] ?? null];
    if (here === null || there === null) return;
    const [a, b] = [wordsOf(here), wordsOf(there)];
    const [own, other] = [a.join(' '), b.join(' ')];
    if (own === other || rightTerms?.has(own) === true || leftTerms?.has(other) === true) return;
    aliases.push([a, b]);
  });
  const parties = oneNameEach(partiesIn(source.text), partiesIn(target.text));
  const known = new Set([...(leftTerms ?? []), ...(rightTerms ?? [])]);
  const named = [...known].filter((term) => term.length > 3);
  const asPhrases = (words: readonly string[], name: readonly string[]): readonly Phrase[] => {
    const readAs = [name.join('-')];
    const last = words.at(-1) ?? '';
    return [{ words, readAs }, { words: [...words.slice(0, -1), `${last}s`], readAs }];
  };
  // A document may hold on to the other's name here and there.
  const underBoth = ([a, b]: readonly [readonly string[], readonly string[]]): readonly Phrase[] => [...asPhrases(a, a), ...asPhrases(b, a)];
  return {
    sourcePhrases: phraseTable([...DRAFTING_PHRASES, ...aliases.flatMap(underBoth)]),
    targetPhrases: phraseTable([
      ...DRAFTING_PHRASES,
      ...aliases.flatMap(underBoth),
      ...[...parties].flatMap(([b, a]) => [{ words: [b], readAs: [a] }, { words: [`${b}s`], readAs: [`${a}s`] }]),
    ]),
    isOneParty: (a, b) => parties.get(b) === a,
    namedIn: (text) => named.filter((term) => new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(term)}(?![\p{L}\p{N}])`, 'u').test(text)).slice(0, MAX_NAMED),
  };
}

/** A hint names no more terms than a reader looks up. */
const MAX_NAMED = 3;

function wordsOf(term: string): readonly string[] {
  return wordsWithPlaces(term).keys;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}

const PARTY_NAMES = /\b(?:plan\s+administrator|plan\s+sponsor|administrator|committee|employer|company|sponsor|trustee|custodian|participant|employee)s?\b/giu;

function partiesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(PARTY_NAMES)].map(([words]) => partyOf(words)));
}

/** By name in the target: the name of the source that stands for it. */
function oneNameEach(source: ReadonlySet<string>, target: ReadonlySet<string>): ReadonlyMap<string, string> {
  const one = new Map<string, string>();
  for (const b of target) {
    if (source.has(b)) continue;
    const names = [...source].filter((a) => !target.has(a) && mayBeOneParty(a, b));
    if (names.length === 1) one.set(b, names[0] as string);
  }
  return one;
}
