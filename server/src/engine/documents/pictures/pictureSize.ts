import type { PictureType } from '../../../../../shared/pictures.ts';

/** Pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The size by the picture's own header. Null: the header is damaged. Source: the PNG specification, 11.2.2, and ITU T.81, B.2.2. */
export function pictureSize(bytes: Uint8Array, type: PictureType): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = type === 'image/png' ? pngSize(view) : jpegSize(view);
  return size !== null && size.width > 0 && size.height > 0 ? size : null;
}

const IHDR = 0x49484452;
const PNG_HEADER_BYTES = 33;

function pngSize(view: DataView): PictureSize | null {
  if (view.byteLength < PNG_HEADER_BYTES || view.getUint32(12) !== IHDR) return null;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

const MARK = 0xff;
/** Frames; three marks between them are tables. */
const [FIRST_FRAME, LAST_FRAME] = [0xc0, 0xcf];
const TABLES: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);
/** Nothing follows these marks: restarts, the start, and one for arithmetic coding. */
const standsAlone = (mark: number): boolean => mark === 0x01 || (mark >= 0xd0 && mark <= 0xd8);
/** Behind it stand the pixels, without a frame before them. */
const START_OF_SCAN = 0xda;
/** Length, precision, height, width. */
const FRAME_BYTES = 7;

function jpegSize(view: DataView): PictureSize | null {
  let at = 2;
  while (at + 1 < view.byteLength) {
    if (view.getUint8(at) !== MARK) return null;
    const mark = view.getUint8(at + 1);
    if (mark === MARK) {
      at += 1;
    } else if (standsAlone(mark)) {
      at += 2;
    } else if (mark >= FIRST_FRAME && mark <= LAST_FRAME && !TABLES.has(mark)) {
      return at + 2 + FRAME_BYTES <= view.byteLength ? { height: view.getUint16(at + 5), width: view.getUint16(at + 7) } : null;
    } else if (mark === START_OF_SCAN || at + 4 > view.byteLength) {
      return null;
    } else {
      at += 2 + Math.max(2, view.getUint16(at + 2));
    }
  }
  return null;
}
