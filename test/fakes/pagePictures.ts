/** Pictures of pages by code: whole as real ones, with pixels that nobody looks at. */
import { crc32, deflateSync } from 'node:zlib';

/** A part of a PNG, with its check sum. */
export function pngPart(type: string, data: Uint8Array): Uint8Array {
  const part = Buffer.alloc(data.length + 12);
  part.writeUInt32BE(data.length, 0);
  part.write(type, 4, 'latin1');
  part.set(data, 8);
  part.writeUInt32BE(crc32(part.subarray(4, -4)), data.length + 8);
  return part;
}

/** Width, height, bits of a sample, colour type, interlacing. */
export function pngHead(width: number, height: number, bits = 1, colour = 0, interlace = 0): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([bits, colour, 0, 0, interlace], 8);
  return head;
}

export const PNG_SIGNATURE = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG of that size in black and white, of at least `bytes`; `page` makes it another picture. */
export function png(width: number, height: number, page = 0, bytes = 0): Uint8Array {
  const row = new Uint8Array(1 + Math.ceil(width / 8)).fill(page, 1);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const filling = bytes === 0 ? [] : [pngPart('juNk', new Uint8Array(bytes))];
  return new Uint8Array(Buffer.concat([PNG_SIGNATURE, pngPart('IHDR', pngHead(width, height)), ...filling, pngPart('IDAT', deflateSync(rows)), pngPart('IEND', new Uint8Array())]));
}

const jpegPart = (mark: number, body: readonly number[]): readonly number[] => [0xff, mark, (body.length + 2) >> 8, (body.length + 2) & 0xff, ...body];

/** A JPEG of that size, its frame behind parts as cameras write them, a mark that stands alone and a filling byte. */
export function jpeg(width: number, height: number, parts: readonly number[] = jpegPart(0xe1, [0xff, 0xc0, 0, 9, 8, 0, 1, 0, 1])): Uint8Array {
  const frame = jpegPart(0xc2, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3, 0, 0, 0]);
  return Uint8Array.from([0xff, 0xd8, ...jpegPart(0xe0, [0x4a, 0x46, 0x49, 0x46, 0]), ...parts, 0xff, 0x01, 0xff, ...jpegPart(0xc4, [0, 1, 2]), ...frame, 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
}
