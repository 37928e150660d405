/** Whether a model decides in a run, before anybody is asked. */
import { FailureError } from '../../../../shared/failure.ts';
import type { WorkflowName } from '../../../../shared/model.ts';
import { modelFor, type ModelRole, type Settings } from '../../../../shared/settings.ts';

/** What a workflow asks a model for; null: rules do all of it, whoever could be asked. */
export const ROLE: Readonly<Record<WorkflowName, ModelRole | null>> = { crosswalk: 'verify', transcript: 'analyze', document: null };

const NOBODY_DECIDES = 'No model is named. Name one in collate.models.verify, or set collate.provider to local.';
const NOBODY_READS = 'No model is named. Name one in collate.models.analyze or collate.models.verify, or set collate.provider to local.';

/** The role whose model decides; null: rules do the work. Throws where a model has to be named. */
export function decidingRole(settings: Settings, workflow: WorkflowName): ModelRole | null {
  const role = ROLE[workflow];
  if (settings.provider === 'local' || role === null) return null;
  if (settings.provider === 'vscode' || modelFor(settings, role) !== null) return role;
  // Whoever names a model for pictures alone has the rest done by rules.
  if (modelFor(settings, 'vision') !== null) return null;
  throw new FailureError({ code: 'refused', message: role === 'verify' ? NOBODY_DECIDES : NOBODY_READS, retry: 'never' });
}
