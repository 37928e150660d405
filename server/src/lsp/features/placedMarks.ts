import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver/node';
import type { DiagnosticLevel } from '../../../../shared/settings.ts';
import type { PlacedDocument } from '../results/placedDocument.ts';
import type { Stretch } from '../text/textMapper.ts';
import { firstLine, type Mark, type MarkSeverity, type WordsInUnit } from './mark.ts';

export const DIAGNOSTIC_SOURCE = 'Collate';
/** Said of a statement whose words, or whose counterpart's words, are others now. */
export const STALE_WORDS = 'Text changed since the run: ';

export const SEVERITY = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const satisfies Record<MarkSeverity, DiagnosticSeverity>;

/** A person's word on a row: a settled one asks for no look, so it is a hint. */
export interface Said {
  readonly words: string;
  readonly settled: boolean;
}

/** What placing needs to know beside the text. */
export interface Shown {
  /** Severity by code or impact, as the user wants it. */
  readonly levels: Readonly<Record<string, DiagnosticLevel>>;
  /** What a person said of a mark's row. */
  said(mark: Mark): Said;
  documentation(code: string): string | null;
}

export interface Placed {
  readonly diagnostics: readonly Diagnostic[];
  /** Marks whose words are gone: they have no place. */
  readonly gone: number;
}

/** By its code, otherwise by its impact, otherwise as documented. */
export function levelOf(mark: Pick<Mark, 'code' | 'impact' | 'severity'>, levels: Shown['levels']): DiagnosticLevel {
  return levels[mark.code] ?? (mark.impact === null ? undefined : levels[mark.impact]) ?? mark.severity;
}

type Documents = ReadonlyMap<string, PlacedDocument>;

/** True while every unit and all the words a mark rests on stand as they were; a document that cannot be read counts as unchanged. */
function isFresh(mark: Mark, documents: Documents): boolean {
  return (
    mark.holds.every((span) => documents.get(span.document)?.mapper.holds(span) ?? true) &&
    mark.rests.every(({ at, unit }) => {
      const document = documents.get(at.document);
      return document === undefined || document.mapper.findIn(at, unit) !== null;
    })
  );
}

function place({ at, unit }: WordsInUnit, documents: Documents): { readonly uri: string; readonly range: Range } | null {
  const document = documents.get(at.document);
  const stretch = document?.mapper.findIn(at, unit) ?? null;
  return document === undefined || stretch === null ? null : { uri: document.uri, range: document.range(stretch) };
}

/** Where a mark whose words changed stands: at its words, else at the heading of its unit, else at what is left of the unit. */
function staleStretch({ at, unit }: Mark, { mapper, text }: PlacedDocument): Stretch | null {
  const exact = mapper.findIn(at, unit) ?? mapper.findIn(firstLine(unit), unit);
  if (exact !== null) return exact;
  const left = mapper.near(unit) ?? mapper.near(at);
  if (left === null) return null;
  const line = text.indexOf('\n', left.start);
  return { start: left.start, end: line === -1 ? left.end : Math.min(left.end, line) };
}

/**
 * Places marks in the text of now. `documents` holds every document of the run that can be read; a counterpart that cannot
 * is named in the message but not linked. A mark whose words changed goes with them, quiet, and says so.
 */
export function placeMarks(marks: readonly Mark[], documents: Documents, shown: Shown): Placed {
  let gone = 0;
  const diagnostics = marks.flatMap((mark): readonly Diagnostic[] => {
    const level = levelOf(mark, shown.levels);
    const here = documents.get(mark.at.document);
    if (level === 'off' || here === undefined) return [];
    const fresh = isFresh(mark, documents);
    const stretch = fresh ? here.mapper.findIn(mark.at, mark.unit) : staleStretch(mark, here);
    if (stretch === null) {
      gone += 1;
      return [];
    }
    const href = shown.documentation(mark.code);
    const said = shown.said(mark);
    return [
      {
        range: here.range(stretch),
        severity: SEVERITY[fresh && !said.settled ? level : 'hint'],
        code: mark.code,
        ...(href === null ? {} : { codeDescription: { href } }),
        source: DIAGNOSTIC_SOURCE,
        message: `${fresh ? '' : STALE_WORDS}${mark.message}${said.words === '' ? '' : ` ${said.words}`}`,
        relatedInformation: mark.related.flatMap(({ message, ...words }) => {
          const location = place(words, documents);
          return location === null ? [] : [{ location, message }];
        }),
        data: { ...mark.data, ...(fresh ? {} : { stale: true }) },
      },
    ];
  });
  return { diagnostics, gone };
}
