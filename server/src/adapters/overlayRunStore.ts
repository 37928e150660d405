import type { Result } from '../../../shared/failure.ts';
import type { Metric, Page, RunSnapshot } from '../../../shared/model.ts';
import type { KeptCalls, JournalEntry, RunOwner, RunStore, StepRows } from '../engine/ports.ts';
import { OverlayReviewStore } from './overlayReviewStore.ts';
import type { SqliteRunStore } from './sqliteRunStore.ts';

function newestFirst(a: RunSnapshot, b: RunSnapshot): number {
  return b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1);
}

/**
 * A file store that does not stop the work when the file takes no more writes: the run that is written moves to memory,
 * with all the file has of it, and goes on there. Other runs stay where they are and are read as before.
 */
export class OverlayRunStore implements RunStore {
  readonly #file: SqliteRunStore;
  readonly #memory: SqliteRunStore;
  readonly #onTrouble: (failure: string) => RunStore['status'];
  #status: RunStore['status'];
  /** Runs in memory; true where the file still has an older state of it. */
  readonly #moved = new Map<string, boolean>();
  readonly #moving = new Map<string, Promise<Result<void>>>();
  readonly #textsInMemory = new Set<string>();
  readonly reviews: OverlayReviewStore;
  readonly calls: KeptCalls;

  constructor(file: SqliteRunStore, memory: SqliteRunStore, status: RunStore['status'], onTrouble: (failure: string) => RunStore['status']) {
    this.#file = file;
    this.#memory = memory;
    this.#status = status;
    this.#onTrouble = onTrouble;
    this.reviews = new OverlayReviewStore(file.reviews, memory.reviews, {
      isMoved: (runId) => this.#moved.has(runId),
      status: () => this.#status,
    });
    this.calls = {
      begin: (runId, owner, calls) => this.#writeCalls(runId, (store) => store.calls.begin(runId, owner, calls)),
      append: (runId, owner, calls) => this.#writeCalls(runId, (store) => store.calls.append(runId, owner, calls)),
      forgetBegun: (runId, owner) => this.#writeCalls(runId, (store) => store.calls.forgetBegun(runId, owner)),
      load: (runId) => this.#of(runId).calls.load(runId),
    };
  }

  get status(): RunStore['status'] {
    return this.#status;
  }

  isKept(runId: string): boolean {
    return !this.#moved.has(runId);
  }

