import { fail, ok, type Failure, type Result } from '../../../shared/failure.ts';
import { readSettings, type Settings } from '../../../shared/settings.ts';
import type { DocumentSummary, Finding, Match, MatchTarget, NewTarget, Output, OutputUnit, RunSnapshot, Span, Unit } from '../../../shared/model.ts';
import type { MatchRow } from '../../../shared/protocol/results.ts';
import { createCaches } from '../../../server/src/engine/cache/caches.ts';
import type { Asked, Engine, RunRequest } from '../../../server/src/engine/index.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';
import type { RowReview } from '../../../shared/protocol/reviews.ts';
import type { OpenedEngine } from '../../../server/src/lsp/engines.ts';
import { memoryAnswers } from '../../fakes/memoryAnswers.ts';
import { memoryExtractions } from '../../fakes/memoryExtractions.ts';

/** A run the test says everything about. */
export interface FakeRun {
  snapshot: RunSnapshot;
  readonly texts: ReadonlyMap<string, string>;
  readonly units?: readonly OutputUnit[];
  readonly matches?: readonly Match[];
  readonly newTargets?: readonly NewTarget[];
  readonly findings?: readonly Finding[];
  readonly rows?: readonly MatchRow[];
  readonly asked?: Asked;
  reviews?: ReadonlyMap<string, RowReview>;
}

const GONE: Failure = { code: 'unreadable', message: 'No such run.', retry: 'never' };

/** An engine that does what the test says and remembers what it was asked. */
export class FakeEngine {
  readonly runs = new Map<string, FakeRun>();
  readonly requests: RunRequest[] = [];
  readonly cancelled: string[] = [];
  readonly outputs: string[] = [];
  readonly listeners = new Set<(snapshot: RunSnapshot) => void>();
  store = { mode: 'file' as 'file' | 'memory', message: 'Runs are kept in a folder.' };
  startFailure: Failure | null = null;
  storeFailure: Failure | null = null;
  closed = 0;
  readonly answers = memoryAnswers();
  readonly extractions = memoryExtractions();
  /** Documents are cut as the engine cuts them; otherwise they have no units. */
  cuts = false;

  readonly #elsewhere: ((runIds: readonly string[]) => void)[] = [];

  /** Tells the listeners of reviews another process wrote. */
  reviewedElsewhere(runIds: readonly string[]): void {
    for (const listener of this.#elsewhere) listener(runIds);
  }

  /** Changes a run and tells the listeners, as the runtime does. */
  tell(snapshot: RunSnapshot): void {
    const run = this.runs.get(snapshot.id);
    if (run === undefined) this.runs.set(snapshot.id, { snapshot, texts: new Map() });
    else run.snapshot = snapshot;
    for (const listener of this.listeners) listener(snapshot);
  }

  #of<T>(runId: string, value: (run: FakeRun) => T): Promise<Result<T>> {
    if (this.storeFailure !== null) return Promise.resolve({ ok: false, failure: this.storeFailure });
    const run = this.runs.get(runId);
    return Promise.resolve(run === undefined ? { ok: false, failure: GONE } : ok(value(run)));
  }

  #newestFirst(): RunSnapshot[] {
    return [...this.runs.values()].map((run) => run.snapshot).sort((a, b) => b.startedAt - a.startedAt);
  }

  opened(): OpenedEngine {
    const runs: Engine['runs'] = {
      estimate: () => Promise.resolve({ ok: false, failure: GONE }),
      start: (request) => {
        this.requests.push(request);
        if (this.startFailure !== null) return Promise.resolve({ ok: false, failure: this.startFailure });
        const id = `run${this.requests.length}`;
        this.tell(snapshotOf({ id, documents: request.inputs.map(({ key }) => summaryOf(key)), startedAt: this.requests.length }));
        return Promise.resolve(ok(id));
      },
      resume: (runId) => this.#of(runId, () => runId),
      cancel: (runId) => {
        this.cancelled.push(runId);
        const run = this.runs.get(runId);
        if (run?.snapshot.state !== 'running') return false;
        this.tell({ ...run.snapshot, state: 'cancelled', endedAt: 9 });
        return true;
      },
      settled: () => Promise.reject(new Error('not asked for by the language server')),
      onProgress: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
      get: (runId) => this.#of(runId, (run) => run.snapshot),
      list: (offset, limit) => {
        const runsNow = this.#newestFirst();
        return Promise.resolve(ok({ total: runsNow.length, runs: runsNow.slice(offset, offset + limit) }));
      },
      latest: (key) => Promise.resolve(ok(this.#newestFirst().find((run) => run.documents.some((document) => document.key === key)) ?? null)),
      matches: (query) =>
        this.#of(query.runId, (run) => ({
          total: run.rows?.length ?? 0,
          offset: query.offset,
          rows: (run.rows ?? []).slice(query.offset, query.offset + query.limit),
        })),
      matchCounts: (runId) =>
        this.#of(runId, (run) => ({ all: run.rows?.length ?? 0, decided: 0, abstained: 0, skipped: 0, failed: 0, missing: 0, new: 0, changed: 0 })),
      match: () => Promise.resolve(fail('unreadable', 'No such match.')),
      findings: (query) => this.#of(query.runId, (run) => ({ total: run.findings?.length ?? 0, offset: 0, rows: run.findings ?? [] })),
      findingFacets: () => Promise.reject(new Error('tested over the store')),
      rowReviews: (runId) => this.#of(runId, (run) => run.reviews ?? new Map()),
      reviews: notAsked((listener) => this.#elsewhere.push(listener)),
      output: ([runId]) => {
        this.outputs.push(runId ?? '');
        return this.#of(runId ?? '', outputOf);
      },
      withEarlier: () => Promise.reject(new Error('not asked for by the language server')),
      compare: () => Promise.reject(new Error('not asked for by the language server')),
      asked: (runId) => this.#of(runId, ({ asked, snapshot }) => asked ?? { workflow: snapshot.workflow, inputs: snapshot.documents.map(({ key, path }) => ({ key, path })) }),
      units: (runId, key) => this.#of(runId, (run) => (run.units ?? []).filter(({ span }) => span.document === key).map(unitOf)),
      moves: () => Promise.reject(new Error('tested over the engine itself')),
      delete: () => Promise.reject(new Error('tested over the engine itself')),
      text: ({ key }) => {
        const texts = [...this.runs.values()].map((run) => run.texts.get(key)).filter((text) => text !== undefined);
        return Promise.resolve(texts[0] === undefined ? fail('unreadable', `No text of ${key}.`) : ok(texts[0]));
      },
      locate: (runId, span, currentText) =>
        this.#of(runId, () => {
          const at = currentText.indexOf(span.quote);
          const line = currentText.slice(0, Math.max(at, 0)).split('\n').length - 1;
          return { start: { line, character: 0 }, end: { line, character: span.quote.length }, current: at >= 0 };
        }),
      close: () => {
        this.closed += 1;
        return Promise.resolve();
      },
    };
    return {
      engine: {
        runs,
        caches: createCaches(this),
        read: ({ key, path, text, kind, corrections }) =>
          Promise.resolve(
            text === undefined
              ? fail('unreadable', `${path} could not be read.`)
              : this.cuts
                ? readText({ key, path, text, ...(kind === undefined ? {} : { kind }), ...(corrections === undefined ? {} : { corrections }) })
                : ok({ key, path, kind: 'document', kindGiven: false, text, hash: 'h', units: [], problems: [] }),
          ),
      },
      store: () => this.store,
      close: () => Promise.resolve(),
    };
  }
}

