import type { Entity, EntityKind } from '../../../documents/entities/entity.ts';
import type { EntityDifference } from '../entityDifference.ts';
import { areApart, type Stated } from './valuesApart.ts';
import { likeness, roleWords, type RoleWords } from './roleWords.ts';

/** A text with its facts and the words of its heading. */
export interface FactText {
  readonly text: string;
  readonly title: string;
  readonly entities: readonly Entity[];
}

/** Kinds with a value that other words cannot say. Decisions, duties and denials are not of them. */
const VALUED: readonly EntityKind[] = ['codeReference', 'date', 'money', 'percentage', 'age', 'hours', 'service', 'period', 'frequency', 'number'];

/** Two facts are about the same where words of this weight stand around both. */
const ALIKE = 2;
/** The same where other facts of the kind stand on a side: one must be more like it than any other, by this. */
const CLEARER = 1;
/** More facts of a kind are a table or a list of cases, not one value. */
const MOST_FACTS = 6;

/** Ways to say a number that are not read as one. */
const UNREAD_NUMBER = /\b(?:half|halves|thirds?|quarters? of|fourths?|cents?|double|twice|triple|times|dozen|fortnight|multiple|equal shares?)\b/iu;

/**
 * Facts that differ between two texts of one topic however else they are worded: a fact of one side and one of the same
 * kind on the other that are about the same, by the words around them, and cannot state the same value. What equals a fact
 * of the other side is set aside first; where it is not clear which answers which, nothing is said.
 */
export function recastFacts(source: FactText, target: FactText): readonly EntityDifference[] {
  return VALUED.flatMap((kind) => differencesOf(kind, source, target));
}

interface Placed extends Stated {
  readonly roles: RoleWords;
  /** The words next to it on each side, no further than the next fact of its kind. */
  readonly next: readonly [before: RoleWords, after: RoleWords];
}

function differencesOf(kind: EntityKind, source: FactText, target: FactText): readonly EntityDifference[] {
  const [left, right] = [placed(kind, source), placed(kind, target)];
  if (left.length === 0 || right.length === 0 || left.length > MOST_FACTS || right.length > MOST_FACTS) return [];
  if (QUANTITIES.has(kind) && UNREAD_NUMBER.test(source.text) !== UNREAD_NUMBER.test(target.text)) return [];
  const [own, other] = [lone(left, right), lone(right, left)];
  const [here, there] = [own[0], other[0]];
  // One fact of the kind that the other side does not have, on each side: which of several answers which is a guess.
  if (here === undefined || there === undefined || own.length > 1 || other.length > 1) return [];
  const alike = likeness(here.roles, there.roles);
  if (alike < ALIKE || !areApart(here, there)) return [];
  const rivals = [
    ...left.filter((each) => each !== here).map((each) => likeness(each.roles, there.roles)),
    ...right.filter((each) => each !== there).map((each) => likeness(here.roles, each.roles)),
  ];
  if (rivals.some((rival) => alike - rival < CLEARER) && !inOrder(here, there, left, right)) return [];
  if (isSaidOtherwise(here, target, there) || isSaidOtherwise(there, source, here)) return [];
  return [{ kind, source: here.entity, target: there.entity }];
}

const QUANTITIES: ReadonlySet<EntityKind> = new Set(['percentage', 'money', 'number', 'frequency']);

/** Words looked at next to a fact for its bound. */
const BESIDE = 40;

function placed(kind: EntityKind, { text, title, entities }: FactText): readonly Placed[] {
  return entities.filter((entity) => entity.kind === kind).map((entity, k, all) => ({
    entity,
    next: [wordsBetween(text, all[k - 1]?.end ?? 0, entity.start, -1), wordsBetween(text, entity.end, all[k + 1]?.start ?? text.length, 1)],
    before: text.slice(Math.max(0, entity.start - BESIDE), entity.start).toLowerCase().replace(/\s+/gu, ' '),
    after: text.slice(entity.end, entity.end + BESIDE).toLowerCase().replace(/\s+/gu, ' '),
    roles: new Map([...roleWords(title, { start: 0, end: 0 }), ...roleWords(text, entity)]),
  }));
}

/** Facts whose value the other side does not have as often. */
function lone(facts: readonly Placed[], others: readonly Placed[]): readonly Placed[] {
  const left = others.map(({ entity }) => entity.value);
  return facts.filter(({ entity }) => {
    const at = left.indexOf(entity.value);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Role words next to a fact: so many, in its sentence. */
const NEXT_WORDS = 3;

function wordsBetween(text: string, from: number, to: number, step: 1 | -1): RoleWords {
  const sentence = text.slice(from, to).split(/[.;:](?=\s)/u).at(step === 1 ? 0 : -1) ?? '';
  const words = [...roleWords(sentence, step === 1 ? { start: 0, end: 0 } : { start: sentence.length, end: sentence.length })];
  return new Map(words.slice(0, NEXT_WORDS));
}

/**
 * True where the facts around two are the same, in the same order, and no other fact has more of the words next to them:
 * then the two answer each other. "3 % for clerks, 6 % for drivers" and "8 % for drivers, 6 % for clerks" only look so.
 */
function inOrder(here: Placed, there: Placed, left: readonly Placed[], right: readonly Placed[]): boolean {
  if (left.length !== right.length || left.indexOf(here) !== right.indexOf(there)) return false;
  if (!left.every((each, k) => each === here || each.entity.value === right[k]?.entity.value)) return false;
  return ([0, 1] as const).every((side) => {
    const alike = likeness(here.next[side], there.next[side]);
    return left.every((each) => likeness(each.next[side], there.next[side]) <= alike) && right.every((each) => likeness(here.next[side], each.next[side]) <= alike);
  });
}

/** True where the number of a fact stands on the other side after all, in a fact of another kind or beside the one it is held against. */
function isSaidOtherwise({ entity }: Placed, other: FactText, answer: Placed): boolean {
  const number = /\d[\d.]*/u.exec(entity.value)?.[0];
  if (number === undefined || entity.kind === 'date' || entity.kind === 'codeReference') return other.entities.some(({ kind, value }) => kind === entity.kind && value === entity.value);
  return other.entities.some((each) => each !== answer.entity && each.kind !== 'sectionReference' && each.kind !== 'codeReference' && new RegExp(String.raw`(?<![\d.])${number.replace('.', String.raw`\.`)}(?![\d.])`, 'u').test(each.value));
}
