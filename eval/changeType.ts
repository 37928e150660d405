import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Match } from '../shared/model.ts';
import type { CollateDocument } from '../server/src/engine/documents/document.ts';
import type { CrosswalkResult } from './runCrosswalk.ts';

export type ChangeType = 'kept' | 'split' | 'merged' | 'dropped';

export interface ChangeFigures {
  readonly rows: number;
  readonly accuracy: number;
  /** Of the rows the run decided: their share, and the accuracy over them alone. */
  readonly coverage: number;
  readonly decidedAccuracy: number;
  /** By publisher's type: how many there are, and how many the run says so too. */
  readonly byType: ReadonlyMap<ChangeType, { readonly total: number; readonly right: number }>;
}

/**
 * The publisher's words in four classes, one per source: no target is dropped; merged, covered or deprecated is merged;
 * else two targets and more are a split (the publisher writes "moved to A, split to B"); what was moved, with or
 * without a change, is kept.
 */
function publishedType(relations: readonly string[]): ChangeType {
  if (relations.length === 0) return 'dropped';
  if (relations.some((relation) => /^(?:merged_to|covered_by|deprecated_by)/.test(relation))) return 'merged';
  return relations.length > 1 || relations.some((relation) => relation.startsWith('split_to')) ? 'split' : 'kept';
}

export function publishedTypes(folder: string, ids: readonly string[]): readonly ChangeType[] {
  const relations = new Map<string, string[]>();
  for (const line of readFileSync(join(folder, 'gold.csv'), 'utf8').split('\n').slice(1)) {
    const [source = '', , relation = ''] = line.trim().split(',');
    if (source !== '') relations.set(source, [...(relations.get(source) ?? []), relation]);
  }
  return ids.map((id) => publishedType(relations.get(id) ?? []));
}

/**
 * The type a row implies. A decided relation says it. Otherwise its claimed candidates do: none is dropped, several are
 * a split, and one is merged where another source claims the same target with a better score, so that the target is
 * that one's own.
 */
export function impliedType(match: Match, best: ReadonlyMap<string, { readonly sourceId: string; readonly score: number }>): ChangeType {
  if (match.relation === 'missing') return 'dropped';
  if (match.relation === 'split') return 'split';
  if (match.relation === 'merged' || match.relation === 'covered') return 'merged';
  if (match.relation !== null) return 'kept';
  const claimed = match.candidates.filter((candidate) => candidate.claimed);
  const [first] = claimed;
  if (first === undefined) return 'dropped';
  if (claimed.length > 1) return 'split';
  return best.get(first.targetId)?.sourceId === match.sourceId ? 'kept' : 'merged';
}

/** By target: the source whose claim on it has the best score. */
export function bestClaims(matches: readonly Match[]): ReadonlyMap<string, { readonly sourceId: string; readonly score: number }> {
  const best = new Map<string, { readonly sourceId: string; readonly score: number }>();
  for (const { sourceId, candidates } of matches) {
    for (const { targetId, score, claimed } of candidates) {
      if (claimed && score > (best.get(targetId)?.score ?? -Infinity)) best.set(targetId, { sourceId, score });
    }
  }
  return best;
}

export function changeFigures({ matches }: CrosswalkResult, source: CollateDocument, folder: string): ChangeFigures {
  const ids = new Map(source.units.map((unit) => [unit.key, unit.id ?? unit.key]));
  const published = publishedTypes(folder, matches.map(({ sourceId }) => ids.get(sourceId) ?? ''));
  const best = bestClaims(matches);
  const byType = new Map<ChangeType, { total: number; right: number }>();
  let right = 0;
  let decided = 0;
  let decidedRight = 0;
  matches.forEach((match, i) => {
    const type = published[i] as ChangeType;
    const isRight = impliedType(match, best) === type;
    const count = byType.get(type) ?? { total: 0, right: 0 };
    byType.set(type, { total: count.total + 1, right: count.right + (isRight ? 1 : 0) });
    if (isRight) right += 1;
    if (match.outcome !== 'decided') return;
    decided += 1;
    if (isRight) decidedRight += 1;
  });
  return { rows: matches.length, accuracy: right / matches.length, coverage: decided / matches.length, decidedAccuracy: decidedRight / Math.max(1, decided), byType };
}
