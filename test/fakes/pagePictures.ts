/** Pictures of pages by code: headers as real ones, pixels that nobody looks at. */

/** A PNG of that size; `page` makes it another picture. */
export function png(width: number, height: number, page = 0, bytes = 64): Uint8Array {
  const picture = new Uint8Array(Math.max(bytes, 33)).fill(page, 33);
  picture.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(picture.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  picture.set([8, 2, 0, 0, 0], 24);
  return picture;
}

const jpegPart = (mark: number, body: readonly number[]): readonly number[] => [0xff, mark, (body.length + 2) >> 8, (body.length + 2) & 0xff, ...body];

/** A JPEG of that size, its frame behind parts as cameras write them, a mark that stands alone and a filling byte. */
export function jpeg(width: number, height: number, parts: readonly number[] = jpegPart(0xe1, [0xff, 0xc0, 0, 9, 8, 0, 1, 0, 1])): Uint8Array {
  const frame = jpegPart(0xc2, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3, 0, 0, 0]);
  return Uint8Array.from([0xff, 0xd8, ...jpegPart(0xe0, [0x4a, 0x46, 0x49, 0x46, 0]), ...parts, 0xff, 0x01, 0xff, ...jpegPart(0xc4, [0, 1, 2]), ...frame, 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
}
