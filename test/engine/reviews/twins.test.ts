import { describe, expect, it } from 'vitest';
import { provision, type Provision } from '../carryOver/plan.ts';
import { value } from '../runs/scenarios.ts';
import { reviewBench, type ReviewBench } from './reviewedRun.ts';

const [a, b, c, d, twin] = [0, 1, 2, 3, 4].map((n) => provision(n)) as [Provision, Provision, Provision, Provision, Provision];
const target = [a, b, c, d, twin];
type Act = 'accept' | 'reject' | 'reopen';

const GONE = 'Several provisions have these very words, and one of them is gone: it is not certain which of them was decided on. Decide again.';
const ADDED = 'Several provisions have these very words, and another has the same words now: it is not certain which of them was decided on. Decide again.';

async function twinRows(own: ReviewBench, runId: string): Promise<readonly string[]> {
  return (await own.rows(runId)).filter(({ side, title }) => side === 'source' && title === twin.title).map(({ id }) => id);
}

/** How each row with the twins' words stands, in the document's order. */
async function standings(own: ReviewBench, runId: string): Promise<readonly string[]> {
  const ids = await twinRows(own, runId);
  return (await own.rows(runId)).filter(({ id }) => ids.includes(id)).map(({ review }) =>
    review === undefined ? 'untouched' : [review.state, review.standing, review.earlier, review.reason].filter((part) => part !== undefined).join(' | '));
}

/** Acts on the twins of the first version, by their order; then reads the next version. */
async function check(before: readonly Provision[], acts: readonly (readonly [twin: number, act: Act])[], after: readonly Provision[], expected: readonly string[]): Promise<void> {
  const own = reviewBench();
  const first = await own.crosswalk(before, target);
  const ids = await twinRows(own, first);
  for (const [at, kind] of acts) value(await own.runs.reviews.act(first, [ids[at] ?? ''], { kind }, 'dana'));
  const then = await standings(own, first);
  const second = await own.crosswalk(after, target);
  expect(await standings(own, second)).toEqual(expected);
  const again = expected.filter((one) => one.startsWith('open | reviewAgain')).length;
  expect(value(await own.runs.reviews.facets(second)).review.reviewAgain).toBe(again);
  // What was said on the first version stays there.
  expect(await standings(own, first)).toEqual(then);
}

