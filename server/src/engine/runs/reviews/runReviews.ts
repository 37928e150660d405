import { FailureError } from '../../../../../shared/failure.ts';
import type { RunSnapshot } from '../../../../../shared/model.ts';
import type { ReviewAction, ReviewDone, ReviewHistory, RowReview } from '../../../../../shared/protocol/reviews.ts';
import type { Ports } from '../../ports.ts';
import { isFinished } from '../comparison/compareRuns.ts';
import { valueOf } from '../unitTexts.ts';
import { foldRow } from './foldRow.ts';
import { flatMapInTurns } from './inTurns.ts';
import { doneWords, openedException, refuse, speakerOf, type Said } from './reviewActions.ts';
import { ReviewedView, reviewedRunOf, type ViewedRow } from './reviewedView.ts';
import type { ReviewLine } from './reviewStore.ts';
import { undoStacks } from './undoStacks.ts';

/** Runs whose carried units are kept in memory; the store has all that is needed to make them again. */
const KEPT_VIEWS = 4;
/** Others may write between a look and a write; after this many times something else is wrong. */
const MAX_TRIES = 100;
/** Who opens exceptions that nobody opened by hand. */
const AUTOMATIC = 'Collate';
const SHOWN_ENTRIES = 200;
/** Of actions whose words differ from row to row. */
const WORDS_OF_MANY: Readonly<Partial<Record<ReviewAction['kind'], string>>> = { openException: 'have an open exception now', closeException: 'have a closed exception now' };

/** What one step adds to the trail, and the sentence that tells of it. */
export interface StepMade {
  readonly lines: readonly ReviewLine[];
  readonly message: string;
}
/** Makes a step on rows as they are after line `seen`; asked again where others wrote meanwhile. */
type MakeStep = (view: ReviewedView, seen: number) => Promise<StepMade>;

/** Reviews of runs over the trail of the store: brings every run's rows up to the trail, and adds to it. */
export class RunReviews {
  readonly #ports: Ports;
  readonly #load: (runId: string) => Promise<RunSnapshot>;
  readonly #views = new Map<string, ReviewedView>();
  /** By run: the newest line it was looked at with, so that a list that is scrolled asks once. */
  readonly #upTo = new Map<string, string>();
  #turn: Promise<unknown> = Promise.resolve();

  /** `load` gives a run as it is shown, or throws the Failure that says there is none. */
  constructor(ports: Ports, load: (runId: string) => Promise<RunSnapshot>) {
    this.#ports = ports;
    this.#load = load;
  }

  /** One after the other: each builds on what the one before wrote. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #view(snapshot: RunSnapshot): ReviewedView {
    const { id } = snapshot;
    const known = this.#views.get(id);
    const view = known !== undefined && markOf(known.snapshot) === markOf(snapshot) ? known : new ReviewedView(snapshot, this.#ports);
    this.#views.delete(id);
    this.#views.set(id, view);
    for (const other of this.#views.keys()) {
      if (this.#views.size <= KEPT_VIEWS) break;
      this.#views.delete(other);
    }
    return view;
  }

  forget(runId: string): void {
    this.#views.delete(runId);
    this.#upTo.delete(runId);
  }

  /** Brings the rows of a run at rest up to the trail, so that the store's lists can be read. */
  async refresh(runId: string): Promise<void> {
    const snapshot = await this.#load(runId);
    if (snapshot.state === 'running') return;
    const newest = valueOf(await this.#ports.store.reviews.newest());
    if (this.#upTo.get(runId) === `${String(newest)}:${String(markOf(snapshot))}`) return;
    await this.#inTurn(async () => {
      try {
        await this.#bring(this.#view(snapshot));
      } catch (thrown) {
        // What the store has is shown as it is; that it takes no writes is told by its status.
        if (!(thrown instanceof FailureError) || thrown.failure.code !== 'storeUnavailable') throw thrown;
        this.#ports.log.warn(`Reviews of run ${runId} are shown as they were kept last: ${thrown.failure.message}`);
      }
    });
  }

