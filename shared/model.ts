/**
 * What crosses a process: editor, terminal, worker, panel, and the JSON another person's script reads.
 * Every type here is JSON-safe. The published form is schemas/output.schema.json.
 */

export const SCHEMA_VERSION = 1;

export const DOCUMENT_KINDS = [
  'transcript',
  'basicPlanDocument',
  'adoptionAgreement',
  'labelledRecords',
  'notice',
  'document',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/**
 * A place in a document. `start` (inclusive) and `end` (exclusive) are UTF-16 offsets into the normalised text
 * (Unicode, no BOM, `\n` line ends); `line` and `column` are 1-based and belong to `start`.
 * `quote` always equals the text between `start` and `end`.
 */
export interface Span {
  /** Document key. */
  readonly document: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  /** 1-based page, for documents that have pages. */
  readonly page?: number;
  readonly quote: string;
}

/** What a workflow decides on. A section of any document that is cut by headings is a `provision`. */
export type UnitKind = 'provision' | 'field' | 'turn' | 'record' | 'attachment' | 'document';

/** A cell of a table; `text` equals the document's text between `start` and `end`. */
export interface TableCell {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
export interface UnitTable {
  /** In document order, the heading row first where there is one; rows and cells beyond a limit are left out and said. */
  readonly rows: readonly { readonly cells: readonly TableCell[] }[];
}

export interface Unit {
  /** Document key + `#` + outline path and ordinal; never shared by two documents. Stable for equal text. */
  readonly key: string;
  /** The file's own id, where the format has one (JSONL). Never a feature. */
  readonly id?: string;
  readonly kind: UnitKind;
  /** The whole unit: heading (where it has one) and text. */
  readonly span: Span;
  /** Printed number, as `3.01(c)`; never a feature. */
  readonly number?: string;
  readonly title?: string;
  /** Headings above this unit, outermost first. */
  readonly path?: readonly string[];
  /** The words without number and heading stand from here to `textEnd`, less what is `omitted`. */
  readonly textStart: number;
  readonly textEnd: number;
  /** Heading depth, 1 = outermost. */
  readonly level?: number;
  readonly speaker?: string;
  /** As printed, `00:01:02`. */
  readonly time?: string;
  /** Provision type, where known. */
  readonly type?: string;
  /**
   * Ranges of the document inside the unit that are no part of its words, in order and apart: page marks, running
   * headers and footers, watermark letters, and the hyphen or line end of a word broken over two lines.
   */
  readonly omitted?: readonly { readonly start: number; readonly end: number }[];
  /** Where the unit is a table: its cells, at offsets of the document. */
  readonly table?: UnitTable;
  /** What a `field` asks and how it is answered. */
  readonly election?: Election;
  /** Hash of the normalised unit text (title and words). */
  readonly contentHash: string;
}

/** A stretch of the document: UTF-16 offsets, end exclusive. */
export interface TextPlace {
  readonly start: number;
  readonly end: number;
}

/** A blank of a form. `value` is what was filled in, null where it is empty. */
export interface FillIn extends TextPlace {
  readonly value: string | null;
}

export interface ElectionOption {
  /** Its words on one line, without box, list mark and citations; blanks stand as `____`. */
  readonly label: string;
  readonly selected: boolean;
  /** 0 for an option of the question itself, 1 for an option of an option. */
  readonly depth: number;
  readonly box: TextPlace;
  /** Its own words, behind the box or before it; those of options below it are theirs. */
  readonly words: TextPlace;
  readonly fillIns: readonly FillIn[];
}

/** A reference of a form to the plan document, one entry per section; `text` is the whole citation as printed. */
export interface PlanCitation extends TextPlace {
  readonly text: string;
  readonly section: string;
}

export type ElectionType = 'text' | 'singleSelect' | 'multiSelect';
export type ElectionState = 'unanswered' | 'answered' | 'ambiguous' | 'conflict';

export interface Election {
  readonly type: ElectionType;
  /** `words`: the form says it ("select one"); `shape`: taken from what the options look like. */
  readonly typeFrom: 'words' | 'shape';
  readonly state: ElectionState;
  /** A sentence for every state but `answered`. */
  readonly stateReason?: string;
  /** In document order; nested ones follow their parent. */
  readonly options: readonly ElectionOption[];
  /** Blanks of the question itself, outside of its options. */
  readonly blanks: readonly FillIn[];
  readonly citations: readonly PlanCitation[];
}

/** Something a reader could not take as it stood. `span` names the place, where there is one. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly span?: Span;
}

export type Outcome = 'decided' | 'abstained' | 'skipped' | 'failed';
export const OUTCOMES = ['decided', 'abstained', 'skipped', 'failed'] as const satisfies readonly Outcome[];

export type Relation =
  | 'same'
  | 'reworded'
  | 'changed'
  | 'split'
  | 'merged'
  | 'covered'
  | 'missing'
  | 'new';
export type Variance = 'none' | 'administrative' | 'design' | 'regulatory';
export type Impact = 'none' | 'low' | 'medium' | 'high';
export type ReviewState = 'open' | 'accepted' | 'rejected' | 'overridden';

/** A unit by key and by the words it had. */
export interface ReviewedUnit {
  readonly key: string;
  readonly contentHash: string;
}

/** What a person said of a finding, and the words it was said of. */
export interface Review {
  /** workflow + unitKey + kind. */
  readonly findingKey: string;
  readonly unit: ReviewedUnit;
  /** The targets the finding had then; empty where it had none. */
  readonly targets: readonly ReviewedUnit[];
  readonly state: ReviewState;
  /** Of `overridden`: the targets the person named instead; empty is "no counterpart". */
  readonly override?: readonly ReviewedUnit[];
  readonly reviewer: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly note?: string;
}

/** Whether a review holds in a later run. Only `stands` counts as reviewed; no review is ever dropped. */
export type ReviewStanding =
  | { readonly standing: 'stands' }
  /** The finding shows "review again" and counts as open; a sentence says why. */
  | { readonly standing: 'reviewAgain'; readonly reason: string }
  | { readonly standing: 'unitGone'; readonly reason: string };

/** Units of one kind by how they ended; the four outcomes and `pending` add up to `total`, always. */
export interface LedgerEntry {
  readonly total: number;
  readonly decided: number;
  readonly abstained: number;
  readonly skipped: number;
  readonly failed: number;
  /** Count per reason; reasons belong to every outcome but `decided`. */
  readonly reasons: Readonly<Record<string, number>>;
}
export const LEDGER_KINDS = [
  'sourceProvision',
  'targetProvision',
  'field',
  'turn',
  'analysis',
  'record',
  'attachment',
  'document',
] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];
export type Ledger = { readonly [K in LedgerKind]?: LedgerEntry };

/** One operation of a run. Times are milliseconds since the epoch. */
export interface Metric {
  readonly operation: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly items: number;
  readonly calls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tokensCached: number;
  readonly costUsd: number;
  /** True where counts are estimates, not what a provider reported. */
  readonly estimated: boolean;
  readonly meanConcurrency: number;
  readonly errors: number;
  readonly retries: number;
  readonly rateLimited: number;
  /** Of `calls`: those whose answer was never seen, as they were in flight when the run was stopped, or came too late. Absent: none. */
  readonly unanswered?: number;
  /** US dollars that these cost at most, beside `costUsd`; 0 where nobody knows the price. Absent as `unanswered`. */
  readonly unansweredUsd?: number;
}

/** `source` is absent where only the target has the words, and the other way round; one of them is always there. */
export interface Difference {
  /** `number`, `percentage`, `money`, `period`, `date`, `age`, `hours`, `negation`, `modality`, `words` ... */
  readonly kind: string;
  readonly source?: Span;
  readonly target?: Span;
  readonly sourceValue?: string;
  readonly targetValue?: string;
  /** Dotted rule name, as `entity.period.differs`. */
  readonly rule: string;
}

export interface Why {
  /** Dotted rule name or model name. */
  readonly rule: string;
  readonly detail: string;
}

export interface Candidate {
  readonly targetId: string;
  /** Higher is better; comparable inside one run. */
  readonly score: number;
  readonly claimed: boolean;
}

export interface MatchTarget {
  readonly targetId: string;
  readonly role: 'whole' | 'part';
  readonly evidence: { readonly source: readonly Span[]; readonly target: readonly Span[] };
}

/** One row per source unit, in input order. `relation`, `variance` and `impact` are null unless decided. */
export interface Match {
  readonly sourceId: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly relation: Relation | null;
  readonly moved: boolean;
  readonly variance: Variance | null;
  readonly impact: Impact | null;
  /** Calibrated probability in [0, 1] that what is claimed is right; null where nothing was claimed. */
  readonly confidence: number | null;
  /** Higher = more surely has a counterpart at all. */
  readonly counterpartScore: number | null;
  readonly targets: readonly MatchTarget[];
  /** Best first, at most 20. */
  readonly candidates: readonly Candidate[];
  readonly differences: readonly Difference[];
  readonly why: readonly Why[];
}

export interface NewTarget {
  readonly targetId: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly relation: 'new' | null;
  readonly variance: Variance | null;
  readonly impact: Impact | null;
}

export interface Finding {
  /** workflow + unitKey + kind (+ ordinal); stable over runs on the same text. */
  readonly key: string;
  /** Dotted, as `crossReference.unresolved`, `decision`, `actionItem`. */
  readonly kind: string;
  readonly analyzer?: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  /** Named facts of the finding, as `owner`, `due`. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly evidence: readonly Span[];
  /** Probability in [0, 1]; null where a rule has no measured precision. */
  readonly confidence: number | null;
  /** `rules` or model + prompt version. */
  readonly method: string;
  readonly outcome: Outcome;
  readonly reason?: string;
}

/** What came of one analyzer. */
export interface Analysis {
  readonly analyzer: string;
  readonly stage: string;
  readonly title: string;
  readonly outcome: Outcome;
  /** Why it is not decided; of a decided one, what it could not read and why. */
  readonly reason?: string;
  readonly findings: number;
  /** What was read, as `412 turns`. */
  readonly read: string;
}

export interface SpeakerStatistics {
  readonly speaker: string;
  readonly turns: number;
  readonly words: number;
  readonly questions: number;
  /** Share of all words, in [0, 1]. */
  readonly share: number;
  /** Unit key of the speaker's first turn. */
  readonly firstTurn: string;
}

export type RunState = 'running' | 'done' | 'partial' | 'cancelled' | 'failed' | 'paused';
export type WorkflowName = 'crosswalk' | 'transcript' | 'document';

export interface DocumentSummary {
  /** documentKey: path relative to the workspace folder, with `/`. */
  readonly key: string;
  readonly path: string;
  readonly kind: DocumentKind;
  /** Hash of the normalised text. */
  readonly hash: string;
  readonly units: number;
  readonly problems: readonly Problem[];
}

export interface Progress {
  readonly operation: string;
  /** In words a user reads, as `Scoring 425 x 507 pairs`. */
  readonly message: string;
  readonly done: number;
  readonly total: number;
  /** True while nothing is answered and `message` says what is waited for. */
  readonly waiting?: true;
}

/** A small complete picture of a run; what progress messages and lists of runs carry. */
/** How a model was called at one moment of a run. `null`: no such limit is known. */
export interface SpeedSample {
  readonly at: number;
  readonly inFlight: number;
  /** Calls that may be in flight at once, as the limiter then had it. */
  readonly concurrency: number;
  readonly waiting: number;
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
}

/** A forecast made before a run. Costs are US dollars, null where nobody knows the price. */
export interface ModelForecast {
  /** Items the rules leave for a model, and how many of them are answered already. */
  readonly items: number;
  readonly cachedItems: number;
  /** Items that are asked twice, to see whether answers depend on what else is asked in the same call. */
  readonly askedTwice?: number;
  readonly calls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly costP50: number | null;
  readonly costP90: number | null;
  readonly minutesP50: number;
  readonly minutesP90: number;
  /** A sentence: what will limit the speed. */
  readonly limit: string;
  /** Limits hold its calls back: whatever asks the same model at the same time waits for its turn, too. */
  readonly heldBack?: true;
  /** What is asked was not known when it was made, as after a first look that nobody had taken; `limit` says what was assumed. */
  readonly assumed?: true;
}

/** What a run would ask of one model for one operation. */
export interface PlannedWork {
  readonly resource: string;
  readonly operation: string;
  readonly forecast: ModelForecast;
}

/** How long answered calls took: half and nine tenths of them at most, in milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p90: number;
  /** Standard deviation of the natural logarithm. Absent in runs of earlier versions. */
  readonly spread?: number;
}

