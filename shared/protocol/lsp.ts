/** Our own messages between the client and the language server. LSP's standard messages keep their nature. */
import type { DocumentKind, Page, RunSnapshot, Span } from '../model.ts';
import type { FindingQuery, FindingRow, MatchCounts, MatchDetail, MatchQuery, MatchRow, RunList } from './results.ts';

export interface StartRunParams {
  /** `auto`: by the kind of the first document. */
  readonly workflow: 'auto' | 'crosswalk';
  /** Document URIs; a crosswalk takes exactly two, source first. */
  readonly uris: readonly string[];
  readonly kinds?: Readonly<Record<string, DocumentKind>>;
}

/** A place VS Code can open. Positions are 0-based, as in LSP. */
export interface Place {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  /** False where the file's text is no longer the text the run read and the words were not found again. */
  readonly current: boolean;
}

export interface StoreStatus {
  /** `memory`: analysing goes on, nothing is kept; `message` says why and what to do. */
  readonly mode: 'file' | 'memory';
  readonly message: string;
}

/** Sent by the client, answered by the server. Method names are `collate/` + key. */
export interface ServerRequests {
  /** Why: runs are long, requests are not: the answer is the id, at once. Fails on unreadable input. */
  'run/start'(params: StartRunParams): Promise<{ readonly runId: string }>;
  'run/cancel'(params: { readonly runId: string }): Promise<null>;
  'run/resume'(params: { readonly runId: string }): Promise<{ readonly runId: string }>;
  'run/list'(params: { readonly offset: number; readonly limit: number }): Promise<RunList>;
  'run/get'(params: { readonly runId: string }): Promise<RunSnapshot>;
  'run/matches'(params: MatchQuery): Promise<Page<MatchRow>>;
  'run/matchCounts'(params: { readonly runId: string }): Promise<MatchCounts>;
  'run/match'(params: { readonly runId: string; readonly id: string }): Promise<MatchDetail>;
  'run/findings'(params: FindingQuery): Promise<Page<FindingRow>>;
  /** Where the words of a span are in the file now. */
  'locate'(params: { readonly runId: string; readonly span: Span }): Promise<Place>;
  /** The newest run that read this document, or null. */
  'run/latest'(params: { readonly uri: string }): Promise<RunSnapshot | null>;
  'document/kind'(params: { readonly uri: string }): Promise<{ readonly kind: DocumentKind; readonly units: number } | null>;
}

/** Sent by the server, never answered. */
export interface ServerEvents {
  /** Coalesced to 10 a second per run; the last one of a run is always sent. */
  'run/progress': RunSnapshot;
  'store/status': StoreStatus;
}

export const LSP_PREFIX = 'collate/';
