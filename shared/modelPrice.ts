/** The price of a model as a user gives it. */

/** US dollars per million tokens. */
export interface ModelPrice {
  readonly input: number;
  /** Input the provider had in its own prompt cache. */
  readonly cachedInput: number;
  readonly output: number;
}

/** The day at the end of a dated model, as `gpt-4o-mini-2024-07-18`. */
const DATED = /-\d{4}-\d{2}-\d{2}$/;

/** A dated model has the price of the one it is a version of. */
export function undated(model: string): string {
  return model.replace(DATED, '');
}

/** What the user gave for a model. */
export function ownPrice<T>(model: string, own: Readonly<Record<string, T>>): T | undefined {
  return own[model] ?? own[undated(model)];
}

/**
 * Reads `input/output` or `input/cached/output`, in US dollars per million tokens, as `0.15/0.60`. Null: it is neither.
 */
export function parsePrice(text: string): ModelPrice | null {
  const parts = text.split('/').map((part) => (/^\s*\d+(\.\d+)?\s*$/.test(part) ? Number(part) : Number.NaN));
  if (parts.some(Number.isNaN)) return null;
  const [input, second, third] = parts;
  if (input === undefined || second === undefined || parts.length > 3) return null;
  return third === undefined ? { input, cachedInput: input, output: second } : { input, cachedInput: second, output: third };
}
