import type { ExchangedReview } from '../../../../../../shared/reviewFile.ts';
import type { Finding, ReviewedUnit, Unit, WorkflowName } from '../../../../../../shared/model.ts';
import { unitKeyOf } from '../../comparison/findingKey.ts';
import { evidenceUnit, isMatchKind } from '../kin.ts';

/** Units by key and by words. */
class UnitIndex {
  /** False where the reviews were made on another version of the text: there another of equal units may have a key. */
  readonly #isSameText: boolean;
  readonly #byKey: ReadonlyMap<string, ReviewedUnit>;
  readonly #byWords = new Map<string, ReviewedUnit[]>();

  constructor(units: readonly ReviewedUnit[], isSameText: boolean) {
    this.#isSameText = isSameText;
    this.#byKey = new Map(units.map((unit) => [unit.key, unit]));
    for (const unit of units) {
      const same = this.#byWords.get(unit.contentHash);
      if (same === undefined) this.#byWords.set(unit.contentHash, [unit]);
      else same.push(unit);
    }
  }

  /** The only unit with those words; among several the one of that key, where the text is the same. A document may have been renamed. */
  find({ key, contentHash }: ReviewedUnit): string | null {
    const same = this.#byWords.get(contentHash) ?? [];
    const [only] = same;
    if (same.length === 1 && only !== undefined) return only.key;
    if (!this.#isSameText) return null;
    if (this.#byKey.get(key)?.contentHash === contentHash) return key;
    const local = localKey(key);
    const alike = same.filter((unit) => localKey(unit.key) === local);
    return alike.length === 1 ? (alike[0]?.key ?? null) : null;
  }
}

/** The key without its document. */
const localKey = (key: string): string => key.slice(key.indexOf('#') + 1);

/** Where reviews made elsewhere belong in a run, by the words they were made on. */
export class ReviewPlaces {
  readonly #workflow: WorkflowName;
  readonly #source: UnitIndex;
  readonly #target: UnitIndex;
  readonly #findings: ReadonlyMap<string, UnitIndex>;

  /** `isSameText`: whether the reviews were made on the very text of each document of the run. */
  constructor(workflow: WorkflowName, source: readonly Unit[], target: readonly Unit[], findings: readonly Finding[], isSameText: readonly boolean[]) {
    this.#workflow = workflow;
    this.#source = new UnitIndex(source, isSameText[0] === true);
    this.#target = new UnitIndex(target, isSameText[1] === true);
    const byKind = new Map<string, ReviewedUnit[]>();
    for (const finding of findings) byKind.set(finding.kind, [...(byKind.get(finding.kind) ?? []), evidenceUnit(finding)]);
    this.#findings = new Map([...byKind].map(([kind, units]) => [kind, new UnitIndex(units, isSameText.every((same) => same))]));
  }

  /** The row it is about; null where this run has no such words. */
  rowOf({ findingKey, kind, unit }: ExchangedReview): string | null {
    const { contentHash } = unit;
    if (!isMatchKind(kind)) return this.#findings.get(kind)?.find({ key: findingKey, contentHash }) ?? null;
    return (kind === 'match' ? this.#source : this.#target).find({ key: unitKeyOf(this.#workflow, findingKey, kind), contentHash });
  }

  /** True where this run has a target with these words. */
  hasTarget(unit: ReviewedUnit): boolean {
    return this.#target.find(unit) !== null;
  }

  /** A target under this run's key; one whose words are not here keeps its own, and is asked for again. */
  targetOf({ key, contentHash }: ReviewedUnit): ReviewedUnit {
    return { key: this.#target.find({ key, contentHash }) ?? key, contentHash };
  }
}
