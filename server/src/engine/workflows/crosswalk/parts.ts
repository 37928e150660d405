import { canonicalWords } from './canonicalWords.ts';
import type { Claim, ClaimBook } from './claims.ts';
import { factsOf } from './factsOf.ts';
import { keepsContent } from './newContent.ts';
import type { Provision } from './provisions.ts';
import { runsOf, reusedIn } from './reusedWords.ts';
import type { CrosswalkScores } from './scoringTypes.ts';
import { keepsFacts } from './sharing.ts';
import { wordsWithPlaces } from './wordDifference.ts';

/** Share of a part's words that must stand in the whole, in runs. */
const PART = 0.8;
/** Share of the whole's words that its parts must hold together. */
const WHOLE = 0.8;
/** Two parts may lay claim to so much of each other's words in the whole. */
const OVERLAP = 0.3;
/** Only so many candidates of a provision are looked at, and only when they are this likely. */
const CANDIDATES = 4;
const LIKELY = 0.02;
/** Probability of a counterpart that holds a provision nearly word for word beside others. */
const PART_PROBABILITY = 0.95;

/** Work between two looks at whether to stop. */
const GROUPS_PER_SLICE = 20;

/**
 * Claims with what the words of whole and part show: provisions that together fill one target nearly word for word were
 * merged into it, targets that together fill one provision came out of it. Similarity alone prefers the longest part and
 * leaves the others without a counterpart.
 */
export function* withParts(book: ClaimBook, sources: readonly Provision[], targets: readonly Provision[], scores: CrosswalkScores): Generator<void, ClaimBook> {
  const claims = [...book.claims];
  const texts = new Texts(sources, targets);
  const near: [source: number, target: number][] = [];
  const taken = new Set(book.claims.flatMap((claim) => (claim.state === 'accepted' && claim.twin ? claim.targets : [])));
  scores.sources.forEach(({ candidates }, i) => {
    const claim = claims[i] as Claim;
    if (claim.state === 'accepted' && claim.twin) return;
    for (const { target, probability } of candidates.toSorted((a, b) => b.probability - a.probability).slice(0, CANDIDATES)) {
      if (probability >= LIKELY && !taken.has(target)) near.push([i, target]);
    }
  });
  let looked = 0;
  for (const [target, pairs] of groupedBy(near, ([, j]) => j)) {
    const parts = partsOf(texts.target(target), pairs.map(([i]) => ({ at: i, text: texts.source(i) })));
    const kept = parts.filter(({ at }) => keepsContent(texts.source(at).keys, texts.target(target).keys) && keepsFacts(sources[at] as Provision, targets[target] as Provision));
    if (kept.length >= 2 && kept.length === parts.length) for (const { at } of parts) claims[at] = partClaim([target], claims[at] as Claim, 'merged');
    if (++looked % GROUPS_PER_SLICE === 0) yield;
  }
  for (const [source, pairs] of groupedBy(near, ([i]) => i)) {
    const before = claims[source] as Claim;
    if (before.state === 'accepted' && (before.parts === 'merged' || before.split)) continue;
    const parts = partsOf(texts.source(source), pairs.map(([, j]) => ({ at: j, text: texts.target(j) })));
    if (parts.length >= 2) claims[source] = partClaim(parts.map(({ at }) => at), before, 'split');
    if (++looked % GROUPS_PER_SLICE === 0) yield;
  }
  return { claims, claimants: claimantsOf(claims) };
}

function partClaim(targets: readonly number[], before: Claim, parts: 'merged' | 'split'): Claim {
  const probability = Math.max(PART_PROBABILITY, before.state === 'none' ? 0 : before.probability);
  const rival = before.state === 'none' ? 0 : Math.min(before.rival, 1 - PART_PROBABILITY);
  return { state: 'accepted', targets, probability, rival, split: parts === 'split', twin: false, parts };
}

interface Part {
  readonly at: number;
  readonly text: Text;
}

/** The parts that stand in the whole, each in a place of its own, where together they fill it; longest first. */
function partsOf(whole: Text, parts: readonly Part[]): readonly Part[] {
  const chosen: { readonly part: Part; readonly marks: Uint8Array }[] = [];
  const filled = new Uint8Array(whole.keys.length);
  for (const part of parts.toSorted((a, b) => b.text.keys.length - a.text.keys.length || a.at - b.at)) {
    if (part.text.keys.length >= whole.keys.length || share(reusedIn(part.text.keys, whole.runs())) < PART) continue;
    const marks = reusedIn(whole.keys, part.text.runs());
    const own = marks.reduce((sum, mark) => sum + mark, 0);
    const both = marks.reduce((sum, mark, k) => sum + (mark === 1 && filled[k] === 1 ? 1 : 0), 0);
    if (own === 0 || both / own > OVERLAP) continue;
    chosen.push({ part, marks });
    marks.forEach((mark, k) => {
      if (mark === 1) filled[k] = 1;
    });
  }
  return chosen.length >= 2 && share(filled) >= WHOLE ? chosen.map(({ part }) => part).sort((a, b) => a.at - b.at) : [];
}

function share(marks: Uint8Array): number {
  return marks.length === 0 ? 0 : marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
}

/** By target: the sources that claim it. */
function claimantsOf(claims: readonly Claim[]): ReadonlyMap<number, readonly number[]> {
  const claimants = new Map<number, number[]>();
  claims.forEach((claim, i) => {
    if (claim.state === 'accepted') for (const target of claim.targets) claimants.set(target, [...(claimants.get(target) ?? []), i]);
  });
  return claimants;
}

function groupedBy<T>(all: readonly T[], keyOf: (each: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return new Map([...groups].filter(([, group]) => group.length >= 2));
}

class Text {
  readonly keys: readonly string[];
  #runs: ReadonlySet<string> | null = null;

  constructor(provision: Provision) {
    const { keys, body } = canonicalWords(provision.text, wordsWithPlaces(provision.text), factsOf(provision));
    this.keys = keys.slice(0, body);
  }

  runs(): ReadonlySet<string> {
    this.#runs ??= runsOf(this.keys);
    return this.#runs;
  }
}

/** Words and runs of provisions, taken once and only where asked for. */
class Texts {
  readonly #sources: readonly Provision[];
  readonly #targets: readonly Provision[];
  readonly #source = new Map<number, Text>();
  readonly #target = new Map<number, Text>();

  constructor(sources: readonly Provision[], targets: readonly Provision[]) {
    this.#sources = sources;
    this.#targets = targets;
  }

  source(i: number): Text {
    return kept(this.#source, i, this.#sources);
  }

  target(j: number): Text {
    return kept(this.#target, j, this.#targets);
  }
}

function kept(texts: Map<number, Text>, at: number, provisions: readonly Provision[]): Text {
  const before = texts.get(at);
  if (before !== undefined) return before;
  const text = new Text(provisions[at] as Provision);
  texts.set(at, text);
  return text;
}
