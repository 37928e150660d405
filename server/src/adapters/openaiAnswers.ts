/** What an answer of the OpenAI API says, or the words for what is wrong with it. */
import type { Completion, ModelUsage } from '../engine/ports.ts';

/** What was read, or what is wrong, as the end of a sentence that begins with the server's address. `everyCall`: it would be of each call. */
export type Read<T> = { readonly value: T } | { readonly wrong: string; readonly everyCall?: true };

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
/** More tokens than any call has: what is told beyond it is no count. */
const MOST_TOKENS = 1_000_000_000;
const countOf = (value: unknown): number | null => (typeof value === 'number' && value >= 0 && value <= MOST_TOKENS ? Math.ceil(value) : null);

/** JSON of an answer that arrived. */
export function readJson(text: string): Read<Fields> {
  if (/^\s*</.test(text)) return { wrong: 'answered with a web page instead of JSON. collate.openai.baseUrl may be the address of a site, not of its API; it usually ends in /v1.', everyCall: true };
  if (text.trim() === '') return { wrong: 'answered with nothing.' };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: value as Fields };
    return { wrong: 'answered with JSON that is no answer of the OpenAI API.' };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return { wrong: 'answered with something that is not JSON.' };
    throw thrown;
  }
}

/** Null where the server reported none. */
export function readUsage(body: Fields): ModelUsage | null {
  const usage = fieldsOf(body['usage']);
  const tokensIn = countOf(usage['prompt_tokens']);
  // Every request has some: a gateway that does not count fills in nought.
  if (tokensIn === null || tokensIn === 0) return null;
  // Embeddings have no tokens out; an answer that leaves them out is not exact.
  const tokensOut = countOf(usage['completion_tokens']) ?? (body['choices'] === undefined ? 0 : null);
  if (tokensOut === null) return null;
  const cached = countOf(fieldsOf(usage['prompt_tokens_details'])['cached_tokens']) ?? 0;
  return { tokensIn, tokensOut, tokensCached: Math.min(cached, tokensIn), estimated: false };
}

function textOf(content: unknown): string | null {
  if (typeof content === 'string') return content;
  // Some gateways send the parts of a message.
  if (!Array.isArray(content)) return null;
  return content.map((part) => fieldsOf(part)['text']).filter((text) => typeof text === 'string').join('');
}

export function readCompletion(body: Fields): Read<Completion> {
  const read = readPage(body);
  return 'value' in read && read.value.finish === 'stop' && read.value.text === '' ? { wrong: 'answered with an empty message.' } : read;
}

/** As a completion, but a page without any text is one, too: nobody asks about it again. */
export function readPage(body: Fields): Read<Completion> {
  const [choice] = Array.isArray(body['choices']) ? (body['choices'] as readonly unknown[]) : [];
  if (choice === undefined) return { wrong: 'answered without a choice.' };
  const { message, finish_reason: reason } = fieldsOf(choice);
  const { content, refusal } = fieldsOf(message);
  if (typeof refusal === 'string' && refusal !== '') return { value: { text: refusal, finish: 'refusal' } };
  const text = textOf(content) ?? '';
  if (reason === 'content_filter') return { value: { text, finish: 'filtered' } };
  if (reason === 'length') return { value: { text, finish: 'length' } };
  return { value: { text, finish: 'stop' } };
}

/** Bytes of a float of 32 bits. */
const FLOAT_BYTES = 4;

function vectorOf(embedding: unknown): readonly number[] | null {
  if (typeof embedding === 'string') {
    const bytes = Uint8Array.from(Buffer.from(embedding, 'base64'));
    if (bytes.length === 0 || bytes.length % FLOAT_BYTES !== 0) return null;
    return numbers([...new Float32Array(bytes.buffer)]);
  }
  return Array.isArray(embedding) && embedding.length > 0 ? numbers(embedding) : null;
}

function numbers(values: readonly unknown[]): readonly number[] | null {
  return values.every((value) => typeof value === 'number' && Number.isFinite(value)) ? (values as readonly number[]) : null;
}

/** One vector for each of `count` texts, by the answer's own index. */
export function readVectors(body: Fields, count: number): Read<readonly (readonly number[])[]> {
  const data = Array.isArray(body['data']) ? (body['data'] as readonly unknown[]) : [];
  if (data.length !== count) return { wrong: `answered with ${data.length} vectors for ${count} texts.` };
  const vectors = new Map<unknown, readonly number[]>();
  for (const [at, one] of data.entries()) {
    const { index = at, embedding } = fieldsOf(one);
    const vector = vectorOf(embedding);
    if (vector === null) return { wrong: 'answered with a vector that is none.' };
    vectors.set(index, vector);
  }
  const ordered = Array.from({ length: count }, (_, at) => vectors.get(at));
  if (!ordered.every((vector) => vector !== undefined)) return { wrong: 'answered with vectors that belong to no text.' };
  if (ordered.some((vector) => vector.length !== ordered[0]?.length)) return { wrong: 'answered with vectors of different lengths.' };
  return { value: ordered };
}
