import { ELECTION_HOOK } from '../../documents/electionHook.ts';
import { FINDING_KINDS } from './findingKinds.ts';
import type { DocumentRule } from './ruleContext.ts';

/** Provisions whose effect is settled in the adoption agreement. */
export const dependentElections: DocumentRule = (context) =>
  context.document.units.flatMap((unit) => {
    const found = [...context.words(unit).matchAll(ELECTION_HOOK)];
    const first = found[0];
    if (first === undefined) return [];
    const evidence = found.map((match) => context.place(unit, match.index, match.index + match[0].length));
    const places = found.length === 1 ? 'one place' : `${found.length} places`;
    return [context.finding(FINDING_KINDS.electionDepends, unit, `Depends on the Adoption Agreement in ${places}: "${first[0].replace(/\s+/g, ' ')}".`, evidence)];
  });

const BLANK = /_{3,}|\[(?:TBD|TBC|TODO|XX+|insert[^\]\n]{0,80}|name of[^\]\n]{0,60}|date|amount|●|•)\]|\bTBD\b/gi;

/** Blanks and place holders. Those of a form's questions belong to the answers. */
export const unfilledBlanks: DocumentRule = (context) =>
  context.document.units.filter(({ election }) => election === undefined).flatMap((unit) =>
    [...context.words(unit).matchAll(BLANK)].map((match) => {
      const shown = match[0].startsWith('_') ? '____' : match[0];
      return context.finding(FINDING_KINDS.blank, unit, `Not filled in: ${shown}`, [context.place(unit, match.index, match.index + match[0].length)]);
    }),
  );
