import { fail, ok, type Result } from '../../shared/failure.ts';
import { OUTCOMES, type Finding, type Match, type Metric, type NewTarget, type Outcome, type RunSnapshot, type Unit } from '../../shared/model.ts';
import { MATCH_FILTERS, type MatchFilter, type MatchRow } from '../../shared/protocol/results.ts';
import type { JournalEntry, RunStore, StepRows } from '../../server/src/engine/ports.ts';
import { listed, passes, sectionOf, type ListedRow } from './listedRows.ts';
import { memoryReviews } from './memoryReviews.ts';

interface StoredRow {
  readonly step: number;
  readonly place: number;
  readonly row: MatchRow;
  readonly searchText: string;
  readonly match: Match | null;
  readonly newTarget: NewTarget | null;
}

interface StoredRun {
  snapshot: RunSnapshot;
  readonly request: string;
  owner: string | null;
  heartbeatAt: number;
  readonly journal: JournalEntry[];
  readonly units: { readonly documentKey: string; readonly unit: Unit }[];
  readonly rows: StoredRow[];
  readonly findings: { readonly step: number; readonly place: number; readonly finding: Finding }[];
  readonly attempts: Map<number, Metric>;
}

function has(text: string, search: string): boolean {
  return text.toLowerCase().includes(search.toLowerCase());
}

function slice<T>(rows: readonly T[], offset: number, limit: number) {
  return { total: rows.length, offset, rows: rows.slice(offset, offset + limit) };
}

/** What goes in and comes out is copied, as a file would: no object is shared with the caller. */
const copy = <T>(value: T): T => structuredClone(value);

