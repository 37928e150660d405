import schema from '../../../schemas/comparison.schema.json' with { type: 'json' };
import type { RunComparison } from '../../../shared/comparison.ts';
import type { Result } from '../../../shared/failure.ts';
import { oneLine } from '../engine/index.ts';
import type { Command } from './commandLine.ts';
import { EXIT_DONE, EXIT_FAILED } from './finish.ts';
import { orderKeys } from './orderKeys.ts';
import type { Session } from './session.ts';
import { comparisonSummary } from './summary/comparisonSummary.ts';
import type { Terminal } from './terminal.ts';
import { writeJson } from './writeJson.ts';

/** The comparison as JSON, keys in the order of its schema, ended by a line feed. */
export function comparisonJson(comparison: RunComparison): string {
  return `${JSON.stringify(orderKeys(comparison, schema, schema), null, 2)}\n`;
}

async function comparisonOf({ engine: { runs } }: Session, folder: string, ids: readonly [string, string] | null): Promise<Result<RunComparison>> {
  if (ids !== null) return runs.compare(...ids);
  const pair = await runs.withEarlier(null);
  if (!pair.ok) return pair;
  if (pair.value !== null) return runs.compare(pair.value.before.id, pair.value.after.id);
  const message = `No run in ${oneLine(folder)} has an earlier finished one over the same documents. Run one again, or name two: collate compare OLD NEW.`;
  return { ok: false, failure: { code: 'unreadable', message, retry: 'never' } };
}

/** Compares two runs and prints or writes what moved; the exit code. */
export async function compareCommand(terminal: Terminal, session: Session, folder: string, command: Extract<Command, { name: 'compare' }>): Promise<number> {
  const comparison = await comparisonOf(session, folder, command.runs);
  if (!comparison.ok) {
    terminal.say(comparison.failure.message);
    return EXIT_FAILED;
  }
  if (command.json === '-') {
    terminal.out(comparisonJson(comparison.value));
    return EXIT_DONE;
  }
  terminal.out(comparisonSummary(terminal, comparison.value));
  return writeJson(terminal, command.json, comparisonJson(comparison.value));
}
