import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../../schemas/reviews.schema.json' with { type: 'json' };
import type { ReviewAction } from '../../../shared/protocol/reviews.ts';
import { provision, type Provision } from '../carryOver/plan.ts';
import { value } from '../runs/scenarios.ts';
import { reviewBench, type ReviewBench } from './reviewedRun.ts';

const plan = Array.from({ length: 5 }, (_, n) => provision(n));
const FILE = 'reviews.json';
const say = (own: ReviewBench, runId: string) => async (n: number, action: ReviewAction, reviewer: string) => {
  const row = (await own.rows(runId)).find(({ title }) => title === plan[n]?.title);
  return value(await own.runs.reviews.act(runId, [row?.id ?? ''], action, reviewer));
};
/** Rows of the provisions, without the heading above them. */
const provisions = async (own: ReviewBench, runId: string) => (await own.rows(runId)).filter(({ title }) => plan.some((one) => one.title === title));
const states = async (own: ReviewBench, runId: string) => (await provisions(own, runId)).map(({ review }) => review?.state ?? '-');

/** Two stores that share their files. */
async function two(names: readonly [string, string] = ['old.md', 'new.md'], target = plan) {
  const files = new Map<string, string | Uint8Array>();
  const [lee, dana] = [reviewBench({ files }), reviewBench({ files })];
  const theirs = await lee.crosswalk(plan, plan);
  const mine = await dana.crosswalk(plan, target, names);
  return { files, lee, dana, theirs, mine, sayTheirs: say(lee, theirs), sayMine: say(dana, mine) };
}

