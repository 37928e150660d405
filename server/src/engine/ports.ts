/**
 * What the engine is lent by its host. Nothing in the engine reaches the outside in any other way.
 * A port says what absence means: `null` is "there is none", a Failure is "could not find out".
 */
import type {
  Analysis, Finding, LedgerKind, Match, Metric, NewTarget, Outcome, Page, RunSnapshot, SpeakerStatistics, Unit,
} from '../../../shared/model.ts';
import type { Result } from '../../../shared/failure.ts';
import type {
  FindingFacets, FindingQuery, FindingRow, MatchCounts, MatchQuery, MatchRow,
} from '../../../shared/protocol/results.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { ComputeJobs } from './computeJobs.ts';
import type { AnswerCache, CacheStats, KeptCalls } from './models/modelStores.ts';
import type { ModelProvider } from './models/modelPort.ts';
import type { ReviewStore } from './runs/reviews/reviewStore.ts';
import type { Random, SharedAllowance, Sleep } from './scheduling/limiterTypes.ts';

export type { AnswerCache, CachedAnswer, CacheStats, CallJournal, JournalledCall, KeptAnswers, KeptCalls } from './models/modelStores.ts';
export type { Random, SharedAllowance, Sleep, Spend, WindowLimits } from './scheduling/limiterTypes.ts';
export type {
  CallFailure, CallResult, ChatMessage, Completion, CompletionCall, EmbeddingCall, JsonSchema, ModelCapabilities, ModelProvider,
  ModelUsage, PageImageCall, RateHints,
} from './models/modelPort.ts';
export type {
  CarriedTo, LineHead, ReviewableRow, ReviewedRun, ReviewLine, ReviewStep, ReviewStore, ReviewWrite,
} from './runs/reviews/reviewStore.ts';

/** Milliseconds. `now` is since the epoch; `monotonic` only ever grows and has no fixed zero. */
export interface Clock {
  now(): number;
  monotonic(): number;
}

/** New random ids, safe in file names: 12 or more characters of [a-z0-9]. */
export interface Ids {
  next(): string;
}