describe('equal provisions in the next version', () => {
  const cases: readonly (readonly [string, readonly Provision[], readonly (readonly [number, Act])[], readonly Provision[], readonly string[]])[] = [
    ['one of two neighbours is gone: the decision on one of them is asked for again', [a, twin, twin, b], [[0, 'accept']], [a, twin, b], [`open | reviewAgain | accepted | ${GONE}`]],
    ['whichever of them it was', [a, twin, twin, b], [[1, 'accept']], [a, twin, b], [`open | reviewAgain | accepted | ${GONE}`]],
    ['apart, with their neighbours changed', [a, twin, b, twin, c], [[0, 'accept']], [a, twin, d], [`open | reviewAgain | accepted | ${GONE}`]],
    ['decisions at odds are asked for again', [a, twin, twin, b], [[0, 'accept'], [1, 'reject']], [a, twin, b], [`open | reviewAgain | rejected | ${GONE}`]],
    ['what one of them took back does not hide the other', [a, twin, twin, b], [[0, 'accept'], [1, 'reject'], [1, 'reopen']], [a, twin, b], [`open | reviewAgain | accepted | ${GONE}`]],
    ['the same decision on all stands', [a, twin, twin, b], [[0, 'accept'], [1, 'accept']], [a, twin, b], ['accepted | stands']],
    ['neighbours on both sides tell them apart', [a, twin, b, twin, c], [[0, 'accept'], [1, 'reject']], [a, b, twin, c], ['rejected | stands']],
    ['and give the gone one to nobody', [a, twin, b, twin, c], [[0, 'accept']], [a, b, twin, c], ['untouched']],
    ['nothing gone, nothing asked', [a, twin, twin, b], [[0, 'accept'], [1, 'reject']], [a, twin, twin, b, c], ['accepted | stands', 'rejected | stands']],
    ['a new twin beside one that was decided', [a, twin, b], [[0, 'accept']], [a, twin, twin, b], [`open | reviewAgain | accepted | ${ADDED}`, `open | reviewAgain | accepted | ${ADDED}`]],
    ['a new twin elsewhere', [a, twin, b], [[0, 'accept']], [a, twin, b, twin], ['accepted | stands', 'untouched']],
    ['nothing decided, nothing said', [a, twin, twin, b], [], [a, twin, b], ['untouched']],
  ];
  it.each(cases)('%s', (_, before, acts, after, expected) => check(before, acts, after, expected));

  it('carry the same decision also where it was made in two runs over one text', async () => {
    const own = reviewBench();
    const before = [a, twin, twin, b];
    const first = await own.crosswalk(before, target);
    value(await own.runs.reviews.act(first, [(await twinRows(own, first))[0] ?? ''], { kind: 'accept' }, ''));
    const second = await own.crosswalk(before, target);
    value(await own.runs.reviews.act(second, [(await twinRows(own, second))[1] ?? ''], { kind: 'accept' }, ''));
    const third = await own.crosswalk([a, twin, b], target);
    expect(await standings(own, third)).toEqual(['accepted | stands']);
  });

  it('decided again hold where they were decided, and change no earlier run', async () => {
    const own = reviewBench();
    const first = await own.crosswalk([a, twin, twin, b], target);
    const [one, other] = await twinRows(own, first);
    value(await own.runs.reviews.act(first, [one ?? ''], { kind: 'accept' }, ''));
    value(await own.runs.reviews.act(first, [other ?? ''], { kind: 'reject' }, ''));
    const second = await own.crosswalk([a, twin, b], target);
    value(await own.runs.reviews.act(second, await twinRows(own, second), { kind: 'accept' }, ''));
    expect(await standings(own, second)).toEqual(['accepted | stands']);
    expect(await standings(own, first)).toEqual(['accepted | stands', 'rejected | stands']);
    value(await own.runs.reviews.undo(second, ''));
    expect(await standings(own, second)).toEqual([`open | reviewAgain | rejected | ${GONE}`]);
  });

  it('as targets: a decision is asked for again when one of them is gone', async () => {
    const own = reviewBench();
    const first = await own.crosswalk([a, twin], [a, twin, twin, b]);
    value(await own.runs.reviews.act(first, await twinRows(own, first), { kind: 'reject' }, ''));
    const made = value(await own.runs.reviews.history(first, (await twinRows(own, first))[0] ?? '')).entries[0]?.after;
    const second = await own.crosswalk([a, twin], [a, twin, b]);
    const [now] = await standings(own, second);
    expect(now).toMatch(made?.targets.length === 0 ? /^open \| reviewAgain \| rejected/ : /^open \| reviewAgain \| rejected \| The target it was made on was one of several provisions with equal words/);
  });
});

describe('equal findings in one unit', () => {
  it('keep each its own decision', async () => {
    const own = reviewBench();
    const text = '# Plan\n\n## 1.1 Benefits\n\nNotice is given within thirty (45) days. Payment is made within thirty (45) days.\n';
    const findings = async (runId: string) => value(await own.runs.findings({ runId, offset: 0, limit: 50, analyzer: '', search: '45' })).rows;
    const first = await own.analyse(text);
    const before = await findings(first);
    expect(before.length).toBeGreaterThan(1);
    value(await own.runs.reviews.act(first, [before[1]?.key ?? ''], { kind: 'reject' }, ''));
    const second = await findings(await own.analyse(text));
    expect(second.map(({ review }) => review?.state ?? 'open')).toEqual(before.map((_, at) => (at === 1 ? 'rejected' : 'open')));
  });
});
