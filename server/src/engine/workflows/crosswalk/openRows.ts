/** Rows that rules left open: a model is asked about them where one is named, and they are written step by step. */
import type { Match, Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import type { Models } from '../../models/modelRuntime.ts';
import { crosswalkQuestions, type CrosswalkQuestion } from '../../models/tasks/crosswalkQuestion.ts';
import { crosswalkVerify } from '../../models/tasks/crosswalkVerify.ts';
import type { OutcomeCount, StepRows } from '../../ports.ts';
import type { RunContext } from '../workflow.ts';
import type { DecisionContext } from './decideMatch.ts';
import { askedWhole, withLooks, type Judged } from './firstLook/askedWhole.ts';
import { firstLooks, type LookedAt } from './firstLook/firstLook.ts';
import type { WholeRow } from './firstLook/shortened.ts';
import { nearInMeaning, type NearInMeaning } from './meaning/nearInMeaning.ts';
import { storedMatch } from './matchRows.ts';
import type { FinalClaims } from './newTargets.ts';
import { REASONS } from './reasons.ts';
import type { CrosswalkScores, SourceScores } from './scoringTypes.ts';
import { openRow, verifiedMatch } from './verifyRow.ts';

/** Source units decided per step: a step is what a killed run does not pay twice. */
export const UNITS_PER_STEP = 50;

/** What rows say of targets in the end. */
export interface TargetClaims extends FinalClaims {
  /** Claimed by rows that are all left for review. */
  readonly open: ReadonlySet<string>;
}

/** A target a row claims, and whether the row was decided. */
export type RowClaim = readonly [targetId: string, decided: boolean];

/** A row that rules left open and a model is to be asked about. */
export interface OpenMatch {
  /** Place of its unit among the units of the source. */
  readonly place: number;
  readonly match: Match;
  /** Where targets near in meaning were looked for. */
  readonly near?: NearInMeaning;
}

/** What a step of deciding gives on: what its rows claim, and the rows it did not write because a model is asked first. */
export interface DecidedStep {
  readonly claims: readonly RowClaim[];
  readonly open: readonly OpenMatch[];
}

/** Rows as they are written, with their places. */
export function rowsOf(source: CollateDocument, decision: DecisionContext): (matches: readonly OpenMatch[]) => StepRows {
  const targetUnits = new Map(decision.targets.map((provision) => [provision.unit.key, provision.unit]));
  return (matches) => ({
    matches: matches.map(({ match, place }) => ({
      ...storedMatch(match, source.units[place] as Unit, targetUnits.get(match.targets[0]?.targetId ?? '') ?? null), place,
    })),
    outcomes: counted('sourceProvision', matches.map(({ match }) => match)),
  });
}

export function claimsOf(matches: readonly OpenMatch[]): readonly RowClaim[] {
  return matches.flatMap(({ match }) => match.targets.map(({ targetId }): RowClaim => [targetId, match.outcome === 'decided']));
}

/** `verified`: claims of rows a model was asked about, which `claims` does not hold. */
export function finalClaims(byRules: readonly RowClaim[], verified: readonly RowClaim[], openRows: readonly OpenMatch[]): TargetClaims {
  const claims = [...byRules, ...verified];
  const decided = new Set(claims.flatMap(([targetId, isDecided]) => (isDecided ? [targetId] : [])));
  const claimed = new Set(claims.map(([targetId]) => targetId));
  const before = new Set(claimsOf(openRows).map(([targetId]) => targetId));
  return {
    open: new Set([...claimed].filter((targetId) => !decided.has(targetId))),
    added: new Set(verified.map(([targetId]) => targetId)),
    withdrawn: new Set([...before].filter((targetId) => !claimed.has(targetId))),
  };
}

/** One that rules call missing, and meaning does not gainsay, is not. */
const isOpen = ({ match }: OpenMatch): boolean => match.outcome === 'abstained';
const isAssumed = ({ match, near }: OpenMatch): boolean => near?.assumed === true && match.reason === REASONS.nearInMeaning;
const ASSUMES = 'Which of the provisions that rules call missing have a target near in meaning is not known before it is looked at: all of them are counted.';

/** Asks a model about rows that rules left open: all at once, and every step is written as soon as its rows are answered. */
export async function verifyOpenRows(
  byRules: readonly OpenMatch[],
  place: ReadonlyMap<string, number>,
  scores: CrosswalkScores,
  decision: DecisionContext,
  models: Models,
  context: RunContext,
  stored: (matches: readonly OpenMatch[]) => StepRows,
): Promise<readonly RowClaim[]> {
  const targetOf = new Map(decision.targets.map((provision) => [provision.unit.key, provision]));
  const indexOf = ({ match }: OpenMatch): number => place.get(match.sourceId) as number;
  const model = models.modelFor('verify') || 'model';
  const isLeft = stepsOf(byRules).some(({ name }) => !context.isDone(name));
  const openRows = await nearInMeaning(byRules, indexOf, decision, models, context, isLeft);
  const total = openRows.filter(isOpen).length;
  const steps = stepsOf(openRows).filter(({ name }) => !context.isDone(name)).map((step) => ({ ...step, rows: step.rows.filter(isOpen) }));
  const left = steps.flatMap(({ rows }) => rows);
  const all = [...decision.sources, ...decision.targets].map(({ unit }) => unit.key);
  const questions = crosswalkQuestions(left.map((row) => openRow(row.match, indexOf(row), decision, targetOf, row.near?.targetIds)), all);
  const wholeOf = new Map(left.map((row, k) => [row, { match: row.match, scores: scores.sources[indexOf(row)] as SourceScores, question: questions[k] as CrosswalkQuestion }]));
  const looked = await firstLooks(steps.map(({ start, rows }) => ({ name: `prefilter:${start}`, rows: rows.map((row) => wholeOf.get(row) as WholeRow) })), models, context, openRows.some(isAssumed) ? ASSUMES : undefined);
  let done = total - left.length;
  const tell = (): void => context.progress({ operation: 'verify', message: `Asking ${model} about ${total.toLocaleString('en-US')} provisions that rules left open`, done, total });
  tell();
  const asked = models.ask('verify', 'verify', crosswalkVerify, looked.map(({ question }) => question));
  const answerOf = new Map(left.map((row, k) => [row, asked[k] as (typeof asked)[number]]));
  for (const answer of asked) {
    void answer.then(() => {
      done++;
      tell();
    }, () => undefined);
  }
  const lookedOf = new Map(left.map((row, k) => [row, looked[k] as LookedAt]));
  const settle = async (all: readonly OpenMatch[]): Promise<readonly OpenMatch[]> => {
    const rows = all.filter(isOpen);
    const first = await Promise.all(rows.map((row) => answerOf.get(row) as (typeof asked)[number]));
    const judged = await askedWhole(rows.map((row) => lookedOf.get(row) as LookedAt), first, models);
    const judgedOf = new Map(rows.map((row, k) => [row, judged[k] as Judged]));
    return all.map((row) => {
      const one = judgedOf.get(row);
      if (one === undefined) return row;
      const i = indexOf(row);
      return { place: row.place, match: withLooks(verifiedMatch(row.match, i, scores.sources[i] as SourceScores, one, model, decision, row.near), one) };
    });
  };
  return openSteps(openRows, context, 'verify', settle, stored);
}

/** Rows that rules left open, by the step they are written in. */
function stepsOf(openRows: readonly OpenMatch[]): readonly { readonly name: string; readonly start: number; readonly rows: readonly OpenMatch[] }[] {
  return Array.from({ length: Math.ceil(openRows.length / UNITS_PER_STEP) }, (_, k) => {
    const start = k * UNITS_PER_STEP;
    return { name: `verify:${start}`, start, rows: openRows.slice(start, start + UNITS_PER_STEP) };
  });
}

/** Settles the rows that rules left open, every step at once, each once: by whom makes no difference to which step it is in. */
export async function openSteps(
  openRows: readonly OpenMatch[],
  context: RunContext,
  operation: string,
  settle: (rows: readonly OpenMatch[]) => Promise<readonly OpenMatch[]>,
  stored: (matches: readonly OpenMatch[]) => StepRows,
): Promise<readonly RowClaim[]> {
  const claims = await Promise.all(
    stepsOf(openRows).map(({ name, rows }) =>
      context.step<readonly RowClaim[]>(name, operation, operation === 'verify' ? rows.filter(isOpen).length : rows.length, async () => {
        const matches = await settle(rows);
        return { value: claimsOf(matches), rows: stored(matches) };
      }),
    ),
  );
  return claims.flat();
}

export function counted(kind: OutcomeCount['kind'], rows: readonly { readonly outcome: Match['outcome']; readonly reason?: string }[]): OutcomeCount[] {
  const counts = new Map<string, OutcomeCount>();
  for (const { outcome, reason } of rows) {
    const key = `${outcome}\n${reason ?? ''}`;
    const before = counts.get(key)?.count ?? 0;
    counts.set(key, { kind, outcome, ...(reason === undefined ? {} : { reason }), count: before + 1 });
  }
  return [...counts.values()];
}
