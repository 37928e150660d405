import type { Output } from '../../../../shared/model.ts';
import {
  counted, excerpt, fileName, formatDuration, KIND_LABEL, oneLine, printable, runTitle, stateInWords, timeAtWork, viewRun, type RunView,
} from '../../engine/index.ts';
import type { Style, Terminal } from '../terminal.ts';
import { textTable, wrapped } from '../textTable.ts';
import type { Written } from '../writeResults.ts';
import { crosswalkSummary } from './crosswalkSummary.ts';
import { andMore } from './heading.ts';
import { insightsSummary } from './insightsSummary.ts';
import { ledgerSummary, timingSummary } from './ledgerSummary.ts';

const STATE_STYLE: Readonly<Record<RunView['run']['state'], Style>> = {
  done: 'green', partial: 'yellow', cancelled: 'yellow', paused: 'yellow', failed: 'red',
};

/** Problems shown of a run; the report has all. */
const PROBLEMS_SHOWN = 5;

function header(terminal: Terminal, view: RunView): string {
  const { run } = view;
  const worked = timeAtWork(run);
  const took = worked === null ? '' : ` in ${formatDuration(worked)}`;
  const state = `${stateInWords(run)}${took}`;
  const title = excerpt(runTitle(view), terminal.columns - state.length - ': '.length);
  const documents = view.documents.map((document, at) => [
    run.workflow === 'crosswalk' ? (at === 0 ? 'source' : 'target') : 'document',
    { text: oneLine(document.key) },
    KIND_LABEL[document.kind],
    counted(document.units, 'unit'),
    document.problems.length === 0 ? '' : counted(document.problems.length, 'problem'),
  ]);
  const columns = [{ head: '' }, { head: '', shrinks: 'start' as const }, { head: '' }, { head: '' }, { head: '' }];
  const by = run.provider === 'local' ? 'rules on this machine (local)' : run.provider;
  return `${terminal.style('bold', title)}: ${terminal.style(STATE_STYLE[run.state], state)}\n${textTable(columns, documents, terminal.columns, '  ')}  by ${by}, run ${run.id}\n${
    run.stateReason === undefined ? '' : wrapped(oneLine(run.stateReason), terminal.columns, '  ')
  }${problems(terminal, view)}`;
}

/** What the readers could not take as it stood. */
function problems(terminal: Terminal, view: RunView): string {
  const all = view.documents.flatMap((document) => document.problems.map(({ severity, message, span }) => [
    severity, `${fileName(document.path)}${span === undefined ? '' : `, line ${String(span.line)}`}`, message,
  ].map(oneLine)));
  const columns = [{ head: '' }, { head: '', shrinks: 'start' as const }, { head: '', shrinks: 'wraps' as const }];
  return all.length === 0 ? '' : `${textTable(columns, all.slice(0, PROBLEMS_SHOWN), terminal.columns, '  ')}${andMore(all.length - PROBLEMS_SHOWN)}`;
}

/** What the runs found, for a person at a terminal: what matters first, then the ledger, the timing and the files. */
export function summarize(
  terminal: Terminal,
  output: Output,
  inputs: Readonly<Record<string, readonly string[]>>,
  written: readonly Written[],
): string {
  const parts = output.runs.map((run) => {
    const view = viewRun(output, run, inputs[run.id]);
    // A run that read nothing is told of by its failure alone.
    if (view.documents.length === 0) return '';
    const found = run.workflow === 'crosswalk' ? crosswalkSummary(terminal, view) : insightsSummary(terminal, view);
    return `${header(terminal, view)}\n${found}${ledgerSummary(terminal, run)}\n${timingSummary(terminal, run)}`;
  });
  if (written.length > 0) {
    parts.push(textTable([{ head: '' }, { head: '' }], written.map(({ what, path }) => [{ text: what, style: (text) => terminal.style('bold', text) }, printable(path)]), Infinity));
  }
  return parts.filter((part) => part !== '').join('\n');
}
