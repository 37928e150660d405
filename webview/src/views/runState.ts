import type { LedgerKind, RunSnapshot } from '../../../shared/model.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { counted } from '../../../shared/words/format.ts';
import { stateLabel } from '../../../shared/words/labels.ts';

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
  const words = stateLabel(run);
  if (run.state === 'done') {
    return failed === 0 ? { icon: 'pass', words, tone: 'ok' } : { icon: 'warning', words: `${words}, ${counted(failed, 'unit')} failed`, tone: 'warn' };
  }
  if (run.state === 'running') return { icon: 'sync', words, tone: 'info' };
  if (run.state === 'failed') return { icon: 'error', words, tone: 'bad' };
  if (run.state === 'paused') return { icon: 'debug-pause', words, tone: 'warn' };
  if (run.state === 'cancelled') return { icon: 'circle-slash', words, tone: 'warn' };
  return { icon: 'warning', words, tone: 'warn' };
}

/** The probability from which a run claims a match. */
export function acceptAtOf(run: RunSnapshot): number {
  const { crosswalkAcceptAt } = run.settings;
  return typeof crosswalkAcceptAt === 'number' ? crosswalkAcceptAt : DEFAULT_SETTINGS.crosswalkAcceptAt;
}
