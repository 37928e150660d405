import type { Random } from '../seeded.ts';
import type { Change, Changer } from './facts.ts';
import { marked } from './plan.ts';

const WHO = String.raw`(?:the Employer|the Adoption Agreement|the Plan Administrator)`;
const TO_DO = String.raw`((?: in the Adoption Agreement)? to (exclude|include)\b| in the Adoption Agreement(?! to\b)(?=[,.;]))?(?! (?:in the Adoption Agreement )?(?:to|a|an|another|the)\b)`;
const UNLESS = new RegExp(String.raw`\b([Uu]nless) (${WHO}) (elects|provides|specifies)( otherwise)?${TO_DO}`, 'u');
const ONLY_IF = new RegExp(String.raw`\b(only if) (${WHO}) (?:so )?(elects|provides|specifies)${TO_DO}`, 'u');
const OTHER_WAY: Readonly<Record<string, string>> = { exclude: 'include', include: 'exclude' };

/** Rules that a form may state either way; one is written into both texts where the base has no default to flip. */
const DEFAULTS: readonly (readonly [applies: string, asked: string])[] = [
  ['This provision applies unless the Employer elects otherwise in the Adoption Agreement.', 'This provision applies only if the Employer so elects in the Adoption Agreement.'],
  ['Part-time Employees are included unless the Employer elects in the Adoption Agreement to exclude them.', 'Part-time Employees are included only if the Employer elects in the Adoption Agreement to include them.'],
  ['Bonuses are taken into account except to the extent the Employer elects otherwise in the Adoption Agreement.', 'Bonuses are taken into account only to the extent the Employer so elects in the Adoption Agreement.'],
  ['Unless otherwise elected in the Adoption Agreement, the same rule applies to rehired Employees.', 'If so elected in the Adoption Agreement, the same rule applies to rehired Employees.'],
  ['Union Employees participate unless excluded in the Adoption Agreement.', 'Union Employees do not participate unless included in the Adoption Agreement.'],
];

/** Turns a default around: what applied unless refused now applies only where asked for. */
export const flipDefault: Changer = (text, random) => {
  const unless = UNLESS.exec(text);
  if (unless !== null) {
    const [whole, word = '', who = '', verb = '', otherwise, rest = '', act] = unless;
    // "If the Adoption Agreement so provides, ...": a sentence does not begin with "only if" without turning its verb.
    if (otherwise !== undefined || act !== undefined) {
      return replaced(text, unless.index, whole, `${word === 'Unless' ? 'If' : 'only if'} ${who} ${act === undefined ? 'so ' : ''}${verb}${flipped(rest, act)}`);
    }
  }
  const only = ONLY_IF.exec(text);
  if (only !== null) {
    const [whole, , who = '', verb = '', rest = '', act] = only;
    return replaced(text, only.index, whole, `unless ${who} ${verb}${act === undefined ? ' otherwise' : ''}${flipped(rest, act)}`);
  }
  if (text.includes('|')) return null;
  const rule = random.pick(DEFAULTS);
  const [one, other] = random.chance(0.7) ? rule : [rule[1], rule[0]];
  return { source: `${text} ${marked(one)}`, target: `${text} ${marked(other)}`, sourceValue: one, targetValue: other };
};

function flipped(rest: string, act: string | undefined): string {
  return act === undefined ? rest : rest.replace(act, OTHER_WAY[act] ?? act);
}

function replaced(text: string, at: number, words: string, by: string): Change {
  const [before, after] = [text.slice(0, at), text.slice(at + words.length)];
  return { source: `${before}${marked(words)}${after}`, target: `${before}${marked(by)}${after}`, sourceValue: words, targetValue: by };
}

/** "pensions, annuities and gifts": three items or more of up to three words, the last behind "and" or "or". */
const ITEM = String.raw`[a-z][\w'’-]*(?: [\w'’-]+){0,2}`;
const LIST = new RegExp(String.raw`(${ITEM}), (${ITEM}),? (and|or) (${ITEM})`, 'gu');
const VERBAL = /\b(?:is|are|was|were|shall|may|must|will|has|have|had|that|which|who|if|when|where|the [a-z]+ of|to be|not|but|by|as)\b/u;
/** Words that begin an aside, not an item of a list. */
const ASIDE = /^(?:including|excluding|if|unless|with|without|after|before|other|whether|except|such|in|on|at|for|to|under)\b/u;
/** A list written into both texts, its item, and the list as drafted without it. */
const LISTS: readonly (readonly [full: string, item: string, left: string])[] = [
  ['The notice may be given by mail, by hand, or electronically.', 'by hand', 'The notice may be given by mail or electronically.'],
  ['The record shall show the date, the amount and the source of each contribution.', 'the amount', 'The record shall show the date and the source of each contribution.'],
  ['The request may be made by the Participant, an alternate payee or a Beneficiary.', 'an alternate payee', 'The request may be made by the Participant or a Beneficiary.'],
  ['Permitted investments are (i) mutual funds, (ii) collective trusts, (iii) group annuity contracts and (iv) bank deposits.', 'collective trusts', 'Permitted investments are (i) mutual funds, (ii) group annuity contracts and (iii) bank deposits.'],
  ['Payment may be made in one of the following forms: (a) a single sum; (b) installments; (c) an annuity contract; or (d) a combination of these.', 'an annuity contract', 'Payment may be made in one of the following forms: (a) a single sum; (b) installments; or (c) a combination of these.'],
  ['The fee may be charged per Participant, per transaction, or as a share of assets.', 'per transaction', 'The fee may be charged per Participant or as a share of assets.'],
];

