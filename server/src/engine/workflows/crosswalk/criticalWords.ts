/** Words that turn a provision round when one takes the other's place. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['before', 'after'], ['prior', 'after'], ['first', 'last'], ['earlier', 'later'], ['earliest', 'latest'], ['more', 'less'],
  ['greater', 'lesser'], ['greater', 'less'], ['greatest', 'least'], ['higher', 'lower'], ['highest', 'lowest'], ['most', 'least'],
  ['minimum', 'maximum'], ['above', 'below'], ['over', 'under'], ['exceed', 'below'], ['include', 'exclude'],
  ['includes', 'excludes'], ['including', 'excluding'], ['included', 'excluded'], ['increase', 'decrease'], ['increased', 'decreased'],
  ['increase', 'reduce'], ['beginning', 'end'], ['begins', 'ends'], ['vested', 'nonvested'], ['full', 'partial'],
  ['mandatory', 'optional'], ['mandatory', 'voluntary'], ['required', 'optional'], ['required', 'permitted'], ['employer', 'employee'],
  ['allow', 'prohibit'], ['permit', 'prohibit'], ['permits', 'prohibits'], ['enable', 'disable'], ['with', 'without'], ['unless', 'if'],
  ['more-than', 'less-than'], ['at-least', 'at-most'], ['at-least', 'less-than'], ['at-most', 'more-than'], ['before', 'on-or-after'],
  ['on-or-before', 'after'], ['on-or-before', 'on-or-after'],
  ['every', 'any'], ['all', 'any'], ['and', 'or'], ['both', 'either'], ['inside', 'outside'], ['internal', 'external'], ['accept', 'reject'],
  ['prior', 'current'], ['preceding', 'current'], ['previous', 'current'], ['following', 'current'], ['next', 'current'], ['gross', 'net'],
  ['voluntary', 'involuntary'], ['revocable', 'irrevocable'], ['revocably', 'irrevocably'], ['elective', 'nonelective'],
];
/** Words for limits that differ in whether the limit itself is inside. */
const COMPARATORS: readonly (readonly [string, string])[] = [
  ['before', 'on-or-before'], ['after', 'on-or-after'], ['at-least', 'more-than'], ['at-most', 'less-than'],
];
/** Of the pairs above, these may mean the same where they stand ("any" and "all", "and" and "or" in lists). */
const LOOSE: ReadonlySet<string> = new Set(['every any', 'all any', 'and or', 'both either', 'over under']);

/** Words that put a condition or a limit; one more or one less may change everything. */
const CONDITIONS: ReadonlySet<string> = new Set([
  'if', 'unless', 'only', 'except', 'excluding', 'exclude', 'excludes', 'provided', 'until', 'notwithstanding', 'solely', 'subject', 'otherwise',
]);

/** Who has a right or a duty: another name may be another person, or another name. */
const PARTIES: ReadonlySet<string> = new Set([
  'employer', 'employee', 'employees', 'participant', 'participants', 'beneficiary', 'beneficiaries', 'spouse', 'trustee', 'administrator',
  'company', 'committee', 'sponsor', 'contractor', 'subcontractor', 'agency', 'state', 'department', 'owner', 'vendor', 'offeror', 'buyer',
  'seller', 'landlord', 'tenant', 'lessor', 'lessee', 'customer', 'user', 'users', 'members', 'member',
]);

/** Words of denial: one more or one less turns a clause round. */
const DENIALS: ReadonlySet<string> = new Set(['not', 'no', 'never', 'none', 'neither', 'nor', 'without', 'cannot', "can't", "won't", "don't", "doesn't"]);

/** True for a word that takes back or narrows what is said around it. */
export function isLimiting(word: string): boolean {
  return CONDITIONS.has(word) || DENIALS.has(word) || word === 'false' || word === 'repealed';
}

/** What must be done and what may be done; each word with its class. */
const MODALS: ReadonlyMap<string, string> = classes({ must: 'shall must will required', may: 'may can permitted', should: 'should' });

/** Units of time; "monthly" has the class of "month". */
const UNITS: ReadonlyMap<string, string> = classes({
  day: 'day days daily', week: 'week weeks weekly', month: 'month months monthly', quarter: 'quarter quarters quarterly', year: 'year years yearly annual annually', payroll: 'payroll',
});

function classes(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(table).flatMap(([name, words]) => words.split(' ').map((word) => [word, name] as const)));
}

/**
 * `direction`, `comparator`, `modal` and `unit`: one word in the other's place. `loose`: the same, of words that may mean the same.
 * `condition`, `denial` and `party`: more of them on one side.
 */
export type CriticalWord =
  | { readonly kind: 'direction' | 'comparator' | 'modal' | 'unit' | 'loose'; readonly source: number; readonly target: number }
  | { readonly kind: 'condition' | 'denial' | 'party'; readonly source: number | null; readonly target: number | null };

/** Critical words of a hunk's two sides, as word indices. Words that both sides have cancel out. */
export function criticalWords(
  source: readonly string[],
  target: readonly string[],
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): readonly CriticalWord[] {
  const left = indices(source, from, to, new Set(target.slice(start, end)));
  const right = indices(target, start, end, new Set(source.slice(from, to)));
  const found: CriticalWord[] = [];
  for (const i of left) {
    for (const j of right) {
      const kind = opposition(source[i] as string, target[j] as string);
      if (kind !== null) found.push({ kind, source: i, target: j });
    }
  }
  for (const [table, kind] of [[MODALS, 'modal'], [UNITS, 'unit']] as const) {
    const here = left.filter((i) => table.has(source[i] as string));
    const there = right.filter((j) => table.has(target[j] as string));
    const [i, j] = [here[0], there[0]];
    // "Shall not" and "may not" forbid alike.
    if (kind === 'modal' && i !== undefined && j !== undefined && source[i + 1] === 'not' && target[j + 1] === 'not') continue;
    if (i !== undefined && j !== undefined && table.get(source[i] as string) !== table.get(target[j] as string)) found.push({ kind, source: i, target: j });
  }
  for (const [words, kind] of [[CONDITIONS, 'condition'], [DENIALS, 'denial'], [PARTIES, 'party']] as const) {
    const here = left.filter((i) => words.has(source[i] as string));
    const there = right.filter((j) => words.has(target[j] as string));
    if (kind === 'party' ? here.length > 0 && there.length > 0 : here.length !== there.length) {
      found.push({ kind, source: here[0] ?? null, target: there[0] ?? null });
    }
  }
  return found;
}

function indices(words: readonly string[], from: number, to: number, other: ReadonlySet<string>): number[] {
  const found: number[] = [];
  for (let k = from; k < to; k++) if (!other.has(words[k] as string)) found.push(k);
  return found;
}

function opposition(a: string, b: string): 'direction' | 'comparator' | 'loose' | null {
  if (COMPARATORS.some(([x, y]) => (a === x && b === y) || (a === y && b === x))) return 'comparator';
  for (const [x, y] of OPPOSITES) {
    if ((a === x && b === y) || (a === y && b === x)) return LOOSE.has(`${x} ${y}`) ? 'loose' : 'direction';
  }
  return null;
}
