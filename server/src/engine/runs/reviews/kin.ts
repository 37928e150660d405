import type { Finding, ReviewedUnit, RunSnapshot, Unit } from '../../../../../shared/model.ts';
import { carryUnits } from '../../documents/carryOver/carryUnits.ts';
import { sharedContent } from '../../documents/carryOver/sharedContent.ts';
import { foldedText, textHash } from '../../documents/hash.ts';
import type { RunStore } from '../../ports.ts';
import { unitKeyOf } from '../comparison/findingKey.ts';
import { SAME_DOCUMENT } from '../comparison/versions.ts';
import { allFindings } from '../runOutput.ts';
import { valueOf } from '../unitTexts.ts';
import type { LineHead, ReviewedRun } from './reviewStore.ts';

/** Where what was reviewed in one run is in another run over the same documents. */
export interface Kin {
  readonly run: string;
  /** The row of this run that a line of the other is about; null where its unit is gone. */
  rowIdOf(head: LineHead): string | null;
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
  return {
    run: id,
    rowIdOf: ({ findingKey, kind }) => (isMatchKind(kind) ? unitKeyOf(workflow, findingKey, kind) : findingKey),
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

type Carried = ReadonlyMap<string, string | null>;

function carriedKeys(before: readonly Unit[], after: readonly Unit[]): Carried {
  return new Map([...carryUnits(before, after).byBefore].map(([key, carry]) => [key, carry.after?.key ?? null]));
}

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
    carried.push(carriedKeys(valueOf(await store.units(other.run, then.key)), valueOf(await store.units(snapshot.id, key))));
  }
  const places = snapshot.workflow === 'crosswalk' ? new Map<string, never>() : findingsByPlace(await allFindings(store, snapshot.id), snapshot);
  const placeOf = (key: string): string | null => {
    for (const keys of carried) if (keys.has(key)) return keys.get(key) ?? null;
    return null;
  };
  return {
    run: other.run,
    rowIdOf: ({ findingKey, kind, unit: { contentHash } }) => {
      const unit = placeOf(unitKeyOf(snapshot.workflow, findingKey, kind));
      if (unit === null || isMatchKind(kind)) return unit;
      const there = places.get(`${kind}\n${unit}`) ?? [];
      // Equal words first: ordinals shift when a finding before it comes or goes.
      const found = there.find((one) => one.contentHash === contentHash) ?? there.find(({ key }) => ordinalOf(key) === ordinalOf(findingKey));
      return found?.key ?? null;
    },
    carriedTarget: placeOf,
  };
}
