import { resolve } from 'node:path';
import { counted, oneLine } from '../engine/index.ts';
import type { ReviewConflict } from '../../../shared/protocol/reviews.ts';
import type { Command } from './commandLine.ts';
import { EXIT_DONE, EXIT_FAILED } from './finish.ts';
import type { CliContext, Session } from './session.ts';

/** Conflicts named one by one; the rest is counted. */
const SHOWN_CONFLICTS = 20;

function conflictLine({ name, mine, theirs }: ReviewConflict): string {
  return oneLine(`${name}: ${mine.state} by ${mine.reviewer} here, ${theirs.state} by ${theirs.reviewer} in the file.`);
}

/** Hands decisions on, or takes them over; the exit code. */
export async function reviewsCommand({ terminal, settings }: CliContext, { engine }: Session, command: Extract<Command, { name: 'reviews' }>): Promise<number> {
  const { what, runId, file, conflicts } = command;
  const path = resolve(terminal.folder, file);
  const { reviews } = engine.runs;
  if (what === 'export') {
    const written = await reviews.exportTo(runId, path);
    if (!written.ok) {
      terminal.say(written.failure.message);
      return EXIT_FAILED;
    }
    terminal.out(`${counted(written.value, 'decision')} written to ${oneLine(path)}\n`);
    return EXIT_DONE;
  }
  const imported = await reviews.importFrom(runId, path, conflicts, settings.reviewer);
  if (!imported.ok) {
    terminal.say(imported.failure.message);
    return EXIT_FAILED;
  }
  const { applied, unchanged, unknown, conflicts: left, problems } = imported.value;
  terminal.out(`${counted(applied, 'decision')} taken over, ${String(unchanged)} known already, ${String(unknown)} on words that are not in this run, ${counted(left.length, 'conflict')}\n`);
  for (const problem of problems) terminal.say(problem);
  for (const conflict of left.slice(0, SHOWN_CONFLICTS)) terminal.say(conflictLine(conflict));
  if (left.length > SHOWN_CONFLICTS) terminal.say(`${String(left.length - SHOWN_CONFLICTS)} more conflicts.`);
  if (left.length > 0) terminal.say('Yours were kept. To take over theirs: collate reviews import RUN FILE --theirs');
  return left.length > 0 ? EXIT_FAILED : EXIT_DONE;
}
