import type { Result } from '../../../shared/failure.ts';
import { fail, ok } from '../../../shared/failure.ts';
import type { DocumentKind, Output, RunOutput, RunSnapshot } from '../../../shared/model.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import type { RunComparison } from '../../../shared/comparison.ts';
import { createCaches } from '../../../server/src/engine/cache/caches.ts';
import type { AnswerCache, ExtractionCache } from '../../../server/src/engine/ports.ts';
import type { Engine, RunPair, RunRequest, Runs } from '../../../server/src/engine/index.ts';
import { fixedKey } from '../../../server/src/models/environmentKey.ts';
import { createModelProviders } from '../../../server/src/models/modelProviders.ts';
import { Interrupts, type Signals } from '../../../server/src/cli/interrupts.ts';
import { runCli } from '../../../server/src/cli/runCli.ts';
import type { Session } from '../../../server/src/cli/session.ts';
import { createTerminal } from '../../../server/src/cli/terminal.ts';
import { memoryAnswers } from '../../fakes/memoryAnswers.ts';
import { memoryExtractions } from '../../fakes/memoryExtractions.ts';

/** What a run of the fake does: the output it ends with, and what happens on the way. */
export interface Script {
  readonly output: Output;
  readonly state?: RunSnapshot['state'];
  readonly stateReason?: string;
  readonly resumable?: boolean;
  readonly models?: RunSnapshot['models'];
  /** Operations told of before the end. */
  readonly operations?: readonly string[];
  /** Resolves when the run may end; a run without it ends at once. */
  readonly until?: Promise<void>;
  /** Called when the run begins to work. */
  began?(): void;
  readonly refuse?: string;
}

function snapshotOf(run: RunOutput, output: Output, script: Script, id: string, title: string): RunSnapshot {
  return {
    id, workflow: run.workflow, title, state: script.state ?? run.state,
    ...(script.stateReason ?? run.stateReason) === undefined ? {} : { stateReason: script.stateReason ?? run.stateReason ?? '' },
    resumable: script.resumable ?? false, provider: run.provider, settings: run.settings,
    startedAt: Date.parse(run.startedAt), endedAt: Date.parse(run.endedAt ?? run.startedAt), documents: output.documents,
    ledger: run.ledger, progress: null, metrics: run.metrics,
    counts: { matches: run.matches.length, newTargets: run.newTargets.length, findings: run.findings.length },
    analyses: run.analyses, speakers: run.speakers, ...(script.models === undefined ? {} : { models: script.models }), stored: true,
  };
}

/** Runs that follow a script per document, named by the file name of their first input. */
export class FakeRuns {
  readonly requests: RunRequest[] = [];
  readonly cancelled: string[] = [];
  atWork = 0;
  mostAtWork = 0;
  readonly #scripts: Readonly<Record<string, Script>>;
  readonly #snapshots = new Map<string, { snapshot: RunSnapshot; script: Script; settled: Promise<RunSnapshot> }>();
  readonly #listeners = new Set<(snapshot: RunSnapshot) => void>();
  readonly #cancels = new Map<string, () => void>();

  readonly comparison: RunComparison | null;

  constructor(scripts: Readonly<Record<string, Script>>, comparison: RunComparison | null = null) {
    this.comparison = comparison;
    this.#scripts = scripts;
  }

