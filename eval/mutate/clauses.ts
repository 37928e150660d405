import type { Change, Changer } from './facts.ts';
import { marked } from './plan.ts';

const UNLESS = /\b([Uu]nless) ((?:the Employer|an Employer|the Plan Administrator|the Adoption Agreement|another [a-z]+)[^,.;]{0,40}?\b(?:elects?|elected|provides?|specifies|selects?)\b)( otherwise)?/u;
const ONLY_IF = /\b([Oo]nly if) ((?:the Employer|the Adoption Agreement)[^,.;]{0,40}?\b(?:elects?|elected|so elects|provides?|specifies)\b)/u;

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
    const [whole, word = '', clause = ''] = unless;
    return replaced(text, unless.index, whole, `${word === 'Unless' ? 'Only if' : 'only if'} ${clause}`);
  }
  const only = ONLY_IF.exec(text);
  if (only !== null) {
    const [whole, word = '', clause = ''] = only;
    return replaced(text, only.index, whole, `${word === 'Only if' ? 'Unless' : 'unless'} ${clause.replace('so elects', 'elects')}${/elect/.test(clause) ? ' otherwise' : ''}`);
  }
  if (text.includes('|')) return null;
  const rule = random.pick(DEFAULTS);
  const [one, other] = random.chance(0.7) ? rule : [rule[1], rule[0]];
  return { source: `${text} ${marked(one)}`, target: `${text} ${marked(other)}`, sourceValue: one, targetValue: other };
};

function replaced(text: string, at: number, words: string, by: string): Change {
  const [before, after] = [text.slice(0, at), text.slice(at + words.length)];
  return { source: `${before}${marked(words)}${after}`, target: `${before}${marked(by)}${after}`, sourceValue: words, targetValue: by };
}

/** "pensions, annuities and gifts": three items or more of up to three words, the last behind "and" or "or". */
const ITEM = String.raw`[a-z][\w'’-]*(?: [\w'’-]+){0,2}`;
const LIST = new RegExp(String.raw`(${ITEM}), (${ITEM}),? (and|or) (${ITEM})`, 'gu');
const VERBAL = /\b(?:is|are|was|were|shall|may|must|will|has|have|had|that|which|who|if|when|where|the [a-z]+ of|to be|not|but|by|as)\b/u;
const MIDDLE_ITEMS: readonly (readonly [string, string])[] = [
  ['The notice may be given by mail, by hand, or electronically.', 'by hand'],
  ['The record shall show the date, the amount and the source of each contribution.', 'the amount'],
  ['The request may be made by the Participant, an alternate payee or a Beneficiary.', 'an alternate payee'],
  ['Permitted investments are (i) mutual funds, (ii) collective trusts, (iii) group annuity contracts and (iv) bank deposits.', '(ii) collective trusts'],
];

/** Takes an item out of a list; where the base has none, one is written into both texts first. */
export const dropOption: Changer = (text, random) => {
  const found = text.includes('|') ? [] : [...text.matchAll(LIST)].filter(([, a, b, , d]) => ![a, b, d].some((item) => VERBAL.test(item ?? '')));
  if (found.length > 0) {
    const match = random.pick(found);
    const [whole, a = '', b = '', joint = '', d = ''] = match;
    const middle = whole.slice(a.length + 2, a.length + 2 + b.length);
    const [before, after] = [text.slice(0, match.index), text.slice(match.index + whole.length)];
    return { source: `${before}${a}, ${marked(middle)}${whole.slice(a.length + 2 + b.length)}${after}`, target: `${before}${a} ${joint} ${d}${after}`, sourceValue: middle };
  }
  if (text.includes('|')) return null;
  const [sentence, item] = random.pick(MIDDLE_ITEMS);
  const left = sentence.replace(`, ${item}`, '').replace('mail, or', 'mail or').replace('Participant or a', 'Participant or a');
  return { source: `${text} ${sentence.replace(item, marked(item))}`, target: `${text} ${left.replace(/, or (?=electronically)/u, ' or ')}`, sourceValue: item };
};

/** Clauses that narrow or widen what a term means. */
const QUALIFIERS: readonly string[] = [
  'determined without regard to any period before the Effective Date', 'but only while the individual is employed by the Employer', 'excluding any amount attributable to a predecessor plan',
  'including any period of unpaid leave', 'and includes a leased employee', 'other than for purposes of the top-heavy rules', 'as determined on the last day of the preceding Plan Year', 'whether or not the individual is then a Participant',
  'but not beyond the calendar year in which employment ends', 'and every Related Employer that has adopted the Plan',
];

/** Redefines a term: puts a qualifying clause in, or takes an exception out. */
export const redefine: Changer = (text, random) => {
  const means = /^["“][^"”]+["”] means\b/u.exec(text);
  if (means === null) return null;
  const except = /,? (?:other than|excluding|except) [^,.;]{5,60}(?=[,.])/u.exec(text);
  if (except !== null && random.chance(0.4)) {
    const [before, after] = [text.slice(0, except.index), text.slice(except.index + except[0].length)];
    const words = except[0].replace(/^,? /u, '');
    return { source: `${before}${except[0].slice(0, except[0].length - words.length)}${marked(words)}${after}`, target: `${before}${after}`, sourceValue: words };
  }
  const end = /[.](?= [A-Z]|$)/u.exec(text);
  if (end === null) return null;
  const clause = random.pick(QUALIFIERS);
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
