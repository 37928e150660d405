import type { LocationLink, Range } from 'vscode-languageserver/node';
import type { OutputUnit } from '../../../../shared/model.ts';
import type { PlacedDocument, PlacedUnit } from '../results/placedDocument.ts';
import type { DocumentResult } from '../results/results.ts';

/** A unit of another document, or of this one, as a link that an editor can peek at. */
export function linkTo(unit: OutputUnit, document: PlacedDocument | null, origin: Range): LocationLink | null {
  const placed = document?.unit(unit) ?? null;
  if (document === null || placed === null) return null;
  return {
    originSelectionRange: origin,
    targetUri: document.uri,
    targetRange: document.range(placed),
    targetSelectionRange: document.range(placed.heading),
  };
}

/** The counterparts of a unit in one run, in both directions: targets of a source, sources of a target. */
export function counterpartsOf({ index }: DocumentResult, { unit }: PlacedUnit): readonly OutputUnit[] {
  return index.rowsOf(unit).flatMap(({ others }) => others);
}
