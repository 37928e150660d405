import type { Finding, Unit } from '../../../../../shared/model.ts';
import { contentHash } from '../../documents/hash.ts';
import { FINDING_KINDS } from './findingKinds.ts';
import type { DocumentRule, RuleContext } from './ruleContext.ts';

interface Definition {
  readonly unit: Unit;
  readonly term: string;
  readonly start: number;
  readonly end: number;
  /** Hash of the words after "means". */
  readonly meaning: string;
}

const TERM = '[A-Z][\\w()\u2019\'/-]*(?: (?:of|or|and|for|to|the|in|[A-Z0-9(][\\w()\u2019\'/-]*)){0,6}';
/** Capitals that only start a sentence: `This means that`. */
const NO_TERM = '(?:This|That|These|Those|It|Which|What|Nothing|Such|Here)';
/** `"Plan Year" means ...`, `The term "Employee" means`, and `Plan Year means` at the start of a provision. */
const QUOTED = /[\u201c"*_]{1,3}([A-Z][^\u201d"*_\n]{1,70}?)[\u201d"*_]{1,3}[ ,]{0,2}(?:shall )?(?:means?|mean|is defined as|has the meaning)\b/g;
const LEADING = new RegExp(`^(?:The term )?(?!${NO_TERM}\\b)(${TERM}) (?:shall )?(?:means?|mean|is defined as|has the meaning)\\b`);
/** A meaning is compared by its first words; what follows are details. */
const MEANING_LENGTH = 400;

function definitionsOf(context: RuleContext): readonly Definition[] {
  return context.document.units.flatMap((unit) => {
    const words = context.words(unit);
    const leading = LEADING.exec(words.slice(0, 200));
    const found = [...words.matchAll(QUOTED)].map((match) => ({ term: match[1] ?? '', index: match.index, length: match[0].length }));
    if (leading !== null && found.every((one) => one.index > leading[0].length)) {
      found.unshift({ term: leading[1] ?? '', index: 0, length: leading[0].length });
    }
    return found.map(({ term, index, length }) => ({
      unit,
      term: term.trim(),
      ...context.place(unit, index, index + length),
      meaning: contentHash('', words.slice(index + length, index + length + MEANING_LENGTH)),
    }));
  });
}

/** Defined terms, and those that are defined twice in different words. */
export const definedTerms: DocumentRule = (context) => {
  const findings: Finding[] = [];
  const first = new Map<string, { readonly definition: Definition; readonly finding: Finding }>();
  for (const definition of definitionsOf(context)) {
    const { unit, term, start, end, meaning } = definition;
    const earlier = first.get(term.toLowerCase());
    const finding = context.finding(FINDING_KINDS.definition, unit, `"${term}" is defined here.`, [{ start, end }], { term });
    findings.push(finding);
    if (earlier === undefined) first.set(term.toLowerCase(), { definition, finding });
    else if (earlier.definition.meaning !== meaning) {
      const line = earlier.finding.evidence[0]?.line ?? earlier.definition.unit.span.line;
      findings.push(
        context.finding(
          FINDING_KINDS.definitionDuplicate, unit, `"${term}" is also defined on line ${line}, in other words.`,
          [{ start, end }, { start: earlier.definition.start, end: earlier.definition.end }], { term },
        ),
      );
    }
  }
  return findings;
};
