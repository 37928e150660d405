import { FailureError } from '../../../../../shared/failure.ts';
import type { Review, ReviewedUnit, ReviewState, RunSnapshot, Unit } from '../../../../../shared/model.ts';
import type { ReviewAction, ReviewException } from '../../../../../shared/protocol/reviews.ts';
import { counted } from '../../../../../shared/words/format.ts';
import type { RunStore } from '../../ports.ts';
import { valueOf } from '../unitTexts.ts';
import type { ViewedRow } from './reviewedView.ts';
import type { ReviewLine } from './reviewStore.ts';

/** What an action adds to the trail of one row; what every line has is added to it. */
export type Said = Pick<ReviewLine, 'action' | 'words' | 'review' | 'note' | 'exception'>;

/** Who says something, and when. */
export interface Saying {
  readonly reviewer: string;
  readonly at: number;
}

/** Longest note or resolution that is kept, in UTF-16 code units. */
export const MAX_NOTE = 10_000;
/** Longest name of an owner, in UTF-16 code units. */
const MAX_OWNER = 200;
export const MAX_OVERRIDE_TARGETS = 50;

const STATE_OF: Readonly<Record<'accept' | 'reject' | 'reopen' | 'override', ReviewState>> = {
  accept: 'accepted', reject: 'rejected', reopen: 'open', override: 'overridden',
};
const WORDS_OF = { accept: 'accepted', reject: 'rejected', reopen: 'opened again' } as const;

export function refuse(message: string): never {
  throw new FailureError({ code: 'refused', message, retry: 'never' });
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** What cannot be said, whatever row it is said of. */
function mustBeSayable(action: ReviewAction): void {
  const text = action.kind === 'closeException' ? action.resolution : action.note;
  if ((text ?? '').length > MAX_NOTE) refuse(`A note has at most ${String(MAX_NOTE)} characters; this one has ${String(text?.length ?? 0)}.`);
  if (action.kind === 'closeException' && action.resolution.trim() === '') refuse('An exception is closed with a resolution. Say how it was settled.');
  if (action.kind !== 'openException') return;
  if (action.dueDate !== undefined && !isDate(action.dueDate)) refuse(`A due date is written as 2026-11-30; "${action.dueDate}" is none.`);
  if ((action.owner ?? '').length > MAX_OWNER) refuse(`The name of an owner has at most ${String(MAX_OWNER)} characters.`);
}

function unitWords({ number, title, key }: Unit): string {
  return [number, title].filter((part) => part !== undefined && part !== '').join(' ') || key;
}

/** The units an override names; they belong to the run's target document. */
async function namedTargets(snapshot: RunSnapshot, keys: readonly string[], store: RunStore): Promise<readonly Unit[]> {
  const distinct = [...new Set(keys)];
  if (distinct.length > MAX_OVERRIDE_TARGETS) refuse(`At most ${String(MAX_OVERRIDE_TARGETS)} targets can be named; ${String(distinct.length)} were.`);
  const units = new Map(valueOf(await store.reviews.units(snapshot.id, distinct)).map((unit) => [unit.key, unit]));
  const document = snapshot.documents[1]?.key;
  return distinct.map((key) => {
    const unit = units.get(key);
    return unit?.span.document === document && unit !== undefined ? unit : refuse(`${key} is not a unit of the target document ${document ?? ''}.`);
  });
}

/** What an action says of each row. Null: the row is that already. */
export type Speaker = (row: ViewedRow) => Said | null;

function nextLabels(last: number): () => string {
  let number = last;
  return () => `EX-${String(++number)}`;
}

function decision(row: ViewedRow, state: ReviewState, { reviewer, at }: Saying, more: { readonly note?: string | undefined; readonly override?: readonly ReviewedUnit[] }): Review {
  const { note, override } = more;
  return {
    findingKey: row.findingKey, unit: row.unit, targets: row.targets, state, reviewer, at,
    ...(override === undefined ? {} : { override }),
    ...(note === undefined ? {} : { note }),
  };
}

const isSettled = ({ now: { row } }: ViewedRow, state: ReviewState): boolean =>
  row?.standing !== 'reviewAgain' && (row?.state ?? 'open') === state;

export function openedException(label: string, { reviewer, at }: Saying, more: Pick<ReviewException, 'owner' | 'dueDate'> = {}): ReviewException {
  return { label, state: 'open', ...more, openedBy: reviewer, openedAt: at };
}

/** Prepares an action: what it says of a row. Throws a Failure where it cannot be said. */
export async function speakerOf(action: ReviewAction, saying: Saying, snapshot: RunSnapshot, store: RunStore): Promise<Speaker> {
  mustBeSayable(action);
  const { kind } = action;
  switch (kind) {
    case 'accept':
    case 'reject':
    case 'reopen': {
      const { note } = action;
      return (row) => {
        if (kind === 'accept' && !row.claimed) refuse(`Nothing was claimed of ${row.name}, so there is nothing to accept. Override it with a counterpart, or with none.`);
        if (isSettled(row, STATE_OF[kind]) && note === undefined) return null;
        return { action: kind, words: WORDS_OF[kind], review: decision(row, STATE_OF[kind], saying, { note }), ...(note === undefined ? {} : { note }) };
      };
    }
    case 'override': {
      if (snapshot.workflow !== 'crosswalk') refuse('Only rows of a crosswalk have targets; accept or reject this one.');
      const { note } = action;
      const targets = await namedTargets(snapshot, action.targets, store);
      const words = targets.length === 0 ? 'overridden: no counterpart' : `overridden with ${targets.map(unitWords).join(', ')}`;
      const override = targets.map(({ key, contentHash }) => ({ key, contentHash }));
      return (row) => {
        if (row.kind !== 'match') refuse(`${row.name} is a provision of the target document; name it at the source provision it belongs to.`);
        return { action: kind, words, review: decision(row, 'overridden', saying, { note, override }), ...(note === undefined ? {} : { note }) };
      };
    }
    case 'note': {
      const note = action.note.trim();
      return (row) => (row.now.note === note ? null : { action: kind, words: note === '' ? 'note taken away' : 'noted', note });
    }
    case 'openException': {
      const label = nextLabels(valueOf(await store.reviews.lastException()));
      const { note, owner, dueDate } = action;
      return (row) => {
        if (row.now.exception?.state === 'open') refuse(`${row.name} has the open exception ${row.now.exception.label} already. Close it first, or add a note.`);
        const exception = openedException(label(), saying, { ...(owner === undefined ? {} : { owner }), ...(dueDate === undefined ? {} : { dueDate }) });
        return { action: kind, words: `exception ${exception.label} opened`, exception, ...(note === undefined ? {} : { note }) };
      };
    }
    case 'closeException':
      return ({ name, now: { exception } }) => {
        if (exception?.state !== 'open') return refuse(`${name} has no open exception. Open one first.`);
        const resolution = action.resolution.trim();
        return {
          action: kind, words: `exception ${exception.label} closed: ${resolution}`,
          exception: { ...exception, state: 'closed', resolution, closedBy: saying.reviewer, closedAt: saying.at },
        };
      };
    default:
      return refuse(`"${String(kind)}" is nothing that can be said of a row. It can be accepted, rejected, opened again, overridden, noted or given an exception.`);
  }
}

/** `3.01(c) accepted.`, `12 rows accepted.` */
export function doneWords(names: readonly string[], words: string): string {
  const [only] = names;
  return `${names.length === 1 && only !== undefined ? only : counted(names.length, 'row')} ${words.replace(/\.$/, '')}.`;
}
