import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../../server/src/engine/documents/decode.ts';
import { readDocument } from '../../../server/src/engine/documents/readDocument.ts';
import { refusal } from './read.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, bigEndian: boolean, bom: boolean): Uint8Array => {
  const units = (bom ? '\uFEFF' : '') + text;
  const bytes = new Uint8Array(units.length * 2);
  for (let at = 0; at < units.length; at += 1) {
    const code = units.charCodeAt(at);
    bytes[at * 2] = bigEndian ? code >> 8 : code & 255;
    bytes[at * 2 + 1] = bigEndian ? code & 255 : code >> 8;
  }
  return bytes;
};

/** Texts as they stand, numbers as so many NULs. */
const bytesOf = (...parts: readonly (string | number)[]): Uint8Array => utf8(parts.map((part) => (typeof part === 'string' ? part : '\0'.repeat(part))).join(''));
const picture = (name: string): RegExp => new RegExp(`^a\\.txt is a ${name} picture; of pictures only PNG and JPEG are read\\. Convert it to PNG or JPEG, or name the text it was made from\\.$`, 'u');

describe('decoding', () => {
  const words = 'The Plan Year is the calendar year. Größe: 5 %.';
  const readable: readonly (readonly [string, Uint8Array, string])[] = [
    ['UTF-8', utf8(words), 'utf-8'],
    ['UTF-8 with a BOM', utf8(`\uFEFF${words}`), 'utf-8'],
    ['UTF-16 little endian', utf16(words, false, true), 'utf-16le'],
    ['UTF-16 big endian', utf16(words, true, true), 'utf-16be'],
    ['UTF-16 without a BOM', utf16(words, false, false), 'utf-16le'],
    ['Latin-1', Uint8Array.from(words, (sign) => sign.charCodeAt(0)), 'windows-1252'],
  ];
  for (const [name, bytes, encoding] of readable) {
    it(`reads ${name}`, () => {
      const decoded = decodeBytes(bytes, 'a.txt');
      expect(decoded.ok && decoded.value.encoding).toBe(encoding);
      expect(decoded.ok && decoded.value.text.replace('\uFEFF', '')).toBe(words);
      expect(decoded.ok && decoded.value.doubt !== undefined).toBe(encoding === 'windows-1252');
    });
  }

  const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['0 bytes', new Uint8Array(), /is empty \(0 bytes\)/],
    ['only white space', utf8(' \r\n\t\n'), /holds no text/],
    ['a PDF', utf8('%PDF-1.7\n...'), /^a\.txt is a PDF\. PDF is not read; save it as text or Markdown first, or its pages as PNG or JPEG pictures/],
    ['a PDF behind other bytes', bytesOf('\0\x01\x02\x03', 40, '%PDF-1.4\n'), /is a PDF\./],
    ['a DOCX', utf8('PK\x03\x04...'), /ZIP archive \(DOCX and XLSX are too\)/],
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10), /is a picture \(PNG\)\. It has no text of its own/],
    ['a WebP', bytesOf('RIFF', 4, 'WEBPVP8 '), picture('WebP')],
    ['a GIF', bytesOf('GIF89a', 20), picture('GIF')],
    ['an old GIF', bytesOf('GIF87a', 20), picture('GIF')],
    ['a TIFF', bytesOf('II*\0', 20), picture('TIFF')],
    ['a TIFF of the other order', bytesOf('MM\0*', 20), picture('TIFF')],
    ['a big TIFF', bytesOf('II+\0', 20), picture('TIFF')],
    ['a BMP', bytesOf('BM', 12, '\x28', 40), picture('BMP')],
    ['a HEIC', bytesOf('\0\0\0\x18ftypheic', 20), picture('HEIC')],
    ['a HEIF', bytesOf('\0\0\0\x18ftypmif1', 20), picture('HEIC')],
    ['an AVIF', bytesOf('\0\0\0\x18ftypavif', 20), picture('AVIF')],
    ['random bytes', Uint8Array.from({ length: 4096 }, (_, at) => (at * 7919 + (at >> 3)) & 255), /not a text file/],
    ['JSON that is no list of turns', utf8('{"a": 1}\n'), /not a list of turns|JSONL/],
  ];
  for (const [name, bytes, sentence] of refused) {
    it(`refuses ${name} with a sentence`, () => {
      expect(refusal(bytes, name.startsWith('JSON') ? 'a.json' : 'a.txt')).toMatch(sentence);
    });
  }

  it.each(['BM: We agreed on it.', 'GIF8 is a name.', 'RIFF said the WEBP was late.', 'II* is a footnote.', 'A file begins with %PDF-1.7 then.'])('reads words that begin as a picture does: %s', (text) => {
    const decoded = decodeBytes(utf8(text), 'a.txt');
    expect(decoded.ok && decoded.value.text).toBe(text);
  });

  it('leaves stray NUL bytes out and says where', () => {
    const result = readDocument({ key: 'a.txt', path: 'a.txt', bytes: utf8(`${'Words of a plan. '.repeat(40)}\0tail`) });
    expect(result.ok && result.value.problems).toMatchObject([{ code: 'text.nul', severity: 'warning', span: { start: 680 } }]);
    expect(result.ok && result.value.text.includes('\0')).toBe(false);
  });
});
