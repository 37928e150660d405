import type { Finding, Unit } from '../../../../../shared/model.ts';
import { FINDING_KINDS } from './findingKinds.ts';
import type { DocumentRule } from './ruleContext.ts';

/** Path and last counter of a number, `2.01` -> [`2`, 1]; null for letters and articles. */
function split(number: string): readonly [parent: string, counter: number] | null {
  const match = /^(.*?)(\d{1,3})$/.exec(number);
  return match === null ? null : [match[1] ?? '', Number(match[2])];
}

function place(unit: Unit): { readonly start: number; readonly end: number } {
  const { start, end } = unit.span;
  const line = unit.span.quote.indexOf('\n');
  return { start, end: line === -1 ? Math.min(end, start + 120) : start + line };
}

/** Section numbers that stand twice or leave one out between neighbours. Only numbers with a dot are counted on. */
export const numberingFaults: DocumentRule = (context) => {
  const findings: Finding[] = [];
  const first = new Map<string, Unit>();
  let before: { readonly parent: string; readonly counter: number; readonly number: string } | null = null;
  for (const unit of context.document.units) {
    const number = unit.number;
    if (number === undefined || !number.includes('.') || number.includes('(')) continue;
    const twin = first.get(number);
    if (twin !== undefined) {
      findings.push(
        context.finding(FINDING_KINDS.numberingDuplicate, unit, `Section ${number} stands here and on line ${twin.span.line}.`, [place(unit), place(twin)], { number }),
      );
    } else first.set(number, unit);
    const parts = split(number);
    if (parts === null) continue;
    const [parent, counter] = parts;
    if (before !== null && before.parent === parent && counter > before.counter + 1) {
      const missing = counter - before.counter - 1;
      findings.push(
        context.finding(
          FINDING_KINDS.numberingGap, unit, `${missing === 1 ? '1 number is' : `${missing} numbers are`} left out between ${before.number} and ${number}.`,
          [place(unit)], { after: before.number, number },
        ),
      );
    }
    before = { parent, counter, number };
  }
  return findings;
};
