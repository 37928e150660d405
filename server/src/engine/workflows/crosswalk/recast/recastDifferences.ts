import type { Difference } from '../../../../../../shared/model.ts';
import { entityRow, type PairText } from '../differenceRows.ts';
import { factsOf } from '../factsOf.ts';
import type { Provision } from '../provisions.ts';
import { recastChoices } from './recastChoices.ts';
import { recastDefaults } from './recastDefaults.ts';
import { recastFacts, type FactText } from './recastFacts.ts';
import { recastRelease } from './recastRelease.ts';

/** Longer provisions hold many cases: which of their facts answer each other is not seen from the words around them. */
const MAX_TEXT = 1_500;

/**
 * Differences of effect that hold however two provisions of one topic are worded, each with the words of both sides; empty
 * where none is sure. A provision whose effect differs in one thing is changed, whatever the rest of its words comes to.
 */
export function recastDifferences(source: Provision, target: Provision, pair: Pick<PairText, 'spans'>): readonly Difference[] {
  if (source.text.length > MAX_TEXT || target.text.length > MAX_TEXT || source.unit.election !== undefined || target.unit.election !== undefined) return [];
  const [here, there] = [factText(source), factText(target)];
  const facts = [...recastFacts(here, there), ...recastDefaults(here, there), ...recastRelease(here, there)];
  return [
    ...facts.map((each) => entityRow(each, { ...NO_WORDS, spans: pair.spans })),
    ...recastChoices(here, there).map(({ source: own, target: other }): Difference => {
      const [from, to] = [own === null ? null : pair.spans.source(own.start, own.end), other === null ? null : pair.spans.target(other.start, other.end)];
      return {
        kind: 'option',
        ...(own === null || from === null ? {} : { source: from, sourceValue: own.name }),
        ...(other === null || to === null ? {} : { target: to, targetValue: other.name }),
        rule: from === null ? 'option.added' : to === null ? 'option.dropped' : 'option.replaced',
      };
    }),
  ];
}

const NO_WORDS = { left: { keys: [], starts: [], ends: [], body: 0 }, right: { keys: [], starts: [], ends: [], body: 0 }, hunks: [] } as const;

function factText(provision: Provision): FactText {
  return { text: provision.text, title: provision.unit.title ?? '', entities: factsOf(provision) };
}
