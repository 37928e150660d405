import type { Why } from '../../../../../shared/model.ts';
import { ELECTION_HOOK } from '../../documents/electionHook.ts';
import type { Provision } from './provisions.ts';

/**
 * That words of a plan leave something to the adoption agreement: equal words then come to the same only where the same
 * is elected. A question of a form is that election itself.
 */
export function electionNote(...provisions: readonly Provision[]): readonly Why[] {
  if (provisions.some(({ unit }) => unit.election !== undefined)) return [];
  const hook = provisions.flatMap(({ text }) => [...text.replace(/\s+/gu, ' ').matchAll(ELECTION_HOOK)])[0]?.[0];
  return hook === undefined ? [] : [{ rule: 'election.depends', detail: `What applies depends on an election ("${hook}"): the elections are compared in the adoption agreements, not here.` }];
}
