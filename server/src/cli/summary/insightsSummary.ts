import {
  counted, excerpt, findingLine, foundBy, formatCount, formatPercent, groupFindings, oneLine, ownerAndDue, percentShares, placesOf, shortfallOf, type FindingGroup, type Place, type RunView,
} from '../../engine/index.ts';
import type { Finding, Span } from '../../../../shared/model.ts';
import { sentenceCase } from '../../../../shared/words/labels.ts';
import type { Style, Terminal } from '../terminal.ts';
import { textTable, wrapped, type Cell } from '../textTable.ts';
import { andMore, sectionHeading } from './heading.ts';

/** Findings shown of each kind; the report has all. */
const FINDINGS_SHOWN = 12;
/** Characters of a line for indent and gaps. */
const SPACES = 4;
/** Characters of a line, `warning` and a gap. */
const SEVERITY_WIDTH = 9;

type PlaceOf = (span: Span) => Place;

const DETAIL_INDENT = ' '.repeat(6);
const SEVERITY_STYLE: Readonly<Record<Finding['severity'], Style>> = { error: 'red', warning: 'yellow', info: 'dim' };

/** `Joan Bellamy 03:30`, or `1.08(a), line 37`. */
function where(of: PlaceOf, span: Span | undefined): string {
  if (span === undefined) return '';
  const { speaker, time, line, unit } = of(span);
  const number = oneLine(unit?.number ?? '');
  return [speaker, time].filter((part) => part !== '').join(' ') || [number, `line ${String(line)}`].filter((part) => part !== '').join(', ');
}

/** A line per finding: the document's words and where they stand; below it who does it by when, where they say so, and which model found it. */
function group(terminal: Terminal, found: FindingGroup, of: PlaceOf): string {
  const shown = found.findings.slice(0, FINDINGS_SHOWN);
  const graded = shown.some((finding) => finding.severity !== 'info');
  const places = shown.map((finding) => where(of, finding.evidence[0]));
  const forWords = terminal.columns - SPACES - Math.max(...places.map((place) => place.length)) - (graded ? SEVERITY_WIDTH : 0);
  const rows = shown.map((finding, at): (Cell | string)[] => [
    ...(graded ? [{ text: finding.severity, style: (text: string) => terminal.style(SEVERITY_STYLE[finding.severity], text) }] : []),
    findingLine(finding, (span) => of(span).unit, forWords),
    { text: places[at] ?? '', style: (text: string) => terminal.style('dim', text) },
  ]);
  const columns = [...(graded ? [{ head: '' }] : []), { head: '', shrinks: 'end' as const }, { head: '' }];
  const lines = textTable(columns, rows, terminal.columns, '  ').trimEnd().split('\n');
  const body = shown.map((finding, at) => {
    const who = [ownerAndDue(finding), oneLine(foundBy(finding))].filter((part) => part !== '').join('; ');
    return `${lines[at] ?? ''}\n${who === '' ? '' : DETAIL_INDENT + terminal.style('dim', excerpt(who, terminal.columns - DETAIL_INDENT.length)) + '\n'}`;
  });
  return `${sectionHeading(terminal, found.title, formatCount(found.findings.length))}${body.join('')}${andMore(found.findings.length - shown.length)}\n`;
}

function speakers(terminal: Terminal, view: RunView): string {
  const { speakers: all } = view.run;
  if (all.length === 0) return '';
  const shares = percentShares(all.map((speaker) => speaker.words));
  const rows = all.slice(0, FINDINGS_SHOWN).map((speaker, at) => [
    oneLine(speaker.speaker), formatCount(speaker.turns), formatCount(speaker.words), formatPercent(shares[at] ?? 0), formatCount(speaker.questions),
  ]);
  const columns = [
    { head: 'SPEAKER', shrinks: 'end' as const }, { head: 'TURNS', align: 'right' as const }, { head: 'WORDS', align: 'right' as const },
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

/** What rules and a model read together, and what of it was not read. */
function readByModel(terminal: Terminal, view: RunView): string {
  if (view.run.provider === 'local') return '';
  const lines = view.run.analyses.filter(({ outcome }) => outcome === 'decided').map((analysis) => {
    const missed = shortfallOf(analysis);
    return wrapped(oneLine([`${analysis.title}: ${analysis.read}`, ...(missed === null ? [] : [sentenceCase(missed)])].join('. ')), terminal.columns, '  ');
  });
  return lines.length === 0 ? '' : `${sectionHeading(terminal, 'Read')}${lines.join('')}\n`;
}

/** What was found in one document, by kind. */
export function insightsSummary(terminal: Terminal, view: RunView): string {
  const groups = groupFindings(view.run.findings);
  const of = placesOf(view.run);
  const found = groups.map((one) => group(terminal, one, of)).join('');
  const nothing = groups.length === 0 && view.run.state === 'done' ? `  Nothing was found in ${counted(view.run.units.length, 'unit')}.\n\n` : '';
  return `${found}${nothing}${speakers(terminal, view)}${readByModel(terminal, view)}${notDone(terminal, view)}`;
}
