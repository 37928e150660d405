import type { Finding, ReviewedUnit, RunSnapshot, Unit } from '../../../../../shared/model.ts';
import { carryUnits } from '../../documents/carryOver/carryUnits.ts';
import { sharedContent } from '../../documents/carryOver/sharedContent.ts';
import type { Twins } from '../../documents/carryOver/uncertainTwins.ts';
import { foldedText, textHash } from '../../documents/hash.ts';
import type { RunStore } from '../../ports.ts';
import { unitKeyOf } from '../comparison/findingKey.ts';
import { SAME_DOCUMENT } from '../comparison/versions.ts';
import { allFindings } from '../runOutput.ts';
import { valueOf } from '../unitTexts.ts';
import type { LineHead, ReviewedRun } from './reviewStore.ts';
import type { Twin } from './twinLines.ts';

/** Where what was reviewed in one run is in another run over the same documents. */
export interface Kin {
  readonly run: string;
  /** The row of this run that a line of the other is about; null where its unit is gone. */
  rowIdOf(head: LineHead): string | null;
  /** Every row it may be about: more than that one where equal twins cannot be told apart. */
  rowIdsOf(head: LineHead): readonly string[];
  /** Of a line whose unit has equal twins that cannot be told apart. */
  twinOf(head: LineHead): Twin | null;
  /** True of a target that has equal twins which cannot be told apart. */
  isTwin(key: string): boolean;
  /** Key of a target here; null where it is gone. */
  carriedTarget(key: string): string | null;
}

/** The words a finding rests on, as a unit. */
export function evidenceUnit({ key, evidence }: Finding): ReviewedUnit {
  return { key, contentHash: textHash(evidence.map(({ quote }) => foldedText(quote)).join('\n')) };
}

export function isMatchKind(kind: string): kind is 'match' | 'newTarget' {
  return kind === 'match' || kind === 'newTarget';
}

/** The run itself: everything is where it was. */
export function ownKin({ id, workflow }: RunSnapshot): Kin {
  const rowIdOf = ({ findingKey, kind }: LineHead): string => (isMatchKind(kind) ? unitKeyOf(workflow, findingKey, kind) : findingKey);
  return {
    run: id, rowIdOf,
    rowIdsOf: (head) => [rowIdOf(head)],
    twinOf: () => null,
    isTwin: () => false,
    carriedTarget: (key) => key,
  };
}

/** True where two runs read versions of the same documents in the same order. */
export async function isKin(other: ReviewedRun, snapshot: RunSnapshot, store: RunStore): Promise<boolean> {
  if (other.workflow !== snapshot.workflow || other.documents.length !== snapshot.documents.length) return false;
  for (const [at, { key, hash }] of snapshot.documents.entries()) {
    const then = other.documents[at];
    if (then === undefined) return false;
    // The other way round is another crosswalk, however alike two versions are.
    if (snapshot.documents.some((one, place) => place !== at && one.key === then.key)) return false;
    if (then.key === key || then.hash === hash) continue;
    const before = valueOf(await store.units(other.run, then.key));
    const after = valueOf(await store.units(snapshot.id, key));
    if (sharedContent(before, after) < SAME_DOCUMENT) return false;
  }
  return true;
}

/** Units of one document and where they are in another version of it. */
interface Carried {
  readonly hash: string;
  readonly keys: ReadonlyMap<string, string | null>;
  readonly twins: ReadonlyMap<string, Twins>;
}

function carriedKeys(hash: string, before: readonly Unit[], after: readonly Unit[]): Carried {
  const { byBefore, twins } = carryUnits(before, after);
  return { hash, keys: new Map([...byBefore].map(([key, carry]) => [key, carry.after?.key ?? null])), twins };
}

/** The key without its document, which may have been renamed. */
const localKey = (key: string): string => key.slice(key.indexOf('#') + 1);

/** Findings of a run by unit and kind, each with the words it rests on. */
function findingsByPlace(findings: readonly Finding[], { workflow }: RunSnapshot): ReadonlyMap<string, readonly ReviewedUnit[]> {
  const places = new Map<string, ReviewedUnit[]>();
  for (const finding of findings) {
    const place = `${finding.kind}\n${unitKeyOf(workflow, finding.key, finding.kind)}`;
    const list = places.get(place);
    if (list === undefined) places.set(place, [evidenceUnit(finding)]);
    else list.push(evidenceUnit(finding));
  }
  return places;
}

/** `:2` of the second finding of a kind in a unit. */
const ordinalOf = (key: string): string => key.slice(key.lastIndexOf(':'));

/** Carries what was reviewed in another run over to this one, by the words of the units. */
export async function kinOf(other: ReviewedRun, snapshot: RunSnapshot, store: RunStore): Promise<Kin> {
  const carried: Carried[] = [];
  for (const [at, { key }] of snapshot.documents.entries()) {
    const then = other.documents[at];
    if (then === undefined) continue;
    carried.push(carriedKeys(then.hash, valueOf(await store.units(other.run, then.key)), valueOf(await store.units(snapshot.id, key))));
  }
  const places = snapshot.workflow === 'crosswalk' ? new Map<string, never>() : findingsByPlace(await allFindings(store, snapshot.id), snapshot);
  const documentOf = (key: string): Carried | undefined => carried.find(({ keys }) => keys.has(key));
  const placeOf = (key: string): string | null => documentOf(key)?.keys.get(key) ?? null;
  const twinsOf = (key: string): Twins | undefined => documentOf(key)?.twins.get(key);
  const unitOf = ({ findingKey, kind }: LineHead): string => unitKeyOf(snapshot.workflow, findingKey, kind);
  /** The row of a line where its unit is `unit` here. */
  const rowIn = (unit: string, { findingKey, kind, unit: { contentHash } }: LineHead): string | null => {
    if (isMatchKind(kind)) return unit;
    const there = places.get(`${kind}\n${unit}`) ?? [];
    const hasOrdinal = ({ key }: ReviewedUnit): boolean => ordinalOf(key) === ordinalOf(findingKey);
    // Equal words first: ordinals shift when a finding before it comes or goes. Among several of equal words they tell them apart.
    const equal = there.filter((one) => one.contentHash === contentHash);
    return (equal.find(hasOrdinal) ?? equal[0] ?? there.find(hasOrdinal))?.key ?? null;
  };
  const rowIdOf = (head: LineHead): string | null => {
    const unit = placeOf(unitOf(head));
    return unit === null ? null : rowIn(unit, head);
  };
  return {
    run: other.run, rowIdOf,
    rowIdsOf: (head) => {
      const unit = unitOf(head);
      const units = new Set([placeOf(unit), ...(twinsOf(unit)?.after ?? [])]);
      return [...units].flatMap((one) => (one === null ? [] : (rowIn(one, head) ?? [])));
    },
    twinOf: (head) => {
      const unit = unitOf(head);
      const twins = twinsOf(unit);
      if (twins === undefined) return null;
      const [first = ''] = twins.before;
      // Several findings in one unit are told apart by what follows the unit.
      const own = `${head.kind}${head.findingKey.slice(head.findingKey.lastIndexOf(`:${head.kind}`))}`;
      return { group: [documentOf(unit)?.hash, localKey(first), own].join('\n'), member: localKey(unit), before: twins.before.length, after: twins.after.length };
    },
    isTwin: (key) => twinsOf(key) !== undefined,
    carriedTarget: placeOf,
  };
}
