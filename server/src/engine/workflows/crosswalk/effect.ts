import type { Difference, Impact, Relation, Variance, Why } from '../../../../../shared/model.ts';
import type { SpanOf } from '../../documents/document.ts';
import { canonicalWords, joinedOtherwise, type CanonicalWords } from './canonicalWords.ts';
import { criticalWords, type CriticalWord } from './criticalWords.ts';
import { covers, criticalRow, entityRow, optionRow, pairSpans, wordRows, type PairText } from './differenceRows.ts';
import { definitionRow } from './definitionRow.ts';
import { doubtsOf, settledBy } from './doubts.ts';
import type { Unclaimed } from './electionElsewhere.ts';
import type { Entity } from '../../documents/entities/entity.ts';
import { MAX_ENTITY_TEXT } from '../../documents/entities/extractEntities.ts';
import { compareEntities } from './entityDifference.ts';
import { isWeightless } from './newContent.ts';
import { factsOf } from './factsOf.ts';
import { optionDifferences, type OptionDifference } from './optionLists.ts';
import type { Provision } from './provisions.ts';
import { REASONS } from './reasons.ts';
import { recastDifferences } from './recast/recastDifferences.ts';
import { settledFacts } from './settledFacts.ts';
import type { TermBook } from './termBook.ts';
import { weigh } from './variance.ts';
import { wordDifference, wordsWithPlaces, type Hunk, type Words } from './wordDifference.ts';

/** What the rules can say about whether two provisions of one topic have the same effect. */
export type Effect =
  | { readonly relation: Extract<Relation, 'same' | 'reworded' | 'changed'>; readonly variance: Variance; readonly impact: Impact; readonly differences: readonly Difference[]; readonly why: readonly Why[]; readonly ratio: number }
  | { readonly relation: null; readonly reason: string; readonly differences: readonly Difference[]; readonly why: readonly Why[]; readonly ratio: number };

export interface EffectContext {
  readonly sourceSpan: SpanOf;
  readonly targetSpan: SpanOf;
  /** True where a reference of the source and one of the target lead to provisions that answer each other. */
  sameReference(source: string, target: string): boolean;
  /** What the two documents call the same thing; without it every name stands for itself. */
  readonly terms?: TermBook;
  /** Questions that nothing of the other form answers; without them an option that is not there is dropped or added. */
  readonly unclaimed?: Unclaimed;
}

/** Share of common words from which a differing fact is the difference, and not one of many. */
const COMPARABLE = 0.5;
/** The same for a fact that stands on one side only: below it the other side may just say more. */
const COMPARABLE_ALONE = 0.7;
/** A single word in the place of another is the difference where no more doubts than this stand beside it. */
const FEW_DOUBTS = 3;
/** Share of common words from which a list can be seen to lack an item. */
const LIST_COMPARABLE = 0.7;
/** Share of common words from which a definition with other words is another definition. */
const DEFINITION_COMPARABLE = 0.5;
/** Places in which it may differ; more are another way of writing it. */
const MAX_REDEFINING = 3;
/** How many differences a row shows. */
const MAX_DIFFERENCES = 25;

