import type { Difference, Why } from '../../../../../shared/model.ts';
import type { CriticalWord } from './criticalWords.ts';
import { KIND_OF, type PairText } from './differenceRows.ts';
import { isSameLengthOfService } from '../../documents/entities/service.ts';
import type { EntityDifference } from './entityDifference.ts';
import { newContent } from './newContent.ts';
import type { TermBook } from './termBook.ts';
import type { WordDifference } from './wordDifference.ts';

export interface Unsettled {
  readonly open: readonly EntityDifference[];
  /** Facts on one side only that other words may say. */
  readonly untold: readonly EntityDifference[];
  readonly reordered: boolean;
  /** Both sides deny and ask the same, in order. */
  readonly denialsEqual: boolean;
  readonly critical: readonly CriticalWord[];
  readonly told: readonly Difference[];
  readonly pair: PairText;
  /** Hunks that no option explains. */
  readonly unexplained: WordDifference;
  readonly terms: TermBook | undefined;
}

/** What a person or a document could say to close a row that rules leave open. */
export function settledBy(what: string): Why {
  return { rule: 'settled.by', detail: `Would be settled by ${what}.` };
}

/** Why rules cannot say that the effect is the same, each with what would settle it; empty when they can. */
export function doubtsOf({ open, untold, reordered, denialsEqual, critical, told, pair: { left, right }, unexplained, terms }: Unsettled): readonly Why[] {
  const doubts: Why[] = [];
  const settle = new Set<string>();
  const doubt = (rule: string, detail: string, by: string): void => {
    doubts.push({ rule, detail });
    settle.add(by);
  };
  for (const each of open) {
    const { rule, detail, by } = openFact(each);
    if (!doubts.some((other) => other.detail === detail)) doubt(rule, detail, by);
  }
  for (const { kind, source, target } of untold) {
    const value = (source ?? target)?.value ?? '';
    doubt('facts.oneSided', `Only the ${source === null ? 'target' : 'source'} says ${kind === 'sectionReference' ? `"${value}"` : value}.`, `whether the other side says ${kind === 'sectionReference' ? 'what is cited' : value} in other words`);
  }
  if (reordered) doubt('facts.reordered', 'The same numbers or duties stand in another order.', 'which number or duty belongs to which case');
  for (const { kind, source, target } of critical) {
    if (kind === 'direction' || kind === 'comparator' || (kind === 'denial' && denialsEqual)) continue;
    if ((kind === 'modal' || kind === 'unit') && told.some((row) => row.kind === KIND_OF[kind])) continue;
    if (kind === 'party' && told.some((row) => row.kind === 'decider')) continue;
    const here = source === null ? 'nothing' : `"${left.keys[source]}"`;
    const there = target === null ? 'nothing' : `"${right.keys[target]}"`;
    const alone = source === null ? there : target === null ? here : null;
    const both = kind === 'party' ? `the definitions of ${here} and ${there}: whether both name one party` : `whether ${here} and ${there} ask the same here`;
    const by = alone === null ? both : `what ${alone} adds or takes away here`;
    doubt(`words.${kind}`, `${here} here stands against ${there} there.`, by);
  }
  const body = { source: left.keys.slice(0, left.body), target: right.keys.slice(0, right.body) };
  // Where both sides deny the same, in order, "no loan shall" and "a loan shall not" are no new words.
  const weighed = (word: string): string => (denialsEqual && DENIALS.has(word) ? '' : plain(word));
  const hunks = unexplained.hunks.filter(({ source, target }) => source[0] < left.body || target[0] < right.body);
  const fresh = newContent({ ...unexplained, hunks }, body.source.map(weighed), body.target.map(weighed), { source: body.source.map(readable), target: body.target.map(readable) });
  if (fresh !== null) {
    const named = terms?.namedIn(fresh) ?? [];
    doubt('words.newContent', fresh, named.length > 0 ? `the definition of ${named.join(' and of ')}` : 'whether the marked words say more, less or something else');
  }
  return settle.size === 0 ? doubts : [...doubts, settledBy([...settle].join('; or by '))];
}

const DENIALS: ReadonlySet<string> = new Set(['no', 'not', 'none', 'neither', 'nor', 'never']);

/** Facts are compared as such: "fifty percent" and "50%" are no new words. */
function plain(word: string): string {
  return word.startsWith('#') || word === '§' ? '' : word;
}

function readable(word: string): string {
  return word.replace(/^#\w+ /u, '').replace(/^#end$/u, '');
}

function openFact({ kind, source, target }: EntityDifference): { readonly rule: string; readonly detail: string; readonly by: string } {
  if (kind === 'service' && source !== null && target !== null && isSameLengthOfService(source.value, target.value)) {
    return {
      rule: 'service.equivalence',
      detail: `${source.value} stands against ${target.value}: equally long, but a Year of Service may be counted by hours.`,
      by: 'the definition of Year of Service: whether it counts hours or time',
    };
  }
  if (kind === 'decider' && source !== null && target !== null) {
    return {
      rule: 'decider.name',
      detail: `The ${source.value} decides in the source, the ${target.value} in the target; plans give both names to one party.`,
      by: `the definitions of ${source.value} and ${target.value}: whether both name one party`,
    };
  }
  if (kind === 'period') {
    const length = (source ?? target)?.value ?? '';
    return { rule: 'period.vague', detail: `Only one side says ${length}; the other speaks of a reasonable or prompt time.`, by: `whether a reasonable or prompt time means ${length} here` };
  }
  if (kind === 'default') {
    return { rule: 'default.open', detail: 'What applies when nobody chooses is said in other words throughout.', by: 'which case applies when nobody elects, on each side' };
  }
  if (kind === 'modality' || kind === 'negation') {
    return { rule: 'facts.open', detail: 'A duty or denial stands on one side only, in words that differ anyway.', by: 'what is denied, asked or allowed in the marked words' };
  }
  return { rule: 'facts.open', detail: `A fact (${kind}) stands in words that differ anyway.`, by: 'whether the marked words name the same fact' };
}
