import type { Impact, Span } from '../../../../shared/model.ts';

export type MarkSeverity = 'error' | 'warning' | 'information' | 'hint';

/** A diagnostic before it is placed in the text of now. Offsets are those of the run's own texts. */
export interface Mark {
  /** Dotted, documented in docs/diagnostics.md. */
  readonly code: string;
  readonly severity: MarkSeverity;
  /** Of a statement on effect. */
  readonly impact: Impact | null;
  readonly message: string;
  readonly at: Span;
  /** The unit it speaks of: it stands there still when the words at `at` are gone. */
  readonly unit: Span;
  /** Units the statement rests on: when the words of one changed, it is no longer known to be true. */
  readonly holds: readonly Span[];
  /** Words it rests on, each inside a unit. */
  readonly rests: readonly WordsInUnit[];
  readonly related: readonly (WordsInUnit & { readonly message: string })[];
  readonly data: MarkData;
}

export interface WordsInUnit {
  readonly at: Span;
  readonly unit: Span;
}

/** What an action on a diagnostic needs to find its row again. JSON-safe. */
export interface MarkData {
  readonly runId: string;
  /** Unit key of the match's row, or key of the finding. */
  readonly id: string;
  readonly targets: readonly string[];
}

/** Documented severity of a statement on effect. */
const IMPACT_SEVERITY = { high: 'error', medium: 'warning', low: 'information', none: 'hint' } as const satisfies Record<Impact, MarkSeverity>;

/** Severity by impact; what has no impact of its own is information. */
export function severityOf(impact: Impact | null): MarkSeverity {
  return impact === null ? 'information' : IMPACT_SEVERITY[impact];
}

/** The last part of a document's path. */
export function documentName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** A first line longer than this is a paragraph. */
const MAX_HEADING_LENGTH = 80;

/** `(c) Annual Limit.` of a line that goes on, otherwise as many whole words as fit. */
function opening(line: string): string {
  if (line.length <= MAX_HEADING_LENGTH) return line;
  const start = line.slice(0, MAX_HEADING_LENGTH);
  const sentence = /^.*?\p{L}{2,}[.:](?=\s)/u.exec(start)?.[0];
  return sentence ?? (line[MAX_HEADING_LENGTH] === ' ' ? start : start.replace(/\s+\S*$/, ''));
}

/** The first line of a span, as a unit's heading: a squiggle under a whole provision helps nobody. */
export function firstLine(span: Span): Span {
  const line = opening((span.quote.split('\n', 1)[0] ?? '').trimEnd());
  return { ...span, end: span.start + line.length, quote: line };
}
