import {
  field, formatCount, formatPercent, groupFindings, oneLine, percentShares, placesOf, type FindingGroup, type Place, type RunView,
} from '../../engine/index.ts';
import type { Span } from '../../../../shared/model.ts';
import type { Terminal } from '../terminal.ts';
import { textTable, wrapped } from '../textTable.ts';
import { andMore, sectionHeading } from './heading.ts';

/** Findings shown of each kind; the report has all. */
const FINDINGS_SHOWN = 12;

type PlaceOf = (span: Span) => Place;

function where(of: PlaceOf, span: Span | undefined): string {
  if (span === undefined) return '';
  const { speaker, time, line } = of(span);
  return [speaker, time].filter((part) => part !== '').join(' ') || `line ${String(line)}`;
}

function group(terminal: Terminal, found: FindingGroup, of: PlaceOf): string {
  const shown = found.findings.slice(0, FINDINGS_SHOWN);
  const title = sectionHeading(terminal, found.title, formatCount(found.findings.length));
  const more = andMore(found.findings.length - shown.length);
  if (found.kind === 'actionItem') {
    const rows = shown.map((finding) => [field(finding, 'owner'), field(finding, 'due'), oneLine(finding.title), where(of, finding.evidence[0])]);
    const columns = [{ head: 'OWNER' }, { head: 'DUE' }, { head: 'ACTION', shrinks: true }, { head: 'SAID BY' }];
    return `${title}${textTable(columns, rows, terminal.columns, '  ')}${more}\n`;
  }
  const rows = shown.map((finding) => [
    finding.severity === 'info' ? '' : finding.severity, oneLine(finding.title), where(of, finding.evidence[0]),
  ]);
  return `${title}${textTable([{ head: '' }, { head: '', shrinks: true }, { head: '' }].slice(rows.every(([severity]) => severity === '') ? 1 : 0), rows.every(([severity]) => severity === '') ? rows.map((row) => row.slice(1)) : rows, terminal.columns, '  ')}${more}\n`;
}

function speakers(terminal: Terminal, view: RunView): string {
  const { speakers: all } = view.run;
  if (all.length === 0) return '';
  const shares = percentShares(all.map((speaker) => speaker.words));
  const rows = all.slice(0, FINDINGS_SHOWN).map((speaker, at) => [
    oneLine(speaker.speaker), formatCount(speaker.turns), formatCount(speaker.words), formatPercent(shares[at] ?? 0), formatCount(speaker.questions),
  ]);
  const columns = [
    { head: 'SPEAKER', shrinks: true }, { head: 'TURNS', align: 'right' as const }, { head: 'WORDS', align: 'right' as const },
    { head: 'SHARE', align: 'right' as const }, { head: 'QUESTIONS', align: 'right' as const },
  ];
  return `${sectionHeading(terminal, 'Speakers', formatCount(all.length))}${textTable(columns, rows, terminal.columns, '  ')}${andMore(all.length - rows.length)}\n`;
}

/** Analyses that did not run, gathered by reason. */
function notDone(terminal: Terminal, view: RunView): string {
  const reasons = new Map<string, string[]>();
  for (const analysis of view.run.analyses) {
    if (analysis.outcome === 'decided') continue;
    const reason = oneLine(analysis.reason ?? analysis.outcome);
    reasons.set(reason, [...(reasons.get(reason) ?? []), oneLine(analysis.title)]);
  }
  if (reasons.size === 0) return '';
  const lines = [...reasons].map(([reason, titles]) => wrapped(`${reason}: ${titles.join(', ')}`, terminal.columns, '  '));
  return `${sectionHeading(terminal, 'Not done', formatCount([...reasons.values()].flat().length))}${lines.join('')}\n`;
}

/** What was found in one document, by kind. */
export function insightsSummary(terminal: Terminal, view: RunView): string {
  const groups = groupFindings(view.run.findings);
  const of = placesOf(view.run);
  const found = groups.map((one) => group(terminal, one, of)).join('');
  const nothing = groups.length === 0 && view.run.state === 'done' ? `  Nothing was found in ${formatCount(view.run.units.length)} units.\n\n` : '';
  return `${found}${nothing}${speakers(terminal, view)}${notDone(terminal, view)}`;
}