/** What a run asked of one model for one operation, and what limited its speed. */
export interface ModelWork {
  /** Provider, model and place, as `openai gpt-4o-mini at api.openai.com`. */
  readonly resource: string;
  /** As its metric names it. Absent in runs of versions that asked for one operation only. */
  readonly operation?: string;
  /** Sentences: what limited the speed and what would change that, and why answers did not come. Empty where nothing is to be said. */
  readonly advice: string;
  /** Oldest first, at most 120. */
  readonly samples: readonly SpeedSample[];
  /** Absent before the first answer. */
  readonly latency?: Latency;
  /** Items answered without a call: by another run before, or by this one before it was resumed. */
  readonly cachedItems: number;
  /** Items of the calls that were in flight when earlier processes of the run ended: at most as many were paid twice. */
  readonly repeatedAtMost?: number;
  readonly forecast?: ModelForecast;
}

/** What a run that is paused has reached. */
export type PausedBy = 'budget' | 'time';

export interface RunSnapshot {
  readonly id: string;
  readonly workflow: WorkflowName;
  readonly title: string;
  readonly state: RunState;
  /** Why it is not `done`, and what to do about it. */
  readonly stateReason?: string;
  /** Of a paused run; absent in runs of versions that knew the budget only. */
  readonly pausedBy?: PausedBy;
  /** True where cancelled, interrupted or paused work can be taken up again. */
  readonly resumable: boolean;
  readonly provider: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Milliseconds at work; the pauses before it was resumed are not in it. Absent in runs of versions that did not say. */
  readonly activeMs?: number;
  readonly documents: readonly DocumentSummary[];
  /** What the documents were when they were first read, by key: texts as `hash` of a document, pictures by their bytes. */
  readonly inputHashes?: Readonly<Record<string, string>>;
  readonly ledger: Ledger;
  readonly progress: Progress | null;
  readonly metrics: readonly Metric[];
  readonly counts: { readonly matches: number; readonly newTargets: number; readonly findings: number };
  readonly analyses: readonly Analysis[];
  readonly speakers: readonly SpeakerStatistics[];
  /** False where results live in memory only; `stateReason` of the store says why. */
  readonly stored: boolean;
  /** Readers and rules that gave the results; absent in runs of versions that did not say. */
  readonly rulesVersion?: string;
  /** Items of calls in flight whenever a process of the run ended. Absent: none. */
  readonly repeatedAtMost?: number;
  /** Absent where no model was asked. */
  readonly models?: readonly ModelWork[];
}

/** A finished (or stopped) run with everything it found: the JSON of the contract. */
export interface RunOutput {
  readonly id: string;
  readonly workflow: WorkflowName;
  readonly state: Exclude<RunState, 'running'>;
  readonly stateReason?: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly provider: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Milliseconds at work, without the pauses before it was resumed. */
  readonly activeMs?: number;
  readonly ledger: Ledger;
  readonly metrics: readonly Metric[];
  readonly units: readonly OutputUnit[];
  readonly matches: readonly Match[];
  readonly newTargets: readonly NewTarget[];
  readonly findings: readonly Finding[];
  readonly analyses: readonly Analysis[];
  readonly speakers: readonly SpeakerStatistics[];
}
export type OutputUnit = Omit<Unit, 'textStart' | 'textEnd' | 'level'>;

export interface Output {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly documents: readonly DocumentSummary[];
  readonly runs: readonly RunOutput[];
}

export interface Page<T> {
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly T[];
}