/** Same effect, another effect, or not to be told by rules. Words, facts and who-must-may-not are compared; nothing is guessed. */
export function effectOf(source: Provision, target: Provision, context: EffectContext): Effect {
  const rawLeft = wordsWithPlaces(source.text);
  const rawRight = wordsWithPlaces(target.text);
  const sourceEntities = factsOf(source);
  const targetEntities = factsOf(target);
  const sameReference = (a: Entity, b: Entity): boolean => context.sameReference(a.value, b.value);
  const facts = compareEntities(sourceEntities, targetEntities, sameReference);
  const complete = rawLeft.complete && rawRight.complete && source.text.length <= MAX_ENTITY_TEXT && target.text.length <= MAX_ENTITY_TEXT;
  if (!complete && source.text !== target.text) return { relation: null, reason: REASONS.tooLong, differences: [], why: [], ratio: 0 };
  if (sameWords(rawLeft, sourceEntities, rawRight, targetEntities) && facts.differences.length === 0 && facts.untold.length === 0) {
    return { relation: 'same', variance: 'none', impact: 'none', differences: [], ratio: 1, why: [{ rule: 'words.equal', detail: 'The words are the same, case, punctuation and numbering aside.' }] };
  }
  const left = canonicalWords(source.text, rawLeft, sourceEntities, context.terms?.sourcePhrases);
  const right = canonicalWords(target.text, rawRight, targetEntities, context.terms?.targetPhrases);
  const difference = wordDifference(left.keys, right.keys);
  if (difference === null) {
    const recast = recastEffect(source, target, pairSpans(source, target, context), [], 0);
    if (recast !== null) return recast;
    const why: Why[] = [{ rule: 'words.different', detail: 'The two share too few words to be compared word by word.' }, settledBy('a reading of both: no rule holds for so different words')];
    return { relation: null, reason: REASONS.effectUnsettled, differences: [], ratio: 0, why };
  }
  const { ratio, hunks } = difference;
  const pair: PairText = { left, right, hunks, spans: pairSpans(source, target, context) };
  const options = ratio < LIST_COMPARABLE ? [] : optionDifferences(hunks, left, source.text, right, target.text);
  const explained = explainedHunks(hunks, options, left, right);
  const { settled, open } = settledFacts(facts.differences, difference, { ...left, entities: sourceEntities }, { ...right, entities: targetEntities }, context.terms);
  const joined = joinedOtherwise(left, right);
  const critical: readonly CriticalWord[] = [
    ...explained.flatMap((hunk) => criticalWords(left.keys, right.keys, hunk.source, hunk.target)),
    ...(joined === null ? [] : [{ kind: 'loose', source: joined[0], target: joined[1] } as const]),
  ];
  const turned = critical.flatMap((word) => (isTurned(word, hunks, left, right, facts.denialsEqual) ? [criticalRow(word, pair)] : []));
  const factRows = settled.map((each) => entityRow(each, pair));
  const optionRows = options.map((option) => optionRow(option, pair)).filter((row) => !factRows.some((other) => covers(other, row)));
  const stated = [...factRows, ...optionRows];
  const told = [...stated, ...turned.filter((row) => !stated.some((other) => covers(other, row)))];
  const raw = wordDifference(rawLeft.keys, rawRight.keys);
  const words = raw === null ? wordRows(difference, left, right, pair.spans) : wordRows(raw, rawLeft, rawRight, pair.spans);
  const all = [...told, ...open.map((each) => entityRow(each, pair)), ...words].slice(0, MAX_DIFFERENCES);
  const paired = turned.length > 0 || settled.some((each) => each.source !== null && each.target !== null);
  const defined = definitionRow(source, target, pair);
  const doubts = doubtsOf({ open, untold: facts.untold, reordered: facts.reordered, denialsEqual: facts.denialsEqual, critical, told, pair, unexplained: { ratio, hunks: explained }, terms: context.terms });
  if (told.length > 0) {
    const { variance, impact, why } = weigh(told, source.unit.type);
    const comparable = ratio >= (paired && (stated.length > 0 || doubts.length <= FEW_DOUBTS) ? COMPARABLE : COMPARABLE_ALONE);
    // What else differs may weigh more than a reference: then the row is for a reviewer.
    if (comparable && (doubts.length === 0 || variance !== 'administrative' || !told.every(({ kind }) => LIGHT.has(kind)))) {
      const rows = defined === null ? all : [...told, defined, ...all.slice(told.length)].slice(0, MAX_DIFFERENCES);
      return { relation: 'changed', variance, impact, differences: rows, why: [...why, ...doubts.filter(({ rule }) => rule !== SETTLED_BY)], ratio };
    }
    const recast = recastEffect(source, target, pair.spans, all, ratio);
    if (recast !== null) return recast;
    const tooMuch: readonly Why[] = [{ rule: 'words.different', detail: 'Facts differ, but too many words around them differ as well.' }, settledBy('whether the facts marked on each side answer each other')];
    return { relation: null, reason: REASONS.effectUnsettled, differences: all, why: [...why, ...(comparable ? doubts : tooMuch)], ratio };
  }
  if (defined !== null && doubts.length > 0 && ratio >= DEFINITION_COMPARABLE && isRedefined(doubts, contentHunks(pair))) {
    const { variance, impact, why } = weigh([defined], source.unit.type);
    return { relation: 'changed', variance, impact, differences: [defined, ...all].slice(0, MAX_DIFFERENCES), why: [...why, ...doubts.filter(({ rule }) => rule !== SETTLED_BY)], ratio };
  }
  const recast = doubts.length > 0 ? recastEffect(source, target, pair.spans, all, ratio) : null;
  if (recast !== null) return recast;
  if (doubts.length > 0) return { relation: null, reason: REASONS.effectUnsettled, differences: all, why: doubts, ratio };
  const detail = `${Math.round(ratio * 100)} % of the words are the same, in order; no number, date, period, negation, duty, option or default differs.`;
  return { relation: 'reworded', variance: 'none', impact: 'none', differences: all, ratio, why: [{ rule: 'words.littleDifference', detail }] };
}

