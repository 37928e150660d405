import type { Difference, Impact, Match } from '../../../../shared/model.ts';
import {
  excerpt, formatCount, heading, differenceTitle, oneLine, relationCounts, rowsThatMatter, saidBy,
  tellingDifferences, type CrosswalkRow, type RunView,
} from '../../engine/index.ts';
import type { Style, Terminal } from '../terminal.ts';
import { textTable, wrapped, type Cell } from '../textTable.ts';
import { andMore, sectionHeading } from './heading.ts';

/** Rows shown of those that matter; the report has all. */
const ROWS_SHOWN = 12;
const DETAIL_INDENT = ' '.repeat(10);
/** Of a line, for one side of a difference. */
const VALUE_SHARE = 0.6;
const NO_BREAK = '\u00a0';

const IMPACT_STYLE: Readonly<Record<Impact, Style>> = { high: 'red', medium: 'yellow', low: 'dim', none: 'dim' };

/** `hours: 500 Hours of Service → 400 Hours of Service`; both sides can be seen however long one is. */
function values(difference: Difference, length: number): string {
  const source = excerpt(saidBy(difference, 'source'), length) || 'not said';
  const target = excerpt(saidBy(difference, 'target'), length) || 'not said';
  const kind = difference.kind === 'words' ? '' : `${differenceTitle(difference.kind).toLowerCase()}: `;
  return `${kind}${source} \u2192 ${target}`;
}

/** What differs in the shortest form: facts before words. Of missing and new the relation says it all. */
function whatDiffers(row: CrosswalkRow, length: number): string {
  if (row.relation === 'missing' || row.relation === 'new') return '';
  const first = tellingDifferences(row.match?.differences ?? []).slice(0, 2).map((difference) => values(difference, length)).join('; ');
  return first === '' ? oneLine(row.match?.why[0]?.detail ?? '') : first;
}

function targetHeading(view: RunView, row: CrosswalkRow): string {
  if (row.side === 'target') return heading(row.unit, row.id);
  const targets = row.match?.targets ?? [];
  const [first] = targets;
  if (first === undefined) return '\u2013';
  return `${heading(view.target(first.targetId), first.targetId)}${targets.length > 1 ? ` and ${String(targets.length - 1)} more` : ''}`;
}

/** A table line per row, and below it what differs, as far as two lines reach. */
function lookFirst(terminal: Terminal, view: RunView): string {
  const rows = rowsThatMatter(view.rows);
  if (rows.length === 0) return 'No decided row differs in effect, is missing or is new.\n';
  const shown = rows.slice(0, ROWS_SHOWN);
  const cells = shown.map((row): (Cell | string)[] => {
    const impact = row.impact ?? 'none';
    return [
      { text: impact, style: (text) => terminal.style(IMPACT_STYLE[impact], text) },
      `${row.relation ?? ''}${row.moved ? ', moved' : ''}`,
      row.side === 'source' ? heading(row.unit, row.id) : '\u2013',
      targetHeading(view, row),
    ];
  });
  const columns = [{ head: 'IMPACT' }, { head: 'RELATION' }, { head: 'SOURCE', shrinks: 'end' as const }, { head: 'TARGET', shrinks: 'end' as const }];
  const [head = '', ...lines] = textTable(columns, cells, terminal.columns, '  ').trimEnd().split('\n');
  const body = shown.map((row, at) => {
    const line = terminal.columns - DETAIL_INDENT.length;
    const detail = excerpt(whatDiffers(row, Math.floor(line * VALUE_SHARE)), line * 2 - 10);
    return `${lines[at] ?? ''}\n${detail === '' ? '' : terminal.style('dim', wrapped(detail, terminal.columns, DETAIL_INDENT).trimEnd()) + '\n'}`;
  });
  return `${sectionHeading(terminal, 'Look at these first', `${formatCount(rows.length)} decided rows, high impact first`)}${head}\n${body.join('')}${andMore(rows.length - shown.length)}`;
}

function leftForReview(terminal: Terminal, view: RunView): string {
  const reasons = new Map<string, number>();
  for (const row of view.rows) {
    if (row.outcome === 'abstained') reasons.set(row.reason ?? '', (reasons.get(row.reason ?? '') ?? 0) + 1);
  }
  if (reasons.size === 0) return '';
  const rows = [...reasons].toSorted(([, a], [, b]) => b - a).map(([reason, count]) => [formatCount(count), oneLine(reason)]);
  const total = view.rows.filter((row) => row.outcome === 'abstained').length;
  return `${sectionHeading(terminal, 'Left for review', `${formatCount(total)} rows`)}${
    textTable([{ head: '', align: 'right' }, { head: '', shrinks: 'wraps' }], rows, terminal.columns, '  ')}\n`;
}

/** True where the relation is what a model said: its answer stands before what the rules left open. */
const isByModel = (match: Match | null | undefined): boolean => (match?.why.findIndex(({ rule }) => rule === 'rules.open') ?? -1) > 0;

/** Who reads the counts is told how many of them no rule stands for. */
function saidByModel(terminal: Terminal, view: RunView): string {
  const count = view.rows.filter((row) => row.outcome === 'decided' && isByModel(row.match)).length;
  if (count === 0) return '';
  const rest = count === 1 ? 'row rests on a model\'s answer' : 'rows rest on a model\'s answers';
  return wrapped(`${formatCount(count)} decided ${rest}. How often such an answer is right is not measured: check ${count === 1 ? 'it' : 'them'}.`, terminal.columns, '  ');
}

/** Counts per relation, the rows to look at first, and why the rest is open. */
export function crosswalkSummary(terminal: Terminal, view: RunView): string {
  const counts = relationCounts(view.rows).map(({ name, count }) => `${name}${NO_BREAK}${formatCount(count)}`).join(', ');
  return `${wrapped(counts, terminal.columns, '  ').replaceAll(NO_BREAK, ' ')}${saidByModel(terminal, view)}\n${lookFirst(terminal, view)}\n${leftForReview(terminal, view)}`;
}
