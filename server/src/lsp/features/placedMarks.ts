import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver/node';
import type { Span } from '../../../../shared/model.ts';
import type { Mark, MarkSeverity } from './mark.ts';
import type { TextMapper } from './textMapper.ts';
import type { TextPositions } from './textPositions.ts';

export const DIAGNOSTIC_SOURCE = 'Collate';

export const SEVERITY = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const satisfies Record<MarkSeverity, DiagnosticSeverity>;

/** A document of a run as it is now. */
export interface PlacedDocument {
  readonly uri: string;
  readonly mapper: TextMapper;
  readonly positions: TextPositions;
}

export interface Placed {
  readonly diagnostics: readonly Diagnostic[];
  /** Marks whose words, or whose counterpart's words, changed since the run. */
  readonly gone: number;
}

/**
 * Places marks in the text of now. `documents` holds every document of the run that can be read; a counterpart that cannot
 * is named in the message but not linked.
 */
export function placeMarks(
  marks: readonly Mark[],
  documents: ReadonlyMap<string, PlacedDocument>,
  documentation: (code: string) => string | null,
): Placed {
  const place = (span: Span): { readonly uri: string; readonly range: Range } | null => {
    const document = documents.get(span.document);
    const stretch = document?.mapper.find(span);
    return document === undefined || stretch === null || stretch === undefined
      ? null
      : { uri: document.uri, range: document.positions.range(stretch.start, stretch.end) };
  };
  const diagnostics = marks.flatMap((mark): readonly Diagnostic[] => {
    if (!mark.holds.every((span) => documents.get(span.document)?.mapper.holds(span) ?? true)) return [];
    const at = place(mark.at);
    if (at === null) return [];
    const href = documentation(mark.code);
    return [
      {
        range: at.range,
        severity: SEVERITY[mark.severity],
        code: mark.code,
        ...(href === null ? {} : { codeDescription: { href } }),
        source: DIAGNOSTIC_SOURCE,
        message: mark.message,
        relatedInformation: mark.related.flatMap(({ at: span, message }) => {
          const location = place(span);
          return location === null ? [] : [{ location, message }];
        }),
        data: mark.data,
      },
    ];
  });
  return { diagnostics, gone: marks.length - diagnostics.length };
}
