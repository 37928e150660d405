import { fail, ok, type Result } from '../../../../shared/failure.ts';
import { otherPicture } from './pictures/otherPicture.ts';

export interface Decoded {
  readonly text: string;
  readonly encoding: string;
  /** A sentence when the encoding is a guess. */
  readonly doubt?: string;
}

interface Signature {
  readonly bytes: readonly number[];
  readonly advice: string;
}

const ascii = (text: string): readonly number[] => [...text].map((sign) => sign.charCodeAt(0));

const PDF = 'is a PDF. PDF is not read; save it as text or Markdown first, or its pages as PNG or JPEG pictures for a model that reads them';

/** File types that are not text, by their first bytes. */
const SIGNATURES: readonly Signature[] = [
  { bytes: ascii('%PDF-'), advice: PDF },
  { bytes: ascii('PK\x03\x04'), advice: 'is a ZIP archive (DOCX and XLSX are too). Save the document as text or Markdown first' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], advice: 'is an old Office file. Save it as text or Markdown first' },
  { bytes: ascii('{\\rtf'), advice: 'is RTF. Save it as text or Markdown first' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], advice: 'is a picture (PNG). It has no text of its own; name the text it was made from' },
  { bytes: [0xff, 0xd8, 0xff], advice: 'is a picture (JPEG). It has no text of its own; name the text it was made from' },
  { bytes: [0x1f, 0x8b], advice: 'is a gzip archive. Unpack it first' },
  { bytes: ascii('SQLite format 3'), advice: 'is a SQLite database, not a document' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], advice: 'is a program, not a document' },
];

/** Bytes looked at to tell text from anything else. */
const SAMPLE_BYTES = 65_536;
/** Control bytes (but tab, line ends, form feed, escape) above this share mean the file is not text. */
const MAX_CONTROL_SHARE = 0.02;
/** NULs on one side of the byte pairs above this share, and hardly any on the other, mean UTF-16. */
const UTF16_NUL_SHARE = { most: 0.4, least: 0.05 };

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function nulShares(sample: Uint8Array): { readonly even: number; readonly odd: number } {
  const counts = [0, 0];
  for (let at = 0; at < sample.length; at += 1) if (sample[at] === 0) counts[at % 2] = (counts[at % 2] ?? 0) + 1;
  const half = Math.max(1, sample.length / 2);
  return { even: (counts[0] ?? 0) / half, odd: (counts[1] ?? 0) / half };
}

function controlShare(sample: Uint8Array): number {
  let control = 0;
  for (const byte of sample) {
    const allowed = byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 27;
    if (byte < 32 && !allowed) control += 1;
  }
  return control / Math.max(1, sample.length);
}

function utf16Label(bytes: Uint8Array, sample: Uint8Array): string | null {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  const { even, odd } = nulShares(sample);
  if (odd > UTF16_NUL_SHARE.most && even < UTF16_NUL_SHARE.least) return 'utf-16le';
  if (even > UTF16_NUL_SHARE.most && odd < UTF16_NUL_SHARE.least) return 'utf-16be';
  return null;
}

function decodeStrictly(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (thrown) {
    // A TypeError is how a decoder says that the bytes are not of its encoding.
    if (thrown instanceof TypeError) return null;
    throw thrown;
  }
}

/** Readers take a PDF whose header stands behind other bytes, at most so many. */
const PDF_HEADER_BYTES = 1_024;

function hasPdfBehindOtherBytes(sample: Uint8Array): boolean {
  return new TextDecoder('windows-1252').decode(sample.subarray(0, PDF_HEADER_BYTES)).includes('%PDF-');
}

/** Text of a file. `path` is only for the message. UTF-8 and UTF-16 are read as such; other text as Windows-1252. */
export function decodeBytes(bytes: Uint8Array, path: string): Result<Decoded> {
  if (bytes.length === 0) return fail('unreadable', `${path} is empty (0 bytes). Save the document into it, or choose another file.`);
  const binary = SIGNATURES.find((signature) => startsWith(bytes, signature.bytes));
  if (binary !== undefined) return fail('unreadable', `${path} ${binary.advice}.`);
  const picture = otherPicture(bytes);
  if (picture !== null) return fail('unreadable', `${path} is a ${picture} picture; of pictures only PNG and JPEG are read. Convert it to PNG or JPEG, or name the text it was made from.`);

  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const utf16 = utf16Label(bytes, sample);
  if (utf16 !== null) {
    const text = decodeStrictly(bytes, utf16);
    if (text === null) return fail('unreadable', `${path} looks like ${utf16.toUpperCase()} but is damaged. Save it as UTF-8 and try again.`);
    return ok({ text, encoding: utf16 });
  }
  if (controlShare(sample) > MAX_CONTROL_SHARE) {
    if (hasPdfBehindOtherBytes(sample)) return fail('unreadable', `${path} ${PDF}.`);
    return fail('unreadable', `${path} is not a text file. Save the document as text or Markdown first.`);
  }
  const utf8 = decodeStrictly(bytes, 'utf-8');
  if (utf8 !== null) return ok({ text: utf8, encoding: 'utf-8' });
  return ok({
    text: new TextDecoder('windows-1252').decode(bytes),
    encoding: 'windows-1252',
    doubt: `${path} is not UTF-8; it was read as Windows-1252 (Latin-1). If letters look wrong, save it as UTF-8.`,
  });
}