/** Changed, where a difference is sure whatever the words around it come to; they are shown, and not judged. */
function recastEffect(source: Provision, target: Provision, spans: PairText['spans'], others: readonly Difference[], ratio: number): Effect | null {
  const sure = recastDifferences(source, target, { spans });
  if (sure.length === 0) return null;
  const { variance, impact, why } = weigh(sure, source.unit.type);
  const words = others.filter(({ kind }) => kind === 'words');
  const rest: Why = { rule: 'words.recast', detail: 'The rest is worded otherwise: what it comes to was not compared.' };
  return { relation: 'changed', variance, impact, differences: [...sure, ...words].slice(0, MAX_DIFFERENCES), why: [...why, rest], ratio };
}

/**
 * A definition is the sum of its words: where most of them stay and others come, go or are replaced by more than one, the
 * term means something else. One word for one may be a synonym; words in another order, or facts that differ in words that
 * differ anyway, do not show as much. Where words only come or only go, nothing else could explain them.
 */
function isRedefined(doubts: readonly Why[], places: readonly (readonly [source: number, target: number])[]): boolean {
  if (places.length === 0 || places.length > MAX_REDEFINING || places.every(([here, there]) => here === 1 && there === 1)) return false;
  const fresh = doubts.find(({ rule }) => rule === 'words.newContent');
  if (fresh === undefined || fresh.detail.startsWith('The same words')) return false;
  const onlyComeOrGo = places.every(([here]) => here === 0) || places.every(([, there]) => there === 0);
  return doubts.every(({ rule }) => REDEFINING.has(rule) || (onlyComeOrGo && ADDING.has(rule)));
}

const ADDING: ReadonlySet<string> = new Set(['facts.open', 'facts.oneSided', 'words.denial', 'words.unit', 'words.modal', 'default.open']);

/** Places where words of weight differ, with how many on each side. */
function contentHunks({ left, right, hunks }: PairText): readonly (readonly [source: number, target: number])[] {
  const weight = (words: CanonicalWords, [start, end]: readonly [number, number]): number => words.keys.slice(start, Math.min(end, words.body)).filter((word) => !isWeightless(word)).length;
  return hunks.map((hunk) => [weight(left, hunk.source), weight(right, hunk.target)] as const).filter(([here, there]) => here + there > 0);
}

const REDEFINING: ReadonlySet<string> = new Set(['words.newContent', 'words.condition', 'words.party', 'words.loose', 'settled.by']);

/** Differences that other words of the row may outweigh. */
const LIGHT: ReadonlySet<string> = new Set(['sectionReference', 'link']);

const SETTLED_BY = settledBy('').rule;

