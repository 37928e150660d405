import type { Difference, Match, Relation, Span } from '../../shared/model.ts';
import type { CollateDocument } from '../../server/src/engine/documents/document.ts';
import { readText } from '../../server/src/engine/documents/readDocument.ts';
import { runCrosswalk } from '../runCrosswalk.ts';
import type { MutatedCase } from './case.ts';
import { NUMERAL, valueOf } from './numerals.ts';
import type { Planted } from './mutatePlan.ts';
import type { Range } from './render.ts';

/** How a planted difference fared. `calledSame` is the mistake that costs most. */
export type Verdict = 'found' | 'abstained' | 'calledSame' | 'wrongPair' | 'wrongRelation' | 'wrongKind' | 'wrongValues';
export const VERDICTS = ['found', 'abstained', 'calledSame', 'wrongPair', 'wrongRelation', 'wrongKind', 'wrongValues'] as const satisfies readonly Verdict[];

export interface Fared {
  readonly planted: Planted;
  readonly verdict: Verdict;
  readonly detail: string;
}

export interface CaseScore {
  readonly fared: readonly Fared[];
  readonly unchanged: number;
  /** Unchanged provisions of which something else than same or reworded was decided. */
  readonly falseDifferences: readonly string[];
  readonly unchangedAbstained: number;
}

/** Difference kinds that name a planted kind rightly: one fact may be read as its narrower or wider kind. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  age: ['age', 'number', 'period'], service: ['service', 'period', 'schedule'], hours: ['hours', 'number'], percentage: ['percentage', 'schedule', 'number'],
  'schedule row': ['schedule', 'percentage'], date: ['date', 'direction', 'number'], period: ['period', 'service', 'age', 'number'], money: ['money'], frequency: ['frequency', 'period'],
  decider: ['decider'], 'code reference': ['codeReference'], comparator: ['comparator', 'direction', 'negation', 'limit', 'bound'], negation: ['negation', 'modality'],
  'default direction': ['default', 'negation', 'modality', 'direction', 'comparator'], 'option dropped': ['option', 'words'],
};
/** A changed meaning of a term may be told as any fact at its place, or as words. */
const ANY_KIND = new Set(['term redefined']);

/** Kinds without two values to name: one side at the planted place tells where the effect changed. */
const VALUELESS = new Set(['negation', 'default direction', 'option dropped', 'term redefined']);

const RELATIONS: Readonly<Record<string, readonly Relation[]>> = {
  moved: ['same', 'reworded'], split: ['split'], merged: ['merged', 'covered'], 'reworded only': ['same', 'reworded'], dropped: ['missing'],
};

function document(key: string, text: string): CollateDocument {
  const read = readText({ key, path: key, text, kind: 'basicPlanDocument' });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

export const overlap = (a: Range, b: Range): number => Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));

/** Runs the crosswalk of a case and holds its rows against what was planted. */
export async function scoreCase(one: MutatedCase): Promise<CaseScore> {
  const source = document('source.md', one.source.text);
  const target = document('target.md', one.target.text);
  const { matches, newTargets } = await runCrosswalk(source, target);
  const rows = new Map(matches.map((match) => [match.sourceId, match]));
  const unitOf = (units: CollateDocument['units'], range: Range): string | null => {
    const [best] = units.map((unit) => ({ key: unit.key, shared: overlap({ start: unit.textStart, end: unit.textEnd }, range) })).sort((a, b) => b.shared - a.shared);
    return best === undefined || best.shared === 0 ? null : best.key;
  };
  // A planted place may stand in a unit of its own, as a row of a table does.
  const sourceKey = (name: string): string | null => unitOf(source.units, one.source.places.get(name) ?? (one.source.provisions.get(name) as Range));
  const targetKey = (name: string): string | null => unitOf(target.units, one.target.places.get(name) ?? (one.target.provisions.get(name) as Range));
  const isNew = new Map(newTargets.map((row) => [row.targetId, row.outcome]));

  const fared = one.planted.map((planted): Fared => {
    const told = (verdict: Verdict, detail = ''): Fared => ({ planted, verdict, detail });
    const wanted = planted.target.map(targetKey);
    if (planted.kind === 'new') {
      const outcome = isNew.get(wanted[0] ?? '');
      return told(outcome === 'decided' ? 'found' : outcome === 'abstained' ? 'abstained' : 'wrongPair');
    }
    const verdicts = planted.source.map((name) => verdictOn(planted, rows.get(sourceKey(name) ?? ''), wanted, one.source.places.get(name), one.target.places.get(planted.target[0] ?? '')));
    return verdicts.map(([verdict, detail]) => told(verdict, detail)).find(({ verdict }) => verdict !== 'found') ?? told('found');
  });
  const unchangedRows = one.unchanged.map((name) => ({ name, match: rows.get(sourceKey(name) ?? ''), wanted: targetKey(name) }));
  const isRight = (match: Match, wanted: string | null): boolean => (match.relation === 'same' || match.relation === 'reworded') && match.targets[0]?.targetId === wanted;
  const unchangedTargets = new Set(unchangedRows.map(({ wanted }) => wanted));
  const falseNew = newTargets.filter((row) => row.outcome === 'decided' && unchangedTargets.has(row.targetId)).map((row) => `${row.targetId} called new`);
  return {
    fared,
    unchanged: unchangedRows.length,
    falseDifferences: [...falseNew, ...unchangedRows.flatMap(({ name, match, wanted }) => (match?.outcome === 'decided' && !isRight(match, wanted) ? [`${name} ${match.relation}: ${match.why.map(({ detail }) => detail).join(' ').slice(0, 200)} ${said(match.differences)}`] : []))],
    unchangedAbstained: unchangedRows.filter(({ match }) => match?.outcome !== 'decided').length,
  };
}

