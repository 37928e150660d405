import type { RunOutput } from '../../../../shared/model.ts';
import { askedModels, costNote, costWords, formatCount, formatDuration, formatPercent, ledgerRows, oneLine, operationCost, timeAtWork, timingRows } from '../../engine/index.ts';
import type { Terminal } from '../terminal.ts';
import { textTable, wrapped } from '../textTable.ts';
import { sectionHeading } from './heading.ts';

const RIGHT = 'right' as const;
/** Of `35.5 %`. */
const PERCENT_WIDTH = 6;

/** Every unit by how it ended; lines add up to their total, shares to 100. */
export function ledgerSummary(terminal: Terminal, run: RunOutput): string {
  const rows = ledgerRows(run.ledger, run.workflow);
  const title = sectionHeading(terminal, 'Ledger');
  if (rows.length === 0) return `${title}  No unit was counted.\n`;
  const columns = [
    { head: 'UNITS', shrinks: 'end' as const }, { head: 'TOTAL', align: RIGHT },
    ...['DECIDED', 'ABSTAINED', 'SKIPPED', 'FAILED'].map((head) => ({ head, align: RIGHT })),
  ];
  const table = textTable(columns, rows.map((row) => [
    row.label, formatCount(row.entry.total), ...row.parts.map((part) => `${formatCount(part.count)} ${formatPercent(part.percent).padStart(PERCENT_WIDTH)}`),
  ]), terminal.columns, '  ');
  const reasons = rows.flatMap((row) => row.reasons.map(({ reason, count }) => [formatCount(count), row.label, oneLine(reason)]));
  const reasonColumns = [{ head: '', align: RIGHT }, { head: '' }, { head: '', shrinks: 'wraps' as const }];
  return `${title}${table}${reasons.length === 0 ? '' : `  Not decided, by reason\n${textTable(reasonColumns, reasons, terminal.columns, '    ')}`}`;
}

/** What took how long. */
export function timingSummary(terminal: Terminal, run: RunOutput): string {
  const rows = timingRows(run.metrics);
  if (rows.length === 0) return '';
  const asked = askedModels(run.metrics);
  const note = costNote(run);
  const worked = timeAtWork(run);
  const whole = worked === null ? '' : formatDuration(worked);
  const columns = [{ head: 'OPERATION', shrinks: 'end' as const }, { head: 'UNITS', align: RIGHT }, { head: 'TIME', align: RIGHT }, { head: 'UNITS/S', align: RIGHT }, { head: 'MODEL CALLS', align: RIGHT }, ...(asked ? [{ head: 'COST', align: RIGHT }] : [])];
  const cells = rows.map(({ operation, metric, duration, itemsPerSecond }) => [
    oneLine(operation), formatCount(metric.items), formatDuration(duration),
    itemsPerSecond === null ? '\u2013' : formatCount(Math.round(itemsPerSecond)), formatCount(metric.calls),
    ...(asked ? [operationCost(run, metric)] : []),
  ]);
  return `${sectionHeading(terminal, 'Timing')}${textTable(columns, [...cells, ['Whole run', '', whole, '', formatCount(rows.reduce((sum, row) => sum + row.metric.calls, 0)), ...(asked ? [costWords(run)] : [])]], terminal.columns, '  ')}${note === '' ? '' : wrapped(oneLine(note), terminal.columns, '  ')}`;
}
