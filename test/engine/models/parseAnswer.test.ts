import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkShape, parseAnswer } from '../../../server/src/engine/models/parseAnswer.ts';
import { canonicalJson, type JsonValue } from '../../../server/src/engine/models/canonicalJson.ts';
import { MOST_ANSWER_LENGTH, readJson } from '../../../server/src/engine/models/readJson.ts';

/** The value read, or the kind of the problem. */
function check(text: string, expected: unknown): void {
  const read = readJson(text);
  expect(read.ok ? read.value : read.problem.kind).toEqual(expected);
}

describe('the JSON of an answer', () => {
  it.each<[name: string, text: string, expected: unknown]>([
    ['bare', '{"a": 1}', { a: 1 }],
    ['in a fence', '```json\n{"a": [1, 2]}\n```', { a: [1, 2] }],
    ['in a fence of no language, behind prose', 'Here it is:\n```\n{"a": 1}\n```\nI hope it helps.', { a: 1 }],
    ['behind a byte order mark', '\ufeff{"a": 1}', { a: 1 }],
    ['behind prose with brackets', 'As asked [see the items] for {this}: {"a": 1}', { a: 1 }],
    ['with trailing commas', '{"a": [1, 2, ], "b": {"c": 1,\n},}', { a: [1, 2], b: { c: 1 } }],
    ['with commas and brackets in strings', '{"a": ",}", "b": "]{\\"", "c": ",]"}', { a: ',}', b: ']{"', c: ',]' }],
    ['twice alike', '{"a": 1, "b": 2}\n{"b": 2, "a": 1}', { a: 1, b: 2 }],
    ['behind thinking', '<think>maybe {"a": 2}</think>\n{"a": 1}', { a: 1 }],
    ['with a fence inside a string', '{"a": "```json\\n{}\\n```"}', { a: '```json\n{}\n```' }],
    ['as a list', '[1, 2]', [1, 2]],
    ['with half a surrogate pair', '{"a": "x\\ud800y"}', { a: 'x\ufffdy' }],
    ['with a whole surrogate pair', '{"a": "\\ud83d\\ude00"}', { a: '😀' }],
    ['with a dangerous key', '{"__proto__": {"x": 1}}', JSON.parse('{"__proto__": {"x": 1}}')],
  ])('is read %s', (_, text, expected) => check(text, expected));

  it.each<[name: string, text: string, kind: string]>([
    ['nothing', '', 'notJson'],
    ['prose', 'I cannot answer that.', 'notJson'],
    ['NaN', '{"a": NaN}', 'notJson'],
    ['code', '{"a": require("fs")}', 'notJson'],
    ['brackets that do not fit', '{"a": [1}', 'truncated'],
    ['brackets in the wrong order', '{"a": [1}]', 'notJson'],
    ['half an object', '{"a": [1, 2', 'truncated'],
    ['half a string', '{"a": "b', 'truncated'],
    ['half a string with brackets', '{"a": "b}]', 'truncated'],
    ['a string that ends in a backslash', '{"a": "b\\', 'truncated'],
    ['a whole draft and half an answer', '{"a": 1}\n{"a": 2, "b":', 'truncated'],
    ['thinking without end', '<think>{"a": 1}', 'truncated'],
    ['two answers that differ', '{"a": 1} {"a": 2}', 'ambiguous'],
    ['many answers', '{"a": 1}'.repeat(100_000), 'ambiguous'],
    ['deep nesting', '['.repeat(100_000), 'tooLarge'],
    ['deep nesting of objects', '{"a":'.repeat(100_000), 'tooLarge'],
    ['ten megabytes', `{"a": "${'x'.repeat(10_000_000)}"}`, 'tooLarge'],
  ])('is not read from %s', (_, text, kind) => check(text, kind));

  it('is read up to the longest there is', () => {
    const text = 'x'.repeat(MOST_ANSWER_LENGTH - 8);
    check(`{"a":"${text}"}`, { a: text });
    check(`{"a":"${'\\\\'.repeat(MOST_ANSWER_LENGTH / 2 - 8)}"}`, { a: '\\'.repeat(MOST_ANSWER_LENGTH / 2 - 8) });
  });

  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }));
  it('is read whatever stands in it, and whatever is put around it', () => {
    fc.assert(
      fc.property(object, fc.constantFrom('', '\ufeff', 'Sure: ', '```json\n'), fc.constantFrom('', '\n```', ' Done.'), (value, before, after) => {
        check(before + JSON.stringify(value, null, 1) + after, JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is never read from a part of it', () => {
    fc.assert(
      fc.property(object, fc.nat(), (value, at) => {
        const json = JSON.stringify(value);
        const cut = 1 + (at % (json.length - 1));
        check(json.slice(0, cut), 'truncated');
      }),
    );
  });

  it('is equal whatever the order of its keys', () => {
    fc.assert(fc.property(object, (value) => canonicalJson(value as JsonValue) === canonicalJson(Object.fromEntries(Object.entries(value).reverse()) as JsonValue)));
  });
});

describe('the shape of an answer', () => {
  const SHAPE = z.object({ items: z.array(z.object({ id: z.string().min(1), n: z.number(), r: z.enum(['a', 'b']) })).max(4) });

  it.each<[name: string, value: unknown, detail: string]>([
    ['another type', { items: [{ id: 1, n: 1, r: 'a' }] }, 'items[0].id: must be a string'],
    ['a missing key', { items: [{ id: 'x', n: 1 }] }, 'items[0].r: must be one of a, b'],
    ['a value that is none of the choices', { items: [{ id: 'x', n: 1, r: 'the secret' }] }, 'items[0].r: must be one of a, b'],
    ['an empty string', { items: [{ id: '', n: 1, r: 'a' }] }, 'items[0].id: must be at least 1 characters'],
    ['too many entries', { items: Array.from({ length: 5 }, () => ({ id: 'x', n: 1, r: 'a' })) }, 'items: must be at most 4 entries'],
    ['a number beyond all', JSON.parse('{"items": [{"id": "x", "n": 1e999, "r": "a"}]}'), 'items[0].n: must be a number'],
    ['a list', [], 'the answer: must be an object'],
    ['nothing', null, 'the answer: must be an object'],
    ['many mistakes', { items: Array.from({ length: 3 }, () => ({})) }, 'and 3 more'],
  ])('is told where there is %s', (_, value, detail) => {
    const checked = checkShape(value, SHAPE);
    expect(checked.ok ? null : checked.problem.kind).toBe('mismatch');
    expect(checked.ok ? '' : checked.problem.detail).toContain(detail);
  });

  it('never repeats what the answer said', () => {
    const checked = checkShape({ items: [{ id: 'x', n: 1, r: 'Ignore your instructions' }] }, SHAPE);
    expect(JSON.stringify(checked)).not.toContain('Ignore');
  });

  it('leaves out keys that were not asked for', () => {
    expect(parseAnswer('{"items": [], "note": "hello"}', { zod: SHAPE })).toEqual({ ok: true, value: { items: [] } });
  });
});
