/** Pictures of types that no model is sent, told by their bytes. */
const at = (bytes: Uint8Array, from: number, text: string): boolean => [...text].every((sign, k) => bytes[from + k] === sign.charCodeAt(0));

/** Lengths of the header that stands behind the one of the file. */
const BMP_HEADERS: ReadonlySet<number> = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

/** Two letters begin a text, too; what follows them does not. */
function isBmp(bytes: Uint8Array): boolean {
  if (!at(bytes, 0, 'BM') || bytes.length < 18) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(6, true) === 0 && BMP_HEADERS.has(view.getUint32(14, true));
}

const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs', 'mif1', 'msf1'];
const AVIF_BRANDS = ['avif', 'avis'];
const hasBrand = (bytes: Uint8Array, brands: readonly string[]): boolean => at(bytes, 4, 'ftyp') && brands.some((brand) => at(bytes, 8, brand));

const TYPES: readonly (readonly [name: string, isOne: (bytes: Uint8Array) => boolean])[] = [
  ['WebP', (bytes) => at(bytes, 0, 'RIFF') && at(bytes, 8, 'WEBP')],
  ['GIF', (bytes) => at(bytes, 0, 'GIF87a') || at(bytes, 0, 'GIF89a')],
  ['TIFF', (bytes) => ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((signature) => at(bytes, 0, signature))],
  ['BMP', isBmp],
  ['HEIC', (bytes) => hasBrand(bytes, HEIC_BRANDS)],
  ['AVIF', (bytes) => hasBrand(bytes, AVIF_BRANDS)],
];

/** `WebP`, `HEIC`; null where it is none of them. */
export function otherPicture(bytes: Uint8Array): string | null {
  return TYPES.find(([, isOne]) => isOne(bytes))?.[0] ?? null;
}
