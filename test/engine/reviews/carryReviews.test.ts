import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Review, ReviewState, Unit } from '../../../shared/model.ts';
import { carryUnits } from '../../../server/src/engine/documents/carryOver/carryUnits.ts';
import { findingKey } from '../../../server/src/engine/runs/comparison/findingKey.ts';
import type { RunFacts } from '../../../server/src/engine/runs/comparison/runFacts.ts';
import { carryReviews } from '../../../server/src/engine/runs/reviews/carryReviews.ts';
import { provision, type Provision } from '../carryOver/plan.ts';
import { crosswalkFacts, type CrosswalkGiven } from '../comparison/facts.ts';
import { edited, edits } from '../comparison/edits.ts';

const [a, b, c, d] = [1, 2, 3, 4].map((n) => provision(n)) as [Provision, Provision, Provision, Provision];

function unitOf({ documents }: RunFacts, key: string): Unit {
  const unit = documents.flatMap(({ units }) => units).find((one) => one.key === key);
  if (unit === undefined) throw new Error(`There is no ${key}.`);
  return unit;
}

/** A review of every row, made on the words it has. */
function reviewsOf(facts: RunFacts, state: ReviewState = 'accepted', override: readonly Unit[] = []): readonly Review[] {
  const reviewed = (key: string) => ({ key, contentHash: unitOf(facts, key).contentHash });
  const common = { state, reviewer: 'dana', at: 1, ...(state === 'overridden' ? { override: override.map(({ key }) => reviewed(key)) } : {}) };
  return [
    ...facts.matches.map(({ sourceId, targets }) => ({ ...common, findingKey: findingKey('crosswalk', sourceId, 'match'), unit: reviewed(sourceId), targets: targets.map(({ targetId }) => reviewed(targetId)) })),
    ...facts.newTargets.map(({ targetId }) => ({ ...common, findingKey: findingKey('crosswalk', targetId, 'newTarget'), unit: reviewed(targetId), targets: [] })),
  ];
}

function carried(before: RunFacts, after: RunFacts, reviews = reviewsOf(before)) {
  const [source, target] = after.documents.map(({ units }, at) => carryUnits(before.documents[at]?.units ?? [], units));
  if (source === undefined || target === undefined) throw new Error('two documents');
  return carryReviews(reviews, { source, target }, after.matches, after.newTargets);
}

/** `1.2 stands`, by the number a unit had. */
function told(before: RunFacts, after: RunFacts, reviews = reviewsOf(before)): readonly string[] {
  return carried(before, after, reviews).map(({ review, standing }) => {
    const { number } = unitOf(before, review.unit.key);
    return `${number ?? ''} ${standing.standing}${standing.standing === 'stands' ? '' : `: ${standing.reason}`}`;
  });
}

function check(before: CrosswalkGiven, after: CrosswalkGiven, expected: readonly string[]): void {
  expect(told(crosswalkFacts('r1', before), crosswalkFacts('r2', after))).toEqual(expected);
}