/** Items behind a colon, parted by semicolons; numbers of those behind the dropped one close up. */
function dropFromColonList(text: string, random: Random): Change | null {
  const list = /: ([^.:]*;[^.:]*;[^.:]*)\./u.exec(text);
  if (list === null) return null;
  const items = (list[1] ?? '').split('; ');
  if (items.length < 3 || items.slice(0, -1).some((item) => /^(?:and|or) /u.test(item))) return null;
  const k = 1 + Math.floor(random.next() * (items.length - 2));
  const item = items[k] as string;
  const bare = item.replace(/^\([a-z\d]+\) /u, '');
  const number = (own: string): string => own.replace(/^((?:and |or )?\()(\d+)(?=\) )/u, (_, before: string, at: string) => `${before}${Number(at) - 1}`);
  const renumbered = items.some((own) => /^(?:and |or )?\([a-z]/u.test(own)) ? null : items.slice(k + 1).map(number);
  if (renumbered === null) return null;
  const [before, after] = [text.slice(0, list.index + 2), text.slice(list.index + list[0].length - 1)];
  const left = [...items.slice(0, k), ...renumbered].join('; ');
  return { source: `${before}${items.map((own, at) => (at === k ? own.replace(bare, marked(bare)) : own)).join('; ')}${after}`, target: `${before}${left}${after}`, sourceValue: bare };
}

/** Takes an item out of a list; where the base has none, one is written into both texts first. */
export const dropOption: Changer = (text, random) => {
  const colon = dropFromColonList(text, random);
  if (colon !== null) return colon;
  const found = text.includes('|') ? [] : [...text.matchAll(LIST)].filter(([, a, b = '', , d]) => ![a, b, d].some((item) => VERBAL.test(item ?? '')) && !ASIDE.test(b));
  if (found.length > 0) {
    const match = random.pick(found);
    const [whole, a = '', b = '', joint = '', d = ''] = match;
    const middle = whole.slice(a.length + 2, a.length + 2 + b.length);
    const [before, after] = [text.slice(0, match.index), text.slice(match.index + whole.length)];
    return { source: `${before}${a}, ${marked(middle)}${whole.slice(a.length + 2 + b.length)}${after}`, target: `${before}${a} ${joint} ${d}${after}`, sourceValue: middle };
  }
  if (text.includes('|')) return null;
  const [full, item, left] = random.pick(LISTS);
  return { source: `${text} ${full.replace(item, marked(item))}`, target: `${text} ${left}`, sourceValue: item };
};

/** Clauses that narrow or widen what a term means, by what the term is. */
const QUALIFIERS: readonly (readonly [term: RegExp, clauses: readonly string[]])[] = [
  [/Employee|Participant|Beneficiary|Trustee|Administrator/u, ['but only while the individual is employed by the Employer', 'but not beyond the calendar year in which employment ends', 'other than an individual whose principal place of work lies outside the United States', 'and includes a leased employee']],
  [/Account|Compensation|Addition|Contribution|Deferral|Earnings|Forfeiture|Benefit/u, ['excluding any amount attributable to a predecessor plan', 'but only to the extent credited after the Effective Date', 'determined without regard to any amount credited before the Effective Date']],
  [/Year|Service|Period|Age|Date|Break|Disability|Severance/u, ['determined without regard to any period before the Effective Date', 'including any period of unpaid leave', 'but not including any period of military leave']],
  [/Employer|Plan|Trust/u, ['and every Related Employer that has adopted the Plan', 'as it stood on the first day of the preceding Plan Year']],
];

/** Redefines a term: puts a qualifying clause in, or takes an exception out. */
export const redefine: Changer = (text, random) => {
  const term = /^["“]([^"”]+)["”] means\b/u.exec(text)?.[1];
  const clauses = term === undefined ? undefined : QUALIFIERS.find(([fits]) => fits.test(term))?.[1];
  if (clauses === undefined) return null;
  const except = /,? (?:other than|excluding|except) [^,.;]{5,60}(?=[,.])/u.exec(text);
  if (except !== null && random.chance(0.4)) {
    const [before, after] = [text.slice(0, except.index), text.slice(except.index + except[0].length)];
    const words = except[0].replace(/^,? /u, '');
    return { source: `${before}${except[0].slice(0, except[0].length - words.length)}${marked(words)}${after}`, target: `${before}${after}`, sourceValue: words };
  }
  const end = /[.](?= [A-Z]|$)/u.exec(text);
  if (end === null) return null;
  const clause = random.pick(clauses);
  return { source: text, target: `${text.slice(0, end.index)}, ${marked(clause)}${text.slice(end.index)}`, targetValue: clause };
};

/** Vesting in prose, by years of service; written into both texts, one step of it changed. */
export const proseSchedule: Changer = (text, random) => {
  if (text.includes('|')) return null;
  const steps = random.pick([[[2, 20], [3, 40], [4, 60], [5, 80], [6, 100]], [[1, 25], [2, 50], [3, 75], [4, 100]], [[1, 33], [2, 66], [3, 100]]] as const);
  const changed = 1 + Math.floor(random.next() * (steps.length - 2));
  const names = ['zero', 'one', 'two', 'three', 'four', 'five', 'six'];
  const said = (other: number | null): string =>
    steps.map(([years, percent], k) => {
      const words = k === changed ? marked(`${other ?? percent}%`) : `${percent}%`;
      return `${k === steps.length - 1 ? 'and ' : ''}${words} after ${names[years]} Year${years === 1 ? '' : 's'} of Service`;
    }).join(', ');
  const value = (steps[changed] as readonly [number, number])[1];
  const other = value + random.pick([-10, 5, 10]);
  const sentence = (words: string): string => `${text} The vested percentage so determined is ${words}.`;
  return { source: sentence(said(null)), target: sentence(said(other)), sourceValue: `${value}%`, targetValue: `${other}%` };
};
