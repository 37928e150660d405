import type { DocumentKind, Problem, Span, Unit } from '../../../../shared/model.ts';

/** A text as it was read: what every workflow gets. */
export interface CollateDocument {
  /** Path relative to the workspace folder, `/` between parts. */
  readonly key: string;
  /** The path the user knows the file by. */
  readonly path: string;
  readonly kind: DocumentKind;
  /** True where the user said the kind, false where it was detected. */
  readonly kindGiven: boolean;
  /** Normalised: Unicode, no BOM, `\n` line ends. Offsets are UTF-16 code units into it. */
  readonly text: string;
  /** Hash of `text`. */
  readonly hash: string;
  /** In document order. */
  readonly units: readonly Unit[];
  /** What could not be read, or was read with a doubt. A unit that could not be parsed is an `error` with its place. */
  readonly problems: readonly Problem[];
}

export interface DocumentSource {
  readonly key: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** What the user says the kind is. */
  readonly kind?: DocumentKind;
}

/** Builds a span of `document.text`; line and column are looked up. */
export type SpanOf = (start: number, end: number) => Span;
