import type { Finding, Span, Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { foreignUnits } from '../../documents/foreignUnits.ts';
import { readingText, type ReadingText } from '../../documents/readingText.ts';
import { LineMap, spanBuilder } from '../../documents/lineMap.ts';
import type { TextRange } from '../../../../../shared/words/textParts.ts';
import type { FindingKind } from './findingKinds.ts';

/** What every rule over a document gets: its words by unit, and a way to report. */
export interface RuleContext {
  readonly document: CollateDocument;
  /** A unit's own words as a person reads them; none where they are in another language than English. */
  words(unit: Unit): string;
  /** The place in the document of a range of `words(unit)`. */
  place(unit: Unit, start: number, end: number): TextRange;
  /** A finding at offsets of the document; `ordinal` tells several of one kind in one unit apart. */
  finding(kind: FindingKind, unit: Unit, text: string, evidence: readonly TextRange[], fields?: Readonly<Record<string, string>>): Finding;
}

export function ruleContext(document: CollateDocument): RuleContext {
  const spanOf = spanBuilder(document.key, document.text, new LineMap(document.text));
  const counts = new Map<string, number>();
  const foreign = foreignUnits(document);
  const readings = new Map<Unit, ReadingText>();
  const reading = (unit: Unit): ReadingText => {
    const kept = readings.get(unit);
    if (kept !== undefined) return kept;
    const end = foreign.has(unit.key) ? unit.textStart : unit.textEnd;
    const fresh = readingText(document.text, unit.textStart, end, unit.omitted);
    readings.set(unit, fresh);
    return fresh;
  };
  return {
    document,
    words: (unit) => reading(unit).text,
    place(unit, start, end) {
      const range = reading(unit).range(start, end);
      return { start: range[0], end: range[1] };
    },
    finding(kind, unit, text, evidence, fields) {
      const name = `document:${unit.key}:${kind.kind}`;
      const ordinal = (counts.get(name) ?? 0) + 1;
      counts.set(name, ordinal);
      const spans: readonly Span[] = evidence.map(({ start, end }) => spanOf(start, end));
      return {
        key: `${name}:${ordinal}`,
        kind: kind.kind,
        analyzer: kind.analyzer,
        severity: kind.severity,
        title: kind.title,
        text,
        ...(fields === undefined ? {} : { fields }),
        evidence: spans,
        confidence: null,
        method: 'rules',
        outcome: 'decided',
      };
    },
  };
}

export type DocumentRule = (context: RuleContext) => readonly Finding[];
