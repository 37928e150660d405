import { crossReferences } from '../../documents/crossReferences.ts';
import { FINDING_KINDS } from './findingKinds.ts';
import type { DocumentRule } from './ruleContext.ts';

/** References whose section the document does not have. */
export const unresolvedReferences: DocumentRule = (context) =>
  crossReferences(context.document, context)
    .filter((reference) => reference.target === null)
    .map(({ unit, start, end, number }) => {
      const named = number.startsWith('Article') ? number : `Section ${number}`;
      return context.finding(FINDING_KINDS.unresolvedReference, unit, `${named} is not in this document.`, [{ start, end }], { reference: number });
    });
