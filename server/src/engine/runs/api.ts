import type { DocumentKind, DocumentSummary, Output, Page, RunSnapshot, Span, Unit, WorkflowName } from '../../../../shared/model.ts';
import type { RunComparison } from '../../../../shared/comparison.ts';
import type { Result } from '../../../../shared/failure.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type {
  FindingQuery, FindingRow, MatchCounts, MatchDetail, MatchQuery, MatchRow, RunList,
} from '../../../../shared/protocol/results.ts';
import type { Correction } from '../documents/correctionPlaces.ts';
import type { CollateDocument } from '../documents/document.ts';

export interface RunInput {
  /** Document key: relative path, `/` between parts. */
  readonly key: string;
  /** Path the Files port can read. */
  readonly path: string;
  readonly kind?: DocumentKind;
  /** The editor's unsaved text, where there is one: it is read instead of the file. */
  readonly text?: string;
  /** What a person said of the cut of this document; kept with the run, so that a resumed one is cut alike. */
  readonly corrections?: readonly Correction[];
}

export interface RunRequest {
  /** `auto`: transcript for a transcript, document for anything else. */
  readonly workflow: WorkflowName | 'auto';
  /** A crosswalk takes exactly two, source first; the others take one. */
  readonly inputs: readonly RunInput[];
  readonly settings: Settings;
}

/** Where a span's words are in a text that may have changed since the run. */
export interface Located {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly current: boolean;
}

/** A request as it was made; the text of an input is left out. */
export type Asked = Pick<RunRequest, 'workflow'> & { readonly inputs: readonly Omit<RunInput, 'text'>[] };

/** Two finished runs over the same documents, the older one first. */
export interface RunPair {
  readonly before: RunSnapshot;
  readonly after: RunSnapshot;
}

/** Runs: the one door for editor, terminal and worker. */
export interface Runs {
  /** Reads nothing, waits for nothing: the id is there at once; unreadable inputs make the run `failed` with the reason. */
  start(request: RunRequest): Promise<Result<string>>;
  /** Takes up an interrupted, cancelled or paused run where its journal ends, on the text it was started on. */
  resume(runId: string): Promise<Result<string>>;
  /** Stops at the next await; what is journalled is kept. False when the run is not at work in this process. */
  cancel(runId: string, who: string): boolean;
  /** Resolves when the run is at rest. For runs of this process. */
  settled(runId: string): Promise<RunSnapshot>;
  /** Small complete snapshots, at most 10 a second per run, the last always. Returns how to stop listening. */
  onProgress(listener: (snapshot: RunSnapshot) => void): () => void;
  get(runId: string): Promise<Result<RunSnapshot>>;
  list(offset: number, limit: number): Promise<Result<RunList>>;
  latest(documentKey: string): Promise<Result<RunSnapshot | null>>;
  matches(query: MatchQuery): Promise<Result<Page<MatchRow>>>;
  matchCounts(runId: string): Promise<Result<MatchCounts>>;
  match(runId: string, id: string): Promise<Result<MatchDetail>>;
  findings(query: FindingQuery): Promise<Result<Page<FindingRow>>>;
  /** The whole run as the contract's JSON. Pending units of a stopped run are counted as skipped, with the reason. */
  output(runIds: readonly string[]): Promise<Result<Output>>;
  /** A finished run and the newest finished one before it over the same documents; null where there is none. `null`: the newest run that has one. */
  withEarlier(runId: string | null): Promise<Result<RunPair | null>>;
  /** What moved from an older run to a newer one over the same documents: new, gone, unchanged or changed, with the cause. */
  compare(beforeId: string, afterId: string): Promise<Result<RunComparison>>;
  /** What a run was asked to do, without the texts it was given: for asking the same again. */
  asked(runId: string): Promise<Result<Asked>>;
  /** The units of one of a run's documents, in the order of the text. */
  units(runId: string, documentKey: string): Promise<Result<readonly Unit[]>>;
  /** The text a document of a run was read as. */
  text(document: DocumentSummary): Promise<Result<string>>;
  /** Where the words of `span` are in `currentText` (normalised), or in the run's own text when that is equal. */
  locate(runId: string, span: Span, currentText: string): Promise<Result<Located>>;
  /** Cancels what is at work, waits for it, closes the store. */
  close(): Promise<void>;
}

export interface Engine {
  readonly runs: Runs;
  /** Reads one document without a run: the editor's outline and diagnostics. */
  read(input: RunInput, settings: Settings, signal: AbortSignal): Promise<Result<CollateDocument>>;
}
