import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerSchema, itemsSchema } from '../../../server/src/engine/models/answerSchema.ts';
import { crosswalkVerify } from '../../../server/src/engine/models/tasks/crosswalkVerify.ts';

/** What structured outputs bind a model to. */
const ALLOWED = new Set(['type', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'enum', 'const', 'title', 'description']);

function checkStrict(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const schema = node as Readonly<Record<string, unknown>>;
  for (const keyword of Object.keys(schema)) expect(ALLOWED).toContain(keyword);
  if (schema['type'] === 'object') {
    expect(schema['additionalProperties']).toBe(false);
    expect(schema['required']).toEqual(Object.keys(schema['properties'] as object));
    for (const each of Object.values(schema['properties'] as object)) checkStrict(each);
  }
  checkStrict(schema['items']);
  for (const each of (schema['anyOf'] as readonly unknown[] | undefined) ?? []) checkStrict(each);
}

describe('a strict schema', () => {
  it.each<[string, z.ZodType]>([
    ['of plain values', z.object({ a: z.string(), b: z.number(), c: z.boolean(), d: z.null() })],
    ['of limits', z.object({ a: z.string().min(1).max(9).regex(/^x/u), n: z.int().min(0).max(5), l: z.array(z.email()).max(3) })],
    ['of choices', z.object({ a: z.enum(['x', 'y']), b: z.literal('z'), c: z.union([z.string(), z.number()]), d: z.string().nullable() })],
    ['of cases', z.object({ a: z.discriminatedUnion('k', [z.object({ k: z.literal('p'), v: z.number() }), z.object({ k: z.literal('q') })]) })],
  ])('%s has nothing a provider does not bind to', (_, schema) => checkStrict(answerSchema('s', schema).json));

  it('of every task is strict', () => checkStrict(itemsSchema(crosswalkVerify.name, crosswalkVerify.item).json));

  it('says limits in words', () => {
    const { json } = answerSchema('s', z.object({ n: z.int().min(0).max(5).describe('How many'), l: z.array(z.string().min(1)).max(3) }));
    expect(json['properties']).toEqual({
      n: { type: 'integer', description: 'How many; 0 or more, 5 or less' },
      l: { type: 'array', items: { type: 'string', description: 'not empty' }, description: 'at most 3 entries' },
    });
  });

  it.each<[string, string, z.ZodType, RegExp]>([
    ['an optional key', 's', z.object({ a: z.string().optional() }), /s\.a: no key of an answer is optional/u],
    ['an open record', 's', z.object({ a: z.record(z.string(), z.string()) }), /cannot say|no open record/u],
    ['a tuple', 's', z.object({ a: z.tuple([z.string(), z.number()]) }), /cannot say/u],
    ['a transform', 's', z.object({ a: z.string().transform(Number) }), /./u],
    ['a list as its root', 's', z.array(z.string()), /root/u],
    ['a name with blanks', 'a b', z.object({ a: z.string() }), /cannot name/u],
    ['many levels', 's', Array.from({ length: 10 }).reduce<z.ZodType>((inner) => z.object({ a: inner }), z.string()), /levels/u],
  ])('is refused to %s', (_, name, schema, message) => expect(() => answerSchema(name, schema)).toThrow(message));

  it('of items leaves each item to its own check', () => {
    const { zod, json } = itemsSchema('s', z.object({ id: z.string() }));
    expect(zod.safeParse({ items: [{ id: 1 }, 'x', null] }).success).toBe(true);
    expect(zod.safeParse({ items: 'x' }).success).toBe(false);
    checkStrict(json);
  });
});
