import type { Difference, Election, ElectionOption, FillIn, Impact, Span, TextPlace, Variance, Why } from '../../../../../shared/model.ts';
import { optionPlace } from '../../documents/optionPlace.ts';
import { effectOf, type Effect, type EffectContext } from './effect.ts';
import { answersApart } from './answersApart.ts';
import { areOpposite, comesTo, directionOf, directionOfQuestion, type Direction } from './electionDirection.ts';
import { ANYWHERE, optionElsewhere } from './electionElsewhere.ts';
import { extractEntities } from '../../documents/entities/extractEntities.ts';
import { fieldText, straight } from './fieldText.ts';
import { MAYBE_THE_SAME, matchOptions, optionShare, type OptionMatch, type OptionPair } from './optionMatch.ts';
import type { Provision } from './provisions.ts';
import { REASONS } from './reasons.ts';
import { commonShare, wordsWithPlaces } from './wordDifference.ts';

interface Side {
  readonly provision: Provision;
  readonly election: Election;
  /** Its question without options. */
  readonly question: Provision;
}

interface Weight {
  readonly variance: Exclude<Variance, 'none'>;
  readonly impact: Exclude<Impact, 'none'>;
}

/** A difference with what it means to the plan and why. */
interface Told extends Weight {
  readonly row: Difference;
  readonly detail: string;
}

const HIGH: Weight = { variance: 'design', impact: 'high' };
const MEDIUM: Weight = { variance: 'design', impact: 'medium' };
const LOW: Weight = { variance: 'administrative', impact: 'low' };

/** Questions whose answer names somebody or a place: another answer is another address, not another benefit. */
const NAMES = /\b(?:name|address|street|city|zip|telephone|phone|fax|e-?mail|website|contact|signature|signed|title|taxpayer|tax(?:payer)? (?:identification )?number|EIN|TIN|plan number)\b/i;
/** Words two questions must share for their ticks to be compared where their wording differs. */
const SAME_QUESTION = 0.3;

/** Options of their own, not "Yes" or "None", from which two equal lists are those of one question. */
const TELLING_OPTIONS = 2;

const quoted = (words: string): string => (words.length > 60 ? `"${words.slice(0, 60)}…"` : `"${words}"`);

function sideOf(provision: Provision): Side | null {
  const { unit, document } = provision;
  const { election } = unit;
  if (election === undefined) return null;
  const { start, end } = unit.span;
  return { provision, election, question: { ...provision, start, end, text: fieldText(document.text, unit, election, 'question'), range: straight(start) } };
}

/**
 * Whether two matched elections come to the same: their questions by words, their options by what they say, then what is
 * ticked and filled in. Null where neither provision is an election.
 *
 * Rules, in this order. A question against plain text is left for review. A list that takes out where ticked against one
 * that takes in where ticked is never the same: `changed` where a tick or its absence comes to something else, else for
 * review. An option that one form has alone and the other keeps in a question nobody answers is for review, too. A form that is not answered, or whose marks do not agree, is left for review. A different tick or value is
 * `changed`; an option without counterpart is, too, with high impact where it was ticked. An option that may be another
 * in other words is a doubt, and a doubt never ends as `same`.
 */
