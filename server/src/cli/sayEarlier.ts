import type { RunComparison } from '../../../shared/comparison.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import { formatMoment, oneLine } from '../engine/index.ts';
import type { RunOptions } from './commandLine.ts';
import type { Session } from './session.ts';
import { countsInWords, moved } from './summary/comparisonSummary.ts';
import type { Terminal } from './terminal.ts';
import { wrapped } from './textTable.ts';
import { toType } from './toType.ts';

function line(terminal: Terminal, { before, after, counts }: RunComparison, named: string, store: string | null): string {
  const compared = `${named === '' ? 'Compared' : `${named}: compared`} with the run of ${formatMoment(before.startedAt, terminal.timeZone)}`;
  if (moved(counts) === 0) return `${compared}: nothing moved, ${countsInWords(counts)}.`;
  return `${compared}: ${countsInWords(counts)}; ${toType(`collate compare ${before.id} ${after.id}`, store)} shows them.`;
}

/** Says of each finished run what moved since the one before it over the same documents, where there is one. */
export async function sayEarlier(terminal: Terminal, session: Session, snapshots: readonly RunSnapshot[], options: Pick<RunOptions, 'json' | 'store'>): Promise<void> {
  const lines: string[] = [];
  for (const { id, state, title } of snapshots) {
    if (state !== 'done' && state !== 'partial') continue;
    const pair = await session.engine.runs.withEarlier(id);
    const comparison = pair.ok && pair.value !== null ? await session.engine.runs.compare(pair.value.before.id, id) : null;
    if (!pair.ok) terminal.say(pair.failure.message);
    else if (comparison !== null && !comparison.ok) terminal.say(comparison.failure.message);
    else if (comparison !== null) lines.push(line(terminal, comparison.value, snapshots.length > 1 ? title : '', options.store));
  }
  if (lines.length === 0) return;
  // With --json - standard output holds the JSON and nothing else.
  if (options.json === '-') for (const one of lines) terminal.say(one);
  else terminal.out(`\n${lines.map((one) => wrapped(oneLine(one), terminal.columns)).join('')}`);
}
