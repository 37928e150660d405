import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cacheKey, type CallIdentity } from '../../../server/src/engine/models/cacheKey.ts';
import { canonicalJson, type JsonValue } from '../../../server/src/engine/models/canonicalJson.ts';

const CALL: CallIdentity = {
  kind: 'completion',
  endpoint: 'https://models.example/v1',
  model: 'large-1',
  promptVersion: 'effect-3',
  content: { source: 'The plan year ends on 31 December.', target: 'The plan year ends on 30 June.' },
  context: ['Plan Year means the period of 12 months.'],
  schema: { type: 'object', properties: { effect: { type: 'string' } }, required: ['effect'] },
  parameters: { temperature: 0, maxTokensOut: 800 },
};

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;
const identity: fc.Arbitrary<CallIdentity> = fc.record({
  kind: fc.constantFrom('completion', 'embedding', 'pageImage'),
  endpoint: fc.string(),
  model: fc.string(),
  promptVersion: fc.string(),
  content: json,
  context: json,
  schema: json,
  parameters: fc.dictionary(fc.string(), json),
});
const PARTS = ['kind', 'endpoint', 'model', 'promptVersion', 'content', 'context', 'schema', 'parameters'] as const;

/** The same value with the names of every object the other way round. */
function turned(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(turned);
  return Object.fromEntries(Object.entries(value).reverse().map(([name, part]) => [name, turned(part as JsonValue)]));
}

describe('the key of an answer', () => {
  it('stays what it was: another one would ask for every answer again', () => {
    expect(cacheKey(CALL)).toBe('4aad96206e36656859053fbcc07ffa252df122d8a7a81f643885e9d512a45885');
  });

  const CHANGES: readonly (readonly [string, Partial<CallIdentity>])[] = [
    ['content', { content: { source: 'The plan year ends on 31 December.', target: 'The plan year ends on 30 July.' } }],
    ['context', { context: [] }],
    ['prompt version', { promptVersion: 'effect-4' }],
    ['model', { model: 'large-2' }],
    ['endpoint', { endpoint: 'https://elsewhere.example/v1' }],
    ['kind', { kind: 'embedding' }],
    ['schema', { schema: null }],
    ['parameter', { parameters: { temperature: 0.1, maxTokensOut: 800 } }],
    ['parameter left out', { parameters: { maxTokensOut: 800 } }],
  ];
  for (const [name, change] of CHANGES) it(`is another for another ${name}`, () => expect(cacheKey({ ...CALL, ...change })).not.toBe(cacheKey(CALL)));

  it('is another whenever one part is another, and only then', () => {
    fc.assert(
      fc.property(identity, identity, fc.constantFrom(...PARTS), (one, other, part) => {
        const changed: CallIdentity = { ...one, [part]: other[part] };
        const isSame = canonicalJson(one[part] as JsonValue) === canonicalJson(other[part] as JsonValue);
        expect(cacheKey(changed) === cacheKey(one)).toBe(isSame);
      }),
    );
  });

  it('does not depend on the order of names, nor on names without a value', () => {
    fc.assert(
      fc.property(identity, (one) => {
        const again = { ...(turned(one as unknown as JsonValue) as unknown as CallIdentity) };
        expect(cacheKey({ ...again, parameters: { ...again.parameters, neverSent: undefined } })).toBe(cacheKey(one));
      }),
    );
  });

  it('lets nothing slip from one part into the next', () => {
    expect(cacheKey({ ...CALL, model: 'a', promptVersion: 'bc' })).not.toBe(cacheKey({ ...CALL, model: 'ab', promptVersion: 'c' }));
    expect(cacheKey({ ...CALL, content: 'a', context: 'b' })).not.toBe(cacheKey({ ...CALL, content: 'b', context: 'a' }));
    expect(cacheKey({ ...CALL, content: '1' })).not.toBe(cacheKey({ ...CALL, content: 1 }));
  });

  it('is refused where a number cannot be said', () => {
    expect(() => cacheKey({ ...CALL, parameters: { temperature: Number.NaN } })).toThrow(RangeError);
  });
});