/** A store in maps, for the engine's tests: the meaning of RunStore in the fewest words. */
export function memoryStore(): RunStore {
  const texts = new Map<string, string>();
  const runs = new Map<string, StoredRun>();

  const placed = (run: StoredRun): readonly (ListedRow & { readonly match: Match | null })[] => {
    const places = new Map<string, { unit: Unit; place: number }>();
    const next = new Map<string, number>();
    const sections = new Map<string, number>();
    const sectionKey = (unit: Unit): string => `${unit.span.document}\n${sectionOf(unit) ?? ''}`;
    for (const { documentKey, unit } of run.units) {
      const place = next.get(documentKey) ?? 0;
      if (!sections.has(sectionKey(unit))) sections.set(sectionKey(unit), place);
      next.set(documentKey, place + 1);
      places.set(unit.key, { unit, place });
    }
    return run.rows.map(({ row, searchText, match }) => {
      const review = stateOf(run.snapshot.id, row.id);
      const target = row.side === 'target' ? row.id : row.target?.id;
      const own = places.get(row.id) ?? null;
      return {
        row: review === undefined ? row : { ...row, review }, searchText, match, own, sectionPlace: own === null ? 0 : (sections.get(sectionKey(own.unit)) ?? 0),
        targetPlace: target === undefined ? null : (places.get(target)?.place ?? null),
      };
    });
  };
  /** Units of deleted runs that were reviewed. */
  const kept = new Map<string, StoredRun['units']>();
  const unitsOf = (runId: string): StoredRun['units'] => runs.get(runId)?.units ?? kept.get(runId) ?? [];
  const { reviews, stateOf, isReviewed } = memoryReviews({
    listed: (runId) => {
      const run = runs.get(runId);
      return run === undefined ? [] : placed(run);
    },
    findings: (runId) => runs.get(runId)?.findings.map(({ finding }) => finding) ?? [],
    units: (runId) => unitsOf(runId).map(({ unit }) => unit),
  });

  const withRun = <T>(runId: string, use: (run: StoredRun) => T): Result<T> => {
    const run = runs.get(runId);
    return run === undefined ? fail('internal', `There is no run ${runId}.`) : ok(copy(use(run)));
  };
  const owned = (runId: string, owner: string, change: (run: StoredRun) => void): Result<void> => {
    const run = runs.get(runId);
    if (run === undefined) return fail('internal', `There is no run ${runId}.`);
    if (run.owner !== owner) return fail('refused', `Run ${runId} was taken up in another window or terminal.`);
    change(run);
    return ok(undefined);
  };
  const newest = (): StoredRun[] =>
    [...runs.values()].sort((a, b) => b.snapshot.startedAt - a.snapshot.startedAt || (a.snapshot.id < b.snapshot.id ? 1 : -1));
  const addRows = (run: StoredRun, step: number, rows: StepRows): void => {
    for (const { documentKey, units } of rows.units ?? []) run.units.push(...units.map((unit) => ({ documentKey, unit })));
    for (const { match, row, searchText, place } of rows.matches ?? []) {
      run.rows.push({ ...(place === undefined ? { step, place: 0 } : { step: 0, place }), row, searchText, match, newTarget: null });
    }
    for (const { newTarget, row, searchText } of rows.newTargets ?? []) run.rows.push({ step, place: 0, row, searchText, match: null, newTarget });
    run.findings.push(...(rows.findings ?? []).map((finding, at) => {
      const place = rows.findingPlaces?.[at];
      return { ...(place === undefined ? { step, place: at } : { step: 0, place }), finding };
    }));
    run.rows.sort((a, b) => a.row.side.localeCompare(b.row.side) || a.step - b.step || a.place - b.place);
    run.findings.sort((a, b) => a.step - b.step || a.place - b.place);
  };

  return {
    status: { mode: 'file', message: '' },
    reviews,
    deleteRun: async (runId, seen) => {
      const run = runs.get(runId);
      if (run === undefined || run.owner !== (seen?.owner ?? null)) return ok(false);
      runs.delete(runId);
      if (isReviewed(runId)) kept.set(runId, run.units);
      const named = [...runs.values()].map(({ snapshot, request }) => JSON.stringify(snapshot) + request).join('\n');
      for (const hash of texts.keys()) if (!named.includes(hash)) texts.delete(hash);
      return ok(true);
    },
    isKept: () => true,
    saveText: async (hash, text) => {
      texts.set(hash, text);
      return ok(undefined);
    },
    text: async (hash) => ok(texts.get(hash) ?? null),
    createRun: async (snapshot, request, owner) => {
      runs.set(snapshot.id, {
        snapshot: copy(snapshot), request, owner, heartbeatAt: snapshot.startedAt, journal: [], units: [], rows: [], findings: [], attempts: new Map(),
      });
      return ok(undefined);
    },
    claimRun: async (snapshot, owner, seen, at) =>
      withRun(snapshot.id, (run) => {
        const isSeen = run.owner === (seen?.owner ?? null) && (seen === null || run.heartbeatAt === seen.heartbeatAt);
        if (isSeen) Object.assign(run, { snapshot: copy(snapshot), owner, heartbeatAt: at });
        if (isSeen) run.attempts.clear();
        return isSeen;
      }),
    commitStep: async (runId, owner, entry, rows, snapshot) =>
      owned(runId, owner, (run) => {
        if (run.journal.some(({ step }) => step === entry.step)) throw new Error(`Step ${entry.step} was committed twice.`);
        run.journal.push(copy(entry));
        addRows(run, entry.ordinal, copy(rows));
        run.snapshot = copy(snapshot);
        run.heartbeatAt = entry.finishedAt;
        for (const number of run.attempts.keys()) if (number > 0 && number <= (rows.countedAttempts ?? 0)) run.attempts.delete(number);
      }),
    endRun: async (snapshot, owner) =>
      owned(snapshot.id, owner, (run) => {
        run.snapshot = copy(snapshot);
        run.owner = null;
        run.attempts.clear();
      }),
    addAttempt: async (runId, owner, number, attempt, begun) =>
      owned(runId, owner, (run) => {
        run.attempts.set(number, copy(attempt));
        if (begun !== undefined) run.attempts.delete(-begun);
      }),
    beginAttempt: async (runId, owner, begun, attempt) => owned(runId, owner, (run) => void run.attempts.set(-begun, copy(attempt))),
    attempts: async (runId) => withRun(runId, (run) => [...run.attempts].sort(([a], [b]) => a - b).map(([, attempt]) => attempt)),
    heartbeat: async (runId, owner, at) =>
      withRun(runId, (run) => {
        if (run.owner === owner) run.heartbeatAt = at;
      }),
    owner: async (runId) =>
      withRun(runId, ({ owner, heartbeatAt }) => (owner === null ? null : { owner, heartbeatAt })),
    run: async (runId) => {
      const run = runs.get(runId);
      return ok(run === undefined ? null : copy({ snapshot: run.snapshot, request: run.request }));
    },
    runs: async (offset, limit) => ok(copy(slice(newest().map(({ snapshot }) => snapshot), offset, limit))),
    latest: async (documentKey) =>
      ok(copy(newest().find(({ snapshot }) => snapshot.documents.some(({ key }) => key === documentKey))?.snapshot ?? null)),
    journal: async (runId) => withRun(runId, ({ journal }) => journal),
    units: async (runId, documentKey) =>
      ok(copy(unitsOf(runId).filter((one) => one.documentKey === documentKey).map(({ unit }) => unit))),
    unit: async (runId, unitKey) => withRun(runId, ({ units }) => units.find(({ unit }) => unit.key === unitKey) ?? null),
    matchRows: async (query) =>
      withRun(query.runId, (run) => slice(listed(placed(run), query).rows.map(({ row }) => row), query.offset, query.limit)),
    matchCounts: async (runId) =>
      withRun(runId, ({ rows }) => {
        const counts = MATCH_FILTERS.map((filter) => [filter, rows.filter(({ row }) => passes(row, filter)).length]);
        return Object.fromEntries(counts) as Record<MatchFilter, number>;
      }),
    match: async (runId, id) =>
      withRun(runId, ({ rows }) => {
        const found = rows.find(({ row }) => row.id === id);
        const review = stateOf(runId, id);
        return found === undefined ? null : { row: { ...found.row, ...(review === undefined ? {} : { review }) }, match: found.match, newTarget: found.newTarget };
      }),
    matches: async (runId) => withRun(runId, ({ rows }) => rows.flatMap(({ match }) => (match === null ? [] : [match]))),
    newTargets: async (runId) => withRun(runId, ({ rows }) => rows.flatMap(({ newTarget }) => (newTarget === null ? [] : [newTarget]))),
    findings: async ({ runId, analyzer, search, kind, outcome, finder, offset, limit, from }) =>
      withRun(runId, ({ findings }) => {
        const found = findings.filter(
          ({ finding }) => (analyzer === '' || finding.analyzer === analyzer) && has(`${finding.title}\n${finding.text}`, search)
            && (kind === undefined || finding.kind === kind) && (outcome === undefined || finding.outcome === outcome) && (finder === undefined || (finding.method === 'rules') === (finder === 'rules')),
        );
        const at = from === undefined ? offset : found.findIndex(({ finding }) => finding.key === from);
        if (at === -1) return { total: found.length, offset: 0, rows: [] };
        return slice(found.map(({ finding }) => {
          const review = stateOf(runId, finding.key);
          return review === undefined ? finding : { ...finding, review };
        }), at, limit);
      }),
    findingFacets: async (runId, analyzer) =>
      withRun(runId, ({ findings }) => {
        const all = findings.map(({ finding }) => finding).filter((finding) => analyzer === '' || finding.analyzer === analyzer);
        const kinds = [...new Set(all.map(({ kind }) => kind))];
        return {
          kinds: Object.fromEntries(kinds.map((kind) => [kind, all.filter((one) => one.kind === kind).length])),
          outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, all.filter((one) => one.outcome === outcome).length])) as Record<Outcome, number>,
          finders: { rules: all.filter(({ method }) => method === 'rules').length, model: all.filter(({ method }) => method !== 'rules').length },
        };
      }),
    close: async () => undefined,
  };
}