/** Lets the host's event loop turn once, so that a cancel can land. Resolves when it has. */
export type YieldToHost = () => Promise<void>;

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Heavy pure work, somewhere that does not block the host's event loop. Aborting rejects with code `cancelled`. */
export interface Compute {
  run<K extends keyof ComputeJobs>(
    job: K,
    input: ComputeJobs[K]['input'],
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<ComputeJobs[K]['output']>;
}

/** Bytes of files. Failures of reading: `unreadable` (missing, a directory, no permission, changed while it was read), `tooLarge`. */
export interface Files {
  read(path: string, maxBytes: number, signal: AbortSignal): Promise<Result<Uint8Array>>;
  /** Writes the whole text or leaves what was there. Failure: `unreadable`, with the reason. */
  write(path: string, text: string): Promise<Result<void>>;
}

/**
 * What was read from a text, as JSON, kept by content: the same text, names and reader version give the same.
 * It may be lost at any time; no method fails.
 */
export interface ExtractionCache {
  get(key: string): Promise<string | null>;
  put(key: string, extraction: string): Promise<void>;
  stats(): Promise<CacheStats>;
  /** How many entries went. */
  clear(): Promise<number>;
}

/** What a finished step adds to its run. Written with the journal entry in one transaction, or not at all. */
export interface StepRows {
  readonly units?: readonly { readonly documentKey: string; readonly side: 'source' | 'target'; readonly units: readonly Unit[] }[];
  /** `place` is the row's among all rows of its side; without it rows follow those of the steps before. */
  readonly matches?: readonly { readonly match: Match; readonly row: MatchRow; readonly searchText: string; readonly place?: number }[];
  readonly newTargets?: readonly { readonly newTarget: NewTarget; readonly row: MatchRow; readonly searchText: string }[];
  readonly findings?: readonly Finding[];
  /** Parallel to `findings`: the place of each among all that have one, before all others. Without it findings follow those of the steps before. */
  readonly findingPlaces?: readonly number[];
  readonly analyses?: readonly Analysis[];
  readonly speakers?: readonly SpeakerStatistics[];
  readonly metrics?: readonly Metric[];
  /** Attempts up to this number are counted in the metrics of the snapshot. Absent: none. */
  readonly countedAttempts?: number;
  readonly outcomes?: readonly OutcomeCount[];
}

export interface OutcomeCount {
  readonly kind: LedgerKind;
  readonly outcome: Outcome;
  /** Absent only for `decided`. */
  readonly reason?: string;
  readonly count: number;
}

export interface JournalEntry {
  /** Unique inside a run, as `score` or `decide:50`. */
  readonly step: string;
  /** Place of the step among the steps the workflow asked for; rows are ordered by it, not by when they were written. */
  readonly ordinal: number;
  /** JSON of what the step returned. */
  readonly value: string;
  readonly finishedAt: number;
}

/** Who works on a run, and when that was last heard of. */
export interface RunOwner {
  readonly owner: string;
  readonly heartbeatAt: number;
}

/**
 * Runs, journal and results. A file store keeps them over a kill; a memory store says so in its status.
 * Every method may fail with `storeUnavailable`, and then has changed nothing. Writing to a run that another owner has
 * taken up is `refused`.
 */
export interface RunStore {
  readonly status: { readonly mode: 'file' | 'memory'; readonly message: string };
  readonly reviews: ReviewStore;
  /** False where what is written of this run is gone when the process ends. */
  isKept(runId: string): boolean;
  /** Keeps a text by the hash of it, so that a run can be shown and resumed when its file is gone. */
  saveText(hash: string, text: string): Promise<Result<void>>;
  text(hash: string): Promise<Result<string | null>>;
  createRun(snapshot: RunSnapshot, request: string, owner: string): Promise<Result<void>>;
  /**
   * Makes `owner` the one who works on the run, if nothing has changed since its owner was `seen`. False: it has. The snapshot
   * counts the attempts that were kept.
   */
  claimRun(snapshot: RunSnapshot, owner: string, seen: RunOwner | null, at: number): Promise<Result<boolean>>;
  /** Journal entry, rows and snapshot in one transaction. */
  commitStep(runId: string, owner: string, entry: JournalEntry, rows: StepRows, snapshot: RunSnapshot): Promise<Result<void>>;
  /** Writes how the run came to rest, with all its attempts counted; nobody owns it any more. */
  endRun(snapshot: RunSnapshot, owner: string): Promise<Result<void>>;
  /**
   * Keeps what one attempt of a call took until a snapshot that counts it is written: it is paid, also where the process is
   * killed before. `number`: its place among those of the process, from 1. An attempt is on disk before the answers it brought.
   * `begun`: it takes the place of what was kept when it went out.
   */
  addAttempt(runId: string, owner: string, number: number, attempt: Metric, begun?: number): Promise<Result<void>>;
  /**
   * Keeps what an attempt may cost, before it goes out: nobody knows what became of it where the process is killed. `begun`: its place
   * among those that went out, from 1.
   */
  beginAttempt(runId: string, owner: string, begun: number, attempt: Metric): Promise<Result<void>>;
  /** Attempts that no written snapshot counts: those whose end is not known, then the others, in their order. */
  attempts(runId: string): Promise<Result<readonly Metric[]>>;
  /** Says that `owner` still works on the run. */
  heartbeat(runId: string, owner: string, at: number): Promise<Result<void>>;
  /** The owner by its last heartbeat, or null for a run at rest. */
  owner(runId: string): Promise<Result<RunOwner | null>>;
  run(runId: string): Promise<Result<{ readonly snapshot: RunSnapshot; readonly request: string } | null>>;
  /** Newest first. */
  runs(offset: number, limit: number): Promise<Result<Page<RunSnapshot>>>;
  /** The newest run that read this document. */
  latest(documentKey: string): Promise<Result<RunSnapshot | null>>;
  journal(runId: string): Promise<Result<readonly JournalEntry[]>>;
  units(runId: string, documentKey: string): Promise<Result<readonly Unit[]>>;
  unit(runId: string, unitKey: string): Promise<Result<{ readonly unit: Unit; readonly documentKey: string } | null>>;
  matchRows(query: MatchQuery): Promise<Result<Page<MatchRow>>>;
  matchCounts(runId: string): Promise<Result<MatchCounts>>;
  match(runId: string, id: string): Promise<Result<{ readonly row: MatchRow; readonly match: Match | null; readonly newTarget: NewTarget | null } | null>>;
  matches(runId: string): Promise<Result<readonly Match[]>>;
  newTargets(runId: string): Promise<Result<readonly NewTarget[]>>;
  findings(query: FindingQuery): Promise<Result<Page<FindingRow>>>;
  /** Empty analyzer = all of them. */
  findingFacets(runId: string, analyzer: string): Promise<Result<FindingFacets>>;
  /** Deletes a run with all that only it has, if nothing has changed since its owner was `seen`; what was said of its rows stays. */
  deleteRun(runId: string, seen: RunOwner | null): Promise<Result<boolean>>;
  close(): Promise<void>;
}

export interface Ports {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly yieldToHost: YieldToHost;
  readonly log: Log;
  readonly compute: Compute;
  readonly files: Files;
  /**
   * Bytes the pieces of a zlib stream unpack to, counted to a little over `most`; null where it is damaged or ends too early. Rejects when
   * the signal is aborted.
   */
  unpackedLength(packed: readonly Uint8Array[], most: number, signal: AbortSignal): Promise<number | null>;
  readonly extractions: ExtractionCache;
  readonly store: RunStore;
  /** Answers of models, by all that decides them. */
  readonly answers: AnswerCache;
  /** Finished calls of the runs in `store`. */
  readonly calls: KeptCalls;
  readonly allowance: SharedAllowance;
  /** Who answers model calls under these settings; null where rules are all there is. Failure: why nobody can, and what to do. */
  modelProvider(settings: Settings, signal: AbortSignal): Promise<Result<ModelProvider | null>>;
  readonly sleep: Sleep;
  readonly random: Random;
  /** Names this process, so that a run whose process is gone can be told from one at work elsewhere. */
  readonly owner: string;
  /** Name of the user of this machine; empty where the system does not tell. */
  userName(): string;
  /** True while the process that calls itself `owner` lives; `unknown` where that cannot be found out. */
  isAlive(owner: string): boolean | 'unknown';
}
