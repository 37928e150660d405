import type { Difference, Match, Span, Unit } from '../../shared/model.ts';
import type { CollateDocument } from '../../server/src/engine/documents/document.ts';
import { readText } from '../../server/src/engine/documents/readDocument.ts';
import { runCrosswalk } from '../runCrosswalk.ts';
import type { MutatedCase } from './case.ts';
import type { Planted } from './mutatePlan.ts';
import type { Range, Rendered } from './render.ts';
import { overlap, saysNumbers, type CaseScore, type Fared, type Verdict } from './score.ts';

/** Kinds no rule may decide, with the rule by which a row tells why: found means that it is told of the right side. */
export const STATES: Readonly<Record<string, string>> = { 'answer cleared': 'election.unanswered', 'second option': 'election.conflict' };
/** Kinds whose values are the words of an option, and whose difference is one of ticks or options. */
const TICKS = new Set(['other option', 'box of a list', 'box of a grid', 'option dropped', 'option added']);
/** Kinds told as a difference of words. */
const WORDS: Readonly<Record<string, readonly string[]>> = { negation: ['negation', 'modality', 'default'], 'default direction': ['default', 'negation', 'direction'] };

function form(key: string, text: string): CollateDocument {
  const read = readText({ key, path: key, text, kind: 'adoptionAgreement' });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

const within = ({ units }: CollateDocument, range: Range | undefined): readonly Unit[] =>
  range === undefined ? [] : units.filter((unit) => overlap({ start: unit.span.start, end: unit.span.end }, range) > 0);

/** Units of an item, that of the marked place first. */
function unitsOf(document: CollateDocument, { provisions, places }: Rendered, name: string): readonly Unit[] {
  return [...new Set([...within(document, places.get(name)), ...within(document, provisions.get(name))])];
}

/** Runs the crosswalk of a case of two forms and holds its rows against what was planted. */
export async function scoreFormCase(one: MutatedCase): Promise<CaseScore> {
  const source = form('source.md', one.source.text);
  const target = form('target.md', one.target.text);
  const { matches, newTargets } = await runCrosswalk(source, target);
  const rows = new Map(matches.map((match) => [match.sourceId, match]));
  const isNew = new Map(newTargets.map((row) => [row.targetId, row.outcome]));
  const fared = one.planted.map((planted): Fared => {
    const told = (verdict: Verdict, detail = ''): Fared => ({ planted, verdict, detail });
    const wanted = planted.target.map((name) => unitsOf(target, one.target, name).map(({ key }) => key));
    if (planted.kind === 'new') {
      const outcomes = (wanted[0] ?? []).map((key) => isNew.get(key));
      return told(outcomes.includes('decided') ? 'found' : outcomes.includes('abstained') ? 'abstained' : 'wrongPair');
    }
    const verdicts = planted.source.map((name) => {
      const [unit] = unitsOf(source, one.source, name);
      const match = unit === undefined ? undefined : rows.get(unit.key);
      return verdictOn(planted, match, wanted, one.source.places.get(name), one.target.places.get(planted.target[0] ?? ''));
    });
    return verdicts.map(([verdict, detail]) => told(verdict, detail)).find(({ verdict }) => verdict !== 'found') ?? told('found');
  });
  const calm = one.unchanged.map((name) => {
    const wanted = new Set(unitsOf(target, one.target, name).map(({ key }) => key));
    const own = unitsOf(source, one.source, name).flatMap(({ key }) => rows.get(key) ?? []).filter(({ outcome }) => outcome !== 'skipped');
    const falsely = own.filter(({ outcome, relation, targets }) => outcome === 'decided' && !((relation === 'same' || relation === 'reworded') && wanted.has(targets[0]?.targetId ?? '')));
    const falselyNew = newTargets.filter(({ targetId, outcome }) => outcome === 'decided' && wanted.has(targetId));
    return { name, abstained: own.some(({ outcome }) => outcome !== 'decided'), told: [...falsely.map((match) => `${match.relation} ${whyOf(match)} ${said(match.differences)}`), ...falselyNew.map(({ targetId }) => `${targetId} called new`)], why: own.filter(({ outcome }) => outcome === 'abstained').map((match) => `${match.reason} ${whyOf(match)}`) };
  });
  return {
    fared,
    unchanged: calm.length,
    falseDifferences: calm.filter(({ told }) => told.length > 0).map(({ name, told }) => `${name} ${told.join('; ')}`),
    unchangedAbstained: calm.filter(({ abstained, told }) => abstained && told.length === 0).length,
  };
}

function whyOf({ why }: Match): string {
  return why.slice(1).map(({ detail }) => detail).join(' ').slice(0, 300);
}

function said(differences: readonly Difference[]): string {
  return differences.slice(0, 4).map(({ kind, source, target }) => `[${kind}: ${source?.quote ?? '-'} / ${target?.quote ?? '-'}]`).join(' ');
}

function verdictOn(planted: Planted, match: Match | undefined, wanted: readonly (readonly string[])[], sourcePlace: Range | undefined, targetPlace: Range | undefined): readonly [Verdict, string] {
  if (match === undefined) return ['wrongPair', 'no row'];
  const claimed = match.targets.map(({ targetId }) => targetId);
  const isRight = wanted.every((keys) => keys.some((key) => claimed.includes(key)));
  const state = STATES[planted.kind];
  if (match.outcome !== 'decided') {
    if (state !== undefined && isRight && match.why.some(({ rule, detail }) => rule === state && detail.startsWith('The target'))) return ['found', ''];
    return ['abstained', `${match.reason ?? ''} ${whyOf(match)}`];
  }
  const { relation } = match;
  if (planted.kind === 'dropped') return relation === 'missing' ? ['found', ''] : ['wrongRelation', `${relation}`];
  const isCalm = relation === 'same' || relation === 'reworded';
  const calmKind = planted.kind === 'moved' || planted.kind === 'reworded only';
  if (isCalm && !calmKind) return ['calledSame', `${relation} ${whyOf(match)}`];
  if (!isRight) return ['wrongPair', `${relation}`];
  if (calmKind) return !isCalm ? ['wrongRelation', `${relation} ${said(match.differences)}`] : planted.kind === 'moved' && !match.moved ? ['wrongRelation', 'not moved'] : ['found', ''];
  if (planted.kind === 'split' || planted.kind === 'merged') return relation === planted.kind || (relation === 'covered' && planted.kind === 'merged') ? ['found', ''] : ['wrongRelation', `${relation}`];
  if (relation !== 'changed' || state !== undefined) return ['wrongRelation', `${relation} ${whyOf(match)}`];
  return valuesOf(planted, match.differences, sourcePlace, targetPlace);
}

/** A difference of a fitting kind at the planted place on each side that has one, with the printed numbers there. */
function valuesOf(planted: Planted, differences: readonly Difference[], sourcePlace: Range | undefined, targetPlace: Range | undefined): readonly [Verdict, string] {
  const touches = (span: Span | undefined, place: Range | undefined): boolean => place === undefined || (span !== undefined && overlap(span, place) > 0);
  const words = WORDS[planted.kind];
  const fitting = differences.filter(({ kind }) => (words ?? ['election', 'schedule', 'option']).includes(kind));
  if (fitting.length === 0) return ['wrongKind', said(differences)];
  // A turn is told at the options or at the words that turn, and on one side at least.
  if (words !== undefined) return fitting.some(({ kind, source, target }) => kind === 'default' || (sourcePlace !== undefined && touches(source, sourcePlace)) || (targetPlace !== undefined && touches(target, targetPlace))) ? ['found', ''] : ['wrongValues', said(fitting)];
  const isRight = fitting.some(({ source, target }) => touches(source, sourcePlace) && touches(target, targetPlace)
    && (TICKS.has(planted.kind) || (says(source, planted.sourceValue) && says(target, planted.targetValue))));
  return isRight ? ['found', ''] : ['wrongValues', said(fitting)];
}

/** The quoted words hold the value: each of its numbers, or all of it where it has none. */
function says(span: Span | undefined, value: string | undefined): boolean {
  if (span === undefined || value === undefined) return value === undefined;
  return /\d/u.test(value) ? saysNumbers(span.quote, value) : span.quote.includes(value);
}
