import type { DocumentSummary, Problem } from '../../../../shared/model.ts';
import type { CollateDocument } from '../documents/document.ts';
import { cutSpan } from './unitTexts.ts';

/** Problems of a document that a snapshot names; it must fit a message. The ledger counts all of them. */
const MAX_PROBLEMS = 100;
/** Words quoted of each. Characters. */
const PROBLEM_QUOTE = 200;
const SEVERITIES = ['info', 'warning', 'error'] as const;

/** Code of the problem that stands for those that are not named. */
export const MORE_PROBLEMS = 'problems.more';

/** Shown problems: the first ones, and how many there are besides. */
function shown(problems: readonly Problem[]): readonly Problem[] {
  const named = problems.slice(0, MAX_PROBLEMS).map((problem) => (problem.span === undefined ? problem : { ...problem, span: cutSpan(problem.span, PROBLEM_QUOTE) }));
  const rest = problems.slice(MAX_PROBLEMS);
  if (rest.length === 0) return named;
  const severity = SEVERITIES.findLast((one) => rest.some((problem) => problem.severity === one)) ?? 'info';
  return [...named, { code: MORE_PROBLEMS, message: `${rest.length} more like these are not listed; the ledger counts what could not be read.`, severity }];
}

/** A document as a run shows it. */
export function documentSummary({ key, path, kind, hash, problems, units }: CollateDocument): DocumentSummary {
  return { key, path, kind, hash, units: units.length, problems: shown(problems) };
}
