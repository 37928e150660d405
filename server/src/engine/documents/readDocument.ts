import { fail, ok, type Result } from '../../../../shared/failure.ts';
import type { DocumentKind, Problem } from '../../../../shared/model.ts';
import { readAdoption } from './adoption.ts';
import { applyCorrections } from './corrections.ts';
import type { Correction } from './correctionPlaces.ts';
import { readCues } from './cues.ts';
import { decodeBytes } from './decode.ts';
import type { CollateDocument, DocumentSource, SpanOf } from './document.ts';
import { finishUnits, type Reading } from './draftUnit.ts';
import { textHash } from './hash.ts';
import { readJsonl, readJsonTranscript, type DerivedText } from './jsonRecords.ts';
import { detectKind, formatOf, type TextFormat } from './kinds.ts';
import { LineMap, spanBuilder } from './lineMap.ts';
import { normaliseText } from './normalise.ts';
import { readOutline } from './outline.ts';
import { withProvisionTypes } from './provisionTypes.ts';
import { readPages } from './readPages.ts';
import { readSpeechLines } from './speechLines.ts';

/** Raised when the cut of an equal text changes. */
export const READER_VERSION = '8';

/** A text that is in memory already, as an editor has it. */
export interface TextSource {
  readonly key: string;
  readonly path: string;
  readonly text: string;
  readonly kind?: DocumentKind;
  /** What a person said of the cut; applied in the end. */
  readonly corrections?: readonly Correction[];
}

/** JSON gets a text of its own; everything else is read as it stands. */
function derive(text: string, format: TextFormat, path: string): Result<DerivedText | null> {
  if (format === 'jsonl') return ok(readJsonl(text));
  if (format === 'json') return readJsonTranscript(text, path);
  if (format === 'csv') return fail('unreadable', `${path} is a table of records (CSV). Records are not read yet; save them as JSONL or text first.`);
  return ok(null);
}

function readUnits(text: string, format: TextFormat, kind: DocumentKind, spanOf: SpanOf): Reading {
  if (format === 'cues') return readCues(text, spanOf);
  if (kind === 'transcript') return readSpeechLines(text);
  return readPages(text, spanOf, kind === 'adoptionAgreement' ? readAdoption : readOutline);
}

function nulProblem(removed: readonly number[], spanOf: SpanOf): readonly Problem[] {
  const first = removed[0];
  if (first === undefined) return [];
  const count = removed.length === 1 ? '1 NUL byte was' : `${removed.length} NUL bytes were`;
  return [{ code: 'text.nul', message: `${count} left out, the first here. The file may be damaged.`, severity: 'warning', span: spanOf(first, first) }];
}

/** Reads a text. Fails with a sentence when there is nothing to read or its format is not read. */
export function readText(source: TextSource, doubt?: string): Result<CollateDocument> {
  const { key, path } = source;
  const normalised = normaliseText(source.text);
  if (normalised.text.trim() === '') return fail('unreadable', `${path} holds no text, only white space. Save the document into it, or choose another file.`);
  const format = formatOf(normalised.text, path);
  const derived = derive(normalised.text, format, path);
  if (!derived.ok) return derived;
  const text = derived.value?.text ?? normalised.text;
  const kind = source.kind ?? detectKind(text, format);
  const spanOf = spanBuilder(key, text, new LineMap(text));
  const reading = derived.value?.read(spanOf) ?? readUnits(text, format, kind, spanOf);
  const encoding: readonly Problem[] = doubt === undefined ? [] : [{ code: 'text.encoding', message: doubt, severity: 'warning' }];
  const nuls = derived.value === null ? nulProblem(normalised.removedNuls, spanOf) : [];
  const corrected = applyCorrections({ kind, text, units: finishUnits(key, text, reading.drafts, spanOf) }, source.corrections ?? [], spanOf);
  return ok({
    key, path, kind, kindGiven: source.kind !== undefined, text, hash: textHash(text),
    units: withProvisionTypes(corrected.units, text, kind),
    problems: [...encoding, ...nuls, ...reading.problems, ...corrected.problems],
  });
}

/** Reads a file's bytes. Fails with a sentence that says what is wrong and what to do. */
export function readDocument(source: DocumentSource): Result<CollateDocument> {
  const decoded = decodeBytes(source.bytes, source.path);
  if (!decoded.ok) return decoded;
  const { key, path, kind } = source;
  return readText({ key, path, text: decoded.value.text, ...(kind === undefined ? {} : { kind }) }, decoded.value.doubt);
}
