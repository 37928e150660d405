import { MarkupKind, type Hover, type Position } from 'vscode-languageserver/node';
import { documentName } from '../mark.ts';
import type { Partners } from '../../partners/partners.ts';
import { placesElsewhere, stretchesOf, type PlaceElsewhere } from '../../partners/placesElsewhere.ts';
import type { TextReadings } from '../../textReadings.ts';
import { isOutlined } from '../outlinedDocument.ts';
import { link, plain, plainExcerpt } from './markdown.ts';
import { uriAt } from './places.ts';

/** Words shown of a place, in characters of the document. */
const MAX_WORDS = 300;
/** Documents a reference may mean that are listed. */
const MAX_PLACES = 4;

function placeWords(place: PlaceElsewhere): string {
  const { partner, unit } = place;
  const { heading, whole } = stretchesOf(place);
  const { text } = partner.reading.document;
  const { line, character } = partner.reading.positions.at(heading.start);
  const name = unit === null ? 'its beginning' : [unit.number, unit.title].filter((part) => part !== undefined && part !== '').join(' ') || text.slice(heading.start, heading.end);
  const file = plain(decodeURIComponent(documentName(partner.uri)));
  const words = unit === null ? '' : `\n\n${plainExcerpt(text.slice(heading.end, whole.end), MAX_WORDS)}`;
  return `${link(name, uriAt(partner.uri, line, character))} in ${file} (${plain(partner.why)})${words}`;
}

/** What a reference to another document leads to; null where there is none at the position. */
export async function referenceHover(readings: TextReadings, partners: Partners, uri: string, position: Position, signal: AbortSignal): Promise<Hover | null> {
  const reading = await readings.of(uri, signal);
  if (reading === null || !isOutlined(reading.document)) return null;
  const offset = reading.positions.offset(position);
  const reference = reading.references.find(({ to, start, end }) => to !== 'own' && start <= offset && offset <= end);
  if (reference === undefined || reference.to === 'own') return null;
  const places = placesElsewhere(reference, reading, await partners.of(uri, reference.to, signal));
  if (places.length === 0) return null;
  const more = places.length > MAX_PLACES ? [`and ${places.length - MAX_PLACES} more places`] : [];
  return {
    contents: { kind: MarkupKind.Markdown, value: [...places.slice(0, MAX_PLACES).map(placeWords), ...more].join('\n\n---\n\n') },
    range: reading.positions.range(reference.start, reference.end),
  };
}