export function electionEffect(source: Provision, target: Provision, context: EffectContext): Effect | null {
  const left = sideOf(source);
  const right = sideOf(target);
  if (left === null && right === null) return null;
  if (left === null || right === null) {
    const why: Why = { rule: 'election.againstText', detail: `The ${left === null ? 'target' : 'source'} asks for an election here; the ${left === null ? 'source' : 'target'} says it in plain text.` };
    return { relation: null, reason: REASONS.electionAgainstText, differences: [], why: [why], ratio: 0 };
  }
  const words = effectOf(left.question, right.question, context);
  const match = matchOptions(source, left.election, target, right.election, context);
  const opposite = oppositeEffect(left, right, match, words, context);
  if (opposite !== null) return opposite;
  const elsewhere = [
    optionElsewhere('source', match.onlySource, source, context.unclaimed?.targets ?? []), optionElsewhere('target', match.onlyTarget, target, context.unclaimed?.sources ?? []),
  ].filter((why) => why !== null);
  if (elsewhere.length > 0) return { relation: null, reason: REASONS.electionShared, differences: words.differences, why: elsewhere, ratio: words.ratio };
  const told = [...selections(left, right, match, context), ...leftOver(left, right, match, context), ...fillIns(left, right, match, context), ...kinds(left, right, context)];
  const doubts = doubtsOf(left, right, match);
  const differences = [...told.map(({ row }) => row), ...words.differences];
  const counts: Why = { rule: 'election.options', detail: optionCounts(left.election, right.election, match) };
  const states = openStates(left.election, right.election);
  if (states.length > 0) {
    const reason = [left, right].some(({ election: { state } }) => state === 'ambiguous' || state === 'conflict') ? REASONS.electionInDoubt : REASONS.electionUnanswered;
    return { relation: null, reason, differences, why: [...states, ...told.map(asWhy), counts], ratio: words.ratio };
  }
  const open: Effect = { relation: null, reason: REASONS.effectUnsettled, differences, why: [...told.map(asWhy), ...doubts, counts, ...words.why], ratio: words.ratio };
  const sameQuestion = words.relation !== null || isSameQuestion(left, right, match);
  const weights = [...told, ...(words.relation === 'changed' ? [words] : [])];
  if (weights.length > 0) {
    const heaviest = heaviestOf(weights);
    // What is in doubt may weigh more than what is told.
    if (!sameQuestion || (heaviest.variance === 'administrative' && (doubts.length > 0 || words.relation === null))) return open;
    return { ...heaviest, relation: 'changed', differences, why: [...told.map(asWhy), ...(words.relation === 'changed' ? words.why : []), ...doubts, counts], ratio: words.ratio };
  }
  if (doubts.length > 0 || words.relation === null) return open;
  const equal = words.relation === 'same' && match.pairs.every(({ relation }) => relation === 'exact');
  const why: Why = { rule: equal ? 'election.equal' : 'election.sameAnswer', detail: equal ? 'The question, its options and the answer are the same.' : 'The question and its options are worded differently; the answer is the same.' };
  return { relation: equal ? 'same' : 'reworded', variance: 'none', impact: 'none', differences, why: [why, counts], ratio: words.ratio };
}

/** True where the ticks of two matched questions may be compared though their words differ. */
function isSameQuestion(left: Side, right: Side, match: OptionMatch): boolean {
  const [here, there] = directions(left, right) as [Direction, Direction];
  const equal = areEqualLists(match);
  // Of a list that takes one answer, "Eligible amounts are" and "Amounts are" go one way.
  const way = (direction: Direction): Direction => (equal && left.election.type === 'singleSelect' && right.election.type === 'singleSelect' && direction === null ? 'in' : direction);
  if (way(here) !== way(there)) return false;
  return equal || commonShare(wordsWithPlaces(left.question.text).keys, wordsWithPlaces(right.question.text).keys) >= SAME_QUESTION;
}

/** True where two matched questions have the same options, word for word: no other question of the form would be asked with them. */
function areEqualLists({ pairs, onlySource, onlyTarget }: OptionMatch): boolean {
  if (onlySource.length > 0 || onlyTarget.length > 0 || !pairs.every(({ relation }) => relation === 'exact')) return false;
  const own = pairs.filter(({ source }) => !ANYWHERE.test(wordsWithPlaces(source.label).keys.join(' ')));
  return own.length >= TELLING_OPTIONS;
}

const VARIANCES: readonly Variance[] = ['none', 'administrative', 'design', 'regulatory'];
const IMPACTS: readonly Impact[] = ['none', 'low', 'medium', 'high'];

function heaviestOf(weights: readonly { readonly variance: Variance; readonly impact: Impact }[]): { readonly variance: Variance; readonly impact: Impact } {
  return weights.reduce((heaviest, one) => {
    const byImpact = IMPACTS.indexOf(one.impact) - IMPACTS.indexOf(heaviest.impact);
    return byImpact > 0 || (byImpact === 0 && VARIANCES.indexOf(one.variance) > VARIANCES.indexOf(heaviest.variance)) ? one : heaviest;
  }, { variance: 'none', impact: 'none' } as { readonly variance: Variance; readonly impact: Impact });
}

function asWhy({ row, detail }: Told): Why {
  return { rule: row.rule, detail };
}

function openStates(source: Election, target: Election): readonly Why[] {
  return ([['source', source], ['target', target]] as const).flatMap(([side, { state, stateReason }]) =>
    (state === 'answered' ? [] : [{ rule: `election.${state}`, detail: `The ${side}: ${stateReason ?? state}` }]));
}

