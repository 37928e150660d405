import { fail, ok, type Result } from '../../../../../shared/failure.ts';
import type { Ports } from '../../ports.ts';
import { jpegFault } from './jpegFault.ts';
import { PICTURE_NAME, type PagePicture } from './pagePicture.ts';
import type { PictureFault } from './pictureFault.ts';
import { pngPixels } from './pngParts.ts';

type PicturePorts = Pick<Ports, 'unpackedLength' | 'yieldToHost'>;

async function pngFault(bytes: Uint8Array, { unpackedLength, yieldToHost }: PicturePorts, signal: AbortSignal): Promise<PictureFault | null> {
  const pixels = await pngPixels(bytes, yieldToHost, signal);
  if (typeof pixels === 'string') return pixels;
  const length = await unpackedLength(pixels.packed, pixels.length, signal);
  return length === null || length < pixels.length ? 'damaged' : null;
}

const WHAT: Readonly<Record<PictureFault, string>> = { cutOff: 'that is cut off: its end is missing', damaged: 'whose data is damaged' };

/**
 * A picture that can be drawn to its end, as far as its parts tell, so that nobody pays for reading half of one; otherwise a sentence.
 * `path` is only for the message. Rejects when the signal is aborted.
 */
export async function wholePicture(picture: PagePicture, path: string, ports: PicturePorts, signal: AbortSignal): Promise<Result<PagePicture>> {
  const { bytes, type } = picture;
  const fault = type === 'image/png' ? await pngFault(bytes, ports, signal) : jpegFault(bytes);
  if (fault === null) return ok(picture);
  return fail('unreadable', `${path} is a ${PICTURE_NAME[type]} picture ${WHAT[fault]}. Copy it again from where it came from or save it anew, or choose another file. Nothing was sent.`);
}