/** Hunks that say more than the options found in them: those are left to the other rules. */
function explainedHunks(hunks: readonly Hunk[], options: readonly OptionDifference[], left: CanonicalWords, right: CanonicalWords): readonly Hunk[] {
  const found = new Set(options.map(({ hunk }) => hunk));
  return hunks.filter((hunk) => !found.has(hunk) && !isArticle(hunk, left, right) && (hunk.source[0] < left.body || hunk.target[0] < right.body));
}

/** "A Participant who" and "any Participant who" speak of the same persons. */
function isArticle({ source, target }: Hunk, left: Words, right: Words): boolean {
  const [here, there] = [left.keys.slice(...source), right.keys.slice(...target)];
  if (here.length !== 1 || there.length !== 1) return false;
  const of = (words: ReadonlySet<string>, word: string | undefined): boolean => words.has(word ?? '');
  return (of(ARTICLES, here[0]) && of(GENERAL, there[0])) || (of(GENERAL, here[0]) && of(ARTICLES, there[0]));
}

const ARTICLES: ReadonlySet<string> = new Set(['a', 'an']);
const GENERAL: ReadonlySet<string> = new Set(['any', 'each']);

/** Equal words, with references taken as one word each and list marks of one letter or digit left alone. */
function sameWords(left: Words, leftEntities: readonly Entity[], right: Words, rightEntities: readonly Entity[]): boolean {
  const a = withoutReferences(left, leftEntities);
  const b = withoutReferences(right, rightEntities);
  return a.length === b.length && a.every((word, k) => word === b[k]);
}

function withoutReferences(words: Words, entities: readonly Entity[]): readonly string[] {
  const references = entities.filter((entity) => entity.kind === 'sectionReference');
  if (references.length === 0) return words.keys;
  const kept: string[] = [];
  let r = 0;
  words.keys.forEach((key, k) => {
    const at = words.starts[k] as number;
    while (r < references.length && (references[r] as Entity).end <= at) r++;
    const reference = references[r];
    if (reference === undefined || at < reference.start) kept.push(key);
    else if (at === reference.start) kept.push('§');
  });
  return kept;
}

function isDeniedBound({ keys }: Words, at: number): boolean {
  return BOUNDS.has(keys[at] ?? '') && keys.slice(Math.max(0, at - BEFORE_BOUND), at).some((word) => BOUND_DENIALS.has(word));
}

/** A denial so many words in front of a bound may be of it. */
const BEFORE_BOUND = 8;
const BOUNDS: ReadonlySet<string> = new Set(['more-than', 'less-than']);
const BOUND_DENIALS: ReadonlySet<string> = new Set(['not', 'no', 'never', 'none', 'neither', 'nor']);

/** A duty, a bound or a unit of time is the very thing that differs where no more than so many words stand around it. */
const BARE_WORDS = 2;

/** True for a word whose replacement changes the effect by itself. */
function isTurned(word: CriticalWord, hunks: readonly Hunk[], left: Words, right: Words, denialsEqual: boolean): boolean {
  // "Unless X" is "if not X": with another denial in the row, the two may say the same.
  if (word.kind === 'direction' && !denialsEqual && [left.keys[word.source], right.keys[word.target]].includes('unless')) return false;
  // "May not be spread over more than X" is "does not exceed X": a denial in front of the bound turns it round.
  if (word.kind === 'direction') return !(isDeniedBound(left, word.source) || isDeniedBound(right, word.target));
  if (word.kind !== 'modal' && word.kind !== 'unit' && word.kind !== 'comparator') return false;
  const hunk = hunks.find(({ source: [start, end] }) => word.source >= start && word.source < end);
  if (hunk === undefined) return false;
  const own = (words: Words, [start, end]: readonly [number, number]): number => words.keys.slice(start, end).filter((key) => key.length > 1).length;
  return own(left, hunk.source) <= BARE_WORDS && own(right, hunk.target) <= BARE_WORDS;
}
