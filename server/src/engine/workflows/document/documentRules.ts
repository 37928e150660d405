import type { Analysis, Finding } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import type { OutcomeCount } from '../../ports.ts';
import { foreignUnits } from '../../documents/foreignUnits.ts';
import { countOf, ENGLISH_ONLY, unreadParts } from '../unreadParts.ts';
import type { Workflow } from '../workflow.ts';
import { unresolvedReferences } from './crossReferences.ts';
import { definedTerms } from './definitions.ts';
import { DOCUMENT_ANALYZERS } from './findingKinds.ts';
import { fieldOutcomes, openElections } from './formElections.ts';
import { numberingFaults } from './numbering.ts';
import { disagreeingNumbers } from './numbers.ts';
import { dependentElections, unfilledBlanks } from './provisionRules.ts';
import { ruleContext, type DocumentRule } from './ruleContext.ts';

const RULES: Readonly<Record<string, DocumentRule>> = {
  crossReferences: unresolvedReferences,
  numbers: disagreeingNumbers,
  numbering: numberingFaults,
  elections: dependentElections,
  answers: openElections,
  definitions: definedTerms,
  blanks: unfilledBlanks,
};

const HEADING_ONLY = 'heading only, no text of its own';

/** Everything the rules find in a document, analyzer by analyzer. */
export function documentFindings(document: CollateDocument): readonly Finding[] {
  const context = ruleContext(document);
  return DOCUMENT_ANALYZERS.flatMap(({ name }) => RULES[name]?.(context) ?? []);
}

function provisionOutcomes(document: CollateDocument, foreign: ReadonlySet<string>): readonly OutcomeCount[] {
  const provisions = document.units.filter((unit) => unit.election === undefined);
  const read = provisions.filter(({ key }) => !foreign.has(key));
  const bare = read.filter((unit) => unit.textStart === unit.textEnd).length;
  return [
    { kind: 'sourceProvision', outcome: 'decided', count: read.length - bare },
    { kind: 'sourceProvision', outcome: 'skipped', reason: HEADING_ONLY, count: bare },
    { kind: 'sourceProvision', outcome: 'skipped', reason: ENGLISH_ONLY, count: provisions.length - read.length },
    ...unreadParts(document, 'sourceProvision'),
  ];
}

/** `41 provisions`, and `62 elections` of a form. */
function readWords(document: CollateDocument, foreign: ReadonlySet<string>): string {
  const units = document.units.filter(({ key }) => !foreign.has(key));
  const fields = units.filter((unit) => unit.election !== undefined).length;
  return `${units.length - fields} provisions${fields === 0 ? '' : ` and ${fields} elections`}`;
}

/** Rules over one document: references, numbers, numbering, elections, answers, definitions, blanks. Fields of a form are counted apart. */
export const documentRules: Workflow = async (documents, context) => {
  const document = documents[0];
  if (document === undefined) throw new Error('A document run needs a document.');
  const foreign = foreignUnits(document);
  const read = document.units.length - foreign.size;
  const provisions = provisionOutcomes(document, foreign);
  const fields = fieldOutcomes(document.units, foreign);
  const outcomes = [...provisions, ...fields];
  context.expect('sourceProvision', countOf(provisions));
  if (countOf(fields) > 0) context.expect('field', countOf(fields));
  context.expect('analysis', DOCUMENT_ANALYZERS.length);
  await context.step('provisions', 'read provisions', document.units.length, () => Promise.resolve({ value: null, rows: { outcomes } }));

  const rules = ruleContext(document);
  for (const [index, { name, title, lookedFor }] of DOCUMENT_ANALYZERS.entries()) {
    context.progress({ operation: name, message: `Looking for ${lookedFor}`, done: index, total: DOCUMENT_ANALYZERS.length });
    await context.step(`analyze:${name}`, name, document.units.length, async () => {
      await context.yieldToHost();
      if (read === 0) {
        const skipped: Analysis = { analyzer: name, stage: 'rules', title, outcome: 'skipped', reason: ENGLISH_ONLY, findings: 0, read: 'nothing' };
        return { value: null, rows: { analyses: [skipped], outcomes: [{ kind: 'analysis', outcome: 'skipped', reason: ENGLISH_ONLY, count: 1 }] } };
      }
      const rule = RULES[name];
      if (rule === undefined) throw new Error(`There is no rule for ${name}.`);
      const findings = rule(rules);
      const analysis: Analysis = {
        analyzer: name, stage: 'rules', title, outcome: 'decided', findings: findings.length,
        read: `${readWords(document, foreign)}, for ${lookedFor}${findings.length === 0 ? ': none found by rules' : ''}`,
      };
      return { value: null, rows: { findings, analyses: [analysis], outcomes: [{ kind: 'analysis', outcome: 'decided', count: 1 }] } };
    });
  }
};
