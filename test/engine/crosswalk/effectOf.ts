import { expect } from 'vitest';
import { LineMap, spanBuilder } from '../../../server/src/engine/documents/lineMap.ts';
import { effectOf, type Effect } from '../../../server/src/engine/workflows/crosswalk/effect.ts';
import { provisionsOf, type Provision } from '../../../server/src/engine/workflows/crosswalk/provisions.ts';
import { documentOf } from './harness.ts';

/** The effect of two provisions by themselves; every span is checked to hold the words it quotes. */
export function effect(source: string, target: string, sameReference = false): Effect {
  const left = documentOf('old.md', [{ title: 'Old', text: source }]);
  const right = documentOf('new.md', [{ title: 'New', text: target }]);
  const result = effectOf(provisionsOf(left).compared[0] as Provision, provisionsOf(right).compared[0] as Provision, {
    sourceSpan: spanBuilder(left.key, left.text, new LineMap(left.text)),
    targetSpan: spanBuilder(right.key, right.text, new LineMap(right.text)),
    sameReference: () => sameReference,
  });
  for (const { source: from, target: to } of result.differences) {
    if (from !== undefined) expect(from.quote).toBe(left.text.slice(from.start, from.end));
    if (to !== undefined) expect(to.quote).toBe(right.text.slice(to.start, to.end));
    expect(from ?? to).toBeDefined();
  }
  return result;
}
