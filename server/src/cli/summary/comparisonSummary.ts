import type { ComparedDocument, ComparedRow, FieldChange, RowState, RunComparison } from '../../../../shared/comparison.ts';
import { excerpt, formatCount, formatMoment, oneLine } from '../../engine/index.ts';
import type { Terminal } from '../terminal.ts';
import { textTable, wrapped } from '../textTable.ts';
import { sectionHeading } from './heading.ts';

const STATES = ['changed', 'new', 'gone', 'unchanged'] as const satisfies readonly RowState[];
const ARROW = ' \u2192 ';
const INDENT = ' '.repeat(6);

/** `3 changed, 1 new, 2 gone, 140 unchanged`; what there is none of is left out. */
export function countsInWords(counts: RunComparison['counts']): string {
  const parts = STATES.filter((state) => counts[state] > 0).map((state) => `${formatCount(counts[state])} ${state}`);
  return parts.length === 0 ? 'no rows in either' : parts.join(', ');
}

/** Rows that are not what they were. */
export function moved({ changed, gone, new: added }: RunComparison['counts']): number {
  return changed + gone + added;
}

const HOW: Readonly<Record<ComparedDocument['how'], string>> = {
  same: 'the same text', edited: 'edited', renamed: 'renamed, the same text', renamedAndEdited: 'renamed and edited',
};

function documentCells({ before, after, how, units }: ComparedDocument): readonly string[] {
  const parts = ([['aligned', 'changed'], ['added', 'added'], ['gone', 'gone'], ['equal', 'equal']] as const)
    .flatMap(([kind, words]) => (units[kind] === 0 ? [] : [`${formatCount(units[kind])} ${words}`]));
  return [oneLine(before.key === after.key ? after.key : `${before.key}${ARROW}${after.key}`), HOW[how], how === 'same' || how === 'renamed' ? '' : `units: ${parts.join(', ')}`];
}

function header(terminal: Terminal, comparison: RunComparison): string {
  const { before, after, documents, settings, rules, counts } = comparison;
  const runs = ([['before', before], ['after', after]] as const).map(([which, run]) => [which, formatMoment(run.startedAt, terminal.timeZone), `run ${run.id}`]);
  const table = textTable([{ head: '' }, { head: '' }, { head: '' }], runs, terminal.columns, '  ');
  const texts = textTable([{ head: '', shrinks: 'start' }, { head: '' }, { head: '', shrinks: 'end' }], documents.map(documentCells), terminal.columns, '  ');
  const set = settings.map(({ setting, before: then, after: now }) => wrapped(oneLine(`${setting}: ${then}${ARROW}${now}`), terminal.columns, '  ')).join('');
  const ruled = rules.before === rules.after || rules.before === '' || rules.after === '' ? '' : `  rules: version ${rules.before}${ARROW}${rules.after}\n`;
  const title = 'What moved';
  const headline = wrapped(`${title}: ${countsInWords(counts)}`, terminal.columns).slice(title.length);
  return `${terminal.style('bold', title)}${headline}${table}${texts}${set}${ruled}`;
}

/** `4.3 Loans (was 4.2)`; of a target row, that it is one. */
function rowName({ kind, title, before, after }: ComparedRow): string {
  const unit = after ?? before;
  const own = oneLine([unit?.number, unit?.title].filter(Boolean).join(' ') || (unit?.span.quote ?? ''));
  const renumbered = before !== null && after !== null && (before.number ?? '') !== (after.number ?? '') && before.number !== undefined ? ` (was ${oneLine(before.number)})` : '';
  const what = title === undefined ? (kind === 'newTarget' ? 'target ' : '') : `${oneLine(title)}: `;
  return `${what}${own}${renumbered}`;
}

function changeInWords({ field, before, after }: FieldChange): string {
  const nothing = field === 'targets' ? 'none' : '\u2013';
  return `${field} ${oneLine(before) || nothing}${ARROW}${oneLine(after) || nothing}`;
}

function quoteLine(terminal: Terminal, when: string, quote: string): string {
  const words = quote === '' ? 'nothing' : `\u201c${excerpt(quote, terminal.columns - INDENT.length - when.length - 3)}\u201d`;
  return `${INDENT}${terminal.style('dim', `${when} ${words}`)}\n`;
}

function row(terminal: Terminal, one: ComparedRow): string {
  const fields = one.changes.filter(({ field }) => field !== 'quote').map(changeInWords).join(', ');
  const quote = one.changes.find(({ field }) => field === 'quote');
  return [
    wrapped(excerpt(rowName(one), terminal.columns - 2), terminal.columns, '  '),
    fields === '' ? '' : wrapped(fields, terminal.columns, INDENT),
    ...(quote === undefined ? [] : [quoteLine(terminal, 'was', quote.before), quoteLine(terminal, 'is ', quote.after)]),
    ...one.causes.map(({ sentence }) => wrapped(oneLine(sentence), terminal.columns, INDENT)),
  ].join('');
}

const TITLE: Readonly<Record<Exclude<RowState, 'unchanged'>, string>> = { changed: 'Changed', new: 'New', gone: 'Gone' };

/** What moved between two runs: counts, then every changed row with its cause, then what is new and what is gone. */
export function comparisonSummary(terminal: Terminal, comparison: RunComparison): string {
  const sections = (['changed', 'new', 'gone'] as const).flatMap((state) => {
    const rows = comparison.rows.filter((one) => one.state === state);
    return rows.length === 0 ? [] : [`${sectionHeading(terminal, TITLE[state], formatCount(rows.length))}${rows.map((one) => row(terminal, one)).join('')}`];
  });
  return [header(terminal, comparison), ...sections].join('\n');
}
