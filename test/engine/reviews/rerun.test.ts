import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provision, type Provision } from '../carryOver/plan.ts';
import { edited, edits } from '../comparison/edits.ts';
import { claims } from '../../../shared/reviewQueue.ts';
import { value } from '../runs/scenarios.ts';
import { reviewBench, type ReviewBench } from './reviewedRun.ts';

const plan = Array.from({ length: 6 }, (_, n) => provision(n));
const edit = plan.map((one, n) => (n === 2 ? provision(2, 99) : one));

async function idOf(own: ReviewBench, runId: string, title: string): Promise<string> {
  return (await own.rows(runId)).find((row) => row.title === title)?.id ?? '';
}

async function standing(own: ReviewBench, runId: string, title: string): Promise<string> {
  const review = (await own.rows(runId)).find((row) => row.title === title)?.review;
  return review === undefined ? 'untouched' : [review.state, review.standing, review.earlier, review.reason].filter((part) => part !== undefined).join(' | ');
}

describe('a decision in the next run', () => {
  it('stands on the same words under another number, and is asked for again on others', async () => {
    const own = reviewBench();
    const first = await own.crosswalk(plan, plan);
    const [kept, other] = [plan[4]!.title, plan[2]!.title];
    for (const title of [kept, other]) value(await own.runs.reviews.act(first, [await idOf(own, first, title)], { kind: 'accept' }, ''));
    const second = await own.crosswalk([provision(40), ...edit], plan);
    expect(await standing(own, second, kept)).toBe('accepted | stands');
    expect(await standing(own, second, other)).toBe('open | reviewAgain | accepted | The text of 1.4 changed since.');
    expect(value(await own.runs.reviews.facets(second)).review).toMatchObject({ reviewAgain: 1, accepted: 1 });
    // The run it was made on keeps it.
    expect(await standing(own, first, other)).toBe('accepted | stands');
    // Made again, it holds on both versions, each with its own words.
    value(await own.runs.reviews.act(second, [await idOf(own, second, other)], { kind: 'reject' }, 'Lee'));
    const third = await own.crosswalk(plan, plan);
    expect([await standing(own, first, other), await standing(own, third, other), await standing(own, second, other)]).toEqual(['accepted | stands', 'accepted | stands', 'rejected | stands']);
    expect(value(await own.runs.reviews.history(second, await idOf(own, second, other))).entries.map(({ words, reviewer }) => `${words} by ${reviewer}`)[0]).toBe('rejected by Lee');
  });

  it('stays when its run is deleted, and is found under another file name', async () => {
    const own = reviewBench();
    const first = await own.crosswalk(plan, plan);
    value(await own.runs.reviews.act(first, [await idOf(own, first, plan[1]!.title)], { kind: 'accept', note: 'Read twice.' }, ''));
    expect(await own.runs.delete(first)).toEqual({ ok: true, value: undefined });
    expect(await own.runs.get(first)).toMatchObject({ failure: { code: 'unreadable' } });
    const renamed = await own.crosswalk(plan.slice(1), plan, ['plan 2026.md', 'new.md']);
    expect(await standing(own, renamed, plan[1]!.title)).toBe('accepted | stands');
    expect(await standing(own, renamed, plan[2]!.title)).toBe('untouched');
    const others = await own.crosswalk(plan.map((_, n) => provision(n + 100)), plan.map((_, n) => provision(n + 100)), ['a.md', 'b.md']);
    expect(value(await own.runs.rowReviews(others)).size).toBe(0);
  });

  it('says nothing of the crosswalk the other way round', async () => {
    const own = reviewBench();
    const first = await own.crosswalk(plan, edit);
    value(await own.runs.reviews.act(first, [await idOf(own, first, plan[1]!.title)], { kind: 'accept', note: 'One way.' }, ''));
    const back = await own.crosswalk(edit, plan, ['new.md', 'old.md']);
    expect(await standing(own, back, plan[1]!.title)).toBe('untouched');
    const again = await own.crosswalk(plan, edit);
    expect(await standing(own, again, plan[1]!.title)).toBe('accepted | stands');
  });

  it('of a finding is carried by the words it rests on', async () => {
    const text = (own: string): string => `# Plan\n\n## 1.1 Benefits\n\n${own}Notice is given within thirty (45) days of the election.\n\n## 1.2 Loans\n\nLoans are repaid in sixty (61) months.\n`;
    const own = reviewBench();
    const first = await own.analyse(text(''));
    const findings = async (runId: string) => value(await own.runs.findings({ runId, offset: 0, limit: 50, analyzer: '', search: '45' })).rows;
    const [finding] = await findings(first);
    value(await own.runs.reviews.act(first, [finding?.key ?? ''], { kind: 'reject' }, ''));
    expect((await findings(first))[0]?.review).toMatchObject({ state: 'rejected', standing: 'stands' });
    const second = await own.analyse(text('Payment takes ten (12) days. '));
    const [now] = await findings(second);
    expect(now?.review).toMatchObject({ state: 'rejected', standing: 'stands' });
    expect(value(await own.runs.rowReviews(second)).size).toBe(1);
    expect(await own.runs.reviews.act(second, [now?.key ?? ''], { kind: 'override', targets: [] }, '')).toMatchObject({ failure: { message: 'Only rows of a crosswalk have targets; accept or reject this one.' } });
  });

  it('over random edits is never kept on other words and never lost', async () => {
    await fc.assert(fc.asyncProperty(edits, edits, async (left, right) => {
      const own = reviewBench();
      const unique = (list: readonly Provision[]) => [...new Map(list.map((one) => [one.title, one])).values()];
      const first = await own.crosswalk(plan, plan);
      const before = await own.rows(first);
      value(await own.runs.reviews.act(first, before.filter(claims).map(({ id }) => id), { kind: 'accept' }, ''));
      const second = await own.crosswalk(unique(edited(plan, left)), unique(edited(plan, right)));
      const hashes = async (runId: string) => {
        const documents = value(await own.runs.get(runId)).documents;
        const units = (await Promise.all(documents.map(async ({ key }) => value(await own.store.units(runId, key))))).flat();
        return new Map(units.map(({ key, contentHash }) => [key, contentHash]));
      };
      const [then, now] = [await hashes(first), await hashes(second)];
      const matches = new Map(value(await own.store.matches(second)).map((match) => [match.sourceId, match]));
      for (const row of await own.rows(second)) {
        if (row.review === undefined || row.review.standing !== 'stands' || row.review.state !== 'accepted') continue;
        const { entries } = value(await own.runs.reviews.history(second, row.id));
        const made = entries.find(({ action }) => action === 'accept')?.after;
        expect(now.get(row.id)).toBe(made?.unit.contentHash);
        const targets = (matches.get(row.id)?.targets ?? []).map(({ targetId }) => now.get(targetId));
        expect(targets.sort()).toEqual(made?.targets.map(({ contentHash }) => contentHash).sort());
      }
      // Every decision is where it was made, and on every row with its words.
      expect((await own.rows(first)).filter(claims).every(({ review }) => review?.state === 'accepted')).toBe(true);
      const words = new Set(before.filter(claims).map(({ id }) => then.get(id)));
      for (const row of (await own.rows(second)).filter(({ id, side }) => side === 'source' && words.has(now.get(id) ?? ''))) expect(row.review).toBeDefined();
    }), { numRuns: 15 });
  }, 60_000);
});

