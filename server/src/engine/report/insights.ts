import type { Finding, OutputUnit, RunOutput, Span } from '../../../../shared/model.ts';
import { findingTitle } from '../../../../shared/words/labels.ts';
import { oneLine } from './printable.ts';

/** Kinds a reader of a meeting asks for first; other kinds follow, gravest first, in the order they were found. */
const KINDS_FIRST = ['decision', 'actionItem', 'question', 'openQuestion', 'commitment', 'risk'];
const SEVERITIES: readonly Finding['severity'][] = ['error', 'warning', 'info'];

export interface FindingGroup {
  readonly kind: string;
  readonly title: string;
  readonly findings: readonly Finding[];
}

export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.kind);
    if (group === undefined) groups.set(finding.kind, [finding]);
    else group.push(finding);
  }
  const rank = (kind: string): number => (KINDS_FIRST.includes(kind) ? KINDS_FIRST.indexOf(kind) : KINDS_FIRST.length);
  const gravest = (found: readonly Finding[]): number => Math.min(...found.map((finding) => SEVERITIES.indexOf(finding.severity)));
  return [...groups]
    .map(([kind, members]) => ({ kind, title: findingTitle(kind), findings: members }))
    .toSorted((a, b) => rank(a.kind) - rank(b.kind) || gravest(a.findings) - gravest(b.findings));
}

export interface Place {
  readonly speaker: string;
  readonly time: string;
  readonly line: number;
  /** The turn or provision; null where a span stands in none that is known. */
  readonly unit: OutputUnit | null;
}

/** Says which unit a span stands in. */
export function placesOf(run: RunOutput): (span: Span) => Place {
  const units = new Map<string, OutputUnit[]>();
  for (const unit of run.units) {
    const of = units.get(unit.span.document);
    if (of === undefined) units.set(unit.span.document, [unit]);
    else of.push(unit);
  }
  for (const of of units.values()) of.sort((a, b) => a.span.start - b.span.start);
  return (span) => {
    const of = units.get(span.document) ?? [];
    let low = 0;
    let high = of.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((of[middle]?.span.start ?? Infinity) <= span.start) low = middle + 1;
      else high = middle;
    }
    const last = of[low - 1];
    const unit = last !== undefined && span.start < last.span.end ? last : null;
    return { speaker: oneLine(unit?.speaker ?? ''), time: oneLine(unit?.time ?? ''), line: span.line, unit };
  };
}

/** A named fact of a finding, or a dash where the words do not say it. */
export function field(finding: Finding, name: string): string {
  const value = oneLine(finding.fields?.[name] ?? '');
  return value === '' ? '\u2013' : value;
}
