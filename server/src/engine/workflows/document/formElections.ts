import type { Election, TextPlace, Unit } from '../../../../../shared/model.ts';
import { optionPlace } from '../../documents/optionPlace.ts';
import type { OutcomeCount } from '../../ports.ts';
import { ENGLISH_ONLY } from '../unreadParts.ts';
import { FINDING_KINDS } from './findingKinds.ts';
import type { DocumentRule } from './ruleContext.ts';

const KIND_OF = {
  unanswered: FINDING_KINDS.electionUnanswered,
  conflict: FINDING_KINDS.electionConflict,
  ambiguous: FINDING_KINDS.electionAmbiguous,
} as const;

/** What a finding points at: the ticked options, the blanks in question, else the first line of the question. */
function evidenceOf(unit: Unit, { state, options, blanks }: Election): readonly TextPlace[] {
  const ticked = options.filter(({ selected }) => selected).map(optionPlace);
  if (state === 'conflict') return ticked;
  const open = blanks.filter(({ value }) => value === null);
  if (state === 'unanswered' && options.length === 0) return open;
  if (state === 'ambiguous') {
    const filled = options.filter(({ selected, fillIns }) => !selected && fillIns.some(({ value }) => value !== null)).flatMap(({ fillIns }) => fillIns);
    const all = [...ticked, ...filled, ...(filled.length === 0 && ticked.length === 0 ? blanks : open)].sort((a, b) => a.start - b.start);
    if (all.length > 0) return all.map(({ start, end }) => ({ start, end }));
  }
  const { quote, start, end } = unit.span;
  const line = quote.indexOf('\n');
  return [{ start, end: line === -1 ? end : start + line }];
}

/** Elections of a form that are not answered, answered twice, or with marks that do not agree. */
export const openElections: DocumentRule = (context) =>
  context.document.units.flatMap((unit) => {
    const { election } = unit;
    if (election === undefined || election.state === 'answered') return [];
    return [context.finding(KIND_OF[election.state], unit, election.stateReason ?? '', evidenceOf(unit, election), { type: election.type })];
  });

/** Every field of a form is read; where its marks do not agree, what is elected is left to a person. */
export function fieldOutcomes(units: readonly Unit[], foreign: ReadonlySet<string>): readonly OutcomeCount[] {
  const fields = units.filter(({ election }) => election !== undefined);
  const states = fields.flatMap(({ key, election }) => (election === undefined || foreign.has(key) ? [] : [election.state]));
  const count = (state: Election['state']): number => states.filter((one) => one === state).length;
  return [
    { kind: 'field', outcome: 'decided', count: count('answered') + count('unanswered') },
    { kind: 'field', outcome: 'abstained', reason: 'several boxes are ticked where one is asked for', count: count('conflict') },
    { kind: 'field', outcome: 'abstained', reason: 'boxes and blanks do not agree', count: count('ambiguous') },
    { kind: 'field', outcome: 'skipped', reason: ENGLISH_ONLY, count: fields.length - states.length },
  ];
}
