// As a namespace: the named export `z` brings the sentences of every language into the bundle, 360 kB of them.
import * as z from 'zod';
import type { JsonSchema } from './modelPort.ts';

/** What an answer must be: as the provider is told, and as the engine checks it. */
export interface AnswerSchema<T> {
  /** Of letters, digits, `_` and `-`, at most 64. */
  readonly name: string;
  /** Strict: every object closed and every key required, with keywords only that providers bind a model to. */
  readonly json: JsonSchema;
  readonly zod: z.ZodType<T>;
}

/**
 * The strict JSON Schema of a zod schema. Limits that providers do not bind a model to (lengths, ranges, patterns) stand in
 * the description instead, in words; the answer is checked against them all the same. Throws for what no strict schema can
 * say: optional keys (use `nullable`), open records, tuples, transforms, a root that is no object.
 */
export function answerSchema<T>(name: string, zod: z.ZodType<T>): AnswerSchema<T> {
  return { name: checkedName(name), json: strictJsonSchema(name, zod), zod };
}

export interface ItemsAnswer {
  readonly items: readonly unknown[];
}

/** Made once for an item and a name: it is asked for with every key and every call. */
const ITEMS_SCHEMAS = new WeakMap<z.ZodType, Map<string, AnswerSchema<ItemsAnswer>>>();

/** The schema of many items an answer is asked for at once, each checked alone, so that one wrong item spoils no other. */
export function itemsSchema(name: string, item: z.ZodType): AnswerSchema<ItemsAnswer> {
  const named = ITEMS_SCHEMAS.get(item) ?? new Map<string, AnswerSchema<ItemsAnswer>>();
  const known = named.get(name);
  if (known !== undefined) return known;
  const made = { name: checkedName(name), json: strictJsonSchema(name, z.object({ items: z.array(item) })), zod: z.object({ items: z.array(z.unknown()) }) };
  ITEMS_SCHEMAS.set(item, named.set(name, made));
  return made;
}

const NAME = /^[A-Za-z0-9_-]{1,64}$/u;
/** Objects and lists inside each other; source: the limit of structured outputs at OpenAI. */
const MOST_LEVELS = 10;

function checkedName(name: string): string {
  if (!NAME.test(name)) throw new Error(`"${name}" cannot name a schema: letters, digits, _ and -, at most 64.`);
  return name;
}

function strictJsonSchema(name: string, zod: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(zod, { target: 'draft-2020-12', unrepresentable: 'throw', cycles: 'throw', reused: 'inline' });
  if (json['type'] !== 'object') throw new Error(`${name}: the root of an answer is an object.`);
  return strict(json, name, 1);
}

/** Keywords that stay as they are. */
const KEPT: ReadonlySet<string> = new Set(['type', 'enum', 'const', 'title', 'description']);
/** Keywords that no provider binds a model to, in words. */
const IN_WORDS: Readonly<Record<string, (limit: unknown) => string>> = {
  minItems: (n) => `at least ${String(n)} entries`,
  maxItems: (n) => `at most ${String(n)} entries`,
  minLength: (n) => (n === 1 ? 'not empty' : `at least ${String(n)} characters`),
  maxLength: (n) => `at most ${String(n)} characters`,
  minimum: (n) => `${String(n)} or more`,
  maximum: (n) => `${String(n)} or less`,
  exclusiveMinimum: (n) => `more than ${String(n)}`,
  exclusiveMaximum: (n) => `less than ${String(n)}`,
  multipleOf: (n) => `a multiple of ${String(n)}`,
};

type Node = Readonly<Record<string, unknown>>;

function strict(node: Node, path: string, level: number): JsonSchema {
  if (level > MOST_LEVELS) throw new Error(`${path}: an answer has at most ${MOST_LEVELS} levels.`);
  const out: Record<string, unknown> = {};
  const limits: string[] = [];
  for (const [keyword, value] of Object.entries(node)) {
    if (KEPT.has(keyword)) out[keyword] = value;
    else if (keyword === 'properties') out['properties'] = properties(value as Readonly<Record<string, Node>>, path, level);
    else if (keyword === 'items') out['items'] = strict(value as Node, `${path}[]`, level + 1);
    else if (keyword === 'anyOf' || keyword === 'oneOf') out['anyOf'] = (value as readonly Node[]).map((each) => strict(each, path, level));
    else if (IN_WORDS[keyword] !== undefined) {
      if (!isSafeIntegerLimit(value)) limits.push(IN_WORDS[keyword](value));
    } else if (keyword === 'pattern' || keyword === 'format') limits.push(`${keyword} ${String(value)}`);
    else if (keyword !== 'required' && keyword !== 'additionalProperties') throw new Error(`${path}: a strict schema cannot say "${keyword}".`);
  }
  if (node['type'] === 'object') close(out, node, path);
  if (limits.length > 0) out['description'] = [node['description'], limits.join(', ')].filter((each) => each !== undefined).join('; ');
  return out;
}

function properties(of: Readonly<Record<string, Node>>, path: string, level: number): JsonSchema {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, strict(value, `${path}.${key}`, level + 1)]));
}

function close(out: Record<string, unknown>, node: Node, path: string): void {
  const keys = Object.keys((node['properties'] as Node | undefined) ?? {});
  if (typeof node['additionalProperties'] === 'object' || keys.length === 0) throw new Error(`${path}: an answer names its keys, no open record.`);
  const required = (node['required'] as readonly string[] | undefined) ?? [];
  const optional = keys.find((key) => !required.includes(key));
  if (optional !== undefined) throw new Error(`${path}.${optional}: no key of an answer is optional; let it be null.`);
  out['required'] = keys;
  out['additionalProperties'] = false;
}

/** `z.int()` puts the border of safe integers, which says nothing to a model. */
function isSafeIntegerLimit(value: unknown): boolean {
  return value === Number.MAX_SAFE_INTEGER || value === Number.MIN_SAFE_INTEGER;
}
