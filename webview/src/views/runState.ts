import type { LedgerKind, RunSnapshot } from '../../../shared/model.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { counted } from '../../../shared/words/format.ts';
import { STATE_LABEL } from '../../../shared/words/labels.ts';

export interface StateWords {
  readonly icon: string;
  readonly words: string;
  readonly tone: 'ok' | 'warn' | 'bad' | 'info';
}

/** Units without an answer, over the kinds a run is about. */
export function failedUnits(run: RunSnapshot): number {
  const kinds: readonly LedgerKind[] = ['sourceProvision', 'turn', 'analysis', 'record', 'field', 'document'];
  return kinds.reduce((sum, kind) => sum + (run.ledger[kind]?.failed ?? 0), 0);
}

/** How a run stands, in the words and with the icon of the header. */
export function stateWords(run: RunSnapshot): StateWords {
  const failed = failedUnits(run);
  if (run.state === 'done') {
    return failed === 0
      ? { icon: 'pass', words: STATE_LABEL.done, tone: 'ok' }
      : { icon: 'warning', words: `${STATE_LABEL.done}, ${counted(failed, 'unit')} failed`, tone: 'warn' };
  }
  if (run.state === 'running') return { icon: 'sync', words: STATE_LABEL.running, tone: 'info' };
  if (run.state === 'failed') return { icon: 'error', words: STATE_LABEL.failed, tone: 'bad' };
  if (run.state === 'paused') return { icon: 'debug-pause', words: STATE_LABEL.paused, tone: 'warn' };
  if (run.state === 'cancelled') return { icon: 'circle-slash', words: STATE_LABEL.cancelled, tone: 'warn' };
  return { icon: 'warning', words: run.resumable ? 'Interrupted' : STATE_LABEL.partial, tone: 'warn' };
}

/** The probability from which a run claims a match. */
export function acceptAtOf(run: RunSnapshot): number {
  const { crosswalkAcceptAt } = run.settings;
  return typeof crosswalkAcceptAt === 'number' ? crosswalkAcceptAt : DEFAULT_SETTINGS.crosswalkAcceptAt;
}