  /** The line up to which the rows of the run are brought. */
  async #bring(view: ReviewedView): Promise<number> {
    const { store } = this.#ports;
    const { snapshot } = view;
    const mark = markOf(snapshot);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const seen = valueOf(await store.reviews.newest());
      const carried = valueOf(await store.reviews.carriedTo(snapshot.id));
      const isWhole = carried !== null && carried.mark === mark;
      const ids = await view.touched(isWhole ? carried.sequence : 0, seen);
      const lines = isWhole ? [] : await this.#exceptions(view, seen);
      if (isWhole && ids.size === 0 && lines.length === 0) {
        this.#upTo.set(snapshot.id, `${String(seen)}:${String(mark)}`);
        return seen;
      }
      const written = await this.#write(view, seen, lines, ids);
      if (written !== null) return written;
    }
    return tooBusy();
  }

  /** Writes lines and the rows they change. Null: others wrote meanwhile. */
  async #write(view: ReviewedView, seen: number, lines: readonly ReviewLine[], others: ReadonlySet<string> = new Set()): Promise<number | null> {
    const { store } = this.#ports;
    const { snapshot } = view;
    const ids = [...new Set([...others, ...lines.map((line) => view.rowIdOf(line))])];
    const states = new Map<string, RowReview | null>();
    for (const { id, now } of await view.rows(ids, lines)) states.set(id, now.row);
    const isWritten = valueOf(await store.reviews.write({ seen, run: reviewedRunOf(snapshot), lines, states, mark: markOf(snapshot) }));
    view.release();
    if (!isWritten) return null;
    const newest = lines.at(-1)?.sequence ?? seen;
    this.#upTo.set(snapshot.id, `${String(newest)}:${String(markOf(snapshot))}`);
    return newest;
  }

  /** Lines that open what must be settled before sign-off and has no exception on these words yet. */
  async #exceptions(view: ReviewedView, seen: number): Promise<readonly ReviewLine[]> {
    const { store, clock } = this.#ports;
    const { snapshot } = view;
    if (!isFinished(snapshot) || store.reviews.refusal(snapshot.id) !== null) return [];
    const rows = (await view.rows(valueOf(await store.reviews.exceptional(snapshot.id))))
      .filter(({ now: { exception, isExceptionOfTheseWords } }) => exception === null || (exception.state === 'closed' && !isExceptionOfTheseWords));
    const saying = { reviewer: AUTOMATIC, at: clock.now() };
    let last = valueOf(await store.reviews.lastException());
    return this.linesOf(view, seen, '', saying, rows.map((row) => {
      const exception = openedException(`EX-${String(++last)}`, saying);
      return [row, { action: 'openException', words: `exception ${exception.label} opened`, exception }];
    }));
  }

  linesOf(view: ReviewedView, seen: number, madeIn: string, saying: { readonly reviewer: string; readonly at: number }, said: readonly (readonly [ViewedRow, Said & Partial<Pick<ReviewLine, 'unit' | 'targets' | 'about'>>])[]): Promise<readonly ReviewLine[]> {
    const step = this.#ports.ids.next();
    return flatMapInTurns(said, this.#ports.yieldToHost, ([{ findingKey, kind, unit, targets }, own], at): readonly ReviewLine[] => [{
      sequence: seen + at + 1, run: view.snapshot.id, findingKey, kind, step, madeIn, unit, targets, reviewer: saying.reviewer, at: saying.at, ...own,
    }]);
  }

  /** The run, at rest. Throws a Failure for one at work, whose rows still come. */
  async mustRest(runId: string): Promise<RunSnapshot> {
    const snapshot = await this.#load(runId);
    return snapshot.state === 'running' ? refuse('The run is still at work. Review it when it has come to rest, or cancel it.') : snapshot;
  }

  /** Makes a step, all of it or nothing. */
  async make(runId: string, make: MakeStep): Promise<ReviewDone> {
    const snapshot = await this.mustRest(runId);
    const { store } = this.#ports;
    const refused = store.reviews.refusal(runId);
    if (refused !== null) throw unkept(refused);
    return this.#inTurn(async () => {
      try {
        const view = this.#view(snapshot);
        for (let tries = 0; tries < MAX_TRIES; tries++) {
          const seen = await this.#bring(view);
          const { lines, message } = await make(view, seen);
          if (lines.length > 0 && (await this.#write(view, seen, lines)) === null) continue;
          const { undo, redo } = undoStacks(valueOf(await store.reviews.steps(runId, this.#ports.owner)));
          return { ids: [...new Set(lines.map((line) => view.rowIdOf(line)))], message, canUndo: undo.length > 0, canRedo: redo.length > 0 };
        }
        return tooBusy();
      } catch (thrown) {
        throw thrown instanceof FailureError && thrown.failure.code === 'storeUnavailable' ? unkept(thrown.failure.message) : thrown;
      }
    });
  }

  act(runId: string, ids: readonly string[], action: ReviewAction, reviewer: string): Promise<ReviewDone> {
    return this.make(runId, async (view, seen) => {
      const rows = await this.#named(view, ids);
      const saying = { reviewer: this.nameOf(reviewer), at: this.#ports.clock.now() };
      const speaker = await speakerOf(action, saying, view.snapshot, this.#ports.store);
      const said = await flatMapInTurns(rows, this.#ports.yieldToHost, (row): readonly (readonly [ViewedRow, Said])[] => {
        const own = speaker(row);
        return own === null ? [] : [[row, own]];
      });
      const [first] = said;
      if (first === undefined) return { lines: [], message: 'Nothing to do: that is said already.' };
      const words = said.length === 1 ? first[1].words : (WORDS_OF_MANY[action.kind] ?? first[1].words);
      return { lines: await this.linesOf(view, seen, this.#ports.owner, saying, said), message: doneWords(said.map(([{ name }]) => name), words) };
    });
  }

  async #named(view: ReviewedView, ids: readonly string[]): Promise<readonly ViewedRow[]> {
    const distinct = [...new Set(ids)];
    if (distinct.length === 0) refuse('No row is named.');
    const rows = await view.rows(distinct);
    const known = new Set(rows.map(({ id }) => id));
    const missing = distinct.find((id) => !known.has(id));
    if (missing === undefined) return rows;
    throw new FailureError({ code: 'unreadable', message: `Row ${missing} is not part of this run. Open the run again and choose a row of it.`, retry: 'never' });
  }

  undo(runId: string, reviewer: string): Promise<ReviewDone> {
    return this.make(runId, (view, seen) => this.#about(view, seen, 'undo', reviewer));
  }

  redo(runId: string, reviewer: string): Promise<ReviewDone> {
    return this.make(runId, (view, seen) => this.#about(view, seen, 'redo', reviewer));
  }

  /** A step that takes the last one of this window back, or makes it again. */
  async #about(view: ReviewedView, seen: number, action: 'undo' | 'redo', reviewer: string): Promise<StepMade> {
    const { store, owner, clock } = this.#ports;
    const { id } = view.snapshot;
    const step = undoStacks(valueOf(await store.reviews.steps(id, owner)))[action].at(-1);
    if (step === undefined) return refuse(action === 'undo' ? 'Nothing was decided in this window that could be undone.' : 'Nothing was undone in this window that could be done again.');
    const made = valueOf(await store.reviews.stepLines(id, step));
    const rows = new Map((await view.rows(made.map((line) => view.rowIdOf(line)))).map((row) => [row.id, row]));
    const saying = { reviewer: this.nameOf(reviewer), at: clock.now() };
    const prefix = action === 'undo' ? 'undone' : 'done again';
    const said = await flatMapInTurns(made, this.#ports.yieldToHost, (line) => {
      const row = rows.get(view.rowIdOf(line));
      if (row === undefined) return [];
      const { unit, targets, sequence, words } = line;
      return [[row, { action, words: `${prefix}: ${words}`, unit, targets, about: { sequence, step } }] as const];
    });
    const message = `${action === 'undo' ? 'Undone' : 'Done again'}: ${doneWords([...rows.values()].map(({ name }) => name), made[0]?.words ?? '')}`;
    return { lines: await this.linesOf(view, seen, owner, saying, said), message };
  }

  /** Looks at a run with every line of the trail that is about it. */
  look<T>(runId: string, look: (view: ReviewedView) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const view = this.#view(await this.#load(runId));
      const newest = valueOf(await this.#ports.store.reviews.newest());
      await view.touched(newest, newest);
      try {
        return await look(view);
      } finally {
        view.release();
      }
    });
  }

  async history(runId: string, id: string): Promise<ReviewHistory> {
    await this.refresh(runId);
    return this.look(runId, async (view) => {
      const [row] = await this.#named(view, [id]);
      if (row === undefined) throw new Error('A named row is there.');
      const first = Math.max(0, row.lines.length - SHOWN_ENTRIES);
      const entries = row.lines.slice(first).map(({ line }, at) => {
        const { sequence, action, reviewer, at: when, note, words } = line;
        const after = foldRow(row.lines.slice(0, first + at + 1)).decision;
        return { sequence, action, after, reviewer, at: when, ...(note === undefined ? {} : { note }), words };
      });
      return { review: row.now.row, exception: row.now.exception, entries: entries.reverse() };
    });
  }

  /** The name a line carries: as the user says it, else as the system knows it. */
  nameOf(reviewer: string): string {
    return reviewer.trim() || this.#ports.userName() || 'somebody';
  }
}

/** Another for a run that has more rows, or has ended since. */
function markOf(snapshot: RunSnapshot): number {
  const { matches, newTargets, findings } = snapshot.counts;
  return 2 * (matches + newTargets + findings) + (isFinished(snapshot) ? 1 : 0);
}

function unkept(reason: string): FailureError {
  return new FailureError({ code: 'storeUnavailable', message: `This cannot be reviewed, because no decision could be kept. ${reason}`, retry: 'later' });
}

function tooBusy(): never {
  throw new FailureError({ code: 'storeUnavailable', message: 'Other windows write reviews without a pause. Try again.', retry: 'now' });
}
