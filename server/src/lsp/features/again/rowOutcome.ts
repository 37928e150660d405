import type { ComparedRow } from '../../../../../shared/comparison.ts';
import type { RunSnapshot } from '../../../../../shared/model.ts';
import type { RowOutcome } from '../../../../../shared/protocol/lsp.ts';
import type { MatchDetail } from '../../../../../shared/protocol/results.ts';
import type { RowAddress } from '../../../../../shared/protocol/reviews.ts';
import { excerpt, isFinished, type Engine } from '../../../engine/index.ts';
import { findingsBeside, findingWords, isMatchRow } from './findingRows.ts';
import { othersWords } from './othersWords.ts';
import { ownWords } from './ownWords.ts';

type Runs = Engine['runs'];

const MAX_NAME = 80;

/** An editor makes a link of `[words](address)` in a message; words of a document stay words. */
function unlinked(words: string): string {
  return words.replaceAll('](', '] (');
}

function nameOfRow({ row }: MatchDetail): string {
  return [row.number, row.title].filter((part) => part !== '').join(' ');
}

/** Why a run that was asked about a unit has nothing to say of it, and what to do. */
function notDone(name: string, { state, stateReason, resumable }: RunSnapshot): RowOutcome {
  const reason = stateReason === undefined ? '' : ` ${stateReason.replace(/(?<![.!?])$/u, '.')}`;
  const what = { cancelled: 'the run was cancelled.', paused: 'the run is paused.', partial: 'the run was not finished.', failed: 'the run failed.', running: 'the run is still at work.', done: '' }[state];
  const next = state === 'running' ? 'Its results come when it is finished.' : resumable ? 'The earlier result stands. Resume the run, or analyze again.' : 'The earlier result stands. Mend that, then analyze again.';
  return { message: unlinked(`${name} was not analyzed again: ${what}${reason} ${next}`), state: state === 'failed' ? 'failed' : 'stopped', row: null, others: 0 };
}

interface Own {
  readonly words: string;
  /** Its id in the later run; null where it has no row there. */
  readonly row: string | null;
}

function findingOutcome(rows: readonly ComparedRow[]): Own {
  return { words: findingWords(rows), row: rows.find(({ state }) => state !== 'gone')?.key ?? null };
}

/** The row of a crosswalk that came of an older one. */
async function matchOutcome(runs: Runs, was: MatchDetail | null, after: string, own: ComparedRow | null): Promise<Own> {
  const key = own === null || own.state === 'gone' ? null : (own.after?.key ?? null);
  const now = key === null ? null : await runs.match(after, key);
  if (now?.ok === true) return { words: ownWords(was?.row ?? null, now.value), row: now.value.row.id };
  if (own?.kind === 'newTarget' && own.after !== null) {
    return { words: `was new, has a counterpart now (${excerpt(own.causes[0]?.sentence ?? 'another provision claims it', 2 * MAX_NAME).replace(/\.$/u, '')})`, row: null };
  }
  return { words: 'is no longer in the document as a provision of its own, so it has no row any more', row: null };
}

/** What a later run made of a row of an earlier one: one sentence, where the row is, and how many others moved. */
export async function rowOutcome(runs: Runs, before: RowAddress, after: RunSnapshot, called: string): Promise<RowOutcome> {
  const then = await runs.match(before.runId, before.id);
  const was = then.ok ? then.value : null;
  const name = excerpt(called, MAX_NAME) || (was === null ? '' : excerpt(nameOfRow(was), MAX_NAME)) || 'The provision';
  if (!isFinished(after)) return notDone(name, after);
  const compared = await runs.compare(before.runId, after.id);
  if (!compared.ok) {
    const message = `${name} was analyzed again; what moved is not known: ${compared.failure.message} The results have it as it is now.`;
    return { message: unlinked(message), state: 'done', row: null, others: 0 };
  }
  const { rows } = compared.value;
  const match = rows.find((row) => isMatchRow(row) && row.before?.key === before.id) ?? null;
  const findings = match === null ? findingsBeside(before.id, after.workflow, rows) : [];
  const ofUnit: ReadonlySet<ComparedRow> = new Set(match === null ? findings : [match]);
  const others = rows.filter((row) => !ofUnit.has(row) && row.state !== 'unchanged');
  const { words, row } = findings.length > 0 ? findingOutcome(findings) : await matchOutcome(runs, was, after.id, match);
  return {
    message: unlinked(`${name}: ${words}; ${othersWords(others)}`),
    state: 'done',
    row: row === null ? null : { runId: after.id, id: row },
    others: others.length,
  };
}
