const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const ALPHABET = new TextEncoder().encode(SIGNS);
const PADDING = '='.charCodeAt(0);
/** By character code. */
const VALUES: Uint8Array = new Uint8Array(128);
for (const [value, character] of [...SIGNS].entries()) VALUES[character.charCodeAt(0)] = value;

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

/** The bytes of a text that `base64` wrote; null: it is none. */
export function fromBase64(text: string): Uint8Array | null {
  const words = text.replace(/={1,2}$/, '');
  if (text.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(words)) return null;
  const bytes = new Uint8Array(Math.floor((words.length * 3) / 4));
  for (let at = 0, place = 0; place < words.length; place += 4) {
    const group = [0, 1, 2, 3].reduce((sum, k) => (sum << 6) | (VALUES[words.charCodeAt(place + k)] ?? 0), 0);
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = (group >> shift) & 255;
  }
  return bytes;
}
