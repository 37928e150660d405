import { describe, expect, it } from 'vitest';
import { nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { embeddingProcess, embeddingWorld, journalOf, shown, SIDE_BY_SIDE, vectors, type EmbeddingProcess, type EmbeddingWorld } from './embeddingWorld.ts';
import { momentsOf } from './runtimeWorld.ts';

const TEXTS = Array.from({ length: 50 }, (_, n) => 'x'.repeat(n + 1));

interface Stopped extends EmbeddingProcess {
  readonly done: Promise<{ readonly found: unknown; readonly repeatedAtMost: number }>;
  /** Resolves when the process is stopped and what it had sent has arrived. */
  readonly stopped: Promise<void>;
  moments(): number;
  /** Another run of this process that asks the same. */
  again(): Promise<unknown>;
}

/** Killed at a moment: nothing it does has an effect any more. Or cancelled: the files go on, the server never answers. */
function start(world: EmbeddingWorld, stopAt = Infinity, how: 'killed' | 'cancelled' = 'killed'): Stopped {
  const abort = new AbortController();
  let moments = 0;
  let until = stopAt;
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve)).then(nodeYield);
  const dead = new Promise<never>(() => undefined);
  const moment = async (of: 'files' | 'server'): Promise<void> => {
    const isStopped = moments >= until;
    moments += 1;
    if (moments === until) {
      stop();
      if (how === 'cancelled') abort.abort(new Error('Cancelled by you.'));
    }
    return moments >= until && (how === 'killed' || (of === 'server' && isStopped)) ? dead : undefined;
  };
  const process = embeddingProcess(world, async (texts) => {
    await moment('server');
    await nodeYield();
    await moment('server');
    return vectors(texts);
    // A cache that is written like the journal would hide what the journal lacks.
  }, { calls: journalOf(world, () => moment('files')), keeps: false });
  const work = async (): Promise<{ readonly found: unknown; readonly repeatedAtMost: number }> => {
    const models = process.forRun({ signal: abort.signal });
    const found = shown(await models.embeddings.of('embed', TEXTS));
    return { found, repeatedAtMost: models.work()[0]?.repeatedAtMost ?? 0 };
  };
  const again = async (): Promise<unknown> => {
    until = Infinity;
    return shown(await process.forRun({ runId: 'another' }).embeddings.of('embed', TEXTS));
  };
  return { ...process, done: work(), stopped, moments: () => moments, again };
}

describe('embeddings that are killed', () => {
  it('at any moment end as if they had not been, and nothing that is written down is asked for again', async () => {
    const whole = embeddingWorld();
    const process = start(whole);
    const undisturbed = await process.done;
    expect(whole.requests.flat().toSorted()).toEqual(TEXTS.toSorted());
    for (const killAt of momentsOf(process)) {
      const own = embeddingWorld();
      await start(own, killAt).stopped;
      const place = `killed at moment ${killAt}`;
      const written = new Set(own.finished.keys());
      const [marked, sent] = [own.begun.size, own.requests.length];
      expect(sent - written.size / 4, place).toBeLessThanOrEqual(SIDE_BY_SIDE + 1);
      const { found, repeatedAtMost } = await start(own).done;
      expect(found, place).toEqual(undisturbed.found);
      expect(repeatedAtMost, place).toBe(marked);
      expect(own.requests.slice(sent).flat().length, place).toBe(TEXTS.length - written.size);
      expect(own.begun.size, place).toBe(0);
    }
  });
});

describe('embeddings that are cancelled', () => {
  it('end at once at any moment, with nothing left in flight, and keep what was answered', async () => {
    const whole = embeddingWorld();
    const process = start(whole);
    const { found: undisturbed } = await process.done;
    for (const cancelAt of momentsOf(process)) {
      const own = embeddingWorld();
      const cancelled = start(own, cancelAt, 'cancelled');
      const place = `cancelled at moment ${cancelAt}`;
      const ended = cancelled.done.then(() => 'done', (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)));
      await cancelled.stopped;
      // In turns of the loop, not in time: the server will never answer what it was asked.
      let end: string | null = null;
      void ended.then((how) => (end = how));
      for (let turn = 0; turn < 60 && end === null; turn += 1) await nodeYield();
      expect(['Cancelled by you.', 'done'], place).toContain(end);
      expect(cancelled.limiter.snapshot(), place).toMatchObject({ inFlight: 0, waiting: 0 });
      // Who asks the same now waits for nobody who is gone.
      expect(await cancelled.again(), place).toEqual(undisturbed);
      expect((await start(own).done).found, place).toEqual(undisturbed);
    }
  });
});
