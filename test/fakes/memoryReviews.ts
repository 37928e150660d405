import { ok, type Result } from '../../shared/failure.ts';
import type { Finding, Match, Unit } from '../../shared/model.ts';
import { REVIEW_FILTERS, type RowReview } from '../../shared/protocol/reviews.ts';
import type { CarriedTo, LineHead, ReviewedRun, ReviewLine, ReviewStep, ReviewStore } from '../../server/src/engine/ports.ts';
import { isReviewed, listed, type ListedRow } from './listedRows.ts';

/** What reviews look at of the runs beside them. */
export interface ReviewedRuns {
  /** In the document's order, each with its state. */
  listed(runId: string): readonly (ListedRow & { readonly match: Match | null })[];
  findings(runId: string): readonly Finding[];
  units(runId: string): readonly Unit[];
}

const copy = <T>(value: T): T => structuredClone(value);
const count = <K extends string>(names: readonly K[], has: (name: K) => number): Record<K, number> => Object.fromEntries(names.map((name) => [name, has(name)])) as Record<K, number>;

/** The trail in a list and the states in a map. */
export function memoryReviews(runs: ReviewedRuns): { readonly reviews: ReviewStore; readonly stateOf: (runId: string, id: string) => RowReview | undefined; isReviewed(runId: string): boolean } {
  const trail: ReviewLine[] = [];
  const reviewed = new Map<string, ReviewedRun>();
  const states = new Map<string, Map<string, RowReview>>();
  const carried = new Map<string, CarriedTo>();
  const listeners = new Set<(runIds: readonly string[]) => void>();
  const newest = (): number => trail.at(-1)?.sequence ?? 0;
  const answer = async <T>(value: T): Promise<Result<T>> => ok(copy(value));
  const above = (runId: string, atLeast: number) =>
    runs.listed(runId).filter(({ row }) => isReviewed(row, 'open') && row.outcome === 'decided' && row.confidence !== null && row.confidence >= atLeast);

  const reviews: ReviewStore = {
    refusal: () => null,
    onElsewhere: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    newest: () => answer(newest()),
    reviewedRuns: () => answer([...reviewed.values()]),
    heads: (runId, after) => {
      const heads = new Map<string, LineHead>();
      for (const { run, sequence, findingKey, kind, unit } of trail) if (run === runId && sequence > after) heads.set(findingKey, { findingKey, kind, unit });
      return answer([...heads.values()]);
    },
    lines: (runId, keys) => answer(trail.filter(({ run, findingKey }) => run === runId && keys.includes(findingKey))),
    stepLines: (runId, step) => answer(trail.filter((line) => line.run === runId && line.step === step)),
    steps: (runId, madeIn) => {
      const steps = new Map<string, ReviewStep>();
      for (const { run, madeIn: by, step, action, about } of trail) {
        if (run === runId && by === madeIn) steps.set(step, { step, action: action === 'undo' || action === 'redo' ? action : 'act', about: about?.step ?? null });
      }
      return answer([...steps.values()]);
    },
    lastException: () => answer(trail.reduce((last, { exception }) => Math.max(last, Number(exception?.label.slice('EX-'.length) ?? 0)), 0)),
    carriedTo: (runId) => answer(carried.get(runId) ?? null),
    write: (write) => {
      if (write.seen !== newest()) return answer(false);
      const { run, lines, states: changed, mark } = copy(write);
      trail.push(...lines);
      if (lines.length > 0) {
        reviewed.set(run.run, run);
        for (const listener of listeners) listener([run.run]);
      }
      const own = states.get(run.run) ?? new Map<string, RowReview>();
      for (const [id, review] of changed) {
        if (review === null) own.delete(id);
        else own.set(id, review);
      }
      states.set(run.run, own);
      carried.set(run.run, { sequence: newest(), mark });
      return answer(true);
    },
    states: (runId, ids) => answer(new Map([...(states.get(runId) ?? [])].filter(([id]) => ids?.includes(id) ?? true))),
    rows: (runId, ids) => answer([
      ...runs.listed(runId).filter(({ row }) => ids.includes(row.id)).map(({ row, match }) => ({ id: row.id, row, finding: null, targets: (match?.targets ?? []).map(({ targetId }) => targetId) })),
      ...runs.findings(runId).filter(({ key }) => ids.includes(key)).map((finding) => ({ id: finding.key, row: null, finding, targets: [] })),
    ]),
    units: (runId, keys) => answer(runs.units(runId).filter(({ key }) => keys.includes(key))),
    exceptional: (runId) => answer(runs.listed(runId).filter(({ row: { variance, impact } }) => (variance === 'design' || variance === 'regulatory') && (impact === 'medium' || impact === 'high')).map(({ row }) => row.id)),
    facets: (runId) => {
      const rows = runs.listed(runId).map(({ row }) => row);
      return answer({
        review: count(REVIEW_FILTERS, (name) => rows.filter((row) => isReviewed(row, name)).length),
        impact: count(['none', 'low', 'medium', 'high'], (name) => rows.filter(({ impact }) => impact === name).length),
        relation: count(['same', 'reworded', 'changed', 'split', 'merged', 'covered', 'missing', 'new'], (name) => rows.filter(({ relation }) => relation === name).length),
        moved: rows.filter(({ moved }) => moved).length,
      });
    },
    groups: (query) => answer(listed(runs.listed(query.runId), query).groups),
    index: (query, id) => answer(listed(runs.listed(query.runId), query).rows.findIndex(({ row }) => row.id === id)),
    offer: (runId, atLeast) => {
      const rows = above(runId, atLeast);
      return answer({ atLeast, rows: rows.length, expectedWrong: rows.reduce((sum, { row }) => sum + 1 - (row.confidence ?? 0), 0) / Math.max(1, rows.length) });
    },
    openAbove: (runId, atLeast) => answer(above(runId, atLeast).map(({ row }) => row.id)),
  };
  return { reviews, stateOf: (runId, id) => states.get(runId)?.get(id), isReviewed: (runId) => reviewed.has(runId) };
}
