import { describe, expect, test } from 'vitest';
import type { Match, Problem } from '../../../shared/model.ts';
import type { Claim } from '../../../server/src/engine/workflows/crosswalk/claims.ts';
import { newTargets } from '../../../server/src/engine/workflows/crosswalk/newTargets.ts';
import { provisionsOf } from '../../../server/src/engine/workflows/crosswalk/provisions.ts';
import { documentOf, run, type Section } from './harness.ts';

const TOPICS = ['vesting', 'loans', 'hardship withdrawals', 'forfeitures', 'rollover contributions', 'required distributions', 'claims', 'amendments', 'trustees', 'top-heavy benefits'];

/** Provisions of plain topics, the same in both documents but for their first words. */
function plain(count: number, opening = 'The Plan Administrator'): Section[] {
  return TOPICS.slice(0, count).map((topic, k) => ({
    title: `Rules for ${topic}`,
    text: `${opening} shall keep a written procedure for ${topic} that names the ${topic} officer, the ${k + 11} steps of the review of ${topic}, and the form on which a Participant asks about ${topic}.`,
  }));
}

async function rows(source: readonly Section[], target: readonly Section[], problems: readonly Problem[] = []): Promise<{ readonly of: (title: string) => Match; readonly newTitles: readonly string[]; readonly doubted: readonly string[] }> {
  const left = documentOf('old.md', source);
  const right = documentOf('new.md', target, problems);
  const { matches, newTargets } = await run(left, right);
  const titles = new Map(right.units.map((unit) => [unit.key, unit.title ?? '']));
  return {
    of: (title) => {
      const unit = left.units.find((one) => one.title === title);
      const match = matches.find(({ sourceId }) => sourceId === unit?.key);
      if (match === undefined) throw new Error(`${title} has no row.`);
      return match;
    },
    newTitles: newTargets.filter(({ relation }) => relation === 'new').map(({ targetId }) => titles.get(targetId) ?? ''),
    doubted: newTargets.filter(({ outcome }) => outcome === 'abstained').map(({ targetId }) => titles.get(targetId) ?? ''),
  };
}

const WARRANT: Section = { title: 'Aviation fuel', text: 'Aircraft hangars refuel kerosene bowsers nightly beneath sodium floodlights, whatever the runway weather.' };

describe('what has no counterpart', () => {
  test('is missing, or new, between two versions of a document', async () => {
    const { of, newTitles } = await rows([...plain(10), WARRANT], [...plain(10), { title: 'Bees', text: 'Beekeepers smoke their hives at dusk so that swarms of drowsy drones settle upon frames of clover honey.' }]);
    expect(of('Aviation fuel')).toMatchObject({ outcome: 'decided', relation: 'missing', variance: 'design', impact: 'high' });
    expect(newTitles).toEqual(['Bees']);
  });

  test('is not called missing while a part of the target could not be read', async () => {
    const span = { document: 'new.md', start: 0, end: 1, line: 1, column: 1, quote: 'R' };
    const { of } = await rows([...plain(10), WARRANT], plain(10), [{ code: 'record.unreadable', message: 'Line 1 is not JSON.', severity: 'error', span }]);
    expect(of('Aviation fuel')).toMatchObject({ outcome: 'abstained', relation: null, reason: 'no counterpart found so far, but parts of the target document could not be read' });
  });

  test('is neither between documents that share next to nothing', async () => {
    const strangers = TOPICS.map((topic, k): Section => ({ title: `Song ${k}`, text: `Verse ${k} of the ${topic} ballad praises herring, oars and the ninth wave of the ${k} th tide.` }));
    const { newTitles, doubted } = await rows(plain(10), strangers);
    expect(newTitles).toEqual([]);
    expect(doubted.length).toBeGreaterThan(0);
  });
});

test.each([
  [3, 'new'],
  [2, null],
])('a target nobody claims, beside %i of 10 provisions that found theirs, is %s', (found, relation) => {
  const targets = provisionsOf(documentOf('new.md', plain(10))).compared;
  const accepted: Claim = { state: 'accepted', targets: [0], probability: 0.9, rival: 0, split: false, twin: false };
  const claims = Array.from({ length: 10 }, (_, k): Claim => (k < found ? accepted : { state: 'none' }));
  const sources = claims.map(() => ({ candidates: [], counterpartScore: 0, counterpartProbability: 0 }));
  const rows = newTargets(targets, { claims, claimants: new Map([[0, [0]]]) }, { sources, threshold: 0 }, false, { added: new Set(), withdrawn: new Set() });
  expect(rows).toHaveLength(9);
  expect(new Set(rows.map((row) => row.relation))).toEqual(new Set([relation]));
});

describe('the very same words', () => {
  test.each([1, 2, 3])('find each other between documents of %i provisions', async (count) => {
    const { of } = await rows(plain(count), plain(count));
    for (const { title } of plain(count)) expect(of(title ?? '')).toMatchObject({ outcome: 'decided', relation: 'same', confidence: expect.closeTo(0.99, 1) as number });
  });

  test('that stand twice in a document prove nothing by themselves', async () => {
    const [one] = plain(1) as [Section];
    const { of } = await rows([one], [{ ...one, title: 'First' }, { ...one, title: 'Second' }]);
    expect(of(one.title ?? '').outcome).toBe('abstained');
  });

  test('in a provision of 200,000 characters are the same, and with one number changed are no sure match that is called missing', async () => {
    const text = `${'The Participant may ask the Committee for a hearing within the period that the Committee has set. '.repeat(2_000)}It lasts 5 days.`;
    const { of } = await rows([{ title: 'Long', text }], [{ title: 'Long', text }]);
    expect(of('Long')).toMatchObject({ relation: 'same' });
    const other = await rows([{ title: 'Long', text }], [{ title: 'Long', text: text.replace('5 days', '6 days') }]);
    expect(other.of('Long').relation).not.toBe('missing');
    expect(other.of('Long').relation).not.toBe('same');
  });
});
