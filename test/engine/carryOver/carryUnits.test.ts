import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../shared/model.ts';
import { carryUnits, type CarryOver } from '../../../server/src/engine/documents/carryOver/carryUnits.ts';
import { sharedContent } from '../../../server/src/engine/documents/carryOver/sharedContent.ts';
import { read } from '../documents/read.ts';
import { planText, provision, type Provision } from './plan.ts';

/** One article; its heading is left out. */
const units = (provisions: readonly Provision[], path = 'plan.md'): readonly Unit[] => read(`# Plan\n\n${planText(provisions, 1000)}`, path).units.slice(provisions.length === 0 ? 1 : 2);
const name = (unit: Unit | null): string => (unit === null ? '-' : `${unit.number ?? ''} ${unit.title ?? ''}`.trim());
const told = ({ carries }: CarryOver): readonly string[] => carries.map(({ before, after, how }) => `${name(before)} > ${name(after)} ${how}`);

const TITLES = { a: provision(1), b: provision(2), c: provision(3), d: provision(4) };
const LOANS: Provision = { title: 'Loans', text: 'Nobody borrows money here, whoever asks.' };
const RESERVED: Provision = { title: 'Reserved', text: 'This section is reserved.' };

function check(before: readonly Provision[], after: readonly Provision[], expected: readonly string[]): void {
  const [a, b, c, d] = [1, 2, 3, 4].map((n) => provision(n).title);
  const words = expected.map((line) => line.replace(/\b[abcdR]\b/g, (letter) => ({ a, b, c, d, R: 'Reserved' })[letter] ?? letter));
  expect(told(carryUnits(units(before), units(after)))).toEqual(words);
}

describe('a unit of the next version', () => {
  const { a, b, c, d } = TITLES;
  const cases: readonly (readonly [string, readonly Provision[], readonly Provision[], readonly string[]])[] = [
    ['is itself where nothing changed', [a, b], [a, b], ['1.1 a > 1.1 a equal', '1.2 b > 1.2 b equal']],
    ['is found behind an insertion', [a, b], [a, c, b], ['1.1 a > 1.1 a equal', '- > 1.2 c added', '1.2 b > 1.3 b equal']],
    ['is found behind what is gone', [a, b, c], [a, c], ['1.1 a > 1.1 a equal', '1.2 b > - gone', '1.3 c > 1.2 c equal']],
    ['is found where it moved to', [a, b, c], [c, a, b], ['1.3 c > 1.1 c equal', '1.1 a > 1.2 a equal', '1.2 b > 1.3 b equal']],
    ['is aligned when a value changed', [a, b], [a, provision(2, 99)], ['1.1 a > 1.1 a equal', '1.2 b > 1.2 b aligned']],
    ['is aligned when it moved and a value changed', [a, b, c], [provision(3, 99), a, b], ['1.3 c > 1.1 c aligned', '1.1 a > 1.2 a equal', '1.2 b > 1.3 b equal']],
    ['is aligned under its number and heading whatever is written there', [a, b, c], [a, { ...b, text: 'Nothing of all that holds any longer.' }, c], ['1.1 a > 1.1 a equal', '1.2 b > 1.2 b aligned', '1.3 c > 1.3 c equal']],
    ['is no other provision that took its number', [a, b, c], [a, d, c], ['1.1 a > 1.1 a equal', '1.2 b > - gone', '- > 1.2 d added', '1.3 c > 1.3 c equal']],
    ['goes with its neighbours when its words are repeated', [a, RESERVED, b, RESERVED, c], [RESERVED, a, RESERVED, b, RESERVED, c], ['- > 1.1 R added', '1.1 a > 1.2 a equal', '1.2 R > 1.3 R equal', '1.3 b > 1.4 b equal', '1.4 R > 1.5 R equal', '1.5 c > 1.6 c equal']],
    ['goes to nothing when all is new', [a, b], [LOANS], ['1.1 a > - gone', '1.2 b > - gone', '- > 1.1 Loans added']],
    ['is nothing of an empty document', [], [a], ['- > 1.1 a added']],
  ];
  it.each(cases)('%s', (_, before, after, expected) => check(before, after, expected));

  it('says how alike the two are', () => {
    const { carries } = carryUnits(units([a, b]), units([a, provision(2, 99)]));
    expect(carries[0]?.similarity).toBe(1);
    expect(carries[1]?.similarity).toBeGreaterThan(0.8);
    expect(carries[1]?.similarity).toBeLessThan(1);
  });

  it('is found in a file of another name', () => {
    const own = carryUnits(units([a, b, RESERVED, RESERVED]), units([a, b, RESERVED, RESERVED], 'renamed.md'));
    expect(own.carries.map(({ how }) => how)).toEqual(['equal', 'equal', 'equal', 'equal']);
    expect(sharedContent(units([a, b]), units([b, a, c], 'renamed.md'))).toBeCloseTo(0.8);
    expect(sharedContent(units([a, b]), units([c, d]))).toBe(0);
  });
});

