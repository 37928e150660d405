import type { OutputUnit, Span } from '../../../../../shared/model.ts';
import { documentUri } from '../../home.ts';
import type { PlacedDocument } from '../../results/placedDocument.ts';
import type { DocumentResult } from '../../results/results.ts';
import { documentName, firstLine } from '../mark.ts';
import { label } from '../matchMarks.ts';
import { link, plain } from './markdown.ts';

/** The documents of a result's run that can be read, by key. */
export type RunDocuments = ReadonlyMap<string, PlacedDocument>;

/** A URI at a line; where a document was never saved, an editor opens it without. */
export function uriAt(uri: string, line: number, character: number): string {
  return uri.startsWith('file:') ? `${uri}#L${line + 1},${character + 1}` : uri;
}

/** Words as a link to where they are now; plain where they are gone or their file cannot be read. */
export function placeLink(words: string, span: Span, home: Span, documents: RunDocuments): string {
  const document = documents.get(span.document);
  const stretch = document?.mapper.findIn(span, home) ?? document?.mapper.near(home) ?? null;
  if (document === undefined || stretch === null) return plain(words);
  const { line, character } = document.positions.at(stretch.start);
  return link(words, uriAt(document.uri, line, character));
}

/** `[4.2 Vesting](file) in new.md`. */
export function unitLink(unit: OutputUnit, documents: RunDocuments): string {
  return `${placeLink(label(unit), firstLine(unit.span), unit.span, documents)} in ${plain(documentName(unit.span.document))}`;
}

/** The documents a hover leads to. */
export async function runDocuments(
  result: DocumentResult, place: (document: string) => Promise<PlacedDocument | null>,
): Promise<RunDocuments> {
  const documents = new Map<string, PlacedDocument>([[result.key, result.here]]);
  for (const { key } of result.run.documents) {
    const placed = await place(key);
    if (placed !== null) documents.set(key, placed);
  }
  return documents;
}

/** The URI of a document of a run, whether it can be read or not. */
export function uriOf({ engine, here, key }: DocumentResult, document: string): string {
  return document === key ? here.uri : documentUri(document, engine.home);
}
