import { fail, type Result } from '../../../../shared/failure.ts';
import type { RunSnapshot } from '../../../../shared/model.ts';
import type { Settings } from '../../../../shared/settings.ts';
import { fileName } from '../../../../shared/words/format.ts';
import { stateInWords } from '../../../../shared/words/labels.ts';
import { MAX_PAGE } from '../../../../shared/protocol/results.ts';
import { openRuntime } from '../models/openRuntime.ts';
import type { Ports } from '../ports.ts';
import { RULES_VERSION } from '../workflows/rulesVersion.ts';
import { ActiveRun } from './activeRun.ts';
import type { ResumeChanges, RunRequest, Runs } from './api.ts';
import { withEarlierRun } from './comparison/earlierRun.ts';
import { LastComparison } from './comparison/lastComparison.ts';
import { guarded } from './guarded.ts';
import { estimateRun } from './estimateRun.ts';
import { executeRun, type Workflows } from './executeRun.ts';
import { locateSpan } from './locateSpan.ts';
import { matchDetail } from './matchDetail.ts';
import { isAbandoned, presentInterrupted, presentRun } from './presentRun.ts';
import { ProgressFeed } from './progressFeed.ts';
import { ReadBefore, type Hold } from './readBefore.ts';
import type { Readers } from './readInputs.ts';
import { createReviews } from './reviews/createReviews.ts';
import { RunReviews } from './reviews/runReviews.ts';
import { outputOf } from './runOutput.ts';
import { askedOf, loadRequest, refusal, storeRequest } from './runRequest.ts';
import { withUncounted } from './uncountedAttempts.ts';
import { UnitTexts, valueOf } from './unitTexts.ts';

interface Work {
  readonly run: ActiveRun;
  readonly settled: Promise<RunSnapshot>;
}

function newSnapshot(id: string, request: RunRequest, startedAt: number, rulesVersion: string): RunSnapshot {
  // Who reviews it later is no part of how a run was made.
  const { reviewer: _reviewer, ...settings } = request.settings;
  return {
    id,
    workflow: request.workflow === 'auto' ? 'document' : request.workflow,
    title: request.inputs.map((input) => fileName(input.key)).join(' to '),
    state: 'running',
    resumable: false,
    provider: 'local',
    settings,
    startedAt,
    endedAt: null,
    documents: [],
    ledger: {},
    progress: null,
    metrics: [],
    counts: { matches: 0, newTargets: 0, findings: 0 },
    analyses: [],
    speakers: [],
    stored: true,
    rulesVersion,
  };
}

function alreadyAtWork(runId: string, where: string): string {
  return `Run ${runId} is at work ${where}; wait for it, or cancel it there.`;
}

/** The budget a run was last given: it may have been raised when it was resumed. */
function budgetOf({ settings }: RunSnapshot, asked: Settings): number {
  const kept = settings['budgetPerRun'];
  return typeof kept === 'number' ? kept : asked.budgetPerRun;
}

/** Of a run that other rules began and these ended. */
function continuedVersion(begun: string | undefined, own: string): string {
  return begun === own ? own : `${begun ?? 'unknown'} and ${own}`;
}

function page<T extends { readonly limit: number; readonly offset: number }>(query: T): T {
  return {
    ...query,
    limit: Math.max(0, Math.min(MAX_PAGE, Math.trunc(query.limit))),
    offset: Math.max(0, Math.trunc(query.offset)),
  };
}

