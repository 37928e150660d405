import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Hex digits of a content hash: 128 bits, far beyond chance for the units of any document. */
const CONTENT_HASH_DIGITS = 32;

/** SHA-256 of a text's UTF-8, in hex. */
export function textHash(text: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(text)));
}

/** SHA-256 of bytes, in hex. */
export function bytesHash(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** A text as contents are compared: white space and compatible Unicode forms make no difference. */
export function foldedText(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim();
}

/** Hash of a unit's words: equal for texts that differ in white space or compatible Unicode forms only. */
export function contentHash(title: string, text: string): string {
  return textHash(foldedText(`${title}\n${text}`)).slice(0, CONTENT_HASH_DIGITS);
}
