import type { Analysis, Finding } from '../model.ts';

/** `found by gpt-4o-mini transcript-notes 1`; empty where rules found it. */
export function foundBy({ method }: Pick<Finding, 'method'>): string {
  return method === 'rules' ? '' : `found by ${method}`;
}

/** Where an analysis that was done left something out: what, and why. */
export function shortfallOf({ outcome, reason }: Pick<Analysis, 'outcome' | 'reason'>): string | null {
  return outcome === 'decided' ? (reason ?? null) : null;
}
