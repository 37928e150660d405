import { readDocument, readText } from '../../../server/src/engine/documents/readDocument.ts';
import type { CollateDocument } from '../../../server/src/engine/documents/document.ts';

/** A document of `text`, or an error with the reader's sentence. */
export function read(text: string, path = 'plan.md'): CollateDocument {
  const result = readText({ key: path, path, text });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** The sentence a file's bytes are refused with, or null when they are read. */
export function refusal(bytes: Uint8Array, path = 'file.txt'): string | null {
  const result = readDocument({ key: path, path, bytes });
  return result.ok ? null : result.failure.message;
}

export function ownWords(document: CollateDocument, index: number): string {
  const unit = document.units[index];
  return unit === undefined ? '' : document.text.slice(unit.textStart, unit.textEnd);
}
