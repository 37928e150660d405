import type { JsonSchema } from './modelPort.ts';
import { estimateTokens } from './tokenCount.ts';

/** Schemas are few and sent with every call. */
const COUNTED = new WeakMap<JsonSchema, number>();

/** Tokens of a schema as it goes out with a call, about. */
export function schemaTokens(schema: JsonSchema): number {
  const known = COUNTED.get(schema) ?? estimateTokens(JSON.stringify(schema));
  COUNTED.set(schema, known);
  return known;
}