  #of(runId: string): SqliteRunStore {
    return this.#moved.has(runId) ? this.#memory : this.#file;
  }

  /** Brings a run to memory, once. Fails where the file cannot be read either. */
  async #move(runId: string): Promise<Result<void>> {
    if (this.#moved.has(runId)) return { ok: true, value: undefined };
    const moving = this.#moving.get(runId) ?? this.#copyToMemory(runId).finally(() => this.#moving.delete(runId));
    this.#moving.set(runId, moving);
    return moving;
  }

  async #copyToMemory(runId: string): Promise<Result<void>> {
    const copy = await this.#file.copyOf(runId);
    if (!copy.ok) return copy;
    if (copy.value !== null) {
      const added = await this.#memory.addCopy(copy.value);
      if (!added.ok) return added;
    }
    this.#moved.set(runId, copy.value !== null);
    return { ok: true, value: undefined };
  }

  /** Writes to where the run is; when its file takes no more writes, to memory from now on. */
  async #write<T>(runId: string, needsMemory: boolean, write: (store: SqliteRunStore) => Promise<Result<T>>): Promise<Result<T>> {
    if (!needsMemory || this.#moved.has(runId)) {
      const written = await write(this.#of(runId));
      // The file takes writes again: what is started from now on is kept.
      if (written.ok && !this.#moved.has(runId)) this.#status = this.#file.status;
      if (written.ok || written.failure.code !== 'storeUnavailable' || this.#moved.has(runId)) return written;
      this.#status = this.#onTrouble(written.failure.message);
    }
    const moved = await this.#move(runId);
    return moved.ok ? write(this.#memory) : moved;
  }

  /** Calls of one run are written side by side: one that reached the file while another moved the run follows it. */
  async #writeCalls(runId: string, write: (store: SqliteRunStore) => Promise<Result<void>>): Promise<Result<void>> {
    const wasMoved = this.#moved.has(runId);
    const written = await this.#write(runId, false, write);
    return written.ok && !wasMoved && this.#moved.has(runId) ? write(this.#memory) : written;
  }

  #needsMemory(snapshot: RunSnapshot): boolean {
    return snapshot.documents.some(({ hash }) => this.#textsInMemory.has(hash));
  }

  async saveText(hash: string, text: string): Promise<Result<void>> {
    const saved = await this.#file.saveText(hash, text);
    if (saved.ok) {
      this.#textsInMemory.delete(hash);
      return saved;
    }
    if (saved.failure.code !== 'storeUnavailable') return saved;
    this.#status = this.#onTrouble(saved.failure.message);
    this.#textsInMemory.add(hash);
    return this.#memory.saveText(hash, text);
  }

  async text(hash: string): Promise<Result<string | null>> {
    const inMemory = await this.#memory.text(hash);
    return inMemory.ok && inMemory.value === null ? this.#file.text(hash) : inMemory;
  }

  createRun(snapshot: RunSnapshot, request: string, owner: string): Promise<Result<void>> {
    const needsMemory = [...this.#textsInMemory].some((hash) => request.includes(hash));
    return this.#write(snapshot.id, needsMemory, (store) => store.createRun(snapshot, request, owner));
  }

  claimRun(snapshot: RunSnapshot, owner: string, seen: RunOwner | null, at: number): Promise<Result<boolean>> {
    return this.#write(snapshot.id, false, (store) => store.claimRun(snapshot, owner, seen, at));
  }

  commitStep(runId: string, owner: string, entry: JournalEntry, rows: StepRows, snapshot: RunSnapshot): Promise<Result<void>> {
    return this.#write(runId, this.#needsMemory(snapshot), (store) => store.commitStep(runId, owner, entry, rows, snapshot));
  }

  endRun(snapshot: RunSnapshot, owner: string): Promise<Result<void>> {
    return this.#write(snapshot.id, this.#needsMemory(snapshot), (store) => store.endRun(snapshot, owner));
  }

  addAttempt(runId: string, owner: string, number: number, attempt: Metric, begun?: number): Promise<Result<void>> {
    return this.#writeCalls(runId, (store) => store.addAttempt(runId, owner, number, attempt, begun));
  }

  beginAttempt(runId: string, owner: string, begun: number, attempt: Metric): Promise<Result<void>> {
    return this.#writeCalls(runId, (store) => store.beginAttempt(runId, owner, begun, attempt));
  }

  attempts(runId: string): Promise<Result<readonly Metric[]>> {
    return this.#of(runId).attempts(runId);
  }

  heartbeat(runId: string, owner: string, at: number): Promise<Result<void>> {
    return this.#of(runId).heartbeat(runId, owner, at);
  }

  owner(runId: string): Promise<Result<RunOwner | null>> {
    return this.#of(runId).owner(runId);
  }

  run(runId: string): ReturnType<RunStore['run']> {
    return this.#of(runId).run(runId);
  }

  async runs(offset: number, limit: number): Promise<Result<Page<RunSnapshot>>> {
    if (this.#moved.size === 0) return this.#file.runs(offset, limit);
    const inMemory = await this.#memory.runs(0, this.#moved.size);
    if (!inMemory.ok) return inMemory;
    const inFile = await this.#file.runs(0, offset + limit + this.#moved.size);
    if (!inFile.ok) return inFile;
    const rows = [...inMemory.value.rows, ...inFile.value.rows.filter(({ id }) => !this.#moved.has(id))].sort(newestFirst);
    const twice = [...this.#moved.values()].filter((isInFile) => isInFile).length;
    return {
      ok: true,
      value: { total: inMemory.value.total + inFile.value.total - twice, offset, rows: rows.slice(offset, offset + limit) },
    };
  }

  async latest(documentKey: string): Promise<Result<RunSnapshot | null>> {
    const inFile = await this.#file.latest(documentKey);
    if (this.#moved.size === 0 || !inFile.ok) return inFile;
    const inMemory = await this.#memory.latest(documentKey);
    if (!inMemory.ok) return inMemory;
    const found = [inMemory.value, inFile.value].filter((one) => one !== null).sort(newestFirst);
    const newest = found[0] ?? null;
    // The file's state of a run that moved is an older one.
    return { ok: true, value: newest !== null && newest.id === inMemory.value?.id ? inMemory.value : newest };
  }

  journal(runId: string): ReturnType<RunStore['journal']> {
    return this.#of(runId).journal(runId);
  }

  units(runId: string, documentKey: string): ReturnType<RunStore['units']> {
    return this.#of(runId).units(runId, documentKey);
  }

  unit(runId: string, unitKey: string): ReturnType<RunStore['unit']> {
    return this.#of(runId).unit(runId, unitKey);
  }

  matchRows(query: Parameters<RunStore['matchRows']>[0]): ReturnType<RunStore['matchRows']> {
    return this.#of(query.runId).matchRows(query);
  }

  matchCounts(runId: string): ReturnType<RunStore['matchCounts']> {
    return this.#of(runId).matchCounts(runId);
  }

  match(runId: string, id: string): ReturnType<RunStore['match']> {
    return this.#of(runId).match(runId, id);
  }

  matches(runId: string): ReturnType<RunStore['matches']> {
    return this.#of(runId).matches(runId);
  }

  newTargets(runId: string): ReturnType<RunStore['newTargets']> {
    return this.#of(runId).newTargets(runId);
  }

  findings(query: Parameters<RunStore['findings']>[0]): ReturnType<RunStore['findings']> {
    return this.#of(query.runId).findings(query);
  }

  findingFacets(...of: Parameters<RunStore['findingFacets']>): ReturnType<RunStore['findingFacets']> {
    return this.#of(of[0]).findingFacets(...of);
  }

  async deleteRun(runId: string, seen: RunOwner | null): Promise<Result<boolean>> {
    if (!this.#moved.has(runId)) return this.#file.deleteRun(runId, seen);
    // The file's older state of it would show again.
    if (this.#moved.get(runId) === true) {
      const owner = await this.#file.owner(runId);
      if (!owner.ok) return owner;
      const inFile = await this.#file.deleteRun(runId, owner.value);
      if (!inFile.ok) return inFile;
    }
    const deleted = await this.#memory.deleteRun(runId, seen);
    if (deleted.ok && deleted.value) this.#moved.delete(runId);
    return deleted;
  }

  async close(): Promise<void> {
    await this.#file.close();
    await this.#memory.close();
  }
}