  start(request: RunRequest): Promise<Result<string>> {
    this.requests.push(request);
    const key = request.inputs[0]?.key ?? '';
    return Promise.resolve(this.#begin(key.slice(key.lastIndexOf('/') + 1)));
  }

  resume(runId: string): Promise<Result<string>> {
    return Promise.resolve(this.#begin(runId));
  }

  #begin(name: string): Result<string> {
    const script = this.#scripts[name];
    if (script === undefined) return fail('unreadable', `There is no run ${name} in this store. List the runs to see their ids.`);
    if (script.refuse !== undefined) return fail('refused', script.refuse);
    const id = `run-${name}`;
    const [run] = script.output.runs;
    if (run === undefined) throw new Error('a script needs a run');
    const rest = snapshotOf(run, script.output, script, id, name);
    this.#snapshots.set(id, { snapshot: rest, script, settled: this.#work(script, rest) });
    return ok(id);
  }

  async #work(script: Script, rest: RunSnapshot): Promise<RunSnapshot> {
    this.atWork += 1;
    this.mostAtWork = Math.max(this.mostAtWork, this.atWork);
    const cancelled = new Promise<'cancelled'>((resolve) => this.#cancels.set(rest.id, () => resolve('cancelled')));
    await Promise.resolve();
    for (const operation of script.operations ?? []) {
      for (const done of [1, 2]) this.#tell({ ...rest, state: 'running', progress: { operation, message: `${operation} words`, done, total: 2 } });
    }
    script.began?.();
    const how = await Promise.race([cancelled, script.until ?? Promise.resolve()]);
    this.atWork -= 1;
    const { stateReason: _reason, ...plain } = rest;
    const end: RunSnapshot = how === 'cancelled'
      ? { ...plain, state: 'cancelled', stateReason: 'Cancelled by Ctrl+C. 3 of 9 provisions are kept; resume takes up the rest.', resumable: true }
      : rest;
    this.#tell(end);
    return end;
  }

  #tell(snapshot: RunSnapshot): void {
    for (const listener of this.#listeners) listener(snapshot);
  }

  cancel(runId: string): boolean {
    this.cancelled.push(runId);
    this.#cancels.get(runId)?.();
    return true;
  }

  async settled(runId: string): Promise<RunSnapshot> {
    const known = this.#snapshots.get(runId);
    if (known === undefined) throw new Error(`unknown run ${runId}`);
    return known.settled;
  }

  onProgress(listener: (snapshot: RunSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  output(ids: readonly string[]): Promise<Result<Output>> {
    const scripts = ids.map((id) => ({ id, script: this.#snapshots.get(id)?.script }));
    return Promise.resolve(ok({
      schemaVersion: 1,
      documents: scripts.flatMap(({ script }) => script?.output.documents ?? []),
      runs: scripts.flatMap(({ id, script }) => {
        const { stateReason: _reason, ...run } = script?.output.runs[0] ?? ({} as RunOutput);
        const reason = script?.stateReason ?? script?.output.runs[0]?.stateReason;
        return [{ ...run, id, state: script?.state ?? run.state, ...(reason === undefined ? {} : { stateReason: reason }) } as RunOutput];
      }),
    }));
  }

  /** Runs have an earlier one where a comparison was given. */
  withEarlier(runId: string | null): Promise<Result<RunPair | null>> {
    const after = this.#snapshots.get(runId ?? '')?.snapshot ?? ({ id: 'newest' } as RunSnapshot);
    return Promise.resolve(ok(this.comparison === null ? null : { before: { ...after, id: 'earlier' }, after }));
  }

  compare(before: string, after: string): Promise<Result<RunComparison>> {
    if (this.comparison === null) return Promise.resolve(fail('unreadable', `There is no run ${before} in this store. List the runs to see their ids.`));
    const { before: older, after: newer, ...rest } = this.comparison;
    return Promise.resolve(ok({ ...rest, before: { ...older, id: before }, after: { ...newer, id: after } }));
  }

  list(offset: number, limit: number): Promise<Result<{ total: number; runs: readonly RunSnapshot[] }>> {
    const all = Object.entries(this.#scripts).map(([name, script]) => snapshotOf(script.output.runs[0]!, script.output, script, `run-${name}`, name));
    return Promise.resolve(ok({ total: all.length, runs: all.slice(offset, offset + Math.min(limit, 2)) }));
  }
}

export interface RunOptions {
  readonly folder?: string;
  readonly tty?: boolean;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly store?: { readonly mode: 'file' | 'memory'; readonly message: string };
  readonly kinds?: Readonly<Record<string, DocumentKind>>;
  readonly samples?: string;
  readonly answers?: AnswerCache;
  readonly extractions?: ExtractionCache;
  readonly key?: string;
}

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Store folders that were opened. */
  readonly opened: readonly string[];
  readonly closed: number;
  readonly exits: readonly number[];
}

/** Signals a test sends by hand. */
export class FakeSignals implements Signals {
  readonly exits: number[] = [];
  readonly #listeners = new Map<string, Set<() => void>>();
  on(signal: string, listener: () => void): void {
    this.#listeners.set(signal, (this.#listeners.get(signal) ?? new Set()).add(listener));
  }
  off(signal: string, listener: () => void): void {
    this.#listeners.get(signal)?.delete(listener);
  }
  exit(code: number): void {
    this.exits.push(code);
  }
  send(signal: 'SIGINT' | 'SIGTERM'): void {
    for (const listener of this.#listeners.get(signal) ?? []) listener();
  }
  get listening(): number {
    return [...this.#listeners.values()].reduce((sum, of) => sum + of.size, 0);
  }
}

/** The command line over fake runs. */
export async function cli(args: readonly string[], runs: FakeRuns, options: RunOptions = {}, signals = new FakeSignals()): Promise<CliResult> {
  const text = { out: '', err: '' };
  const opened: string[] = [];
  let closed = 0;
  const out = (more: string): void => void (text.out += more);
  const err = (more: string): void => void (text.err += more);
  const engine: Engine = {
    runs: runs as unknown as Runs,
    caches: createCaches({ answers: options.answers ?? memoryAnswers(), extractions: options.extractions ?? memoryExtractions() }),
    read: (input) => {
      const kind = options.kinds?.[input.key];
      return Promise.resolve(kind === undefined
        ? fail('unreadable', `${input.key} does not exist.`)
        : ok({ key: input.key, path: input.path, kind, kindGiven: false, text: '', hash: '', units: [], problems: [] }));
    },
  };
  const session: Session = { engine, store: options.store ?? { mode: 'file', message: 'Runs are kept.' }, close: () => Promise.resolve(void (closed += 1)) };
  const code = await runCli(args, { version: '1.2.3', out, err }, (colour) => ({
    terminal: {
      ...createTerminal({
        stdout: { write: out, isTTY: options.tty ?? false, columns: options.columns ?? 100 },
        stderr: { write: err, isTTY: options.tty ?? false },
        env: options.env ?? {}, folder: options.folder ?? '/folder', colour,
      }),
      timeZone: 'UTC',
    },
    interrupts: new Interrupts(signals),
    settings: DEFAULT_SETTINGS,
    version: '1.2.3',
    models: createModelProviders({ keyOf: fixedKey(options.key ?? null), editor: null }),
    openSession: (folder) => {
      opened.push(folder);
      return Promise.resolve(session);
    },
    sampleFolder: () => options.samples ?? null,
  }));
  return { code, ...text, opened, closed, exits: signals.exits };
}
