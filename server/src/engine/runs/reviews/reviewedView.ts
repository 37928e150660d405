import type { Review, ReviewedUnit, RunSnapshot, Unit } from '../../../../../shared/model.ts';
import type { OverrideTarget } from '../../../../../shared/protocol/reviews.ts';
import { claims } from '../../../../../shared/reviewQueue.ts';
import type { RunStore } from '../../ports.ts';
import { findingKey } from '../comparison/findingKey.ts';
import { unitName } from '../comparison/unitNames.ts';
import { valueOf } from '../unitTexts.ts';
import { foldRow, type LineOnRow, type RowNow } from './foldRow.ts';
import { evidenceUnit, isKin, kinOf, ownKin, type Kin } from './kin.ts';
import { reviewStanding, type ReviewedRow } from './reviewStanding.ts';
import type { LineHead, ReviewableRow, ReviewedRun, ReviewLine } from './reviewStore.ts';
import { linesOfTwins, type TwinLine } from './twinLines.ts';

/** A row of the run with the words it has and what its lines add up to. */
export interface ViewedRow {
  readonly id: string;
  readonly findingKey: string;
  readonly kind: string;
  /** Number or heading, as a message names it. */
  readonly name: string;
  readonly unit: ReviewedUnit;
  readonly targets: readonly ReviewedUnit[];
  /** False where the run says nothing that could be accepted. */
  readonly claimed: boolean;
  /** Oldest first. */
  readonly lines: readonly LineOnRow[];
  readonly now: RowNow;
}

interface KnownKin {
  readonly kin: Kin;
  /** By row of this run: the rows of the other one that are it. */
  readonly aliases: Map<string, Set<string>>;
  /** The newest line of the other run that is in `aliases`. */
  sequence: number;
}

export function reviewedRunOf({ id, workflow, documents }: RunSnapshot): ReviewedRun {
  return { run: id, workflow, documents: documents.map(({ key, hash }) => ({ key, hash })) };
}

/** One run as its reviewers see it: every line of the trail that is about one of its rows, in whatever run it was made. */
export class ReviewedView {
  readonly snapshot: RunSnapshot;
  readonly #store: RunStore;
  readonly #own: Kin;
  /** Null for a run over other documents. */
  readonly #kin = new Map<string, KnownKin | null>();

  constructor(snapshot: RunSnapshot, store: RunStore) {
    this.snapshot = snapshot;
    this.#store = store;
    this.#own = ownKin(snapshot);
  }

