import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directionOf, directionText, readDirection } from '../../../server/src/engine/models/direction.ts';
import { fromBase64 } from '../../../server/src/engine/report/base64.ts';

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const dot = (c: ArrayLike<number>, d: ArrayLike<number>): number => Array.from(c, (value, k) => value * (d[k] as number)).reduce((sum, value) => sum + value, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};
const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }).filter((values) => values.some((value) => Math.abs(value) > 1e-300));

describe('a direction', () => {
  it('points where its vector does, however long that is', () => {
    fc.assert(fc.property(vector, fc.double({ min: 0.001, max: 1000, noNaN: true }), (values, scale) => {
      const direction = directionOf(values);
      expect(cosine(direction, values)).toBeGreaterThan(0.99);
      expect(Math.max(...direction.map(Math.abs))).toBe(127);
      expect(directionOf(values.map((value) => value * scale)).length).toBe(values.length);
    }));
  });

  it('is read back from its text', () => {
    fc.assert(fc.property(vector, (values) => {
      const direction = directionOf(values);
      expect(readDirection(JSON.parse(JSON.stringify(directionText(direction))))).toEqual(direction);
    }));
    expect(directionText(directionOf(Array.from({ length: 1_536 }, (_, k) => Math.sin(k)))).length).toBe(2_048);
  });

  it.each<[kept: unknown]>([[null], [7], [''], ['A'], ['AAAA'], ['not base64!'], [[1, 2]], [{ length: 2 }]])('is not read from %j', (kept) => {
    expect(readDirection(kept)).toBeNull();
  });
});

describe('bytes of a text', () => {
  it('are those a host writes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      expect(fromBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
    }));
    expect(fromBase64('AB=C')).toBeNull();
    expect(fromBase64('====')).toBeNull();
  });
});
