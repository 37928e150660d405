/**
 * Targets near in meaning, where a model for embeddings is named: shown beside the best of the rules, so that a counterpart that
 * shares no words can be found. How near they are decides nothing and is no probability; whoever judges the row decides.
 */
import type { Failure } from '../../../../../../shared/failure.ts';
import type { Candidate, Match, Why } from '../../../../../../shared/model.ts';
import { COMPARE_BY_MEANING } from '../../../../../../shared/words/modelWords.ts';
import type { Direction } from '../../../models/direction.ts';
import type { Models } from '../../../models/modelRuntime.ts';
import { MOST_CANDIDATES, MOST_NEAR } from '../../../models/tasks/crosswalkQuestion.ts';
import type { RunContext } from '../../workflow.ts';
import type { DecisionContext } from '../decideMatch.ts';
import type { Provision } from '../provisions.ts';
import { isMissing, isNear, nearnessNote, opened, type Nearness } from './nearMissing.ts';

export interface NearInMeaning {
  /** Keys of targets to show beside the best of the rules, nearest first. */
  readonly targetIds: readonly string[];
  /** A forecast was made of it: what is near was not known. */
  readonly assumed?: true;
  /** False where a target that is nearer may have been passed over, because a text has no vector. */
  readonly complete: boolean;
}

/** What is kept of the comparison: by row the places of targets, or why there are none; and what came of the targets. */
interface Found {
  readonly model: string;
  readonly rows: readonly (readonly number[] | string)[];
  /** By row, of all targets; null where it is not known. Absent in runs of versions that did not look. */
  readonly nearest?: readonly (Nearness | null)[];
  readonly without: { readonly targets: number; readonly reason: string } | null;
}

/** Of a text, in UTF-16 code units: some 5,000 tokens of English. Models take 8,192 tokens or fewer, and meaning is told long before. */
const MOST_TEXT = 20_000;
/** Candidates of a row in the output, at most. */
const MOST_LISTED = 20;
const STEP = 'meaning';

/**
 * The rows, each with the targets that are nearest to it in meaning; one that rules call missing is open where a target is near. What was found is kept in a step of its own, so that a run
 * that is taken up asks the same. A row or a target without a vector fails nothing: the row says so and goes on with what rules
 * found. `isLeft`: whether any row is still to be asked about. Rejects when the run is stopped.
 */
export async function nearInMeaning<R extends { readonly match: Match }>(
  rows: readonly R[], indexOf: (row: R) => number, decision: DecisionContext, models: Models, context: RunContext, isLeft: boolean,
): Promise<readonly (R & { readonly near?: NearInMeaning })[]> {
  const model = models.modelFor('embed');
  if (model === null || rows.length === 0 || !(isLeft || context.isDone(STEP))) return rows;
  const sources = rows.map((row) => decision.sources[indexOf(row)] as Provision);
  const texts = [...sources, ...decision.targets].map(meaningText);
  if (!context.isDone(STEP)) await models.embeddings.plan(COMPARE_BY_MEANING, texts);
  const found = await context.step<Found | null>(STEP, COMPARE_BY_MEANING, texts.length, async () => {
    const tell = (done: number): void => context.progress({ operation: COMPARE_BY_MEANING, message: `Comparing ${texts.length.toLocaleString('en-US')} texts by meaning with ${model}`, done, total: texts.length });
    tell(0);
    const directions = await models.embeddings.of(COMPARE_BY_MEANING, texts, tell);
    return { value: directions === null ? null : { model, ...(await compared(rows, directions, decision, context)) }, rows: {} };
  });
  // In a forecast nobody is asked: the next best of the rules stand for what would be shown.
  if (found === null) return rows.map((row) => ({ ...row, match: isMissing(row.match) ? opened(row.match) : row.match, near: { assumed: true, targetIds: row.match.candidates.slice(MOST_CANDIDATES, MOST_CANDIDATES + MOST_NEAR).map(({ targetId }) => targetId), complete: false } }));
  return rows.map((row, at) => withNear(row, found.rows[at] ?? [], found.nearest?.[at] ?? null, found, decision));
}

/** A provision as its meaning is asked for: with its headings, as it is shown to whoever judges it. */
function meaningText({ unit, text }: Provision): string {
  const headings = [...(unit.path ?? []), ...(unit.title === undefined ? [] : [unit.title])].join(' > ');
  return `${headings}\n${text}`.trim().slice(0, MOST_TEXT);
}

