/** What an answer depends on, as one key. */
import { textHash } from '../documents/hash.ts';
import { canonicalJson, type JsonValue } from './canonicalJson.ts';

/** All that decides an answer. What is not here must not be able to change it. */
export interface CallIdentity {
  readonly kind: 'completion' | 'embedding' | 'pageImage';
  /** Of the provider (`ModelProvider.endpoint`): the same name may be another model elsewhere. */
  readonly endpoint: string;
  readonly model: string;
  /** Version of the words around the content. */
  readonly promptVersion: string;
  /** What is asked about. */
  readonly content: JsonValue;
  /** What is sent beside it. Forgetting it makes one answer serve two questions. */
  readonly context: JsonValue;
  /** What the answer must be; null where it may be anything. */
  readonly schema: JsonValue;
  /** Temperature, most tokens out and whatever else is sent. */
  readonly parameters: { readonly [name: string]: JsonValue | undefined };
}

/** Raised when the same identity is to give another key. */
const KEY_VERSION = 1;

/** The key of an answer, in hex: another one whenever any part of the identity is another. */
export function cacheKey({ kind, endpoint, model, promptVersion, content, context, schema, parameters }: CallIdentity): string {
  const before = [KEY_VERSION, kind, endpoint, model, promptVersion, content, context].map(canonicalJson);
  return textHash(`[${[...before, schemaJson(schema), canonicalJson(parameters)].join(',')}]`);
}

/** One schema is a part of thousands of keys. */
const SCHEMAS = new WeakMap<object, string>();

function schemaJson(schema: JsonValue): string {
  if (typeof schema !== 'object' || schema === null) return canonicalJson(schema);
  const json = SCHEMAS.get(schema) ?? canonicalJson(schema);
  SCHEMAS.set(schema, json);
  return json;
}
