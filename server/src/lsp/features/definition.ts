import type { Connection, Location, LocationLink, Position } from 'vscode-languageserver/node';
import { numberingOf, unitOfNumber, type DocumentReference } from '../../engine/index.ts';
import { answerStandard, signalOf } from '../answer.ts';
import type { Results } from '../results/results.ts';
import type { TextReadings } from '../textReadings.ts';
import { counterpartsOf, linkTo } from './counterparts.ts';
import { isOutlined } from './outlinedDocument.ts';

export interface NavigationContext {
  readonly connection: Connection;
  readonly results: Results;
  readonly readings: TextReadings;
  /** True where the client takes LocationLinks, with the range of the origin and the whole of the target. */
  readonly linkSupport: boolean;
}

/** The place of a reference: in this document, or in the form or plan that a run has beside it. */
async function referenceLinks(context: NavigationContext, uri: string, position: Position, signal: AbortSignal): Promise<readonly LocationLink[] | null> {
  const reading = await context.readings.of(uri, signal);
  if (reading === null || !isOutlined(reading.document)) return null;
  const { positions, document } = reading;
  const offset = positions.offset(position);
  const reference = reading.references.find(({ start, end }) => start <= offset && offset <= end);
  if (reference === undefined) return null;
  const origin = positions.range(reference.start, reference.end);
  const { target } = reference;
  if (target === null) return reference.to === 'own' ? [] : linksElsewhere(context, uri, reference, origin, signal);
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
  { results }: NavigationContext, uri: string, { to, number }: DocumentReference, origin: LocationLink['originSelectionRange'], signal: AbortSignal,
): Promise<readonly LocationLink[]> {
  for (const result of await results.crosswalks(uri, signal)) {
    const other = result.run.documents.find(({ key, kind }) => key !== result.key && kind === to);
    if (other === undefined || origin === undefined) continue;
    const unit = unitOfNumber(number, numberingOf(result.index.unitsOf(other.key)));
    const link = unit === null ? null : linkTo(unit, await results.place(result, other.key, signal), origin);
    if (link !== null) return [link];
  }
  return [];
}

/** The counterparts of the unit at a position, in the newest crosswalk that has any. */
async function counterpartLinks({ results }: NavigationContext, uri: string, position: Position, signal: AbortSignal): Promise<readonly LocationLink[]> {
  for (const result of await results.of(uri, signal)) {
    const { here, index, key } = result;
    const unit = here.unitAt(index, key, here.positions.offset(position));
    if (unit === null) continue;
    const links: LocationLink[] = [];
    for (const other of counterpartsOf(result, unit)) {
      const link = linkTo(other, await results.place(result, other.span.document, signal), here.range(unit));
      if (link !== null) links.push(link);
    }
    if (links.length > 0) return links;
  }
  return [];
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
      const links = (await referenceLinks(context, uri, position, signal)) ?? (await counterpartLinks(context, uri, position, signal));
      return linkSupport ? [...links] : links.map(locationOf);
    }),
  );
}
