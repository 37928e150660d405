import type { MatchRow } from '../../shared/protocol/results.ts';
import type { ReviewAction, ReviewDone, ReviewEntry, ReviewException, ReviewHistory, RowReview } from '../../shared/protocol/reviews.ts';

const WORDS = { accept: 'accepted', reject: 'rejected', reopen: 'opened again', override: 'overridden', note: 'noted', openException: 'exception opened', closeException: 'exception closed' } as const;
const STATE = { accept: 'accepted', reject: 'rejected', reopen: 'open', override: 'overridden' } as const;

interface Said {
  readonly review: RowReview | null;
  readonly exception: ReviewException | null;
}
interface Act {
  readonly ids: readonly string[];
  readonly before: readonly Said[];
  readonly after: readonly Said[];
  readonly words: string;
}
const NOTHING: Said = { review: null, exception: null };

/** A book of decisions that does what a server's does, in memory. */
export class ScriptedReviews {
  readonly said = new Map<string, Said>();
  readonly #entries = new Map<string, ReviewEntry[]>();
  readonly #done: Act[] = [];
  readonly #undone: Act[] = [];
  reviewer = 'Priya Raman';
  #clock = Date.UTC(2026, 10, 24, 14, 9);

  on(id: string): Said {
    return this.said.get(id) ?? NOTHING;
  }

  withReview(row: MatchRow): MatchRow {
    const { review, exception } = this.on(row.id);
    const own = review ?? (exception === null ? null : this.#fresh());
    return own === null ? row : { ...row, review: { ...own, ...(exception === null ? {} : { exception: exception.state }) } };
  }

  #fresh(): RowReview {
    return { state: 'open', standing: 'stands', reviewer: this.reviewer, at: this.#clock };
  }

  #after(id: string, action: ReviewAction): Said {
    const { review, exception } = this.on(id);
    const own = { ...(review ?? this.#fresh()), reviewer: this.reviewer, at: this.#clock };
    const note = 'note' in action && action.note !== undefined ? { note: action.note } : {};
    switch (action.kind) {
      case 'accept': case 'reject': case 'reopen': return { exception, review: { ...own, ...note, standing: 'stands', state: STATE[action.kind] } };
      case 'override': return { exception, review: { ...own, ...note, standing: 'stands', state: 'overridden', override: action.targets.map((target) => ({ id: target, number: target.split('#')[1] ?? '', title: '' })) } };
      case 'note': return { exception, review: { ...own, note: action.note } };
      case 'openException': return { review: { ...own, ...note }, exception: { label: 'EX-14', state: 'open', openedBy: this.reviewer, openedAt: this.#clock, ...(action.owner === undefined ? {} : { owner: action.owner }), ...(action.dueDate === undefined ? {} : { dueDate: action.dueDate }) } };
      case 'closeException': return { review, exception: exception === null ? null : { ...exception, state: 'closed', resolution: action.resolution, closedBy: this.reviewer } };
    }
  }

  #write(ids: readonly string[], action: ReviewEntry['action'], words: string, note?: string): void {
    this.#clock += 60_000;
    for (const id of ids) this.#entries.set(id, [{ sequence: this.#clock, action, after: null, reviewer: this.reviewer, at: this.#clock, words, ...(note === undefined ? {} : { note }) }, ...(this.#entries.get(id) ?? [])]);
  }

  #answer(ids: readonly string[], words: string): ReviewDone {
    return { ids, message: `${ids.length === 1 ? (ids[0] ?? '') : `${ids.length} rows`} ${words}.`, canUndo: this.#done.length > 0, canRedo: this.#undone.length > 0 };
  }

  act(ids: readonly string[], action: ReviewAction): ReviewDone {
    const before = ids.map((id) => this.on(id));
    const after = ids.map((id) => this.#after(id, action));
    for (const [at, id] of ids.entries()) this.said.set(id, after[at] ?? NOTHING);
    const words = action.kind === 'override' ? `overridden with ${action.targets.length === 0 ? 'no counterpart' : action.targets.join(', ')}` : WORDS[action.kind];
    this.#done.push({ ids, before, after, words });
    this.#undone.length = 0;
    this.#write(ids, action.kind, words, 'note' in action ? action.note : undefined);
    return this.#answer(ids, words);
  }

  undo(): ReviewDone {
    const last = this.#done.pop();
    if (last === undefined) return { ids: [], message: 'There is nothing to undo.', canUndo: false, canRedo: false };
    for (const [at, id] of last.ids.entries()) this.said.set(id, last.before[at] ?? NOTHING);
    this.#undone.push(last);
    this.#write(last.ids, 'undo', `undone: ${last.words}`);
    return this.#answer(last.ids, `undone: ${last.words}`);
  }

  redo(): ReviewDone {
    const last = this.#undone.pop();
    if (last === undefined) return { ids: [], message: 'There is nothing to do again.', canUndo: true, canRedo: false };
    for (const [at, id] of last.ids.entries()) this.said.set(id, last.after[at] ?? NOTHING);
    this.#done.push(last);
    this.#write(last.ids, 'redo', `done again: ${last.words}`);
    return this.#answer(last.ids, `done again: ${last.words}`);
  }

  history(id: string): ReviewHistory {
    return { ...this.on(id), entries: this.#entries.get(id) ?? [] };
  }
}