  async #others(): Promise<readonly KnownKin[]> {
    for (const run of valueOf(await this.#store.reviews.reviewedRuns())) {
      if (run.run === this.snapshot.id || this.#kin.has(run.run)) continue;
      const known = (await isKin(run, this.snapshot, this.#store)) ? { kin: await kinOf(run, this.snapshot, this.#store), aliases: new Map(), sequence: 0 } : null;
      this.#kin.set(run.run, known);
    }
    return [...this.#kin.values()].filter((known) => known !== null);
  }

  /** Rows of this run that lines newer than `after` are about. Everything up to `upTo` is known afterwards. */
  async touched(after: number, upTo: number): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    for (const known of await this.#others()) {
      // What this view has not seen, or the store's states have not.
      for (const head of valueOf(await this.#store.reviews.heads(known.kin.run, Math.min(after, known.sequence)))) {
        for (const id of known.kin.rowIdsOf(head)) {
          ids.add(id);
          const aliases = known.aliases.get(id);
          if (aliases === undefined) known.aliases.set(id, new Set([head.findingKey]));
          else aliases.add(head.findingKey);
        }
      }
      known.sequence = upTo;
    }
    for (const head of valueOf(await this.#store.reviews.heads(this.snapshot.id, after))) ids.add(this.rowIdOf(head));
    return ids;
  }

  /** The row of this run that a line made on it is about. */
  rowIdOf(line: LineHead): string {
    return this.#own.rowIdOf(line) ?? line.findingKey;
  }

  /** Rows as they are with the trail as it is and `added` behind it; those the run does not have are left out. */
  async rows(ids: readonly string[], added: readonly ReviewLine[] = []): Promise<readonly ViewedRow[]> {
    const found = valueOf(await this.#store.reviews.rows(this.snapshot.id, ids));
    const lines = await this.#lines(found, added);
    const units = await this.#units(found, lines);
    const byId = new Map(found.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row === undefined ? [] : [this.#viewed(row, lines.get(id) ?? [], units)];
    });
  }

  #keyOf(row: ReviewableRow): { readonly findingKey: string; readonly kind: string } {
    if (row.finding !== null) return { findingKey: row.id, kind: row.finding.kind };
    const kind = row.row?.side === 'target' ? 'newTarget' : 'match';
    return { findingKey: findingKey(this.snapshot.workflow, row.id, kind), kind };
  }

  async #lines(rows: readonly ReviewableRow[], added: readonly ReviewLine[]): Promise<ReadonlyMap<string, readonly { line: ReviewLine; kin: Kin }[]>> {
    const lines = new Map<string, { line: ReviewLine; kin: Kin }[]>(rows.map(({ id }) => [id, []]));
    const read = async (kin: Kin, keysOf: (row: ReviewableRow) => Iterable<string>): Promise<void> => {
      const rowsOf = new Map<string, string[]>();
      for (const row of rows) {
        for (const key of keysOf(row)) {
          const known = rowsOf.get(key);
          if (known === undefined) rowsOf.set(key, [row.id]);
          else known.push(row.id);
        }
      }
      if (rowsOf.size === 0) return;
      for (const line of valueOf(await this.#store.reviews.lines(kin.run, [...rowsOf.keys()]))) {
        for (const id of rowsOf.get(line.findingKey) ?? []) lines.get(id)?.push({ line, kin });
      }
    };
    await read(this.#own, (row) => [this.#keyOf(row).findingKey]);
    for (const known of this.#kin.values()) if (known !== null) await read(known.kin, ({ id }) => known.aliases.get(id) ?? []);
    for (const line of added) lines.get(this.rowIdOf(line))?.push({ line, kin: this.#own });
    for (const list of lines.values()) list.sort((a, b) => a.line.sequence - b.line.sequence);
    return lines;
  }

  async #units(rows: readonly ReviewableRow[], lines: ReadonlyMap<string, readonly { line: ReviewLine; kin: Kin }[]>): Promise<ReadonlyMap<string, Unit>> {
    const keys = new Set<string>();
    for (const { id, row, targets } of rows) {
      if (row === null) continue;
      for (const key of [id, ...targets]) keys.add(key);
      for (const { line, kin } of lines.get(id) ?? []) {
        for (const { key } of [...line.targets, ...(line.review?.override ?? [])]) {
          const carried = kin.carriedTarget(key);
          if (carried !== null) keys.add(carried);
        }
      }
    }
    return new Map(valueOf(await this.#store.reviews.units(this.snapshot.id, [...keys])).map((unit) => [unit.key, unit]));
  }

  #viewed(row: ReviewableRow, lines: readonly { line: ReviewLine; kin: Kin }[], units: ReadonlyMap<string, Unit>): ViewedRow {
    const named = (key: string): ReviewedRow['unit'] | null => {
      const unit = units.get(key);
      return unit === undefined ? null : { key, contentHash: unit.contentHash, name: unitName(unit) };
    };
    const own = row.finding === null ? named(row.id) : { ...evidenceUnit(row.finding), name: row.finding.title };
    if (own === null) throw new Error(`The store has no unit of row ${row.id}.`);
    const targets = row.targets.flatMap((key) => named(key) ?? []);
    const onRow = linesOfTwins(lines.map(({ line, kin }): TwinLine => {
      const review: Review = line.review ?? { findingKey: line.findingKey, unit: line.unit, targets: line.targets, state: 'open', reviewer: line.reviewer, at: line.at };
      const standing = reviewStanding(review, { unit: own, targets }, (key) => kin.carriedTarget(key), named, (key) => kin.isTwin(key));
      if (standing.standing === 'unitGone') throw new Error('A row is not gone.');
      const override = (review.override ?? []).flatMap(({ key }) => overrideTarget(units.get(kin.carriedTarget(key) ?? '')));
      return { on: { line, standing, override }, twin: kin.twinOf(line), isLikely: kin.rowIdOf(line) === row.id };
    }));
    const { name, ...unit } = own;
    return {
      id: row.id, ...this.#keyOf(row), name, unit,
      targets: targets.map(({ key, contentHash }) => ({ key, contentHash })),
      claimed: row.row === null || claims(row.row),
      lines: onRow, now: foldRow(onRow),
    };
  }
}

function overrideTarget(unit: Unit | undefined): readonly OverrideTarget[] {
  return unit === undefined ? [] : [{ id: unit.key, number: unit.number ?? '', title: unit.title ?? '' }];
}