function optionCounts(source: Election, target: Election, { pairs, onlySource, onlyTarget }: OptionMatch): string {
  const count = (relation: OptionPair['relation']): number => pairs.filter((one) => one.relation === relation).length;
  const parts = [...(['exact', 'compatible', 'partial', 'incompatible'] as const).map((name) => [name, count(name)] as const), ['missing', onlySource.length] as const, ['added', onlyTarget.length] as const];
  const said = parts.filter(([, number]) => number > 0).map(([name, number]) => `${number} ${name}`).join(', ');
  return `${source.options.length} options against ${target.options.length}${said === '' ? '' : `: ${said}`}.`;
}

/** A row with one or both sides. */
function rowOf(kind: string, rule: string, context: EffectContext, source: readonly [TextPlace, string] | null, target: readonly [TextPlace, string] | null): Difference {
  const side = (spanOf: (start: number, end: number) => Span, place: TextPlace): Span => spanOf(place.start, place.end);
  return {
    kind,
    ...(source === null ? {} : { source: side(context.sourceSpan, source[0]), sourceValue: source[1] }),
    ...(target === null ? {} : { target: side(context.targetSpan, target[0]), targetValue: target[1] }),
    rule,
  };
}

/** The direction of an option: what its own words say, else what the question says. */
function directionIn(side: Side, option: ElectionOption): Direction {
  return directionOf(option.label) ?? directionOfQuestion(side.question.text);
}

function directions(left: Side, right: Side): readonly Direction[] {
  return [left, right].map(({ question }) => directionOfQuestion(question.text));
}

/** Lists that go opposite ways: "tick to exclude" against "tick to include". Without options there is nothing to tick. */
function oppositeEffect(left: Side, right: Side, { pairs }: OptionMatch, words: Effect, context: EffectContext): Effect | null {
  if ([left, right].every(({ election: { options } }) => options.length === 0)) return null;
  const turned = pairs.filter(({ source, target }) => areOpposite(directionIn(left, source), directionIn(right, target)));
  const [first] = turned;
  if (first === undefined) {
    if (!areOpposite(...(directions(left, right) as [Direction, Direction]))) return null;
    const why: Why = { rule: 'election.direction.differs', detail: 'One form takes out what is ticked, the other takes it in, and their options do not answer each other.' };
    return { relation: null, reason: REASONS.electionOpposite, differences: words.differences, why: [why], ratio: words.ratio };
  }
  const said = (direction: Direction): string => (direction === 'out' ? 'applies unless ticked' : 'applies only if ticked');
  const rows = turned.map(({ source, target }): Difference => rowOf('default', 'election.direction.differs', context,
    [optionPlace(source), said(directionIn(left, source))], [optionPlace(target), said(directionIn(right, target))]));
  const other = turned.filter(({ source, target }) => comesTo(directionIn(left, source), source.selected) !== comesTo(directionIn(right, target), target.selected));
  const label = quoted(first.source.label);
  const [from, to] = [said(directionIn(left, first.source)), said(directionIn(right, first.target))];
  const direction: Why = { rule: 'election.direction.differs', detail: `The forms ask the opposite way: ${label} ${from} in the source, ${to} in the target.` };
  // A list in which nothing is ticked answers by its default; marks that do not agree answer nothing.
  const settled = [left, right].every(({ election: { state, type } }) => state === 'answered' || (state === 'unanswered' && type === 'multiSelect'));
  if (!settled) return { relation: null, reason: REASONS.electionInDoubt, differences: rows, why: [direction, ...openStates(left.election, right.election)], ratio: words.ratio };
  if (other.length === 0) return { relation: null, reason: REASONS.electionOpposite, differences: rows, why: [direction], ratio: words.ratio };
  const named = other.slice(0, 3).map(({ source }) => quoted(source.label)).join(', ');
  const effect: Why = { rule: 'election.default.differs', detail: `So what is ticked comes to something else for ${named}${other.length > 3 ? ` and ${other.length - 3} more` : ''}.` };
  return { ...HIGH, relation: 'changed', differences: [...rows, ...words.differences], why: [direction, effect], ratio: words.ratio };
}

const marked = (selected: boolean): string => (selected ? 'ticked' : 'not ticked');

