import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpackedLength } from '../../../server/src/adapters/nodeUnpack.ts';
import { nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { pagePicture } from '../../../server/src/engine/documents/pictures/pagePicture.ts';
import { wholePicture } from '../../../server/src/engine/documents/pictures/wholePicture.ts';
import { pictureTypeOf } from '../../../shared/pictures.ts';
import { jpeg, png, PNG_SIGNATURE, pngHead, pngPart } from '../../fakes/pagePictures.ts';

const never = new AbortController().signal;
const ports = { unpackedLength, yieldToHost: nodeYield };

/** `whole`, or what is wrong with it. */
async function check(bytes: Uint8Array, signal = never): Promise<string> {
  const type = pictureTypeOf(bytes);
  if (type === null) return 'no picture';
  const picture = pagePicture(bytes, type, 'scan');
  if (!picture.ok) return picture.failure.message;
  const whole = await wholePicture(picture.value, 'scan', ports, signal);
  return whole.ok ? 'whole' : whole.failure.message;
}

const END = pngPart('IEND', new Uint8Array());
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat([PNG_SIGNATURE, ...parts]));
const packed = (bytes: number): Uint8Array => deflateSync(new Uint8Array(bytes));
/** Of 10 x 10 pixels, 3 bytes a row. */
const SMALL = pngPart('IHDR', pngHead(10, 10));
const PIXELS = packed(30);

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  const place = at < 0 ? copy.length + at : at;
  copy[place] = (copy[place] ?? 0) ^ 0x10;
  return copy;
}

const CUT_OFF = /^scan is a (PNG|JPEG) picture that is cut off: its end is missing\. Copy it again .* or choose another file\. Nothing was sent\.$/u;
const DAMAGED = /^scan is a (PNG|JPEG) picture whose data is damaged\. /u;
const HEADER = /header is damaged/u;
const EXIF = [0xff, 0xe1, 0, 8, 0xff, 0xd8, 0xff, 0xd9, 0xff, 0xd9];

describe('a picture', () => {
  const table: readonly (readonly [string, Uint8Array, RegExp | 'whole'])[] = [
    ['of a page', png(1_240, 1_754), 'whole'],
    ['in several pieces', joined(SMALL, pngPart('IDAT', PIXELS.slice(0, 5)), pngPart('IDAT', PIXELS.slice(5)), END), 'whole'],
    ['with more behind its end', new Uint8Array([...png(10, 10), 1, 2, 3]), 'whole'],
    ['with a large part of its own', png(10, 10, 0, 3_000_000), 'whole'],
    // Passes of 10 x 10 pixels in full colour: 2 x 2, 1 x 2, 3 x 1, 2 x 3, 5 x 2, 5 x 5, 10 x 5, each row with its filter.
    ['that is interlaced', joined(pngPart('IHDR', pngHead(10, 10, 8, 2, 1)), pngPart('IDAT', packed(2 * 7 + 2 * 4 + 10 + 3 * 7 + 2 * 16 + 5 * 16 + 5 * 31)), END), 'whole'],
    ['that is interlaced and lacks a byte', joined(pngPart('IHDR', pngHead(10, 10, 8, 2, 1)), pngPart('IDAT', packed(2 * 7 + 2 * 4 + 10 + 3 * 7 + 2 * 16 + 5 * 16 + 5 * 31 - 1)), END), DAMAGED],
    ['with 16 bits and alpha', joined(pngPart('IHDR', pngHead(10, 10, 16, 6)), pngPart('IDAT', packed(10 * 81)), END), 'whole'],
    ['that is cut off', png(1_240, 1_754).slice(0, -20), CUT_OFF],
    ['that ends before its end part', joined(SMALL, pngPart('IDAT', PIXELS)), CUT_OFF],
    ['that ends behind its header', png(10, 10).slice(0, 33), CUT_OFF],
    ['with another byte in its pixels', changed(png(1_240, 1_754), -30), DAMAGED],
    ['with another byte in its header', changed(png(10, 10), 19), DAMAGED],
    ['with another check sum', changed(png(10, 10), -1), DAMAGED],
    ['without pixels', joined(SMALL, END), DAMAGED],
    ['with pixels that do not unpack', joined(SMALL, pngPart('IDAT', PIXELS.slice(0, -5)), END), DAMAGED],
    ['with pixels that are no stream', joined(SMALL, pngPart('IDAT', Uint8Array.from([1, 2, 3, 4])), END), DAMAGED],
    ['with too few pixels', joined(SMALL, pngPart('IDAT', packed(29)), END), DAMAGED],
    ['of colours that no PNG has', joined(pngPart('IHDR', pngHead(10, 10, 8, 5)), pngPart('IDAT', packed(900)), END), DAMAGED],
    ['with half of its signature', changed(png(10, 10), 5), DAMAGED],
    ['as a camera writes it', jpeg(900, 1_200), 'whole'],
    ['with a small one inside', jpeg(900, 1_200, EXIF), 'whole'],
    ['in two scans, restarted, with a byte that looks like a mark', new Uint8Array([...jpeg(9, 9).slice(0, -2), 0xff, 0, 0xff, 0xd3, 7, 0xff, 0xda, 0, 2, 9, 0xff, 0xff, 0xd9]), 'whole'],
    ['with more behind the end of a photo', new Uint8Array([...jpeg(9, 9), 1, 2]), 'whole'],
    ['a photo that is cut off', jpeg(900, 1_200).slice(0, -2), CUT_OFF],
    ['a photo that ends in a mark', jpeg(900, 1_200).slice(0, -1), CUT_OFF],
    ['a photo that ends in a part', new Uint8Array([...jpeg(9, 9).slice(0, -2), 0xff, 0xc4, 0, 90, 1]), CUT_OFF],
    ['a photo with a part of no length', new Uint8Array([...jpeg(9, 9).slice(0, -2), 0xff, 0xc4, 0, 1, 1, 0xff, 0xd9]), DAMAGED],
    ['a photo with bytes between its parts', new Uint8Array([...jpeg(9, 9).slice(0, -2), 0xff, 0xc4, 0, 2, 5, 0xff, 0xd9]), DAMAGED],
    ['without a size', png(0, 10), HEADER],
  ];
  it.each(table)('%s', async (_, bytes, expected) => {
    if (expected === 'whole') expect(await check(bytes)).toBe('whole');
    else expect(await check(bytes)).toMatch(expected);
  });

  it('that unpacks to more than any page is not unpacked to its end', async () => {
    const bomb = deflateSync(new Uint8Array(40_000_000));
    expect(await unpackedLength([bomb], 1_000, never)).toBeLessThan(1_000_000);
    expect(await check(joined(SMALL, pngPart('IDAT', bomb), END))).toBe('whole');
  });

  it('is not looked at any longer once that is stopped', async () => {
    const stop = new AbortController();
    const looking = check(png(4_000, 4_000, 0, 5_000_000), stop.signal);
    stop.abort(new Error('stopped'));
    await expect(looking).rejects.toThrow('stopped');
    await expect(unpackedLength([packed(10)], 10, stop.signal)).rejects.toThrow('stopped');
  });
});
