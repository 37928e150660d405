import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/failure.ts';
import { FirstAnswers } from '../../../server/src/engine/models/firstAnswers.ts';
import type { CallResult } from '../../../server/src/engine/models/modelPort.ts';
import { runBatches, type BatchesResult } from '../../../server/src/engine/models/runBatches.ts';
import { NEVER, USAGE } from './answers.ts';
import { answersOf, SIDE_BY_SIDE, start, world } from './runtimeWorld.ts';

type Answered = CallResult<readonly unknown[]>;
const failing = (code: FailureCode): Answered => ({ ok: false, failure: { code, message: `It is ${code}.`, retry: 'later', usage: USAGE } });
const good = (ids: readonly string[]): Answered => ({ ok: true, value: ids.map((id) => ({ id, good: true })), usage: USAGE });
const wrong = (ids: readonly string[]): Answered => ({ ok: true, value: ids.map((id) => ({ id })), usage: USAGE });

const ITEMS = 96;
const BATCH = 8;

interface Asked {
  readonly result: BatchesResult<string>;
  /** How many items each call had, in the order they went out. */
  readonly sizes: readonly number[];
}

async function ask(respond: (ids: readonly string[], call: number) => Answered, { items = ITEMS, batch = BATCH, lanes = 4, firstAnswers = new FirstAnswers() } = {}): Promise<Asked> {
  const sizes: number[] = [];
  const result = await runBatches<{ readonly id: string; readonly tokens: number }, string>({
    items: Array.from({ length: items }, (_, n) => ({ id: `n${n}`, tokens: 1 })), limits: { items: batch, tokens: 1_000 }, lanes, asksAlone: 2, firstAnswers,
    ask: async (asked) => respond(asked.map(({ id }) => id), sizes.push(asked.length) - 1),
    check: ({ id }, answer) => ((answer as { readonly good?: true }).good === true ? { ok: true, value: id } : { ok: false, problem: { reason: 'It quotes other words.', detail: 'quote.' } }),
  }, NEVER);
  expect(result.items.map(({ id }) => id)).toEqual(Array.from({ length: items }, (_, n) => `n${n}`));
  return { result, sizes };
}

function messages({ result }: Asked): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { result: one } of result.items) {
    const words = one.ok ? 'answered' : `${one.failure.message} (${one.failure.retry})`;
    counts[words] = (counts[words] ?? 0) + 1;
  }
  return counts;
}

const words = (items: number, reason: string, hint: string): string => `Not asked, as no answer to the first ${items} could be used: ${reason} Try another model${hint} (later)`;
const JSON_HINT = '; not every one keeps to JSON and quotes word for word.';