/** The two answers of lists that take one, where their options are not matched with each other. */
function answersOf(left: Side, right: Side, { pairs }: OptionMatch): readonly [source: ElectionOption, target: ElectionOption] | null {
  if (left.election.type !== 'singleSelect' || right.election.type !== 'singleSelect') return null;
  const top = (side: Side): ElectionOption | undefined => side.election.options.find(({ selected, depth }) => selected && depth === 0);
  const [here, there] = [top(left), top(right)];
  if (here === undefined || there === undefined || pairs.some(({ source, target }) => source === here && target === there)) return null;
  return [here, there];
}

/** True where neither of two answers has a counterpart among the other's options and each may be the other in other words. */
function mayBeOne([a, b]: readonly [ElectionOption, ElectionOption], left: Side, right: Side, { onlySource, onlyTarget }: OptionMatch): boolean {
  return onlySource.includes(a) && onlyTarget.includes(b) && mayBe(a, left.provision, [b], right.provision);
}

/** Ticks that differ. Of a list that takes one answer, the two answers are one difference. */
function selections(left: Side, right: Side, match: OptionMatch, context: EffectContext): readonly Told[] {
  const told: Told[] = [];
  const { pairs } = match;
  const answers = answersOf(left, right, match);
  // Two answers that may be one in other words are a doubt.
  if (answers !== null && !mayBeOne(answers, left, right, match)) {
    const [a, b] = answers;
    told.push({ ...HIGH, row: rowOf('election', 'election.selection.differs', context, [optionPlace(a), a.label], [optionPlace(b), b.label]), detail: `The source elects ${quoted(a.label)}, the target ${quoted(b.label)}.` });
  }
  for (const { source, target, effect, relation } of pairs) {
    if (source.selected !== target.selected && !(answers !== null && source.depth === 0)) {
      told.push({ ...HIGH, row: rowOf('election', 'election.selection.differs', context, [optionPlace(source), marked(source.selected)], [optionPlace(target), marked(target.selected)]), detail: `${quoted(source.label)} is ${marked(source.selected)} in the source and ${marked(target.selected)} in the target.` });
    }
    if (effect?.relation !== 'changed') continue;
    const weight = source.selected && target.selected ? { variance: effect.variance as Weight['variance'], impact: effect.impact as Weight['impact'] } : MEDIUM;
    for (const row of effect.differences.filter(({ kind }) => kind !== 'words')) {
      told.push({ ...(relation === 'incompatible' ? HIGH : weight), row, detail: `The option ${quoted(source.label)} reads ${quoted(target.label)} in the target.` });
    }
  }
  return told;
}

/** True where one of the others may say the same: it shares words, or nothing shows that it is another. */
function mayBe(option: ElectionOption, side: Provision, others: readonly ElectionOption[], other: Provision): boolean {
  return others.some((one) => optionShare(side, option, other, one) >= MAYBE_THE_SAME || !answersApart(side, option, other, one));
}

/** Options only one form has. */
function leftOver(left: Side, right: Side, { onlySource, onlyTarget }: OptionMatch, context: EffectContext): readonly Told[] {
  if (left.election.options.length === 0 || right.election.options.length === 0) return [];
  const missing = onlySource.filter((option) => !mayBe(option, left.provision, onlyTarget, right.provision)).map((option): Told => ({
    ...(option.selected ? HIGH : MEDIUM), row: rowOf('election', 'election.option.missing', context, [optionPlace(option), `${option.label} (${marked(option.selected)})`], null),
    detail: `The target has no option ${quoted(option.label)}, which is ${marked(option.selected)} in the source.`,
  }));
  const added = onlyTarget.filter((option) => !mayBe(option, right.provision, onlySource, left.provision)).map((option): Told => ({
    ...(option.selected ? HIGH : LOW), row: rowOf('election', 'election.option.added', context, null, [optionPlace(option), `${option.label} (${marked(option.selected)})`]),
    detail: `Only the target has the option ${quoted(option.label)}, which is ${marked(option.selected)}.`,
  }));
  return [...missing, ...added];
}

/** `21`, `twenty-one` and `21 years` of one kind of fact are one value. */
function valueKey(value: string): string {
  const entities = extractEntities(value);
  const [only] = entities;
  if (only !== undefined && entities.length === 1) return `${only.value}`.toLowerCase();
  return value.normalize('NFKC').toLowerCase().replace(/[$,%]/g, '').replace(/[\s.]+/g, ' ').trim();
}

function valuesDiffer(a: FillIn, b: FillIn): boolean {
  return a.value !== null && b.value !== null && valueKey(a.value) !== valueKey(b.value);
}

