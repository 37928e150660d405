const ALPHABET = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING = '='.charCodeAt(0);

/** RFC 4648, with padding. */
export function base64(bytes: Uint8Array): string {
  const signs = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  const sign = (sextet: number): number => ALPHABET[sextet & 63] as number;
  for (let at = 0, to = 0; at < bytes.length; at += 3, to += 4) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    signs[to] = sign(group >> 18);
    signs[to + 1] = sign(group >> 12);
    signs[to + 2] = at + 1 < bytes.length ? sign(group >> 6) : PADDING;
    signs[to + 3] = at + 2 < bytes.length ? sign(group) : PADDING;
  }
  return new TextDecoder().decode(signs);
}
