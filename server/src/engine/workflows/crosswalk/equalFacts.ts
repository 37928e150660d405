import type { Span, Unit } from '../../../../../shared/model.ts';
import type { EqualFact } from '../../../../../shared/protocol/results.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { LineMap, spanBuilder } from '../../documents/lineMap.ts';
import type { Entity } from '../../documents/entities/entity.ts';
import { factsOf } from './factsOf.ts';
import { provisionsOf, type Provision } from './provisions.ts';

/** A unit with the text it was read from. */
export type ReadUnit = Pick<CollateDocument, 'key' | 'path' | 'kind' | 'text' | 'hash'> & { readonly unit: Unit };

/** What a difference is told of. */
export interface Told {
  readonly source?: Span;
  readonly target?: Span;
}

interface PlacedFact extends Entity {
  readonly span: Span;
}

function provisionOf({ unit, ...document }: ReadUnit): Provision | null {
  return provisionsOf({ ...document, kindGiven: true, units: [unit], problems: [] }).compared[0] ?? null;
}

/** The facts of a unit that no difference is told of, in the order of the text. */
function untold(read: ReadUnit, told: readonly (Span | undefined)[]): readonly PlacedFact[] {
  const provision = provisionOf(read);
  if (provision === null) return [];
  const spanOf = spanBuilder(read.key, read.text, new LineMap(read.text));
  return factsOf(provision)
    .map((fact) => ({ ...fact, span: spanOf(...provision.range(fact.start, fact.end)) }))
    .filter(({ span }) => !told.some((other) => other !== undefined && other.document === span.document && other.start < span.end && span.start < other.end));
}

/**
 * The facts that a provision and those it is held against state alike, each with its words on both sides: the facts the
 * comparison itself reads, paired by kind and value in their order, less those a difference is told of.
 */
export function equalFacts(source: ReadUnit, targets: readonly ReadUnit[], differences: readonly Told[]): readonly EqualFact[] {
  const left = [...untold(source, differences.map((difference) => difference.source))];
  const equal: EqualFact[] = [];
  for (const target of targets) {
    for (const fact of untold(target, differences.map((difference) => difference.target))) {
      const at = left.findIndex(({ kind, value }) => kind === fact.kind && value === fact.value);
      const [own] = at === -1 ? [] : left.splice(at, 1);
      if (own !== undefined) equal.push({ kind: own.kind, value: own.value, source: own.span, target: fact.span });
    }
  }
  return equal.sort((a, b) => a.source.start - b.source.start);
}