describe('a review in the next run', () => {
  const both: CrosswalkGiven = { source: [a, b], target: [a, b] };
  const cases: readonly (readonly [string, CrosswalkGiven, CrosswalkGiven, readonly string[]])[] = [
    ['stands on the same words', both, both, ['1.1 stands', '1.2 stands']],
    ['stands under another number, in another place', both, { source: [d, b, a], target: [c, b, a] }, ['1.1 stands', '1.2 stands']],
    ['stands though outcome and relation changed', both, { ...both, rows: [[a, [a], { outcome: 'abstained' }]] }, ['1.1 stands', '1.2 stands']],
    ['is asked for again on other words', both, { source: [a, provision(2, 99)], target: [a, b] }, ['1.1 stands', '1.2 reviewAgain: The text of 1.2 changed since.']],
    ['is asked for again on a target of other words', both, { source: [a, b], target: [a, provision(2, 99)] }, ['1.1 stands', '1.2 reviewAgain: The target it was made on, 1.2, has another text now.']],
    ['is asked for again when its target is gone', both, { source: [a, b], target: [a] }, ['1.1 stands', '1.2 reviewAgain: The target it was made on is no longer in the document.']],
    ['is asked for again when it is matched elsewhere', both, { ...both, rows: [[b, [a]]] }, ['1.1 stands', '1.2 reviewAgain: 1.2 is now matched with 1.1, which it was not when it was reviewed.']],
    ['is asked for again when it is matched with more', both, { ...both, rows: [[b, [b, a]]] }, ['1.1 stands', '1.2 reviewAgain: 1.2 is now matched with 1.1, which it was not when it was reviewed.']],
    ['is asked for again when it is matched with less', { ...both, rows: [[b, [b, a]]] }, both, ['1.1 stands', '1.2 reviewAgain: 1.2 is no longer matched with 1.1, with which it was reviewed.']],
    ['is asked for again when it had no counterpart and has one', { source: [a], target: [a], rows: [[a, []]] }, { source: [a], target: [a] }, ['1.1 reviewAgain: 1.1 is now matched with 1.1, which it was not when it was reviewed.', '1.1 reviewAgain: 1.1 is claimed by a provision now.']],
    ['is never lost with its unit', both, { source: [b], target: [a, b] }, ['1.1 unitGone: The unit it was made on is no longer in the document.', '1.2 stands']],
    ['of a new target stands while nobody claims it', { source: [a], target: [a, b] }, { source: [a], target: [b, a] }, ['1.1 stands', '1.2 stands']],
  ];
  it.each(cases)('%s', (_, before, after, expected) => check(before, after, expected));

  it('of equal provisions is asked for again when one is gone, unless all carry the same', () => {
    const before = crosswalkFacts('r1', { source: [a, b, b, c], target: [a, b] });
    const after = crosswalkFacts('r2', { source: [a, b, c], target: [a, b] });
    const [made] = reviewsOf(before).filter(({ unit }) => unitOf(before, unit.key).title === b.title) as [Review];
    const [one, other] = (before.documents[0]?.units ?? []).filter(({ title }) => title === b.title)
      .map(({ key, contentHash }): Review => ({ ...made, findingKey: findingKey('crosswalk', key, 'match'), unit: { key, contentHash } })) as [Review, Review];
    const standings = (own: readonly Review[]) => carried(before, after, own).map(({ standing: { standing } }) => standing);
    expect(standings([one, other]).sort()).toEqual(['stands', 'unitGone']);
    expect(standings([one, { ...other, state: 'rejected' }])).toContain('reviewAgain');
    expect(standings([one])).not.toContain('stands');
    expect(standings([other])).not.toContain('stands');
  });

  it('that names another target is asked for again when that one changed', () => {
    const before = crosswalkFacts('r1', { source: [a], target: [a, b] });
    const named = before.documents[1]?.units.filter(({ title }) => title === b.title) ?? [];
    const reviews = reviewsOf(before, 'overridden', named).slice(0, 1);
    expect(told(before, crosswalkFacts('r2', { source: [a], target: [a, b] }), reviews)).toEqual(['1.1 stands']);
    expect(told(before, crosswalkFacts('r2', { source: [a], target: [a, provision(2, 99)] }), reviews)).toEqual(['1.1 reviewAgain: The target named instead, 1.2, has another text now.']);
  });
});

describe('over random edits', () => {
  const base = Array.from({ length: 8 }, (_, n) => provision(n));

  it('every review is listed once, and stands only on the words and targets it was made on', () => {
    fc.assert(fc.property(edits, edits, (source, target) => {
      const before = crosswalkFacts('r1', { source: base, target: base.slice(1) });
      const after = crosswalkFacts('r2', { source: [...new Map(edited(base, source).map((one) => [one.title, one])).values()], target: [...new Map(edited(base.slice(1), target).map((one) => [one.title, one])).values()] });
      const reviews = reviewsOf(before);
      const all = carried(before, after, reviews);
      expect(all.map(({ review }) => review)).toEqual(reviews);
      for (const { review, findingKey: key, standing } of all) {
        expect(key === null).toBe(standing.standing === 'unitGone');
        if (standing.standing !== 'stands') continue;
        const unitKey = (key ?? '').replace(/^crosswalk:/, '').replace(/:(?:match|newTarget)$/, '');
        expect(unitOf(after, unitKey).contentHash).toBe(review.unit.contentHash);
        const targets = after.matches.find(({ sourceId }) => sourceId === unitKey)?.targets ?? [];
        expect(targets.map(({ targetId }) => unitOf(after, targetId).contentHash)).toEqual(review.targets.map(({ contentHash }) => contentHash));
      }
    }), { numRuns: 50 });
  });
});