/** The runtime of runs over the ports. Workflows and readers are given, so that tests can bring their own. */
export function createRuns(ports: Ports, readers: Readers, workflows: Workflows, hold?: Hold): Runs {
  const { store, clock } = ports;
  const before = new ReadBefore(readers, hold);
  const rulesVersion = `${readers.version}.${RULES_VERSION}`;
  const feed = new ProgressFeed(clock);
  const runtime = openRuntime(ports);
  const texts = new UnitTexts(store);
  const atWork = new Map<string, Work>();
  /** Runs on their way to work: the store may name this process as their owner already. */
  const beginning = new Set<string>();
  /** Runs whose end could not be written: only this process knows how they ended. */
  const unwritten = new Map<string, RunSnapshot>();

  const begin = (run: ActiveRun, request: RunRequest): void => {
    const { id } = run.snapshot;
    // At work before it does anything: its first snapshot may be answered with a cancel.
    const settled = Promise.resolve().then(() => executeRun(run, request, ports, before.recalling, workflows, runtime)).then(({ snapshot, written }) => {
      const shown = presentRun(snapshot);
      if (!written) unwritten.set(id, shown);
      atWork.delete(id);
      feed.tell(shown);
      return shown;
    });
    atWork.set(id, { run, settled });
  };

  const whileBeginning = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    beginning.add(id);
    try {
      return await work();
    } finally {
      beginning.delete(id);
    }
  };

  const present = async (snapshot: RunSnapshot): Promise<RunSnapshot> => {
    const { id } = snapshot;
    const known = atWork.get(id)?.run.snapshot ?? unwritten.get(id);
    if (known !== undefined) return known;
    const stored = { ...snapshot, stored: store.isKept(id) };
    if (snapshot.state !== 'running') return presentRun(stored);
    const owner = valueOf(await store.owner(id));
    // A run of this process that is not at work here has lost its worker.
    const lost = owner?.owner === ports.owner && !atWork.has(id) && !beginning.has(id);
    if (!lost && !isAbandoned(owner, clock.now(), ports.isAlive)) return stored;
    return presentInterrupted(await withUncounted(stored, store), owner?.heartbeatAt ?? null);
  };

  const find = async (runId: string): Promise<{ readonly snapshot: RunSnapshot; readonly request: string }> => {
    const found = valueOf(await store.run(runId));
    return found ?? valueOf(fail('unreadable', `There is no run ${runId} in this store. List the runs to see their ids.`));
  };
  const load = async (runId: string): Promise<RunSnapshot> => present((await find(runId)).snapshot);

  const trail = new RunReviews(ports, load);
  const comparisons = new LastComparison(load, store);

  const takeUp = async (runId: string, changes: ResumeChanges): Promise<string> => {
    const { snapshot: stored, request: json } = await find(runId);
    const seen = valueOf(await store.owner(runId));
    const shown = await present(stored);
    if (shown.state === 'running') valueOf(fail('refused', alreadyAtWork(runId, 'in another window or terminal')));
    if (!shown.resumable) valueOf(fail('refused', `Run ${runId} is ${stateInWords(shown)} and has nothing left to resume. Start a new run instead.`));
    const asked = await loadRequest(json, store);
    const settings = { ...asked.settings, ...changes, budgetPerRun: changes.budgetPerRun ?? budgetOf(stored, asked.settings) };
    const request = { ...asked, settings };
    const { stateReason: _reason, pausedBy: _by, ...kept } = await withUncounted(stored, store);
    const { unfinished } = valueOf(await ports.calls.load(runId));
    const repeatedAtMost = (stored.repeatedAtMost ?? 0) + unfinished;
    const again: RunSnapshot = {
      ...kept, ...(repeatedAtMost === 0 ? {} : { repeatedAtMost }), settings: { ...kept.settings, budgetPerRun: settings.budgetPerRun }, state: 'running', resumable: false, endedAt: null, progress: null,
      rulesVersion: continuedVersion(stored.rulesVersion, rulesVersion),
    };
    const claimed = valueOf(await store.claimRun(again, ports.owner, seen, clock.now()));
    if (!claimed) valueOf(fail('refused', `Run ${runId} was just taken up in another window or terminal; wait for it, or cancel it there.`));
    valueOf(await ports.calls.forgetBegun(runId, ports.owner));
    const run = new ActiveRun(ports, again, request.settings, (told) => feed.tell(told));
    await run.loadJournal();
    unwritten.delete(runId);
    begin(run, request);
    return runId;
  };

  /** Reads of a run that is not there fail; they never look like a run without results. */
  const reading = <T>(runId: string, read: () => Promise<Result<T>>): Promise<Result<T>> =>
    guarded(async () => {
      if (!atWork.has(runId)) await trail.refresh(runId);
      return valueOf(await read());
    });

  return {
    start: (request) =>
      guarded(async () => {
        const refused = refusal(request);
        if (refused !== null) valueOf(fail('refused', refused));
        const snapshot = newSnapshot(ports.ids.next(), request, clock.now(), rulesVersion);
        return whileBeginning(snapshot.id, async () => {
          const json = await storeRequest(request, store);
          valueOf(await store.createRun(snapshot, json, ports.owner));
          begin(new ActiveRun(ports, snapshot, request.settings, (told) => feed.tell(told)), request);
          return snapshot.id;
        });
      }),

    estimate: (request, signal) => guarded(() => estimateRun(request, ports, before.remembering, workflows, runtime, signal)),

    resume: (runId, changes = {}) =>
      guarded(async () => {
        if (atWork.has(runId) || beginning.has(runId)) valueOf(fail('refused', alreadyAtWork(runId, 'here')));
        return whileBeginning(runId, () => takeUp(runId, changes));
      }),

    cancel(runId, who) {
      const work = atWork.get(runId);
      work?.run.stop('cancelled', `Cancelled by ${who}.`);
      return work !== undefined;
    },

    settled: async (runId) => atWork.get(runId)?.settled ?? load(runId),
    onProgress: (listener) => feed.listen(listener),

    get: (runId) => guarded(() => load(runId)),

    list: (offset, limit) =>
      guarded(async () => {
        const query = page({ offset, limit });
        const found = valueOf(await store.runs(query.offset, query.limit));
        const runs: RunSnapshot[] = [];
        for (const snapshot of found.rows) runs.push(await present(snapshot));
        return { total: found.total, runs };
      }),

    latest: (documentKey) =>
      guarded(async () => {
        const found = valueOf(await store.latest(documentKey));
        return found === null ? null : present(found);
      }),

    matches: (query) => reading(query.runId, () => store.matchRows(page(query))),
    matchCounts: (runId) => reading(runId, () => store.matchCounts(runId)),
    findings: (query) => reading(query.runId, () => store.findings(page(query))),
    findingFacets: (runId, analyzer) => reading(runId, () => store.findingFacets(runId, analyzer)),
    match: (runId, id) =>
      guarded(async () => {
        await trail.refresh(runId);
        return matchDetail(await load(runId), id, store, texts);
      }),
    rowReviews: (runId) => reading(runId, () => store.reviews.states(runId, null)),
    reviews: createReviews(trail, ports, reading),

    output: (runIds) =>
      guarded(async () => {
        const snapshots: RunSnapshot[] = [];
        for (const runId of runIds) snapshots.push(await load(runId));
        return outputOf(snapshots, store);
      }),

    withEarlier: (runId) => guarded(() => withEarlierRun(runId, store)),

    compare: (before, after) => guarded(() => comparisons.compare(before, after)),
    moves: (runId, withId) =>
      guarded(async () => {
        if (withId !== null) return comparisons.compare(withId, runId);
        await load(runId);
        const pair = await withEarlierRun(runId, store);
        return pair === null ? null : comparisons.compare(pair.before.id, runId);
      }),

    delete: (runId) =>
      guarded(async () => {
        const { state } = await load(runId);
        if (state === 'running' || beginning.has(runId)) valueOf(fail('refused', `Run ${runId} is at work. Cancel it first, or wait for its end.`));
        const seen = valueOf(await store.owner(runId));
        if (!valueOf(await store.deleteRun(runId, seen))) valueOf(fail('refused', `Run ${runId} was just taken up in another window or terminal.`));
        unwritten.delete(runId);
        trail.forget(runId);
      }),

    asked: (runId) => guarded(async () => askedOf((await find(runId)).request)),
    units: (runId, documentKey) => reading(runId, () => store.units(runId, documentKey)),

    text: (document) => guarded(() => texts.text(document)),

    locate: (runId, span, currentText) =>
      guarded(async () => {
        const { documents } = await load(runId);
        const document = documents.find((one) => one.key === span.document);
        if (document === undefined) return valueOf(fail('unreadable', `${span.document} is not a document of run ${runId}.`));
        return locateSpan(span, await texts.text(document), currentText);
      }),

    async close() {
      const open = [...atWork.values()];
      for (const { run } of open) run.stop('interrupted', 'The process is about to end.');
      await Promise.all(open.map(({ settled }) => settled));
      await store.close();
    },
  };
}
