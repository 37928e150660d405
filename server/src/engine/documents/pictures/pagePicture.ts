import { fail, ok, type Result } from '../../../../../shared/failure.ts';
import { MAX_PICTURE_BYTES, type PictureType } from '../../../../../shared/pictures.ts';
import { formatBytes, formatCount } from '../../../../../shared/words/format.ts';
import { pictureSize, type PictureSize } from './pictureSize.ts';

/** A picture of a page that can be sent to a model. */
export interface PagePicture extends PictureSize {
  readonly type: PictureType;
  readonly bytes: Uint8Array;
}

/** Most pixels a side, by the strictest of the large providers. */
const MAX_SIDE = 8_000;

export const PICTURE_NAME: Readonly<Record<PictureType, string>> = { 'image/png': 'PNG', 'image/jpeg': 'JPEG' };

/** `path` is only for the message. Fails with a sentence where no provider would take it. */
export function pagePicture(bytes: Uint8Array, type: PictureType, path: string): Result<PagePicture> {
  if (bytes.length > MAX_PICTURE_BYTES) {
    return fail('tooLarge', `${path} is a picture of ${formatBytes(bytes.length)}; models are sent at most ${formatBytes(MAX_PICTURE_BYTES)}. Save it smaller, as a JPEG or with fewer pixels.`);
  }
  const size = pictureSize(bytes, type);
  if (size === null) {
    return fail('unreadable', `${path} begins as a ${PICTURE_NAME[type]} picture, but its header is damaged. Save the picture again, or choose another file.`);
  }
  const { width, height } = size;
  if (Math.max(width, height) > MAX_SIDE) {
    return fail('tooLarge', `${path} has ${formatCount(width)} x ${formatCount(height)} pixels; models are sent at most ${formatCount(MAX_SIDE)} a side. Save it with fewer pixels, or cut it into pages.`);
  }
  return ok({ type, bytes, ...size });
}
