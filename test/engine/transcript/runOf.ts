import type { Result } from '../../../shared/failure.ts';
import type { LedgerEntry, LedgerKind, RunOutput } from '../../../shared/model.ts';
import { createEngine, DEFAULT_SETTINGS, type RunRequest } from '../../../server/src/engine/index.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** What a whole run of one text writes. */
export async function runOf(path: string, text: string, workflow: RunRequest['workflow'] = 'auto'): Promise<RunOutput> {
  const { runs } = createEngine(fakePorts({ files: new Map([[path, text]]) }));
  const id = value(await runs.start({ workflow, inputs: [{ key: path, path }], settings: DEFAULT_SETTINGS }));
  await runs.settled(id);
  const [output] = value(await runs.output([id])).runs;
  await runs.close();
  if (output === undefined) throw new Error('The run has no output.');
  return output;
}

/** The entry of a kind, or one of nothing. */
export function entry({ ledger }: RunOutput, kind: LedgerKind): LedgerEntry {
  return ledger[kind] ?? { total: 0, decided: 0, abstained: 0, skipped: 0, failed: 0, reasons: {} };
}
