import type { Analysis, Finding } from '../model.ts';

/** Name and version of what a model was asked, behind its own name. */
const QUESTION = / [a-z-]+ \d+$/u;

/** `rules`, or the name of the model. */
export function finderOf({ method }: Pick<Finding, 'method'>): string {
  return method.replace(QUESTION, '');
}

/** True where a model found it. */
export function isByModel({ method }: Pick<Finding, 'method'>): boolean {
  return method !== 'rules';
}

/** `found by gpt-4o-mini`; empty where rules found it. */
export function foundBy(finding: Pick<Finding, 'method'>): string {
  return isByModel(finding) ? `found by ${finderOf(finding)}` : '';
}

/** Where an analysis that was done left something out: what, and why. */
export function shortfallOf({ outcome, reason }: Pick<Analysis, 'outcome' | 'reason'>): string | null {
  return outcome === 'decided' ? (reason ?? null) : null;
}