/** Reviews are tested over the engine itself. */
function notAsked(listen: (listener: (runIds: readonly string[]) => void) => void): Engine['runs']['reviews'] {
  return new Proxy({} as Engine['runs']['reviews'], {
    get: (_, method) => (method === 'onElsewhere' ? (listener: (runIds: readonly string[]) => void) => listen(listener) : () => Promise.reject(new Error(`${String(method)} was not expected`))),
  });
}

function outputOf(run: FakeRun): Output {
  const { snapshot } = run;
  return {
    schemaVersion: 1,
    documents: snapshot.documents,
    runs: [
      {
        id: snapshot.id, workflow: snapshot.workflow, state: 'done', settings: {}, provider: 'local',
        startedAt: new Date(snapshot.startedAt).toISOString(), endedAt: null, ledger: {}, metrics: [],
        units: run.units ?? [], matches: run.matches ?? [], newTargets: run.newTargets ?? [], findings: run.findings ?? [],
        analyses: [], speakers: [],
      },
    ],
  };
}

/** A unit whose words start after its first line. */
function unitOf(unit: OutputUnit): Unit {
  const { start, end, quote } = unit.span;
  return { ...unit, textStart: Math.min(end, start + quote.split('\n', 1).join('').length + 1), textEnd: end };
}

export function summaryOf(key: string): DocumentSummary {
  return { key, path: key, kind: 'document', hash: 'h', units: 0, problems: [] };
}

export function snapshotOf(some: Partial<RunSnapshot> & { readonly id: string }): RunSnapshot {
  return {
    workflow: 'document', title: 'plan.md', state: 'running', resumable: false, provider: 'local', settings: {},
    startedAt: 1, endedAt: null, documents: [], ledger: {}, progress: null, metrics: [],
    counts: { matches: 0, newTargets: 0, findings: 0 }, analyses: [], speakers: [], stored: true, ...some,
  };
}

/** The span of `quote` in a text; `from` is where the search starts. */
export function spanOf(document: string, text: string, quote: string, from = 0): Span {
  const start = text.indexOf(quote, from);
  if (start < 0) throw new Error(`"${quote}" is not in ${document}`);
  const line = text.slice(0, start).split('\n').length;
  return { document, start, end: start + quote.length, line, column: start - text.lastIndexOf('\n', start - 1), quote };
}

/** One unit a block, blocks parted by blank lines; the first line of a block is `number title`. */
export function unitsOf(document: string, text: string): readonly OutputUnit[] {
  return text.trimEnd().split('\n\n').map((block) => {
    const heading = /^(\S+) (.*)$/.exec(block.split('\n', 1)[0] ?? '');
    const [number, title] = [heading?.[1] ?? '', heading?.[2] ?? ''];
    return { key: `${document}#${number}`, kind: 'provision', span: spanOf(document, text, block), number, title, contentHash: '' };
  });
}

export function matchOf(some: Partial<Match> & { readonly sourceId: string }): Match {
  return {
    outcome: 'decided', relation: 'same', moved: false, variance: 'none', impact: 'none', confidence: 0.9, counterpartScore: 1,
    targets: [], candidates: [], differences: [], why: [], ...some,
  };
}

export function targetOf(targetId: string): MatchTarget {
  return { targetId, role: 'whole', evidence: { source: [], target: [] } };
}

export function settingsOf(values: Readonly<Record<string, unknown>>): Settings {
  return readSettings((key) => values[key]);
}
