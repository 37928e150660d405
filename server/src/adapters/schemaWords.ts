import type { ChatMessage, JsonSchema } from '../engine/ports.ts';

/** A model that nothing binds to a schema is told it in words, in front of everything else. */
export function withSchemaInWords(messages: readonly ChatMessage[], schema: JsonSchema): readonly ChatMessage[] {
  const words = `Answer with one JSON value and nothing else: no explanation, no code fence. It must follow this JSON Schema:\n${JSON.stringify(schema)}`;
  const [first, ...rest] = messages;
  if (first?.role === 'system') return [{ role: 'system', content: `${first.content}\n\n${words}` }, ...rest];
  return [{ role: 'system', content: words }, ...messages];
}
