import type { WorkflowName } from '../../../../../shared/model.ts';

/** What a row is known by over runs: workflow, unit and kind; neither its target nor its wording. */
export function findingKey(workflow: WorkflowName, unitKey: string, kind: string): string {
  return `${workflow}:${unitKey}:${kind}`;
}

/** The unit a finding's key names; several findings of one kind in one unit end in an ordinal. */
export function unitKeyOf(workflow: WorkflowName, key: string, kind: string): string {
  const end = key.lastIndexOf(`:${kind}`);
  return key.slice(key.startsWith(`${workflow}:`) ? workflow.length + 1 : 0, end === -1 ? key.length : end);
}
