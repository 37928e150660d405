import type { Finding, Span, Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { unitReading, type UnitReading } from '../../documents/unitReading.ts';
import { LineMap, spanBuilder } from '../../documents/lineMap.ts';
import type { TextRange } from '../../../../../shared/words/textParts.ts';
import type { FindingKind } from './findingKinds.ts';

/** What every rule over a document gets: its words by unit, and a way to report. */
export interface RuleContext extends UnitReading {
  readonly document: CollateDocument;
  /** A finding at offsets of the document; `ordinal` tells several of one kind in one unit apart. */
  finding(kind: FindingKind, unit: Unit, text: string, evidence: readonly TextRange[], fields?: Readonly<Record<string, string>>): Finding;
}

export function ruleContext(document: CollateDocument): RuleContext {
  const spanOf = spanBuilder(document.key, document.text, new LineMap(document.text));
  const counts = new Map<string, number>();
  return {
    document,
    ...unitReading(document),
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
