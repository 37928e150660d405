import type { Review, ReviewedUnit, RunSnapshot, Unit } from '../../../../../shared/model.ts';
import type { OverrideTarget } from '../../../../../shared/protocol/reviews.ts';
import { claims } from '../../../../../shared/reviewQueue.ts';
import type { Ports, RunStore, YieldToHost } from '../../ports.ts';
import { findingKey } from '../comparison/findingKey.ts';
import { unitName } from '../comparison/unitNames.ts';
import { valueOf } from '../unitTexts.ts';
import { foldRow, type LineOnRow, type RowNow } from './foldRow.ts';
import { flatMapInTurns } from './inTurns.ts';
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

/** Rows that are read and added up at once; between two such stretches others have a turn. */
const STRETCH = 100;

type KinLine = { readonly line: ReviewLine; readonly kin: Kin };

/** All that is read of a row. */
interface ReadRow {
  readonly row: ReviewableRow;
  readonly lines: readonly KinLine[];
  readonly units: ReadonlyMap<string, Unit>;
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
  readonly #turn: YieldToHost;
  /** What was read of rows since the trail was last looked at: a step looks at its rows before it adds to them, and after. */
  readonly #read = new Map<string, ReadRow>();

  constructor(snapshot: RunSnapshot, { store, yieldToHost }: Pick<Ports, 'store' | 'yieldToHost'>) {
    this.snapshot = snapshot;
    this.#store = store;
    this.#turn = yieldToHost;
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
    this.release();
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

  /** Forgets what was read of rows; the trail may be longer by now. */
  release(): void {
    this.#read.clear();
  }

  /** Rows as they are with the trail as it is and `added` behind it; those the run does not have are left out. */
  async rows(ids: readonly string[], added: readonly ReviewLine[] = []): Promise<readonly ViewedRow[]> {
    const addedTo = await this.#byRow(added);
    const named = new Map<string, Unit>();
    const viewed: ViewedRow[] = [];
    for (let at = 0; at < ids.length; at += STRETCH) {
      if (at > 0) await this.#turn();
      const stretch = ids.slice(at, at + STRETCH);
      await this.#readRows(stretch.filter((id) => !this.#read.has(id)));
      await this.#addNamed(stretch, addedTo, named);
      for (const id of stretch) {
        const read = this.#read.get(id);
        if (read !== undefined) viewed.push(this.#viewed(read.row, [...read.lines, ...(addedTo.get(id) ?? [])], (key) => read.units.get(key) ?? named.get(key)));
      }
    }
    return viewed;
  }

  async #byRow(lines: readonly ReviewLine[]): Promise<ReadonlyMap<string, readonly KinLine[]>> {
    const byRow = new Map<string, KinLine[]>();
    await flatMapInTurns(lines, this.#turn, (line): readonly never[] => {
      const id = this.rowIdOf(line);
      const known = byRow.get(id);
      if (known === undefined) byRow.set(id, [{ line, kin: this.#own }]);
      else known.push({ line, kin: this.#own });
      return [];
    });
    return byRow;
  }

  /** Adds the targets that new lines name and their rows do not have. */
  async #addNamed(ids: readonly string[], addedTo: ReadonlyMap<string, readonly KinLine[]>, named: Map<string, Unit>): Promise<void> {
    const keys = new Set<string>();
    for (const id of ids) {
      for (const { line: { targets, review } } of addedTo.get(id) ?? []) {
        for (const { key } of [...targets, ...(review?.override ?? [])]) if (this.#read.get(id)?.units.has(key) === false && !named.has(key)) keys.add(key);
      }
    }
    if (keys.size === 0) return;
    for (const unit of valueOf(await this.#store.reviews.units(this.snapshot.id, [...keys]))) named.set(unit.key, unit);
  }

  async #readRows(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const found = valueOf(await this.#store.reviews.rows(this.snapshot.id, ids));
    const lines = await this.#lines(found);
    const units = await this.#units(found, lines);
    for (const row of found) this.#read.set(row.id, { row, lines: lines.get(row.id) ?? [], units });
  }

  #keyOf(row: ReviewableRow): { readonly findingKey: string; readonly kind: string } {
    if (row.finding !== null) return { findingKey: row.id, kind: row.finding.kind };
    const kind = row.row?.side === 'target' ? 'newTarget' : 'match';
    return { findingKey: findingKey(this.snapshot.workflow, row.id, kind), kind };
  }

  async #lines(rows: readonly ReviewableRow[]): Promise<ReadonlyMap<string, readonly KinLine[]>> {
    const lines = new Map<string, KinLine[]>(rows.map(({ id }) => [id, []]));
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
    for (const list of lines.values()) list.sort((a, b) => a.line.sequence - b.line.sequence);
    return lines;
  }

  async #units(rows: readonly ReviewableRow[], lines: ReadonlyMap<string, readonly KinLine[]>): Promise<ReadonlyMap<string, Unit>> {
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

  #viewed(row: ReviewableRow, lines: readonly KinLine[], unitOf: (key: string) => Unit | undefined): ViewedRow {
    const named = (key: string): ReviewedRow['unit'] | null => {
      const unit = unitOf(key);
      return unit === undefined ? null : { key, contentHash: unit.contentHash, name: unitName(unit) };
    };
    const own = row.finding === null ? named(row.id) : { ...evidenceUnit(row.finding), name: row.finding.title };
    if (own === null) throw new Error(`The store has no unit of row ${row.id}.`);
    const targets = row.targets.flatMap((key) => named(key) ?? []);
    const onRow = linesOfTwins(lines.map(({ line, kin }): TwinLine => {
      const review: Review = line.review ?? { findingKey: line.findingKey, unit: line.unit, targets: line.targets, state: 'open', reviewer: line.reviewer, at: line.at };
      const standing = reviewStanding(review, { unit: own, targets }, (key) => kin.carriedTarget(key), named, (key) => kin.isTwin(key));
      if (standing.standing === 'unitGone') throw new Error('A row is not gone.');
      const override = (review.override ?? []).flatMap(({ key }) => overrideTarget(unitOf(kin.carriedTarget(key) ?? '')));
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

