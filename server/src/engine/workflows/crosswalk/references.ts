import type { ClaimBook } from './claims.ts';
import type { Provision } from './provisions.ts';

/** A number, `b-3` of a form, a Roman numeral or a letter. */
const LABEL = /\b[a-z]{1,2}[-.]\d+(?:\([a-z\d]+\))*|\d[\d.]*[a-z]?(?:-\d+)?(?:\([a-z\d]+\))*|\b[ivxlc]+\b(?:\([a-z\d]+\))*|\b[a-z]\b/giu;

/**
 * True where the provisions a source reference names are claimed by those the target reference names: after a
 * renumbering the numbers differ and the references are the same. Asked of the claims, so numbers never made a match.
 */
export function sameReferences(book: ClaimBook, sources: readonly Provision[], targets: readonly Provision[]): (source: string, target: string) => boolean {
  const sourceNumbers = sources.map((provision) => provision.unit.number?.toLowerCase() ?? '');
  const targetNumbers = targets.map((provision) => provision.unit.number?.toLowerCase() ?? '');
  const leads = (from: string, to: readonly string[]): boolean => {
    let claimed = 0;
    let along = 0;
    const reached = new Set<string>();
    book.claims.forEach((claim, i) => {
      if (claim.state !== 'accepted' || !under(sourceNumbers[i] as string, from)) return;
      claimed++;
      const at = to.filter((label) => claim.targets.some((j) => under(targetNumbers[j] as string, label)));
      if (at.length > 0) along++;
      for (const label of at) reached.add(label);
    });
    return claimed > 0 && along * 2 > claimed && reached.size === to.length;
  };
  const known = new Map<string, boolean>();
  return (source, target) => {
    const key = `${source}\n${target}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const from = source.match(LABEL) ?? [];
    const to = target.match(LABEL) ?? [];
    // A section that was cut in two is cited by both its parts.
    const pairwise = from.length === to.length && from.every((label, k) => leads(label, [to[k] as string]));
    const same = from.length > 0 && to.length > 0 && (pairwise || (from.length === 1 && to.length > 1 && leads(from[0] as string, to)));
    known.set(key, same);
    return same;
  };
}

/** True where `number` is `label` or stands below it: `3.01(c)` under `3.01` and `3`. Articles print Roman numbers. */
function under(number: string, label: string): boolean {
  const wanted = /^[ivxlc]+$/u.test(label) ? String(arabic(label)) : label;
  const own = number.replace(/^(?:article|section|part|chapter)\s+/u, '').replace(/^[ivxlc]+(?=$|[.(])/u, (roman) => String(arabic(roman)));
  return own === wanted || (own.startsWith(wanted) && /^[.(-]/u.test(own.slice(wanted.length)));
}

const DIGITS: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function arabic(roman: string): number {
  const values = [...roman].map((letter) => DIGITS[letter] ?? 0);
  return values.reduce((sum, value, k) => sum + (value < (values[k + 1] ?? 0) ? -value : value), 0);
}
