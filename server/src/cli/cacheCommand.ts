import { counted, formatBytes, formatCount, formatMoment, oneLine, type CachesStats } from '../engine/index.ts';
import type { Command } from './commandLine.ts';
import { EXIT_DONE, EXIT_FAILED } from './finish.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import { textTable } from './textTable.ts';
import { toType } from './toType.ts';
import { writeJson } from './writeJson.ts';

type Kind = keyof CachesStats;
const KINDS: readonly (readonly [Kind, string])[] = [['answers', 'answers of models'], ['extractions', 'texts read']];
const NEVER = '\u2013';

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** The figures as JSON, ended by a line feed; moments as in every other JSON of ours. */
function figuresJson(stats: CachesStats): string {
  const of = ({ entries, bytes, oldest, newest }: CachesStats[Kind]) => ({ entries, bytes, oldest: iso(oldest), newest: iso(newest) });
  return `${JSON.stringify({ answers: of(stats.answers), extractions: of(stats.extractions) }, null, 2)}\n`;
}

function figuresTable(terminal: Terminal, stats: CachesStats): string {
  const moment = (at: number | null): string => (at === null ? NEVER : formatMoment(new Date(at).toISOString(), terminal.timeZone));
  const rows = KINDS.map(([kind, name]) => {
    const { entries, bytes, oldest, newest } = stats[kind];
    return [name, formatCount(entries), formatBytes(bytes), moment(oldest), moment(newest)];
  });
  const columns = [{ head: 'WHAT' }, { head: 'ENTRIES', align: 'right' as const }, { head: 'SIZE', align: 'right' as const }, { head: 'OLDEST' }, { head: 'NEWEST' }];
  return textTable(columns, rows, terminal.columns);
}

/** What went, in words. */
function cleared({ answers, extractions }: CachesStats): string {
  const size = formatBytes(answers.bytes + extractions.bytes);
  return `${size} freed: ${counted(answers.entries, 'answer of a model', 'answers of models')}, ${counted(extractions.entries, 'text read', 'texts read')}\n`;
}

/** Prints what the cache holds, or clears it; the exit code. */
export async function cacheCommand(terminal: Terminal, { engine, store }: Session, folder: string, command: Extract<Command, { name: 'cache' }>): Promise<number> {
  // What is in a store that cannot be used is not known; why was said.
  if (store.mode === 'memory') return EXIT_FAILED;
  const { answers } = command.what === 'clear' && !command.paidToo ? await engine.caches.stats() : { answers: null };
  if (answers !== null && answers.entries > 0) {
    const paid = counted(answers.entries, 'answer of a model was', 'answers of models were');
    terminal.say(`Nothing was cleared: ${paid} paid for (${formatBytes(answers.bytes)}) and would be paid for again. To clear them, too: ${toType('collate cache clear --yes', command.store)}`);
    return EXIT_FAILED;
  }
  const stats = command.what === 'clear' ? await engine.caches.clear() : await engine.caches.stats();
  if (command.json === '-') {
    terminal.out(figuresJson(stats));
    return EXIT_DONE;
  }
  terminal.out(command.what === 'clear' ? cleared(stats) : figuresTable(terminal, stats));
  if (command.what === 'stats') terminal.out(`in ${oneLine(folder)}\n`);
  return writeJson(terminal, command.json, figuresJson(stats));
}
