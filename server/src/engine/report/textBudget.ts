/** Bytes a text takes in a file, about: UTF-8 length with the escapes of markup. */
export function markupLength(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) length += code === 0x26 || code === 0x3c || code === 0x3e || code === 0x22 || code === 0x27 ? 5 : 1;
    else length += code < 0x800 ? 2 : code >= 0xd800 && code <= 0xdfff ? 2 : 3;
  }
  return length;
}

/**
 * The longest each text may be so that all of them fit: short ones stay whole, long ones share what is left
 * (water-filling). Infinity where everything fits.
 */
export function longestAllowed(lengths: readonly number[], budget: number): number {
  const sorted = lengths.toSorted((a, b) => a - b);
  let left = budget;
  for (const [at, length] of sorted.entries()) {
    const share = left / (sorted.length - at);
    if (length > share) return Math.max(0, Math.floor(share));
    left -= length;
  }
  return Infinity;
}
