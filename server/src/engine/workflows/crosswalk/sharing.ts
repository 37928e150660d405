import { definedTerm } from './definedTerm.ts';
import type { ClaimBook } from './claims.ts';
import { isLimiting } from './criticalWords.ts';
import { factsOf } from './factsOf.ts';
import type { Provision } from './provisions.ts';
import { reusedWords, shareOf } from './reusedWords.ts';
import { keepsContent } from './newContent.ts';
import { commonShare, wordsWithPlaces } from './wordDifference.ts';

/** How a source stands to the other sources that claim its target. */
export type Sharing = 'alone' | 'merged' | 'covered' | 'owner' | 'rival' | 'equals';

/** Words in common from which a source and its target are one provision, not a part and a whole. */
const OWNER = 0.7;
/** Of several such sources the nearest own the target: those whose share of words in common is this close to the best. */
const AS_NEAR = 0.02;
/** Share of a source's words that must stand in the target, in runs, to be a part of it. */
const PART = 0.8;
/** A target with so many times the source's words is a wider one. */
const WIDER = 1.6;
/** Two parts of a merge may lay claim to so much of each other's words in the target. */
const OVERLAP = 0.5;

/**
 * Looks at all sources that claim `target`. They were merged into it where each stands in it almost whole, in places
 * of its own; a source is covered where it stands whole in a much wider target; where one of them is the target's own
 * text, the others are rivals; otherwise they are equals whose relation the rules cannot tell.
 */
export function sharingOf(source: number, target: number, book: ClaimBook, sources: readonly Provision[], targets: readonly Provision[]): Sharing {
  const claim = book.claims[source];
  if (claim?.state === 'accepted' && claim.parts === 'merged') return 'merged';
  const claimants = book.claimants.get(target) ?? [];
  const whole = wordsWithPlaces((targets[target] as Provision).text).keys;
  const own = wordsWithPlaces((sources[source] as Provision).text).keys;
  if (claimants.length <= 1) return isCovered(own, whole, sources[source] as Provision, targets[target] as Provision) ? 'covered' : 'alone';
  const parts = claimants.map((i) => {
    const words = wordsWithPlaces((sources[i] as Provision).text).keys;
    return { i, words, common: commonShare(words, whole) };
  });
  const best = Math.max(...parts.map(({ common }) => common));
  const owners = parts.filter(({ common }) => common >= OWNER && common >= best - AS_NEAR);
  if (owners.length === 0) {
    const places = parts.map((part) => reusedWords(whole, part.words));
    const standsWhole = parts.every((part) => shareOf(reusedWords(part.words, whole)) >= PART);
    const apart = places.every((a, k) => places.slice(k + 1).every((b) => overlap(a, b) < OVERLAP));
    const kept = parts.every((part) => keepsContent(part.words, whole) && keepsFacts(sources[part.i] as Provision, targets[target] as Provision));
    return standsWhole && apart && kept ? 'merged' : 'equals';
  }
  if (owners.some((part) => part.i === source)) return 'owner';
  return isCovered(own, whole, sources[source] as Provision, targets[target] as Provision) ? 'covered' : 'rival';
}

function isCovered(own: readonly string[], whole: readonly string[], source: Provision, target: Provision): boolean {
  if (definesTheSame(source, target)) return false;
  return whole.length >= WIDER * own.length && shareOf(reusedWords(own, whole)) >= PART && keepsContent(own, whole) && keepsFacts(source, target) && !isLimitedIn(whole, own);
}

/** A wider definition of the same term is another definition, whatever it keeps of the first. */
function definesTheSame(source: Provision, target: Provision): boolean {
  const term = definedTerm(source)?.term.toLowerCase();
  return term !== undefined && term === definedTerm(target)?.term.toLowerCase();
}

/** True where the target says the source's words under a denial or condition of its own: "It is false that ...". */
function isLimitedIn(whole: readonly string[], own: readonly string[]): boolean {
  const marks = reusedWords(whole, own);
  const [first, last] = [marks.indexOf(1), marks.lastIndexOf(1)];
  return whole.some((word, k) => k >= first - LEAD_IN && k <= last && marks[k] === 0 && isLimiting(word));
}

/** Words in front of a clause that may rule it. */
const LEAD_IN = 12;

/** True where every fact of the source stands in the target, or in the targets together. */
export function keepsFacts(source: Provision, ...targets: readonly Provision[]): boolean {
  const left = targets.flatMap((target) => factsOf(target)).map(factKey);
  for (const entity of factsOf(source)) {
    if (entity.kind === 'sectionReference') continue;
    const at = left.indexOf(factKey(entity));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return true;
}

function factKey({ kind, value }: { readonly kind: string; readonly value: string }): string {
  return `${kind} ${value}`;
}

function overlap(a: Uint8Array, b: Uint8Array): number {
  const both = a.filter((mark, k) => mark === 1 && b[k] === 1).length;
  const smaller = Math.min(a.filter((mark) => mark === 1).length, b.filter((mark) => mark === 1).length);
  return smaller === 0 ? 1 : both / smaller;
}
