import type { ExchangedReview, ReviewFile } from '../../../../../../shared/reviewFile.ts';
import type { Review } from '../../../../../../shared/model.ts';
import { counted } from '../../../../../../shared/words/format.ts';
import type { ReviewConflict, ReviewImport } from '../../../../../../shared/protocol/reviews.ts';
import type { Said } from '../reviewActions.ts';
import type { ViewedRow } from '../reviewedView.ts';
import type { ReviewLine } from '../reviewStore.ts';
import type { ReviewPlaces } from './placeReviews.ts';

/** Named in an answer; the rest is counted, so that it fits one message. */
const SHOWN_CONFLICTS = 100;
const SHOWN_PROBLEMS = 20;

/** Clocks of two machines differ, and so do the days of their places; a decision made later than this was not made. Milliseconds. */
const MAX_AHEAD = 24 * 60 * 60 * 1000;

const WORDS = { open: 'note', accepted: 'accepted', rejected: 'rejected', overridden: 'overridden' } as const;

type Imported = readonly [ViewedRow, Said & Pick<ReviewLine, 'unit' | 'targets'>];

function keysOf(units: Review['override']): string {
  return (units ?? []).map(({ key, contentHash }) => `${key} ${contentHash}`).sort().join('\n');
}

/** What is said of a row here, as a review; null where nothing is, or where it has to be said again. */
function said({ now: { row, decision, note }, findingKey, unit, targets }: ViewedRow): Review | null {
  if (row === null || row.standing === 'reviewAgain') return null;
  if (decision !== null && row.state !== 'open') return { ...decision, ...(note === '' ? {} : { note }) };
  return note === '' ? null : { findingKey, unit, targets, state: 'open', reviewer: row.reviewer, at: row.at, note };
}

function isSame(mine: Review, theirs: Review): boolean {
  if (theirs.note !== undefined && mine.note !== theirs.note) return false;
  if (theirs.state === 'open') return true;
  return mine.state === theirs.state && (theirs.state !== 'overridden' || keysOf(mine.override) === keysOf(theirs.override));
}

/** Nothing they say is at odds with what is said here. */
function isCompatible(mine: Review, theirs: Review): boolean {
  const isNoteFree = theirs.note === undefined || mine.note === undefined || mine.note === theirs.note;
  return isNoteFree && (mine.state === 'open' || theirs.state === 'open' || isSame({ ...mine, ...(theirs.note === undefined ? {} : { note: theirs.note }) }, theirs));
}

/** True where this very decision was taken over before and has to be made again here. */
function isKnown({ now: { decision } }: ViewedRow, theirs: Review): boolean {
  return decision?.at === theirs.at && decision.reviewer === theirs.reviewer && decision.state === theirs.state;
}

function theirReview(review: ExchangedReview, row: ViewedRow, places: ReviewPlaces): Review {
  const { contentHash } = review.unit;
  return {
    findingKey: row.findingKey,
    unit: { key: row.unit.key, contentHash },
    targets: review.targets.map((target) => places.targetOf(target)),
    state: review.state,
    ...(review.override === undefined ? {} : { override: review.override.map((target) => places.targetOf(target)) }),
    reviewer: review.reviewer,
    at: Date.parse(review.at),
    ...(review.note === undefined ? {} : { note: review.note }),
  };
}

function line(row: ViewedRow, theirs: Review): Imported {
  const { unit, targets, state, note, reviewer } = theirs;
  return [row, {
    action: 'import', words: `imported: ${WORDS[state]} by ${reviewer}`, unit, targets,
    ...(state === 'open' ? {} : { review: theirs }), ...(note === undefined ? {} : { note }),
  }];
}

/** Why a decision would not hold on the row as it is; empty where it would. */
function obstacle({ unit, targets }: ViewedRow, review: ExchangedReview, theirs: Review, places: ReviewPlaces): string {
  if (theirs.unit.contentHash !== unit.contentHash) return 'was decided on other words';
  if (keysOf(theirs.targets) !== keysOf(targets)) return 'was decided on other targets';
  return (review.override ?? []).every((target) => places.hasTarget(target)) ? '' : 'names a target that is not in this run';
}

/** Rows the file says several things of: equal provisions of another version, of which this run has one. */
function contradictedRows({ reviews }: ReviewFile, places: ReviewPlaces): ReadonlySet<string> {
  const saidOf = new Map<string, string>();
  const contradicted = new Set<string>();
  for (const review of reviews) {
    const id = places.rowOf(review);
    if (id === null) continue;
    const own = JSON.stringify([review.state, keysOf(review.targets), keysOf(review.override)]);
    if ((saidOf.get(id) ?? own) !== own) contradicted.add(id);
    saidOf.set(id, own);
  }
  return contradicted;
}

/** What an import would do to the rows as they are. Nothing said here is overwritten, unless `theirs` rule. */
export function planImport(
  file: ReviewFile,
  places: ReviewPlaces,
  rows: ReadonlyMap<string, ViewedRow>,
  conflicts: 'mine' | 'theirs',
  now: number,
): { readonly lines: readonly Imported[]; readonly told: ReviewImport } {
  const lines = new Map<string, Imported>();
  const atOdds: ReviewConflict[] = [];
  const problems: string[] = [];
  let unchanged = 0;
  const contradicted = contradictedRows(file, places);
  for (const review of file.reviews) {
    const id = places.rowOf(review);
    const row = id === null ? undefined : rows.get(id);
    if (row === undefined || row.kind !== review.kind) {
      problems.push(`${review.name || review.findingKey}: its words are not in this run, or stand in it more than once.`);
      continue;
    }
    const theirs = theirReview(review, row, places);
    if (theirs.at > now + MAX_AHEAD) {
      problems.push(`${row.name}: the file says that ${theirs.reviewer} decided it at ${review.at}, which is still to come. Correct the time in the file, and import it again.`);
      continue;
    }
    if (contradicted.has(row.id)) {
      problems.push(`${row.name}: the file says different things of provisions with these words, and it is not certain which of them this is. Decide on it here.`);
      continue;
    }
    const mine = said(row);
    if (mine === null ? isKnown(row, theirs) : isSame(mine, theirs)) unchanged += 1;
    else if (mine !== null && mine.state !== 'open' && theirs.state !== 'open' && obstacle(row, review, theirs, places) !== '') {
      // What was said here holds on these words, and would go on to.
      problems.push(`${row.name}: what ${theirs.reviewer} said ${obstacle(row, review, theirs, places)}; yours stands.`);
    } else if (mine !== null && !isCompatible(mine, theirs) && conflicts === 'mine') atOdds.push({ findingKey: row.findingKey, name: row.name, mine, theirs });
    else lines.set(row.id, line(row, theirs));
  }
  const more = atOdds.length - SHOWN_CONFLICTS;
  const told = problems.slice(0, SHOWN_PROBLEMS);
  if (problems.length > told.length) told.push(`${counted(problems.length - told.length, 'more decision')} that could not be taken over.`);
  if (more > 0) told.push(`${counted(more, 'more conflict')} not shown.`);
  return {
    lines: [...lines.values()],
    told: { applied: lines.size, unchanged, unknown: problems.length, conflicts: atOdds.slice(0, SHOWN_CONFLICTS), problems: told },
  };
}
