import { printAudit } from './auditSample.ts';
import { printRetrieval } from './turnRetrieval.ts';

/** Prints what is known of transcripts on public meetings; true where the audited precision is below what is asked. */
export function scoreTalks(sets: string): boolean {
  const missed = printAudit(sets);
  printRetrieval(sets);
  return missed;
}