const NUMBER = new RegExp(NUMERAL, 'gu');

/** Values of the whole numbers in some words; "thirty (30)" is one. */
function numbersIn(words: string): readonly number[] {
  return [...words.matchAll(NUMBER)].flatMap(([numeral]) => valueOf(numeral) ?? []);
}

/** True where some words hold every whole number of a value. */
export function saysNumbers(words: string, value: string): boolean {
  const own = numbersIn(words);
  return numbersIn(value).every((number) => own.includes(number));
}

function said(differences: readonly Difference[]): string {
  return differences.slice(0, 4).map(({ kind, source, target }) => `[${kind}: ${source?.quote ?? '-'} / ${target?.quote ?? '-'}]`).join(' ');
}

function verdictOn(planted: Planted, match: Match | undefined, wanted: readonly (string | null)[], sourcePlace: Range | undefined, targetPlace: Range | undefined): readonly [Verdict, string] {
  if (match === undefined) return ['wrongPair', 'no row'];
  if (match.outcome !== 'decided') return ['abstained', `${match.reason ?? ''} ${match.why.at(-1)?.detail ?? ''}`];
  const claimed = match.targets.map(({ targetId }) => targetId);
  const relation = match.relation as Relation;
  const relations = RELATIONS[planted.kind];
  const isCalm = relation === 'same' || relation === 'reworded';
  if (planted.kind === 'dropped') return relation === 'missing' ? ['found', ''] : ['wrongRelation', relation];
  if (planted.kind === 'split' && isCalm) return ['calledSame', relation];
  if (!wanted.every((key) => key !== null && claimed.includes(key))) return ['wrongPair', relation];
  if (relations !== undefined) {
    if (!relations.includes(relation)) return ['wrongRelation', `${relation} ${said(match.differences)}`];
    return planted.kind === 'moved' && !match.moved ? ['wrongRelation', 'not moved'] : ['found', ''];
  }
  if (isCalm) return ['calledSame', relation];
  if (relation !== 'changed') return ['wrongRelation', relation];
  return valuesOf(planted, match.differences, sourcePlace, targetPlace);
}

/** A difference of a fitting kind at the planted place on each side that has one, and the printed values there. */
function valuesOf(planted: Planted, differences: readonly Difference[], sourcePlace: Range | undefined, targetPlace: Range | undefined): readonly [Verdict, string] {
  const touches = (span: Span | undefined, place: Range | undefined): boolean => place === undefined || (span !== undefined && overlap(span, place) > 0);
  const isValueless = VALUELESS.has(planted.kind);
  const saysValue = (span: Span | undefined, value: string | undefined): boolean => value === undefined || span === undefined || saysNumbers(span.quote, value);
  const fitting = differences.filter(({ kind }) => ANY_KIND.has(planted.kind) || (KINDS[planted.kind] ?? []).includes(kind));
  if (fitting.length === 0) return ['wrongKind', said(differences)];
  if (isValueless && fitting.some((one) => (sourcePlace !== undefined && touches(one.source, sourcePlace)) || (targetPlace !== undefined && touches(one.target, targetPlace)))) return ['found', ''];
  if (!isValueless && fitting.some((one) => touches(one.source, sourcePlace) && touches(one.target, targetPlace) && saysValue(one.source, planted.sourceValue) && saysValue(one.target, planted.targetValue))) return ['found', ''];
  return ['wrongValues', said(fitting)];
}
