import type { DocumentKind, Problem, Unit } from '../../../../shared/model.ts';
import { askedTitle } from './askedTitle.ts';
import { locateCorrections, type CorrectionPlace, type Correction } from './correctionPlaces.ts';
import type { SpanOf } from './document.ts';
import { trimRange } from './draftUnit.ts';
import { electionOf } from './election.ts';
import { contentHash } from './hash.ts';
import { headingLine } from './headingLine.ts';
import { optionBoxes } from './optionBox.ts';
import { readingText } from './readingText.ts';

interface Reading {
  readonly kind: DocumentKind;
  readonly text: string;
  readonly units: readonly Unit[];
}

/** A unit under correction. `at` and `to` replace its span while `touched`. */
interface Piece {
  readonly unit: Unit;
  readonly at: number;
  readonly to: number;
  readonly touched: boolean;
}

/** The line at `at` as a heading over what follows it in the piece. */
function headed({ unit, at, to }: Piece, text: string): Piece {
  const stop = text.indexOf('\n', at);
  const end = stop === -1 || stop > to ? to : stop;
  const line = text.slice(at, end);
  const head = headingLine(line);
  const { number: _number, title: _title, election: _election, ...rest } = unit;
  const title = head?.title ?? '';
  const named = title === '' ? line.replace(/\*\*|^[#\s]+/g, '').replace(/\s+/g, ' ').trim() : title;
  const textStart = Math.min(to, title === '' || head === null ? end : at + head.textStart);
  return { unit: { ...rest, ...(head?.number === undefined ? {} : { number: head.number }), title: named, textStart, textEnd: Math.max(textStart, to) }, at, to, touched: true };
}

/** Cuts a unit at the places inside it. The first part keeps its key; the others have it with their number behind it. */
function cut(unit: Unit, places: readonly CorrectionPlace[], text: string): readonly Piece[] {
  const { start, end } = unit.span;
  const cuts = places.filter(({ action }) => action === 'split' || action === 'heading');
  const inside = [...new Set(cuts.map(({ at }) => at))].filter((at) => at > start && at < end).sort((a, b) => a - b);
  const isHeading = (at: number): boolean => cuts.some((place) => place.action === 'heading' && place.at === at);
  const first: Piece = { unit, at: start, to: inside[0] ?? end, touched: inside.length > 0 };
  const { number: _number, title: _title, election: _election, id: _id, type: _type, ...rest } = unit;
  const parts = inside.map((at, n): Piece => {
    const piece = { unit: { ...rest, key: `${unit.key}/part:${n + 2}`, textStart: at, textEnd: inside[n + 1] ?? end }, at, to: inside[n + 1] ?? end, touched: true };
    return isHeading(at) ? headed(piece, text) : piece;
  });
  return [isHeading(start) ? headed(first, text) : first, ...parts];
}

function joinedOmitted(first: Unit, second: Unit): Pick<Unit, 'omitted'> {
  const all = [...(first.omitted ?? []), ...(second.omitted ?? [])];
  return all.length === 0 ? {} : { omitted: all };
}

/** The unit of a touched piece: its range trimmed, its hash and, in a form, its election taken anew. */
function settled({ unit, at, to, touched }: Piece, { kind, text }: Reading, boxes: ReturnType<typeof optionBoxes>, spanOf: SpanOf): Unit | null {
  if (!touched) return unit;
  const whole = trimRange(text, at, to);
  if (whole.start >= whole.end) return null;
  const inside = (offset: number): number => Math.min(Math.max(offset, whole.start), whole.end);
  const own = trimRange(text, inside(unit.textStart), inside(unit.textEnd));
  const [textStart, textEnd] = own.start <= own.end ? [own.start, own.end] : [whole.end, whole.end];
  const { election: _election, omitted, table: _table, ...rest } = unit;
  const left = (omitted ?? []).flatMap((one) => (one.start < whole.end && one.end > whole.start ? [{ start: Math.max(one.start, whole.start), end: Math.min(one.end, whole.end) }] : []));
  const election = kind === 'adoptionAgreement' ? electionOf(text, whole, boxes, { broken: left, typed: unit.kind === 'field' }) : null;
  const asked = unit.title ?? (election === null ? '' : askedTitle(text, { start: textStart, end: textEnd }, election));
  return {
    ...rest, kind: election !== null ? 'field' : unit.kind === 'field' ? 'provision' : unit.kind, span: spanOf(whole.start, whole.end), textStart, textEnd,
    ...(asked === '' ? {} : { title: asked }), ...(election === null ? {} : { election }), ...(left.length === 0 ? {} : { omitted: left }),
    contentHash: contentHash(asked, readingText(text, textStart, textEnd, left).text),
  };
}

/**
 * Applies what a person said of a cut. Units that no correction touches are left as they are, keys and all: the first part
 * of a split and the first of two joined units keep their key. A unit marked by its heading stands beside the one it was a
 * part of, under the same path. Every word still belongs to the units it belonged to. A correction whose words are not
 * found, or found twice, is not applied and told as a problem.
 */
export function applyCorrections(reading: Reading, corrections: readonly Correction[], spanOf: SpanOf): { readonly units: readonly Unit[]; readonly problems: readonly Problem[] } {
  if (corrections.length === 0) return { units: reading.units, problems: [] };
  const { text, units } = reading;
  const { places, problems } = locateCorrections(text, units, corrections);
  const joins = new Set(places.filter(({ action }) => action === 'join').map(({ key }) => key));
  const types = new Map(places.flatMap(({ action, key, type }) => (action === 'type' && type !== undefined ? [[key, type] as const] : [])));
  const placesOf = Map.groupBy(places, ({ key }) => key);
  const pieces: Piece[] = [];
  for (const unit of units) {
    const own = placesOf.get(unit.key) ?? [];
    const [first, ...others] = cut(unit, own, text);
    if (first === undefined) continue;
    const type = types.get(unit.key);
    const named = type === undefined ? first : { ...first, unit: { ...first.unit, type } };
    const before = pieces.at(-1);
    if (joins.has(unit.key) && before !== undefined) {
      pieces[pieces.length - 1] = { ...before, unit: { ...before.unit, ...joinedOmitted(before.unit, named.unit), textEnd: Math.max(named.to, before.unit.textEnd) }, to: named.to, touched: true };
    } else pieces.push(named);
    pieces.push(...others);
  }
  const boxes = reading.kind === 'adoptionAgreement' && pieces.some(({ touched }) => touched) ? optionBoxes(text) : [];
  return { units: pieces.flatMap((piece) => settled(piece, reading, boxes, spanOf) ?? []), problems };
}
