import type { ComparedField, FieldChange } from '../../../../../shared/comparison.ts';
import type { Finding, Impact, Match, NewTarget, Outcome, Relation, Span, Variance } from '../../../../../shared/model.ts';
import { foldedText } from '../../documents/hash.ts';
import type { Carry } from '../../documents/carryOver/carryUnits.ts';
import { cutText } from '../unitTexts.ts';
import { carryNames } from './unitNames.ts';

/** Of a changed quote, so many code units around the first difference are shown. */
const SHOWN_QUOTE = 160;
const SHOWN_AHEAD = 30;

/** What a row says, in the fields that count. */
export interface Said {
  readonly outcome: Outcome;
  readonly relation: Relation | null;
  readonly variance: Variance | null;
  readonly impact: Impact | null;
  readonly targets: readonly Carry[];
  /** Words the row rests on, its own first; by target where they belong to one, so that a lost target is no changed quote. */
  readonly quotes: readonly Quotes[];
}

interface Quotes {
  /** Null: of the row itself; `all`: of all its targets together. */
  readonly target: Carry | 'all' | null;
  readonly words: readonly string[];
}

const folded = (spans: readonly (Span | undefined)[]): readonly string[] => spans.flatMap((span) => (span === undefined ? [] : [foldedText(span.quote)]));

/** `targets` stand beside those of the match, in its order. */
export function saidByMatch(match: Match, own: string, targets: readonly Carry[]): Said {
  const evidence = match.targets.flatMap(({ evidence: { source, target } }, at): readonly Quotes[] => {
    const carry = targets[at];
    return carry === undefined ? [] : [{ target: carry, words: folded([...source, ...target]) }];
  });
  const differences = match.differences.flatMap(({ source, target }) => folded([source, target]));
  return { ...match, targets, quotes: [{ target: null, words: [foldedText(own)] }, ...evidence, { target: 'all', words: differences }] };
}

export function saidByNewTarget(row: NewTarget, own: string): Said {
  return { ...row, targets: [], quotes: [{ target: null, words: [foldedText(own)] }] };
}

export function saidByFinding({ outcome, evidence }: Finding): Said {
  return { outcome, relation: null, variance: null, impact: null, targets: [], quotes: [{ target: null, words: folded(evidence) }] };
}

/** Two texts around the place where they begin to differ. */
function shownQuotes(before: string, after: string): readonly [string, string] {
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same += 1;
  const from = same <= SHOWN_AHEAD ? 0 : before.lastIndexOf(' ', same - SHOWN_AHEAD) + 1;
  const shown = (text: string): string => {
    const rest = cutText(text.slice(from), SHOWN_QUOTE);
    return `${from > 0 && rest !== '' ? '\u2026' : ''}${rest}${from + rest.length < text.length ? '\u2026' : ''}`;
  };
  return [shown(before), shown(after)];
}

/** The first quote that differs, of the row itself or of a target it kept. */
function quoteChange(before: Said, after: Said, sameTargets: boolean): readonly FieldChange[] {
  for (const { target, words } of after.quotes) {
    if (target === 'all' && !sameTargets) continue;
    const then = before.quotes.find((quotes) => quotes.target === target)?.words;
    if (then === undefined) continue;
    for (let at = 0; at < Math.max(then.length, words.length); at++) {
      if (then[at] === words[at]) continue;
      const [was, is] = shownQuotes(then[at] ?? '', words[at] ?? '');
      return [{ field: 'quote', before: was, after: is }];
    }
  }
  return [];
}

/** The fields in which two versions of a row differ; equal targets are those carried over to each other. */
export function fieldChanges(before: Said, after: Said): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  const add = (field: ComparedField, then: string, now: string): void => {
    if (then !== now) changes.push({ field, before: then, after: now });
  };
  add('outcome', before.outcome, after.outcome);
  add('relation', before.relation ?? '', after.relation ?? '');
  const sameTargets = before.targets.length === after.targets.length && before.targets.every((target) => after.targets.includes(target));
  if (!sameTargets) changes.push({ field: 'targets', before: carryNames(before.targets), after: carryNames(after.targets) });
  add('variance', before.variance ?? '', after.variance ?? '');
  add('impact', before.impact ?? '', after.impact ?? '');
  return [...changes, ...quoteChange(before, after, sameTargets)];
}
