const MASK = '***';
/** Characters from which on a piece of a key counts as a secret: servers say "Incorrect API key provided: sk-abc***xyz". */
const SHORTEST_PIECE = 6;
/** What looks like a key whoever it belongs to. */
const KEY_LIKE = /\b(Bearer\s+\S+|sk-[\w-]{6,})/gi;

/** A text without the key and without pieces of it. */
export function redactKey(text: string, key: string | null): string {
  const masked = text.replace(KEY_LIKE, MASK);
  if (key === null || key === '') return masked;
  return withoutKey(masked, key).replace(/[\w.-]+/g, (word) => (word.length >= SHORTEST_PIECE && key.includes(word) ? MASK : word));
}

/** A text without the key, otherwise word for word. */
export function withoutKey(text: string, key: string | null): string {
  return key !== null && key.length >= SHORTEST_PIECE && text.includes(key) ? text.replaceAll(key, MASK) : text;
}