describe('exceptions', () => {
  it('open by themselves once, over re-runs, and again only when closed ones are about other words', async () => {
    const own = reviewBench();
    const labels = async (runId: string) => {
      const row = await idOf(own, runId, plan[2]!.title);
      const { exception } = value(await own.runs.reviews.history(runId, row));
      return exception === null ? 'none' : `${exception.label} ${exception.state}`;
    };
    const first = await own.crosswalk(plan, edit);
    expect(await labels(first)).toBe('EX-1 open');
    const second = await own.crosswalk(plan, edit);
    expect([await labels(second), value(await own.runs.reviews.openExceptions(second))]).toEqual(['EX-1 open', 1]);
    value(await own.runs.reviews.act(second, [await idOf(own, second, plan[2]!.title)], { kind: 'closeException', resolution: 'Agreed.' }, ''));
    expect([await labels(second), await labels(first), value(await own.runs.reviews.openExceptions(first))]).toEqual(['EX-1 closed', 'EX-1 closed', 0]);
    const third = await own.crosswalk(plan, edit);
    expect(await labels(third)).toBe('EX-1 closed');
    const fourth = await own.crosswalk(plan, plan.map((one, n) => (n === 2 ? provision(2, 77) : one)));
    expect(await labels(fourth)).toBe('EX-2 open');
    expect(await labels(third)).toBe('EX-2 open');
  });
});

describe('accepting all above a confidence', () => {
  it('does what the offer says, as one step', async () => {
    const own = reviewBench();
    const runId = await own.crosswalk(plan, edit);
    const sure = (await own.rows(runId)).filter(({ outcome, confidence }) => outcome === 'decided' && confidence !== null && confidence >= 0.5);
    const offer = value(await own.runs.reviews.offer(runId, 0.5));
    expect(offer.rows).toBe(sure.length);
    expect(offer.expectedWrong).toBeCloseTo(sure.reduce((sum, { confidence }) => sum + 1 - (confidence ?? 0), 0) / sure.length);
    expect(value(await own.runs.reviews.acceptAbove(runId, 0.5, '')).ids).toEqual(sure.map(({ id }) => id));
    expect(value(await own.runs.reviews.offer(runId, 0.5)).rows).toBe(0);
    expect(await own.runs.reviews.acceptAbove(runId, 0.5, '')).toMatchObject({ failure: { message: 'No open row is decided at 0.50 or above.' } });
    expect(value(await own.runs.reviews.undo(runId, '')).ids).toHaveLength(sure.length);
    expect(value(await own.runs.reviews.offer(runId, 0.5))).toEqual(offer);
  });
});
