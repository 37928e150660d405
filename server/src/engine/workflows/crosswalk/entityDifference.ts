import { diffArrays } from 'diff';
import { isDayOfPeriod } from '../../documents/entities/dates.ts';
import type { Entity, EntityKind } from '../../documents/entities/entity.ts';
import { isEmptyRow, rowParts } from '../../documents/entities/schedules.ts';

/** Two facts that stand in the same place and differ, or one that only one side has. */
export interface EntityDifference {
  readonly kind: EntityKind;
  readonly source: Entity | null;
  readonly target: Entity | null;
}

/** Facts whose presence on one side only is a change; the others may only be said in other words. */
const SAYS_ALONE: ReadonlySet<EntityKind> = new Set([
  'codeReference', 'date', 'time', 'money', 'percentage', 'age', 'hours', 'service', 'period', 'number', 'negation', 'schedule',
]);

/** Compared apart from each other: an age does not become a modal verb. */
const GROUPS: readonly (readonly EntityKind[])[] = [
  ['date', 'time', 'money', 'percentage', 'age', 'hours', 'service', 'period', 'number'],
  ['frequency'], ['link'], ['codeReference'], ['sectionReference'], ['default'], ['decider'], ['modality'], ['negation'],
];

export interface EntityComparison {
  readonly differences: readonly EntityDifference[];
  /** The same facts on both sides, in another order: they may belong to other words now. */
  readonly reordered: boolean;
  /** Both sides deny and ask the same, in order. */
  readonly denialsEqual: boolean;
  /** Facts on one side only that the words around them may say on the other. */
  readonly untold: readonly EntityDifference[];
}

/** `sameReference` says whether a reference of the source and one of the target lead to the same provision. */
export function compareEntities(
  source: readonly Entity[],
  target: readonly Entity[],
  sameReference: (source: Entity, target: Entity) => boolean,
): EntityComparison {
  const of = (all: readonly Entity[], kind: EntityKind): readonly Entity[] => all.filter((entity) => entity.kind === kind);
  const differences: EntityDifference[] = [...compareSchedules(of(source, 'schedule'), of(target, 'schedule')).filter(isTold)];
  let reordered = false;
  let denialsEqual = true;
  const untold: EntityDifference[] = [];
  for (const kinds of GROUPS) {
    const group = compareGroup(source.filter((e) => kinds.includes(e.kind)), target.filter((e) => kinds.includes(e.kind)), sameReference);
    if ((kinds.includes('modality') || kinds.includes('negation')) && group.length > 0) denialsEqual = false;
    if (group.length > 0 && balances(group)) {
      // Who decides what is told by the words around; a list of names in another order says nothing.
      if (!kinds.includes('decider') && !kinds.includes('frequency')) reordered = true;
    } else {
      differences.push(...group.filter(isTold));
      untold.push(...group.filter((each) => !isTold(each) && HIDDEN.has(each.kind)));
    }
  }
  return { differences, reordered, denialsEqual, untold };
}

/** Kinds whose words are not compared as words: what is not told of them would be lost. */
const HIDDEN: ReadonlySet<EntityKind> = new Set(['frequency', 'date', 'sectionReference', 'link']);

/** Rows of schedules by what they are known by, so that a row that differs is one difference, whatever its place. */
function compareSchedules(source: readonly Entity[], target: readonly Entity[]): EntityDifference[] {
  const left = source.filter((row) => !target.some(({ value }) => value === row.value));
  const right = target.filter((row) => !source.some(({ value }) => value === row.value));
  const differences: EntityDifference[] = [];
  for (const row of left) {
    const at = right.findIndex((other) => rowParts(other.value)[0] === rowParts(row.value)[0]);
    differences.push({ kind: 'schedule', source: row, target: at < 0 ? null : (right.splice(at, 1)[0] ?? null) });
  }
  differences.push(...right.map((row): EntityDifference => ({ kind: 'schedule', source: null, target: row })));
  return pairedBySaid(differences).filter(({ source: here, target: there }) => !((here === null || there === null) && isEmptyRow((here ?? there)?.value ?? '')));
}

/** "2 years: 20 %" against "3 years: 20 %": the same share, reached at another time. */
function pairedBySaid(differences: readonly EntityDifference[]): EntityDifference[] {
  const kept = [...differences];
  for (let k = 0; k < kept.length; k++) {
    const { source, target } = kept[k] as EntityDifference;
    if (source === null || target !== null) continue;
    const partner = kept.findIndex((other) => other.source === null && other.target !== null && rowParts(other.target.value)[1] === rowParts(source.value)[1]);
    if (partner < 0) continue;
    kept[k] = { kind: 'schedule', source, target: (kept[partner] as EntityDifference).target };
    kept.splice(partner, 1);
    if (partner < k) k--;
  }
  return kept;
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
  return differences.length === 2 ? pairedAlone(differences) : differences;
}

/** "Monthly, quarterly" against "quarterly, quarterly": the only one lost and the only one gained are one difference. */
function pairedAlone([first, second]: readonly EntityDifference[]): EntityDifference[] {
  const both = [first as EntityDifference, second as EntityDifference];
  const lost = both.find(({ target }) => target === null);
  const gained = both.find(({ source }) => source === null);
  if (lost === undefined || gained === undefined || lost.kind !== gained.kind || !VALUED.has(lost.kind) || lost.source?.value === gained.target?.value) return both;
  return [{ kind: lost.kind, source: lost.source, target: gained.target }];
}

const VALUED: ReadonlySet<EntityKind> = new Set(['frequency', 'date', 'money', 'percentage', 'age', 'hours', 'service', 'period', 'codeReference']);

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
  if (kind === 'modality') return alone?.value === 'must not' || alone?.value === 'need not';
  if (kind === 'date' && isDayOfPeriod(alone?.value ?? '')) return false;
  if (kind === 'default') return true;
  return SAYS_ALONE.has(kind);
}