describe('reviews handed to a colleague', () => {
  it('are a file by the published schema, and are taken over in another store as one step', async () => {
    const { files, lee, dana, theirs, mine, sayTheirs } = await two();
    await sayTheirs(0, { kind: 'accept' }, 'Lee');
    await sayTheirs(1, { kind: 'override', targets: ['new.md#Article 1/1.1:1'], note: 'See 1.1.' }, 'Lee');
    await sayTheirs(2, { kind: 'note', note: 'Ask.' }, 'Lee');
    expect(await lee.runs.reviews.exportTo(theirs, FILE)).toEqual({ ok: true, value: 3 });
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    expect(validate(JSON.parse(String(files.get(FILE)))), JSON.stringify(validate.errors)).toBe(true);
    expect(value(await dana.runs.reviews.importFrom(mine, FILE, 'mine', 'Dana'))).toEqual({ applied: 3, unchanged: 0, unknown: 0, conflicts: [], problems: [] });
    expect(await states(dana, mine)).toEqual(['accepted', 'overridden', 'open', '-', '-']);
    const [, overridden] = await provisions(dana, mine);
    expect(overridden?.review).toMatchObject({ standing: 'stands', reviewer: 'Lee', note: 'See 1.1.', override: [{ number: '1.1' }] });
    expect(value(await dana.runs.reviews.history(mine, overridden?.id ?? '')).entries).toMatchObject([{ action: 'import', reviewer: 'Dana', words: 'imported: overridden by Lee' }]);
    expect(value(await dana.runs.reviews.importFrom(mine, FILE, 'mine', ''))).toMatchObject({ applied: 0, unchanged: 3 });
    expect(value(await dana.runs.reviews.undo(mine, '')).ids).toHaveLength(3);
    expect(await states(dana, mine)).toEqual(['-', '-', '-', '-', '-']);
  });

  it('are found by their words under another file name, and kept off other words', async () => {
    const { lee, dana, theirs, mine, sayTheirs } = await two(['plan 2026.md', 'new 2026.md'], plan.map((one, n) => (n === 1 ? provision(1, 99) : one)));
    for (const n of [0, 1, 4]) await sayTheirs(n, { kind: 'accept' }, 'Lee');
    await lee.runs.reviews.exportTo(theirs, FILE);
    expect(value(await dana.runs.reviews.importFrom(mine, FILE, 'mine', ''))).toMatchObject({ applied: 3, unknown: 0 });
    const rows = await provisions(dana, mine);
    expect(rows[0]?.review).toMatchObject({ state: 'accepted', standing: 'stands' });
    expect(rows[1]?.review).toMatchObject({ state: 'open', standing: 'reviewAgain', earlier: 'accepted' });
    const other = await dana.crosswalk(plan.slice(1), plan, ['x.md', 'y.md']);
    expect(value(await dana.runs.reviews.importFrom(other, FILE, 'mine', ''))).toMatchObject({ unknown: 1, problems: ['1.1: its words are not in this run, or stand in it more than once.'] });
  });

  it('never overwrite what was said here, unless theirs is to rule', async () => {
    const { lee, dana, theirs, mine, sayTheirs, sayMine } = await two();
    await sayTheirs(0, { kind: 'accept' }, 'Lee');
    await sayTheirs(1, { kind: 'reject' }, 'Lee');
    await lee.runs.reviews.exportTo(theirs, FILE);
    await sayMine(1, { kind: 'accept' }, 'Dana');
    const told = value(await dana.runs.reviews.importFrom(mine, FILE, 'mine', 'Dana'));
    expect(told).toMatchObject({ applied: 1, conflicts: [{ name: '1.2', mine: { state: 'accepted', reviewer: 'Dana' }, theirs: { state: 'rejected', reviewer: 'Lee' } }] });
    expect(await states(dana, mine)).toEqual(['accepted', 'accepted', '-', '-', '-']);
    expect(value(await dana.runs.reviews.importFrom(mine, FILE, 'theirs', 'Dana'))).toMatchObject({ applied: 1, conflicts: [] });
    expect(await states(dana, mine)).toEqual(['accepted', 'rejected', '-', '-', '-']);
  });

  it('that would not hold beside what was said here are told, not counted', async () => {
    const { files, lee, dana, theirs, mine, sayTheirs, sayMine } = await two();
    for (const n of [1, 2]) await sayTheirs(n, { kind: 'override', targets: ['new.md#Article 1/1.1:1'] }, 'Lee');
    await lee.runs.reviews.exportTo(theirs, FILE);
    const text = JSON.parse(String(files.get(FILE))) as { reviews: { override: { contentHash: string }[]; targets: { contentHash: string }[] }[] };
    text.reviews[0]!.override[0]!.contentHash = 'words that are not here';
    text.reviews[1]!.targets[0]!.contentHash = 'words that are not here';
    files.set(FILE, JSON.stringify(text));
    for (const n of [1, 2]) await sayMine(n, { kind: 'reject' }, 'Dana');
    for (const conflicts of ['mine', 'theirs'] as const) {
      expect(value(await dana.runs.reviews.importFrom(mine, FILE, conflicts, 'Dana'))).toEqual({
        applied: 0, unchanged: 0, unknown: 2, conflicts: [],
        problems: ['1.2: what Lee said names a target that is not in this run; yours stands.', '1.3: what Lee said was decided on other targets; yours stands.'],
      });
    }
    expect(await states(dana, mine)).toEqual(['-', 'rejected', 'rejected', '-', '-']);
  });

  it('made in time to come are told as a fault of the file, and not taken over', async () => {
    const { files, lee, dana, theirs, mine, sayTheirs } = await two();
    for (const n of [0, 1]) await sayTheirs(n, { kind: 'accept' }, 'Lee');
    await lee.runs.reviews.exportTo(theirs, FILE);
    const text = JSON.parse(String(files.get(FILE))) as { reviews: { at: string }[] };
    const hours = (n: number): string => new Date(dana.ports.clock.now() + n * 3_600_000).toISOString();
    text.reviews[0]!.at = hours(25);
    text.reviews[1]!.at = hours(23);
    files.set(FILE, JSON.stringify(text));
    for (const conflicts of ['mine', 'theirs'] as const) {
      expect(value(await dana.runs.reviews.importFrom(mine, FILE, conflicts, 'Dana'))).toMatchObject({
        unknown: 1, problems: [`1.1: the file says that Lee decided it at ${hours(25)}, which is still to come. Correct the time in the file, and import it again.`],
      });
      expect(await states(dana, mine)).toEqual(['-', 'accepted', '-', '-', '-']);
    }
  });

  it('of equal provisions go to none where it is not certain which they were about', async () => {
    const files = new Map<string, string | Uint8Array>();
    const [lee, dana] = [reviewBench({ files }), reviewBench({ files })];
    const [a, twin, b] = plan as [Provision, Provision, Provision];
    const theirs = await lee.crosswalk([a, twin, twin, b], plan);
    const ids = (await lee.rows(theirs)).filter(({ side, title }) => side === 'source' && title === twin.title).map(({ id }) => id);
    for (const [at, kind] of (['accept', 'reject'] as const).entries()) value(await lee.runs.reviews.act(theirs, [ids[at] ?? ''], { kind }, 'Lee'));
    await lee.runs.reviews.exportTo(theirs, FILE);
    const same = await dana.crosswalk([a, twin, twin, b], plan);
    expect(value(await dana.runs.reviews.importFrom(same, FILE, 'mine', ''))).toMatchObject({ applied: 2, problems: [] });
    const one = reviewBench({ files });
    const fewer = await one.crosswalk([a, twin, b], plan);
    expect(value(await one.runs.reviews.importFrom(fewer, FILE, 'mine', ''))).toMatchObject({
      applied: 0, unknown: 2, problems: Array.from({ length: 2 }, () => expect.stringContaining('the file says different things of provisions with these words') as string),
    });
    const other = reviewBench({ files });
    const more = await other.crosswalk([twin, a, twin, b, plan[4]!], plan);
    expect(value(await other.runs.reviews.importFrom(more, FILE, 'mine', ''))).toMatchObject({ applied: 0, unknown: 2 });
  });

  const good = { schemaVersion: 1, workflow: 'crosswalk', documents: [], reviews: [] };
  const review = {
    findingKey: 'k', kind: 'match', name: '1.1', unit: { key: 'u', contentHash: 'c' }, targets: [], state: 'accepted', reviewer: 'Lee', at: '2026-01-01T00:00:00Z',
  };
  const unsayable: readonly (readonly [what: string, change: object, says: string])[] = [
    ['an overridden review that names no override', { state: 'overridden' }, 'reviews[0] has a state and an override that contradict each other'],
    ['an accepted review with an override', { override: [] }, 'reviews[0] has a state and an override that contradict each other'],
    ['an overridden new target', { kind: 'newTarget', state: 'overridden', override: [] }, 'reviews[0] is overridden, which only a match can be'],
    ['more targets than can be named', { state: 'overridden', override: Array.from({ length: 51 }, () => review.unit) }, 'reviews[0].override has more than 50 targets'],
    ['a note longer than one can be', { note: 'x'.repeat(10_001) }, 'reviews[0].note has more than 10000 characters'],
    ['a review of nobody', { reviewer: ' ' }, 'reviews[0].reviewer is empty'],
  ];
  it.each(unsayable)('%s is refused', async (_, change, says) => {
    const { files, dana, mine } = await two();
    files.set(FILE, JSON.stringify({ ...good, reviews: [{ ...review, ...change }] }));
    const message = `reviews.json is not a file of reviews: ${says}. Name a file that collate reviews export wrote.`;
    expect(await dana.runs.reviews.importFrom(mine, FILE, 'theirs', '')).toMatchObject({ ok: false, failure: { message } });
  });

  const broken: readonly (readonly [what: string, content: string | Uint8Array, says: string])[] = [
    ['no JSON', 'hello', 'reviews.json is not a file of reviews: it is no JSON. Name a file that collate reviews export wrote.'],
    ['a list', '[]', 'reviews.json is not a file of reviews: it is not an object. Name a file that collate reviews export wrote.'],
    ['another version', JSON.stringify({ ...good, schemaVersion: 2 }), 'reviews.json was written by another version of Collate: its schema is 2, this one reads 1. Update Collate, or export the reviews again.'],
    ['a broken review', JSON.stringify({ ...good, reviews: [{ findingKey: 1 }] }), 'reviews.json is not a file of reviews: reviews[0].at is not a text. Name a file that collate reviews export wrote.'],
    ['another workflow', JSON.stringify({ ...good, workflow: 'document' }), 'reviews.json holds reviews of a document run; this is a crosswalk run.'],
    ['bytes', new Uint8Array([0xff, 0xfe, 0x00]), 'reviews.json is not a file of reviews: it is no text. Name a file that collate reviews export wrote.'],
  ];
  it.each(broken)('%s is refused with a sentence', async (_, content, says) => {
    const { files, dana, mine } = await two();
    files.set(FILE, content);
    expect(await dana.runs.reviews.importFrom(mine, FILE, 'theirs', '')).toMatchObject({ ok: false, failure: { message: says } });
  });
});
