import { describe, expect, it } from 'vitest';
import { ITEM_PROBLEMS, matchAnswers, type CheckedItem } from '../../../server/src/engine/models/batchAnswers.ts';

const ASKED = [{ id: 'bcdf' }, { id: 'ghjk' }, { id: 'constructor' }];
const BAD = { reason: 'Not a number.', detail: 'n is not a number.' };

function checkNumber(_: unknown, answer: unknown): CheckedItem<number> {
  const { n } = answer as { readonly n: unknown };
  return typeof n === 'number' ? { ok: true, value: n } : { ok: false, problem: BAD };
}

/** Values or reasons in the order asked, and how many answers named nobody. */
function check(answers: readonly unknown[], expected: readonly unknown[], invented = 0): void {
  const matched = matchAnswers(ASKED, answers, checkNumber);
  expect(matched.items.map((item) => (item.ok ? item.value : item.problem.reason))).toEqual(expected);
  expect(matched.invented).toBe(invented);
}

const missing = ITEM_PROBLEMS.missing.reason;
const twice = ITEM_PROBLEMS.twice.reason;

describe('answers are put to the items they name', () => {
  it.each<[name: string, answers: readonly unknown[], expected: readonly unknown[], invented?: number]>([
    ['in any order', [{ id: 'constructor', n: 3 }, { id: 'ghjk', n: 2 }, { id: 'bcdf', n: 1 }], [1, 2, 3]],
    ['with blanks around the id', [{ id: ' bcdf\n', n: 1 }], [1, missing, missing]],
    ['none', [], [missing, missing, missing]],
    ['one left out', [{ id: 'bcdf', n: 1 }, { id: 'constructor', n: 3 }], [1, missing, 3]],
    ['one twice alike, its keys in another order', [{ id: 'bcdf', n: 1 }, { n: 1, id: 'bcdf' }], [1, missing, missing]],
    ['one twice, and not alike', [{ id: 'bcdf', n: 1 }, { id: 'bcdf', n: 2 }, { id: 'ghjk', n: 2 }], [twice, 2, missing]],
    ['an invented one', [{ id: 'zzzz', n: 1 }, { id: 'BCDF', n: 1 }], [missing, missing, missing], 2],
    ['ones that are no answers', [null, 1, 'bcdf', ['bcdf'], {}, { id: 1, n: 1 }, { id: null }, JSON.parse('{"__proto__": {"id": "bcdf"}}')], [missing, missing, missing], 8],
    ['a wrong one', [{ id: 'bcdf', n: 'x' }, { id: 'ghjk', n: 2 }], [BAD.reason, 2, missing]],
  ])('%s', (_, answers, expected, invented) => check(answers, expected, invented));
});