/** A value with the sign that the form prints beside its blank: `__6__%` is `6%`, `$__5,000__` is `$5,000`. */
function shownValue({ provision: { document: { text } } }: Side, { start, end, value }: FillIn): string {
  const said = value ?? '';
  if (!/\d$/u.test(said)) return said;
  const before = /[$€£]$/u.exec(text.slice(Math.max(0, start - 1), start))?.[0] ?? '';
  const after = /^%/u.exec(text.slice(end, end + 1))?.[0] ?? '';
  return `${/^\d/u.test(said) ? before : ''}${said}${after}`;
}

/** Values that differ, blank by blank, where both forms have as many. */
function fillIns(left: Side, right: Side, { pairs }: OptionMatch, context: EffectContext): readonly Told[] {
  const told: Told[] = [];
  const compare = (here: readonly FillIn[], there: readonly FillIn[], question: string): void => {
    if (here.length !== there.length) return;
    here.forEach((a, at) => {
      const b = there[at] as FillIn;
      if (!valuesDiffer(a, b)) return;
      const weight = NAMES.test(question) ? LOW : HIGH;
      const [from, to] = [shownValue(left, a), shownValue(right, b)];
      told.push({ ...weight, row: rowOf('election', 'election.fillIn.differs', context, [a, from], [b, to]), detail: `${quoted(question)}: ${from} in the source, ${to} in the target.` });
    });
  };
  compare(left.election.blanks, right.election.blanks, left.provision.unit.title ?? left.question.text.trim());
  for (const { source, target, relation } of pairs) {
    if (source.selected && target.selected && relation !== 'compatible') compare(source.fillIns, target.fillIns, source.label);
  }
  return told;
}

/** One answer against several, where both forms say which they take. */
function kinds(left: Side, right: Side, context: EffectContext): readonly Told[] {
  const [from, to] = [left.election, right.election];
  if (from.typeFrom !== 'words' || to.typeFrom !== 'words' || from.type === to.type) return [];
  const said = ({ type }: Election): string => (type === 'singleSelect' ? 'takes one option' : 'takes several options');
  return [{ ...LOW, row: rowOf('election', 'election.type.differs', context, [left.provision, said(from)], [right.provision, said(to)]), detail: `The question ${said(from)} in the source and ${said(to)} in the target.` }];
}

/** Why rules cannot say that the answers come to the same. */
function doubtsOf(left: Side, right: Side, match: OptionMatch): readonly Why[] {
  const { pairs, onlySource, onlyTarget } = match;
  const doubts: Why[] = [];
  const answers = answersOf(left, right, match);
  const open = answers !== null && mayBeOne(answers, left, right, match) ? answers : null;
  if (open !== null) doubts.push({ rule: 'election.answer.unsure', detail: `The source elects ${quoted(open[0].label)}, the target ${quoted(open[1].label)}: neither stands among the options of the other form, and the two may say the same in other words.` });
  const [from, to] = [left.election, right.election];
  if ((from.options.length === 0) !== (to.options.length === 0)) doubts.push({ rule: 'election.shape.differs', detail: 'One form has options where the other has a blank.' });
  for (const { source, target, relation, effect } of pairs) {
    if (relation === 'partial' && effect?.relation === null) doubts.push({ rule: 'election.option.partial', detail: `The option ${quoted(source.label)} may not be ${quoted(target.label)}.` });
    if (relation !== 'compatible' && source.selected && target.selected && source.fillIns.length !== target.fillIns.length) doubts.push({ rule: 'election.blanks.differ', detail: `${quoted(source.label)} has ${source.fillIns.length} blanks in the source and ${target.fillIns.length} in the target.` });
  }
  if (from.blanks.length !== to.blanks.length) doubts.push({ rule: 'election.blanks.differ', detail: `The question has ${from.blanks.length} blanks in the source and ${to.blanks.length} in the target.` });
  if (from.options.length > 0 && to.options.length > 0) {
    const unsure = onlySource.filter((option) => mayBe(option, left.provision, onlyTarget, right.provision));
    for (const option of unsure) if (option !== open?.[0]) doubts.push({ rule: 'election.option.unsure', detail: `The option ${quoted(option.label)} may stand in the target in other words.` });
    if (unsure.length === 0 && onlyTarget.some((option) => mayBe(option, right.provision, onlySource, left.provision))) doubts.push({ rule: 'election.option.unsure', detail: 'An option of the target may stand in the source in other words.' });
  }
  return doubts;
}
