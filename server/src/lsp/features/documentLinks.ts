import type { Connection, DocumentLink } from 'vscode-languageserver/node';
import { excerpt } from '../../engine/index.ts';
import { answerStandard, signalOf } from '../answer.ts';
import type { TextReadings } from '../textReadings.ts';
import { uriAt } from './hover/places.ts';
import { isOutlined } from './outlinedDocument.ts';

const MAX_TOOLTIP = 120;

/** `textDocument/documentLink`: references of a document to its own sections. */
export function registerDocumentLinks(connection: Connection, readings: TextReadings): void {
  connection.onDocumentLinks(({ textDocument: { uri } }, token) =>
    answerStandard(connection, 'Links', uri, async () => {
      const reading = await readings.of(uri, signalOf(token));
      // A document that was never saved has no address with a line; its references are followed by their definition.
      if (reading === null || !isOutlined(reading.document) || !uri.startsWith('file:')) return null;
      return reading.references.flatMap(({ start, end, target }): DocumentLink[] => {
        if (target === null) return [];
        const { line, character } = reading.positions.at(target.span.start);
        const tooltip = excerpt([target.number, target.title].filter((part) => part !== undefined).join(' '), MAX_TOOLTIP);
        return [{ range: reading.positions.range(start, end), target: uriAt(uri, line, character), tooltip }];
      });
    }),
  );
}
