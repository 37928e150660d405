/** What to do about a run that has ended in part because a model was no help. */
import type { RunSnapshot } from '../../../../shared/model.ts';
import type { Settings } from '../../../../shared/settings.ts';
import { UNREAD } from '../workflows/unreadParts.ts';
import { ROLE } from './whoDecides.ts';

/** Behind what a person is to correct. */
const ASK_AGAIN = 'Then a new run asks again about what failed, and takes the answers that are kept without paying for them.';

/** True where more has failed than parts of documents that could not be read. */
function failedAnswers({ ledger }: RunSnapshot): boolean {
  return Object.values(ledger).some(({ failed, reasons }) => {
    const unread = Object.entries(reasons).reduce((sum, [reason, count]) => (reason.startsWith(UNREAD) ? sum + count : sum), 0);
    return failed > unread;
  });
}

/** `trouble`: what stood in the way of calls, whatever they asked, and what to do about it. Empty: there is nothing to be done with a model. */
export function nextStep(snapshot: RunSnapshot, settings: Settings, trouble: string | null): string {
  if (trouble !== null) return `${trouble} ${ASK_AGAIN}`;
  const role = ROLE[snapshot.workflow];
  if (settings.provider === 'local' || role === null || !failedAnswers(snapshot)) return '';
  return `A new run asks again about what failed, and takes the answers that are kept without paying for them. Where that does not help, name another model in collate.models.${role}; it is asked about everything.`;
}
