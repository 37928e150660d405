import type { Connection, Location, LocationLink, Position, Range } from 'vscode-languageserver/node';
import { numberingOf, unitOfNumber, type DocumentReference } from '../../engine/index.ts';
import { answerStandard, signalOf } from '../answer.ts';
import type { Results } from '../results/results.ts';
import type { PartnerKind, Partners } from '../partners/partners.ts';
import { placesElsewhere, stretchesOf } from '../partners/placesElsewhere.ts';
import type { TextReading, TextReadings } from '../textReadings.ts';
import { counterpartsOf, linkTo } from './counterparts.ts';
import { isOutlined } from './outlinedDocument.ts';

export interface NavigationContext {
  readonly connection: Connection;
  readonly results: Results;
  readonly readings: TextReadings;
  readonly partners: Partners;
  /** True where the client takes LocationLinks, with the range of the origin and the whole of the target. */
  readonly linkSupport: boolean;
}

/** The place of a reference: in this document, or in the form or plan that belongs to it. */
async function referenceLinks(context: NavigationContext, uri: string, position: Position, signal: AbortSignal): Promise<readonly LocationLink[] | null> {
  const reading = await context.readings.of(uri, signal);
  if (reading === null || !isOutlined(reading.document)) return null;
  const { positions, document } = reading;
  const offset = positions.offset(position);
  const reference = reading.references.find(({ start, end }) => start <= offset && offset <= end);
  if (reference === undefined) return null;
  const origin = positions.range(reference.start, reference.end);
  const { target } = reference;
  if (target === null) return reference.to === 'own' ? [] : linksElsewhere(context, uri, reading, reference, origin, signal);
  const line = document.text.indexOf('\n', target.span.start);
  return [
    {
      originSelectionRange: origin,
      targetUri: uri,
      targetRange: positions.range(target.span.start, target.span.end),
      targetSelectionRange: positions.range(target.span.start, Math.min(target.span.end, line === -1 ? document.text.length : line)),
    },
  ];
}

async function linksElsewhere(
  context: NavigationContext, uri: string, reading: TextReading, reference: DocumentReference, origin: Range, signal: AbortSignal,
): Promise<readonly LocationLink[]> {
  const { to, number } = reference;
  if (to === 'own') return [];
  const inRun = number === '' ? null : await linkInRun(context, uri, to, number, origin, signal);
  if (inRun !== null) return [inRun];
  return placesElsewhere(reference, reading, await context.partners.of(uri, to, signal)).map((place) => {
    const { positions } = place.partner.reading;
    const { whole, heading } = stretchesOf(place);
    return {
      originSelectionRange: origin,
      targetUri: place.partner.uri,
      targetRange: positions.range(whole.start, whole.end),
      targetSelectionRange: positions.range(heading.start, heading.end),
    };
  });
}

/** A number in the document that a run has beside this one, as the run has cut it. */
async function linkInRun({ results }: NavigationContext, uri: string, to: PartnerKind, number: string, origin: Range, signal: AbortSignal): Promise<LocationLink | null> {
  for (const result of await results.crosswalks(uri, signal)) {
    const other = result.run.documents.find(({ key, kind }) => key !== result.key && kind === to);
    if (other === undefined) continue;
    const unit = unitOfNumber(number, numberingOf(result.index.unitsOf(other.key)));
    const link = unit === null ? null : linkTo(unit, await results.place(result, other.key, signal), origin);
    if (link !== null) return link;
  }
  return null;
}

/** The counterparts of the unit at a position, in the newest crosswalk that has any. */
async function counterpartLinks({ results }: NavigationContext, uri: string, position: Position, signal: AbortSignal): Promise<readonly LocationLink[]> {
  for (const result of await results.of(uri, signal)) {
    const { here, index, key } = result;
    const offset = here.positions.offset(position);
    const unit = here.unitAt(index, key, offset);
    if (unit === null) continue;
    // From a heading, what is underlined is the heading: an editor that has a definition of its own for it shows both side by side.
    const origin = here.range(offset <= unit.heading.end ? unit.heading : unit);
    const links: LocationLink[] = [];
    for (const other of counterpartsOf(result, unit)) {
      const link = linkTo(other, await results.place(result, other.span.document, signal), origin);
      if (link !== null) links.push(link);
    }
    if (links.length > 0) return links;
  }
  return [];
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** Each place once, and never the provision that was asked from: a document compared with itself has itself as its counterpart. */
function distinct(links: readonly LocationLink[], uri: string, position: Position): readonly LocationLink[] {
  const isHere = ({ targetUri, targetRange: { start, end } }: LocationLink): boolean => targetUri === uri && !isBefore(position, start) && isBefore(position, end);
  const places = new Map(links.map((link) => [JSON.stringify([link.targetUri, link.targetSelectionRange]), link]));
  return [...places.values()].filter((link) => !isHere(link));
}

/** The same place as a client without LocationLinks takes it. */
function locationOf({ targetUri, targetSelectionRange }: LocationLink): Location {
  return { uri: targetUri, range: targetSelectionRange };
}

/** `textDocument/definition`: a reference leads to what it names, any other words of a provision to its counterparts. */
export function registerDefinition(context: NavigationContext): void {
  const { connection, linkSupport } = context;
  connection.onDefinition(({ textDocument: { uri }, position }, token) =>
    answerStandard(connection, 'Definition', uri, async () => {
      const signal = signalOf(token);
      const links = (await referenceLinks(context, uri, position, signal)) ?? distinct(await counterpartLinks(context, uri, position, signal), uri, position);
      return linkSupport ? [...links] : links.map(locationOf);
    }),
  );
}