async function compared(
  rows: readonly { readonly match: Match }[], directions: NonNullable<Awaited<ReturnType<Models['embeddings']['of']>>>, decision: DecisionContext, context: RunContext,
): Promise<Omit<Found, 'model'>> {
  const own = directions.slice(0, rows.length);
  const others = directions.slice(rows.length);
  const place = new Map(decision.targets.map(({ unit }, j) => [unit.key, j]));
  const known = own.flatMap((result, at) => (result.ok ? [{ at, direction: result.value }] : []));
  const shown = (at: number): readonly number[] => (rows[at]?.match.candidates ?? []).slice(0, MOST_CANDIDATES).flatMap(({ targetId }) => place.get(targetId) ?? []);
  const nearest = await context.compute.run('nearestTargets', {
    sources: known.map(({ direction }) => direction),
    targets: others.map((result): Direction | null => (result.ok ? result.value : null)),
    without: known.map(({ at }) => shown(at)), most: MOST_NEAR,
  }, () => undefined, context.signal);
  const byRow = new Map(known.map(({ at }, k) => [at, nearest[k]]));
  const failures = others.flatMap((result): readonly Failure[] => (result.ok ? [] : [result.failure]));
  return {
    rows: own.map((result, at) => (result.ok ? (byRow.get(at)?.places ?? []) : result.failure.message)),
    nearest: own.map((_, at) => byRow.get(at)?.nearest ?? null),
    without: failures[0] === undefined ? null : { targets: failures.length, reason: failures[0].message },
  };
}

function withNear<R extends { readonly match: Match }>(row: R, own: readonly number[] | string, nearest: Nearness | null, { model, without }: Found, decision: DecisionContext): R & { readonly near: NearInMeaning } {
  const isHeld = isMissing(row.match);
  const note = isHeld && nearest !== null ? [nearnessNote(nearest, nameOf(decision.targets[nearest.target] as Provision), model)] : [];
  const ruled = { ...row.match, why: [...row.match.why, ...note] };
  const match = isHeld && nearest !== null && isNear(nearest) ? opened(ruled) : ruled;
  if (typeof own === 'string') {
    const why = noteOf(`${model} gave no vector of it, so no target was looked for by meaning: ${own}`);
    return { ...row, match: { ...match, why: [...match.why, why] }, near: { targetIds: [], complete: false } };
  }
  const passed = without === null ? [] : [noteOf(`${model} gave no vector of ${without.targets} of ${decision.targets.length} targets, so these were not looked at by meaning: ${without.reason}`)];
  if (isMissing(match)) return { ...row, match: { ...match, why: [...match.why, ...passed] }, near: { targetIds: [], complete: without === null } };
  const near = own.map((j) => decision.targets[j] as Provision);
  const targetIds = near.map(({ unit }) => unit.key);
  const shown = near.length === 0 ? [] : [noteOf(`Shown beside the best by words, near in meaning by ${model}: ${near.map(nameOf).join('; ')}.`)];
  return { ...row, match: { ...match, candidates: withCandidates(match.candidates, targetIds), why: [...match.why, ...shown, ...passed] }, near: { targetIds, complete: without === null } };
}

function noteOf(detail: string): Why {
  return { rule: 'candidate.meaning', detail };
}

/** Those the rules do not list come last: of their score no more is known than that it is not above the lowest listed. */
function withCandidates(listed: readonly Candidate[], near: readonly string[]): readonly Candidate[] {
  const score = Math.min(...listed.map((candidate) => candidate.score));
  const known = new Set(listed.map(({ targetId }) => targetId));
  const added = near.filter((targetId) => !known.has(targetId)).map((targetId): Candidate => ({ targetId, score, claimed: false }));
  const kept = new Set(near);
  const room = listed.length + added.length - MOST_LISTED;
  // The lowest make room, but none that was shown.
  const dropped = new Set(listed.filter(({ targetId, claimed }, at) => at >= MOST_CANDIDATES && !claimed && !kept.has(targetId)).slice(-Math.max(0, room)).map(({ targetId }) => targetId));
  return [...(room > 0 ? listed.filter(({ targetId }) => !dropped.has(targetId)) : listed), ...added];
}

/** Words of a target without a title. */
const OPENING = 60;

function nameOf({ unit, text }: Provision): string {
  const name = [unit.number ?? '', unit.title ?? ''].filter((part) => part !== '').join(' ');
  return name === '' ? `“${text.slice(0, OPENING).replace(/\s+/gu, ' ').trim()}”` : name;
}