const plans = fc.uniqueArray(fc.nat(300), { minLength: 1, maxLength: 25 });

describe('over any two versions', () => {
  it('each unit of both stands in one carry, in the order of the newer one', () => {
    fc.assert(fc.property(fc.array(fc.nat(12), { maxLength: 20 }), fc.array(fc.nat(12), { maxLength: 20 }), (some, others) => {
      const before = units(some.map((n) => provision(n % 6, n)));
      const after = units(others.map((n) => provision(n % 6, n)));
      const { carries, byBefore, byAfter } = carryUnits(before, after);
      expect(carries.flatMap((carry) => carry.after ?? [])).toEqual(after);
      expect(new Set(carries.flatMap((carry) => carry.before ?? []))).toEqual(new Set(before));
      expect(carries.filter((carry) => carry.before !== null)).toHaveLength(before.length);
      expect([byBefore.size, byAfter.size]).toEqual([before.length, after.length]);
      for (const carry of carries) {
        const both = carry.before !== null && carry.after !== null;
        expect(both).toBe(carry.how === 'equal' || carry.how === 'aligned');
        expect(carry.before?.contentHash === carry.after?.contentHash).toBe(carry.how === 'equal');
      }
    }));
  });

  it('the same text gives every unit to itself, however often its words are repeated', () => {
    fc.assert(fc.property(fc.array(fc.nat(4), { maxLength: 20 }), (numbers) => {
      const own = units(numbers.map((n) => provision(n)));
      for (const carry of carryUnits(own, units(numbers.map((n) => provision(n)), 'renamed.md')).carries) {
        expect(carry.how).toBe('equal');
        expect(carry.before?.number).toBe(carry.after?.number);
      }
    }));
  });

  it('shuffled provisions are all found', () => {
    fc.assert(fc.property(plans.chain((numbers) => fc.tuple(fc.constant(numbers), fc.shuffledSubarray(numbers, { minLength: numbers.length }))), ([numbers, shuffled]) => {
      const { carries } = carryUnits(units(numbers.map((n) => provision(n))), units(shuffled.map((n) => provision(n))));
      for (const carry of carries) expect(carry.before?.title).toBe(carry.after?.title);
    }));
  });

  it('an insertion shifts nothing', () => {
    fc.assert(fc.property(plans, fc.nat(), (numbers, place) => {
      const before = numbers.map((n) => provision(n));
      const at = place % (before.length + 1);
      const { carries } = carryUnits(units(before), units([...before.slice(0, at), provision(399), ...before.slice(at)]));
      expect(carries.map(({ how }) => how)).toEqual(carries.map((_, j) => (j === at ? 'added' : 'equal')));
    }));
  });

  it('a change of one value loses nobody', () => {
    fc.assert(fc.property(plans, fc.array(fc.nat(), { maxLength: 8 }), (numbers, changed) => {
      const places = new Set(changed.map((n) => n % numbers.length));
      const after = numbers.map((n, at) => provision(n, places.has(at) ? 77 : undefined));
      const { carries } = carryUnits(units(numbers.map((n) => provision(n))), units(after));
      expect(carries.map(({ how }) => how)).toEqual(numbers.map((_, at) => (places.has(at) ? 'aligned' : 'equal')));
    }));
  });
});
