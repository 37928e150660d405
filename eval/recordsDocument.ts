import type { CollateDocument } from '../server/src/engine/documents/document.ts';
import { readText } from '../server/src/engine/documents/readDocument.ts';
import type { PublicRecord } from './publicSets.ts';

/** Records as a JSONL file, read as the product reads one. */
export function recordsDocument(key: string, records: readonly PublicRecord[]): CollateDocument {
  const text = records.map((record) => JSON.stringify(record)).join('\n');
  const read = readText({ key, path: key, text });
  if (!read.ok) throw new Error(read.failure.message);
  if (read.value.units.length !== records.length) throw new Error(`${key}: ${records.length} records gave ${read.value.units.length} units.`);
  return read.value;
}