describe('the first answers of a model', () => {
  it('count halves, too, where a few large batches are all there is, and try the last item', async () => {
    for (const code of ['badAnswer', 'refused'] as const) {
      const asked = await ask(() => failing(code), { items: 200, batch: 128, lanes: 2, firstAnswers: new FirstAnswers(true) });
      expect(asked.sizes.length).toBeLessThanOrEqual(8);
      expect(asked.result.items.every(({ result }) => !result.ok)).toBe(true);
    }
    // One text a request fails for gives nobody up.
    const poisoned = await ask((ids) => (ids.includes('n0') ? failing('refused') : good(ids)), { items: 128, batch: 128, lanes: 1, firstAnswers: new FirstAnswers(true) });
    expect(poisoned.result.items.filter(({ result }) => !result.ok).map(({ id }) => id)).toEqual(['n0']);
  });

  it('that do not fit say nothing of a model whose items are cut up by whoever asks', async () => {
    const asked = await ask(() => failing('tooLarge'), { items: 60, batch: 1, lanes: 1, firstAnswers: new FirstAnswers(false, true) });
    expect(asked.sizes).toHaveLength(60);
    expect((await ask(() => failing('tooLarge'), { items: 60, batch: 1, lanes: 1 })).sizes.length).toBeLessThan(60);
  });

  it.each<[name: string, respond: (ids: readonly string[]) => Answered, reason: string, hint: string]>([
    ['is no JSON', () => failing('badAnswer'), 'It is badAnswer.', JSON_HINT],
    ['cannot be used item by item', wrong, 'It quotes other words.', JSON_HINT],
    ['is cut off', () => failing('tooLarge'), 'It is tooLarge.', '.'],
  ])('end the asking where all there is %s', async (_, respond, reason, hint) => {
    for (const lanes of [1, 4]) {
      const asked = await ask(respond, { lanes });
      // The first batches, what was out with them, and one item alone.
      expect(asked.sizes.length).toBeLessThanOrEqual(3 + lanes);
      expect(asked.sizes).toContain(1);
      const batches = asked.sizes.filter((size) => size === BATCH).length;
      expect(messages(asked)).toEqual({ [`${reason} (later)`]: batches * BATCH, [words(batches * BATCH, reason, hint)]: ITEMS - batches * BATCH });
    }
  });

  it('do not end it for one bad batch, nor for bad ones that come later', async () => {
    for (const bad of [[0], [0, 1], [1, 2, 3, 4, 5]]) {
      const asked = await ask((ids, call) => (ids.length === BATCH && bad.includes(call) ? failing('badAnswer') : good(ids)), { lanes: 1 });
      expect(messages(asked)).toEqual({ answered: ITEMS });
    }
  });

  it('that can be used end the watch: everything else is asked, whatever comes', async () => {
    const asked = await ask((ids, call) => (call === 1 ? good(ids) : failing('badAnswer')), { lanes: 1 });
    expect(messages(asked)).toEqual({ answered: BATCH, 'It is badAnswer. (later)': ITEMS - BATCH });
  });

  it('do not end it for a model that answers fewer at once', async () => {
    for (const lanes of [1, 4]) {
      const asked = await ask((ids) => (ids.length > 2 ? failing('badAnswer') : good(ids)), { lanes });
      expect(messages(asked)).toEqual({ answered: ITEMS });
    }
  });

  it('do not end it where an item alone is not answered at all', async () => {
    const asked = await ask((ids) => (ids.length === 1 ? failing('unreachable') : ids.length === BATCH ? failing('badAnswer') : good(ids)), { lanes: 1 });
    expect(messages(asked)).toEqual({ answered: ITEMS });
  });

  it('do not end it for failures that say nothing of the model', async () => {
    for (const code of ['unreachable', 'timeout', 'refused'] as const) {
      const asked = await ask((ids) => (ids.length === BATCH ? failing(code) : good(ids)));
      expect(asked.sizes.filter((size) => size === BATCH)).toHaveLength(ITEMS / BATCH);
    }
  });

  it('are too few to tell below twenty items', async () => {
    const asked = await ask(() => failing('badAnswer'), { items: 19 });
    expect(messages(asked)).toEqual({ 'It is badAnswer. (later)': 19 });
  });

  it('are told by items asked one by one, too', async () => {
    const asked = await ask(() => failing('badAnswer'), { items: 60, batch: 1, lanes: 1 });
    expect(asked.sizes).toHaveLength(20);
    expect(messages(asked)).toEqual({ 'It is badAnswer. (later)': 20, [words(20, 'It is badAnswer.', JSON_HINT)]: 40 });
  });

  it('count for all that is asked with them', async () => {
    const firstAnswers = new FirstAnswers();
    await ask(() => failing('badAnswer'), { items: 16, firstAnswers });
    const asked = await ask(() => failing('badAnswer'), { firstAnswers, lanes: 1 });
    expect(asked.sizes).toEqual([BATCH, 1]);
  });

  it('that end all end it for all that is asked with them', async () => {
    const firstAnswers = new FirstAnswers();
    const gone: Answered = { ok: false, failure: { code: 'unreachable', message: 'Nothing is there.', retry: 'later', everyCall: true } };
    expect((await ask(() => gone, { items: 16, firstAnswers })).sizes.length).toBe(2);
    const asked = await ask(good, { firstAnswers });
    expect([asked.sizes, messages(asked)]).toEqual([[], { 'Nothing is there. (later)': ITEMS }]);
  });
});

describe('a run whose model answers garbage', () => {
  it('ends after a few calls, and the next one asks for everything again', async () => {
    const garbage = world(() => 'I am a teapot.');
    const { found } = await start(garbage).done;
    // Each call once more with what was wrong: three batches, halves that went out beside the last of them, and one item alone.
    expect(garbage.requests.length).toBeLessThanOrEqual(2 * (3 + (SIDE_BY_SIDE - 1) + 1));
    expect(found.map(({ result }) => (result.ok ? 'answered' : result.failure.retry))).toEqual(found.map(() => 'later'));
    expect(found.filter(({ result }) => !result.ok && result.failure.message.startsWith('Not asked, as no answer to the first 24 could be used:'))).toHaveLength(found.length - 24);
    const whole = await start(world()).done;
    expect(answersOf((await start({ ...garbage, says: world().says }).done).found)).toEqual(answersOf(whole.found));
  });
});
