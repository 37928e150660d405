import type { DocumentLink } from 'vscode-languageserver/node';
import type { Unit } from '../../../../shared/model.ts';
import { excerpt, type DocumentReference } from '../../engine/index.ts';
import { answerStandard, signalOf } from '../answer.ts';
import type { Partner, PartnerKind } from '../partners/partners.ts';
import { placesElsewhere, stretchesOf } from '../partners/placesElsewhere.ts';
import type { TextReading } from '../textReadings.ts';
import type { NavigationContext } from './definition.ts';
import { uriAt } from './hover/places.ts';
import { documentName } from './mark.ts';
import { isOutlined } from './outlinedDocument.ts';

const MAX_TOOLTIP = 120;

function nameOf({ number, title }: Unit): string {
  return excerpt([number, title].filter((part) => part !== undefined && part !== '').join(' '), MAX_TOOLTIP);
}

/** A reference to another document, where there is one place it can mean; of several the definition offers all. */
function linkElsewhere(reference: DocumentReference, reading: TextReading, partners: readonly Partner[]): DocumentLink | null {
  const [place, another] = placesElsewhere(reference, reading, partners);
  if (place === undefined || another !== undefined) return null;
  const { heading } = stretchesOf(place);
  const { line, character } = place.partner.reading.positions.at(heading.start);
  const name = `${place.unit === null ? '' : `${nameOf(place.unit)} in `}${decodeURIComponent(documentName(place.partner.uri))}`;
  return { range: reading.positions.range(reference.start, reference.end), target: uriAt(place.partner.uri, line, character), tooltip: `${name} (${place.partner.why})` };
}

/** `textDocument/documentLink`: references of a document to its own sections, to its adoption agreement, to its plan. */
export function registerDocumentLinks({ connection, readings, partners }: Pick<NavigationContext, 'connection' | 'readings' | 'partners'>): void {
  connection.onDocumentLinks(({ textDocument: { uri } }, token) =>
    answerStandard(connection, 'Links', uri, async () => {
      const signal = signalOf(token);
      const reading = await readings.of(uri, signal);
      // A document that was never saved has no address with a line; its references are followed by their definition.
      if (reading === null || !isOutlined(reading.document) || !uri.startsWith('file:')) return null;
      const found = new Map<PartnerKind, readonly Partner[]>();
      const links: DocumentLink[] = [];
      for (const reference of reading.references) {
        const { to, start, end, target } = reference;
        if (target !== null) {
          const { line, character } = reading.positions.at(target.span.start);
          links.push({ range: reading.positions.range(start, end), target: uriAt(uri, line, character), tooltip: nameOf(target) });
        } else if (to !== 'own') {
          const others = found.get(to) ?? (await partners.of(uri, to, signal));
          found.set(to, others);
          const link = linkElsewhere(reference, reading, others);
          if (link !== null) links.push(link);
        }
      }
      return links;
    }),
  );
}
