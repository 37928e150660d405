import { fail, ok, type Result } from '../../../../shared/failure.ts';
import type { DocumentKind } from '../../../../shared/model.ts';
import { pictureTypeOf, type PictureType } from '../../../../shared/pictures.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { Correction } from '../documents/correctionPlaces.ts';
import type { CollateDocument } from '../documents/document.ts';
import { textHash } from '../documents/hash.ts';
import { pagePicture } from '../documents/pictures/pagePicture.ts';
import { wholePicture } from '../documents/pictures/wholePicture.ts';
import { pictureProblems } from '../documents/pictures/pictureProblems.ts';
import type { Ports } from '../ports.ts';
import type { RunInput } from './api.ts';
import { nobodyReads, type PictureReader } from './pictureReaders.ts';

const BYTES_PER_MB = 1024 * 1024;
/** A shorter text is read again in less time than it is looked up, in UTF-16 code units. */
export const MIN_CACHED_LENGTH = 100_000;

export interface TextSource {
  readonly key: string;
  readonly path: string;
  readonly text: string;
  readonly kind?: DocumentKind;
  readonly corrections?: readonly Correction[];
}

/** The readers of `documents/`, as the runtime needs them. */
export interface Readers {
  /** Raised when the cut of an equal text changes: what older readers made of it is not used again. */
  readonly version: string;
  /** Bytes to text; `doubt` is a sentence where the encoding is a guess. */
  decode(bytes: Uint8Array, path: string): Result<{ readonly text: string; readonly doubt?: string }>;
  readText(source: TextSource, doubt?: string): Result<CollateDocument>;
  kindFor(key: string, globs: Readonly<Record<string, DocumentKind>>): DocumentKind | undefined;
}

export type ReadingPorts = Pick<Ports, 'files' | 'extractions' | 'unpackedLength' | 'yieldToHost'>;

/** Reads a file's text, or takes what was made of the same text before. */
async function readCached(
  source: TextSource,
  doubt: string | undefined,
  ports: ReadingPorts,
  readers: Readers,
  signal: AbortSignal,
): Promise<Result<CollateDocument>> {
  if (source.text.length < MIN_CACHED_LENGTH) return readers.readText(source, doubt);
  const { text, ...names } = source;
  const cacheKey = textHash(JSON.stringify([readers.version, names.key, names.path, names.kind ?? '', names.corrections ?? [], doubt ?? '', textHash(text)]));
  const cached = await ports.extractions.get(cacheKey);
  signal.throwIfAborted();
  if (cached !== null) return ok(JSON.parse(cached) as CollateDocument);
  const read = readers.readText(source, doubt);
  if (read.ok) await ports.extractions.put(cacheKey, JSON.stringify(read.value));
  return read;
}

/** Reads the text of an editor. Asks no port, so it needs no store. */
export function readOpenText(
  input: RunInput & { readonly text: string },
  { maxSizeMb, documentKinds }: Pick<Settings, 'maxSizeMb' | 'documentKinds'>,
  readers: Readers,
): Result<CollateDocument> {
  if (input.text.length > maxSizeMb * BYTES_PER_MB) {
    return fail('tooLarge', `${input.path} is larger than ${maxSizeMb} MB. Split it, or raise the setting collate.documents.maxSizeMb.`);
  }
  return readers.readText({ ...named(input, documentKinds, readers), text: input.text });
}

function named({ key, path, kind: given, corrections }: RunInput, globs: Settings['documentKinds'], readers: Readers): Omit<TextSource, 'text'> {
  const kind = given ?? readers.kindFor(key, globs);
  return { key, path, ...(kind === undefined ? {} : { kind }), ...(corrections === undefined ? {} : { corrections }) };
}

/** Reads what stands on a picture of a page, and says with the document who read it. */
async function readPictured(
  source: Omit<TextSource, 'text'>, bytes: Uint8Array, type: PictureType, ports: ReadingPorts, readers: Readers, readPicture: PictureReader, signal: AbortSignal,
): Promise<Result<CollateDocument>> {
  const picture = pagePicture(bytes, type, source.path);
  if (!picture.ok) return picture;
  const whole = await wholePicture(picture.value, source.path, ports, signal);
  if (!whole.ok) return whole;
  const read = await readPicture(whole.value, source.path);
  signal.throwIfAborted();
  if (!read.ok) return read;
  const document = readers.readText({ ...source, text: read.value.text });
  if (!document.ok) return document;
  const { key, text, problems } = document.value;
  return ok({ ...document.value, problems: [...pictureProblems(key, text, read.value.model), ...problems] });
}

/** Reads one input: the editor's text where there is one, otherwise the file. */
export async function readInput(
  input: RunInput,
  settings: Settings,
  ports: ReadingPorts,
  readers: Readers,
  signal: AbortSignal,
  readPicture: PictureReader = nobodyReads,
): Promise<Result<CollateDocument>> {
  const { text } = input;
  if (text !== undefined) return readOpenText({ ...input, text }, settings, readers);
  const maxBytes = settings.maxSizeMb * BYTES_PER_MB;
  const bytes = await ports.files.read(input.path, maxBytes, signal);
  signal.throwIfAborted();
  if (!bytes.ok) return bytes;
  const type = pictureTypeOf(bytes.value);
  if (type !== null) return readPictured(named(input, settings.documentKinds, readers), bytes.value, type, ports, readers, readPicture, signal);
  const decoded = readers.decode(bytes.value, input.path);
  if (!decoded.ok) return decoded;
  const document = await readCached({ ...named(input, settings.documentKinds, readers), text: decoded.value.text }, decoded.value.doubt, ports, readers, signal);
  signal.throwIfAborted();
  return document;
}
