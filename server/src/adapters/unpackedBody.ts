import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

type Unpack = (packed: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Uint8Array>;

const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip) as Unpack, 'x-gzip': promisify(gunzip) as Unpack, deflate: promisify(inflate) as Unpack, br: promisify(brotliDecompress) as Unpack,
};

/**
 * The bytes of a body as they were before its `content-encoding`: some proxies pack answers though nobody asked for it.
 * Of an encoding that is not known they are as they came. Rejects where they are broken, or unpack to more than `most` bytes.
 */
export async function unpacked(bytes: Uint8Array, encoding: string | null, most: number): Promise<Uint8Array> {
  let body = bytes;
  // Encodings are named in the order they were applied.
  for (const name of (encoding ?? '').toLowerCase().split(',').reverse()) {
    const unpack = UNPACK[name.trim()];
    if (unpack !== undefined) body = await unpack(body, { maxOutputLength: most });
  }
  return body;
}
