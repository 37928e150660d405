import type { Why } from '../../../../../shared/model.ts';
import type { ClaimBook } from './claims.ts';
import { definedTerm } from './definedTerm.ts';
import { effectOf, type Effect, type EffectContext } from './effect.ts';
import type { Provision } from './provisions.ts';

/** Terms that the target defines otherwise, and what was found out on the way. */
export interface ChangedDefinitions {
  /** A row that rests on one of the terms says so. */
  noteFor(source: Provision, i: number): readonly Why[];
  /** Effects found for definitions, by source. */
  readonly effects: ReadonlyMap<number, Effect>;
}

interface ChangedTerm {
  readonly term: string;
  readonly row: number;
  readonly place: string;
}

/** Work between two looks at whether to stop. */
const DEFINITIONS_PER_SLICE = 10;
/** A row names no more terms than a reader looks up. */
const MAX_NOTED = 3;

/**
 * Finds the defined terms whose definitions were decided `changed`. A provision that uses such a term keeps the relation of
 * its own words and is told to rest on the changed term: were it called changed as well, one new definition of Compensation
 * would bury every other difference of the plan. The difference itself is counted once, at the definition.
 */
export function* changedDefinitions(book: ClaimBook, sources: readonly Provision[], targets: readonly Provision[], context: EffectContext): Generator<void, ChangedDefinitions> {
  const changed: ChangedTerm[] = [];
  const effects = new Map<number, Effect>();
  for (const [i, claim] of book.claims.entries()) {
    if (claim.state !== 'accepted' || claim.targets.length !== 1 || claim.twin) continue;
    const source = sources[i] as Provision;
    const here = definedTerm(source);
    const target = targets[claim.targets[0] as number] as Provision;
    if (here === null || definedTerm(target) === null) continue;
    const effect = effectOf(source, target, context);
    effects.set(i, effect);
    if (effect.relation === 'changed') changed.push({ term: here.term, row: i, place: source.unit.number ?? source.unit.title ?? '' });
    if (effects.size % DEFINITIONS_PER_SLICE === 0) yield;
  }
  const uses = changed.map(({ term }) => new RegExp(String.raw`(?<![\p{L}\p{N}])${term.replace(/[.*+?^${'$'}{}()|[\]\\]/gu, String.raw`\$&`)}(?:s|es|['’]s)?(?![\p{L}\p{N}])`, 'u'));
  return {
    effects,
    noteFor: ({ text }, i) =>
      changed
        .filter(({ row }, k) => row !== i && (uses[k] as RegExp).test(text))
        .slice(0, MAX_NOTED)
        .map(({ term, place }) => ({ rule: 'definition.changed', detail: `It speaks of "${term}", which the target defines otherwise${place === '' ? '' : ` (${place})`}.` })),
  };
}
