import type { Review, ReviewStanding } from '../../../../../shared/model.ts';
import type { OverrideTarget, ReviewException, RowReview } from '../../../../../shared/protocol/reviews.ts';
import { cutText } from '../unitTexts.ts';
import type { ReviewLine } from './reviewStore.ts';

/** Longest note of a row in a list, in UTF-16 code units; the history has the whole one. */
const SHOWN_NOTE = 500;

/** A line of the trail as a row of some run looks at it. */
export interface LineOnRow {
  readonly line: ReviewLine;
  /** Whether it was made on the words and targets the row has. */
  readonly standing: Exclude<ReviewStanding, { readonly standing: 'unitGone' }>;
  /** Targets named instead, as this run has them. */
  readonly override: readonly OverrideTarget[];
}

/** What the lines of a row add up to. */
export interface RowNow {
  /** As every list shows it; null where nothing is left to say. */
  readonly row: RowReview | null;
  /** The decision that rules, also one that has to be made again. */
  readonly decision: Review | null;
  /** The whole note; empty where there is none. */
  readonly note: string;
  readonly exception: ReviewException | null;
  /** False where the exception was last touched on other words. */
  readonly isExceptionOfTheseWords: boolean;
}

/** Lines nobody has taken back, oldest first. */
function liveLines(lines: readonly LineOnRow[]): readonly LineOnRow[] {
  const undone = new Set<number>();
  for (const { line: { action, about } } of lines) {
    if (about === undefined) continue;
    if (action === 'undo') undone.add(about.sequence);
    else undone.delete(about.sequence);
  }
  return lines.filter(({ line }) => line.about === undefined && !undone.has(line.sequence));
}

/** The newest decision on these very words; where there is none, the newest on others, which has to be made again. */
function rulingDecision(live: readonly LineOnRow[]): LineOnRow | undefined {
  const decisions = live.filter(({ line }) => line.review !== undefined);
  return decisions.findLast(({ standing }) => standing.standing === 'stands') ?? decisions.at(-1);
}

function decided({ line: { review }, standing, override }: LineOnRow): Pick<RowReview, 'state' | 'standing' | 'reason' | 'earlier' | 'override'> | null {
  if (review === undefined) return null;
  const { state } = review;
  if (standing.standing === 'stands') return { state, standing: 'stands', ...(state === 'overridden' ? { override } : {}) };
  // What was opened again on other words asks for nothing.
  if (state === 'open') return null;
  return { state: 'open', standing: 'reviewAgain', reason: standing.reason, earlier: state };
}

/** The sum of a row's lines, which come oldest first. */
export function foldRow(lines: readonly LineOnRow[]): RowNow {
  const live = liveLines(lines);
  const ruling = rulingDecision(live);
  const noted = live.findLast(({ line }) => line.note !== undefined);
  const excepted = live.findLast(({ line }) => line.exception !== undefined);
  const exception = excepted?.line.exception ?? null;
  const note = noted?.line.note ?? '';
  const state = ruling === undefined ? null : decided(ruling);
  const said = (state === null ? undefined : ruling) ?? [note === '' ? undefined : noted, excepted].filter((one) => one !== undefined).sort((a, b) => b.line.sequence - a.line.sequence)[0];
  const row: RowReview | null = said === undefined ? null : {
    ...(state ?? { state: 'open', standing: 'stands' }),
    ...(note === '' ? {} : { note: cutText(note, SHOWN_NOTE) }),
    reviewer: said.line.review?.reviewer ?? said.line.reviewer,
    at: said.line.review?.at ?? said.line.at,
    ...(exception === null ? {} : { exception: exception.state }),
  };
  return {
    row,
    decision: ruling?.line.review ?? null,
    note,
    exception,
    isExceptionOfTheseWords: excepted?.standing.standing === 'stands',
  };
}
