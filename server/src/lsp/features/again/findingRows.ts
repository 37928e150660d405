import type { ComparedRow } from '../../../../../shared/comparison.ts';
import { counted, excerpt } from '../../../engine/index.ts';

const MAX_TITLE = 80;

/** True for a row of a crosswalk; any other is a finding. */
export function isMatchRow({ kind }: ComparedRow): boolean {
  return kind === 'match' || kind === 'newTarget';
}

/** Findings in the unit that a finding of the older run was made in: the unit is what was asked about. */
export function findingsBeside(id: string, workflow: string, rows: readonly ComparedRow[]): readonly ComparedRow[] {
  const findings = rows.filter((row) => !isMatchRow(row));
  const own = findings
    .flatMap(({ before }) => (before !== null && id.startsWith(`${workflow}:${before.key}:`) ? [before.key] : []))
    .reduce((longest, key) => (key.length > longest.length ? key : longest), '');
  return own === '' ? [] : findings.filter(({ before, after }) => before?.key === own || (before === null && after?.key === own));
}

function titles(rows: readonly ComparedRow[]): string {
  return [...new Set(rows.map(({ title, kind }) => `"${excerpt(title ?? kind, MAX_TITLE)}"`))].join(', ');
}

/** `"Words and digits disagree" is no longer found, 2 findings are as they were`. */
export function findingWords(rows: readonly ComparedRow[]): string {
  const of = (state: ComparedRow['state']): readonly ComparedRow[] => rows.filter((row) => row.state === state);
  const [gone, added, changed, same] = [of('gone'), of('new'), of('changed'), of('unchanged')];
  const parts = [
    ...(gone.length === 0 ? [] : [`${titles(gone)} ${gone.length === 1 ? 'is' : 'are'} no longer found`]),
    ...(added.length === 0 ? [] : [`${titles(added)} ${added.length === 1 ? 'is' : 'are'} found now`]),
    ...(changed.length === 0 ? [] : [`${titles(changed)} ${changed.length === 1 ? 'is' : 'are'} found in other words`]),
    ...(same.length === 0 ? [] : [`${counted(same.length, 'finding is as it was', 'findings are as they were')}`]),
  ];
  return parts.length === 0 ? 'nothing is found' : parts.join(', ');
}
