import fc from 'fast-check';
import { provision, type Provision } from '../carryOver/plan.ts';

/** What a person does to a document between two runs; places are taken modulo its length. */
export type Edit =
  | { readonly edit: 'insert' | 'change'; readonly at: number; readonly n: number }
  | { readonly edit: 'delete'; readonly at: number }
  | { readonly edit: 'swap'; readonly at: number; readonly with: number };

const place = fc.nat(40);
export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.oneof(
    fc.record({ edit: fc.constantFrom('insert' as const, 'change' as const), at: place, n: fc.nat(90) }),
    fc.record({ edit: fc.constant('delete' as const), at: place }),
    fc.record({ edit: fc.constant('swap' as const), at: place, with: place }),
  ),
  { maxLength: 5 },
);

function one(provisions: readonly Provision[], edit: Edit): readonly Provision[] {
  const at = edit.at % Math.max(1, provisions.length);
  const own = provisions[at];
  switch (edit.edit) {
    case 'insert':
      return [...provisions.slice(0, at), provision(100 + edit.n), ...provisions.slice(at)];
    case 'delete':
      return provisions.length < 3 ? provisions : provisions.toSpliced(at, 1);
    case 'change':
      return own === undefined ? provisions : provisions.with(at, { ...own, text: own.text.replace(/\d+/, String(edit.n + 40)) });
    case 'swap': {
      const other = provisions[edit.with % provisions.length];
      return own === undefined || other === undefined ? provisions : provisions.with(at, other).with(edit.with % provisions.length, own);
    }
  }
}

export function edited(provisions: readonly Provision[], all: readonly Edit[]): readonly Provision[] {
  return all.reduce(one, provisions);
}
