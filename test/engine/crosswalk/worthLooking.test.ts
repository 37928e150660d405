import { describe, expect, it } from 'vitest';
import { isWorthLooking } from '../../../server/src/engine/workflows/crosswalk/firstLook/worthLooking.ts';
import { provision, question } from '../models/crosswalkRows.ts';

const text = (words: number, at: number): string => Array.from({ length: words }, (_, k) => `word${at}x${k}`).join(' ');

/** A row with so many candidates of so many words, of which all but the first may be set aside. */
function worth(candidates: number, words: number, counterpartProbability: number, sourceWords = words): boolean {
  const row = question(provision('old.md#1', ['A heading'], text(sourceWords, 0)), Array.from({ length: candidates }, (_, k) => provision(`new.md#${k}`, ['A heading'], text(words, k + 1))));
  return isWorthLooking(row, row.candidates.slice(1), counterpartProbability);
}

describe('a first look', () => {
  it.each<[name: string, row: Parameters<typeof worth>, isWorth: boolean]>([
    ['at ten provisions of ordinary length saves', [10, 30, 0.95], true],
    ['at four long ones saves', [4, 300, 0.95], true],
    ['at two costs more than it saves', [2, 30, 0.95], false],
    ['at a few short ones costs more than it saves', [3, 5, 0.95], false],
    ['at short ones behind a long source costs more than it saves', [4, 5, 0.95, 600], false],
    ['at nothing that may be set aside saves nothing', [1, 300, 1], false],
    ['at a row that may well have no counterpart would have it asked twice', [10, 30, 0.5], false],
    ['at a long row that may well have no counterpart would, too', [10, 300, 0.5], false],
    ['at a row that hardly has one is not worth it, however long it is', [10, 300, 0.05], false],
  ])('%s', (_, row, isWorth) => {
    expect(worth(...row)).toBe(isWorth);
  });
});
