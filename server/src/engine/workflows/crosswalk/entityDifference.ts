import { diffArrays } from 'diff';
import { APPLIES_ONLY_IF } from './entities/defaults.ts';
import type { Entity, EntityKind } from './entities/entity.ts';

/** Two facts that stand in the same place and differ, or one that only one side has. */
export interface EntityDifference {
  readonly kind: EntityKind;
  readonly source: Entity | null;
  readonly target: Entity | null;
}

/** Facts whose presence on one side only is a change; the others may only be said in other words. */
const SAYS_ALONE: ReadonlySet<EntityKind> = new Set([
  'codeReference', 'date', 'time', 'money', 'percentage', 'age', 'hours', 'period', 'number', 'negation',
]);

/** Compared apart from each other: an age does not become a modal verb. */
const GROUPS: readonly (readonly EntityKind[])[] = [
  ['date', 'time', 'money', 'percentage', 'age', 'hours', 'period', 'number'],
  ['link'], ['codeReference'], ['sectionReference'], ['default'], ['modality'], ['negation'],
];

export interface EntityComparison {
  readonly differences: readonly EntityDifference[];
  /** The same facts on both sides, in another order: they may belong to other words now. */
  readonly reordered: boolean;
}

/** `sameReference` says whether a reference of the source and one of the target lead to the same provision. */
export function compareEntities(
  source: readonly Entity[],
  target: readonly Entity[],
  sameReference: (source: Entity, target: Entity) => boolean,
): EntityComparison {
  const differences: EntityDifference[] = [];
  let reordered = false;
  for (const kinds of GROUPS) {
    const group = compareGroup(source.filter((e) => kinds.includes(e.kind)), target.filter((e) => kinds.includes(e.kind)), sameReference);
    if (group.length > 0 && balances(group)) reordered = true;
    else differences.push(...group.filter(isTold));
  }
  return { differences, reordered };
}

function compareGroup(
  source: readonly Entity[],
  target: readonly Entity[],
  sameReference: (source: Entity, target: Entity) => boolean,
): EntityDifference[] {
  const comparator = (a: Entity, b: Entity): boolean =>
    a.kind === b.kind && (a.value === b.value || (a.kind === 'sectionReference' && sameReference(a, b)));
  const changes = diffArrays([...source], [...target], { comparator, maxEditLength: MAX_EDITS });
  if (changes === undefined) return [];
  const differences: EntityDifference[] = [];
  let removed: Entity[] = [];
  let added: Entity[] = [];
  const flush = (): void => {
    for (const entity of removed) {
      const partner = added.findIndex((other) => other.kind === entity.kind);
      const found = partner < 0 ? null : (added.splice(partner, 1)[0] ?? null);
      differences.push({ kind: entity.kind, source: entity, target: found });
    }
    for (const entity of added) differences.push({ kind: entity.kind, source: null, target: entity });
    removed = [];
    added = [];
  };
  for (const change of changes) {
    if (change.removed) removed.push(...change.value);
    else if (change.added) added.push(...change.value);
    else flush();
  }
  flush();
  return differences;
}

/** Texts with more differing facts than this are different texts. */
const MAX_EDITS = 200;

/** True where what one side lost is what it gained elsewhere. */
function balances(differences: readonly EntityDifference[]): boolean {
  const count = new Map<string, number>();
  for (const { source, target } of differences) {
    if (source !== null) count.set(`${source.kind} ${source.value}`, (count.get(`${source.kind} ${source.value}`) ?? 0) + 1);
    if (target !== null) count.set(`${target.kind} ${target.value}`, (count.get(`${target.kind} ${target.value}`) ?? 0) - 1);
  }
  return [...count.values()].every((sum) => sum === 0);
}

function isTold({ kind, source, target }: EntityDifference): boolean {
  if (source !== null && target !== null) return true;
  const alone = source ?? target;
  if (kind === 'modality') return alone?.value === 'must not';
  if (kind === 'default') return alone?.value === APPLIES_ONLY_IF;
  return SAYS_ALONE.has(kind);
}
