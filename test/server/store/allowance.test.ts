import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SqliteAllowance } from '../../../server/src/adapters/sqliteAllowance.ts';
import type * as databases from '../../../server/src/adapters/openDatabase.ts';
import { openDatabase } from '../../../server/src/adapters/openDatabase.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import { utcDay } from '../../../server/src/engine/scheduling/utcDay.ts';
import type { SharedAllowance, Spend, WindowLimits } from '../../../server/src/engine/ports.ts';
import { memoryAllowance } from '../../fakes/memoryAllowance.ts';
import { quiet } from './cacheFolder.ts';
import { runScript } from './childProcess.ts';
import type { LeasingProcess } from './leasingProcess.ts';
import { temporaryFolder } from './storeFolder.ts';

const { opened } = vi.hoisted(() => ({ opened: new Map<string, unknown>() }));

vi.mock('../../../server/src/adapters/openDatabase.ts', async (importOriginal) => {
  const original = await importOriginal<typeof databases>();
  const openDatabase: typeof original.openDatabase = (file, options) => {
    const connection = original.openDatabase(file, options);
    if (typeof file === 'string') opened.set(file, connection);
    return connection;
  };
  return { ...original, openDatabase };
});

const LEASING = join(import.meta.dirname, 'leasingProcess.ts');
const NO_LIMITS: WindowLimits = { requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null };
const NOON = Date.UTC(2026, 0, 5, 12);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** An allowance on a file, for as long as the test; no time passes between question and lease. */
async function allowanceIn(folder: string): Promise<SqliteAllowance> {
  const allowance = await SqliteAllowance.open(join(folder, 'limits.db'), { log: quiet, monotonic: () => 0 });
  onTestFinished(() => allowance.close());
  return allowance;
}

const ALLOWANCES: readonly (readonly [name: string, open: () => Promise<SharedAllowance>])[] = [
  ['limits.db', () => allowanceIn(temporaryFolder())],
  ['the memory fake', async () => memoryAllowance()],
  ['the memory of a process', async () => createMemoryAllowance()],
];

describe.each(ALLOWANCES)('the allowance in %s', (_, open) => {
  it('gives what is wanted where nothing limits it', async () => {
    const wanted = { requests: 1_000, tokens: 10_000_000 };
    expect(await (await open()).lease('large', wanted, NO_LIMITS, NOON)).toEqual({ granted: wanted, retryAt: null });
  });

  it('gives what is left, and says when to ask again', async () => {
    const allowance = await open();
    const limits = { ...NO_LIMITS, requestsPerMinute: 10, tokensPerMinute: 1_000 };
    expect((await allowance.lease('large', { requests: 4, tokens: 700 }, limits, NOON)).granted).toEqual({ requests: 4, tokens: 700 });
    const part = await allowance.lease('large', { requests: 4, tokens: 700 }, limits, NOON + 10);
    expect(part.granted).toEqual({ requests: 4, tokens: 300 });
    expect(part.retryAt).toBeGreaterThan(NOON + 10);
    const none = await allowance.lease('large', { requests: 1, tokens: 1 }, limits, NOON + 20);
    expect(none.granted).toEqual({ requests: 0, tokens: 0 });
    expect(none.retryAt).toBeGreaterThan(NOON + 20);
    expect((await allowance.lease('large', { requests: 1, tokens: 0 }, limits, NOON + 30)).granted).toEqual({ requests: 1, tokens: 0 });
    expect((await allowance.lease('other', { requests: 1, tokens: 1 }, limits, NOON + 20)).granted).toEqual({ requests: 1, tokens: 1 });
    expect((await allowance.lease('large', { requests: 1, tokens: 1 }, limits, NOON + 2 * MINUTE_MS)).granted).toEqual({ requests: 1, tokens: 1 });
  });

  it('gives neither requests without tokens nor tokens without requests', async () => {
    const cases: readonly (readonly [limits: Partial<WindowLimits>, first: Spend])[] = [
      [{ tokensPerMinute: 1_000 }, { requests: 1, tokens: 1_000 }],
      [{ requestsPerMinute: 1, tokensPerMinute: 2_000 }, { requests: 1, tokens: 1_000 }],
      [{ requestsPerDay: 1 }, { requests: 1, tokens: 1_000 }],
    ];
    for (const [some, first] of cases) {
      const allowance = await open();
      const limits = { ...NO_LIMITS, ...some };
      expect((await allowance.lease('large', first, limits, NOON)).granted).toEqual(first);
      const { granted, retryAt } = await allowance.lease('large', { requests: 3, tokens: 500 }, limits, NOON + 1_000);
      expect(granted).toEqual({ requests: 0, tokens: 0 });
      expect(retryAt).toBeGreaterThan(NOON + 1_000);
      // Nothing of it was counted.
      expect((await allowance.lease('large', { requests: 1, tokens: 500 }, { ...limits, requestsPerMinute: 2, requestsPerDay: 2, tokensPerMinute: 1_500 }, NOON + 2_000)).granted).toEqual({ requests: 1, tokens: 500 });
    }
  });

  it('takes corrections: more than was leased, and less', async () => {
    const allowance = await open();
    const limits = { ...NO_LIMITS, tokensPerMinute: 1_000 };
    await allowance.lease('large', { requests: 1, tokens: 800 }, limits, NOON);
    await allowance.correct('large', { requests: 0, tokens: -500 }, NOON + 20_000, NOON);
    await allowance.correct('large', { requests: 0, tokens: 100 }, NOON + 20_000, NOON);
    expect((await allowance.lease('large', { requests: 1, tokens: 900 }, limits, NOON + 30_000)).granted.tokens).toBe(600);
    // What the lease had has left; what was added is of when it was added.
    expect((await allowance.lease('large', { requests: 1, tokens: 900 }, limits, NOON + 62_000)).granted.tokens).toBe(300);
  });

  it('gives nothing back of a lease that has left its window', async () => {
    const allowance = await open();
    const limits = { ...NO_LIMITS, tokensPerMinute: 1_000 };
    await allowance.lease('large', { requests: 1, tokens: 1_000 }, limits, NOON);
    await allowance.lease('large', { requests: 1, tokens: 1_000 }, limits, NOON + 62_000);
    await allowance.correct('large', { requests: 0, tokens: -1_000 }, NOON + 70_000, NOON);
    expect((await allowance.lease('large', { requests: 1, tokens: 1 }, limits, NOON + 71_000)).granted.tokens).toBe(0);
  });
});

describe.each(ALLOWANCES)('the allowance in %s', (_, open) => {
  it('counts a day, which is over at midnight UTC', async () => {
    const allowance = await open();
    const limits = { ...NO_LIMITS, requestsPerDay: 10 };
    const midnight = Date.UTC(2026, 0, 6);
    const ask = async (at: number): Promise<number> => (await allowance.lease('large', { requests: 6, tokens: 0 }, limits, at)).granted.requests;
    expect([await ask(NOON), await ask(NOON + 3_600_000), await ask(midnight - 2_000)]).toEqual([6, 4, 0]);
    expect([await ask(midnight), await ask(midnight + DAY_MS - 2_000)]).toEqual([6, 4]);
    // What is given back of the day before is of the day before.
    await allowance.correct('large', { requests: -4, tokens: 0 }, midnight + DAY_MS - 1_900, NOON);
    expect(await ask(midnight + DAY_MS - 1_800)).toBe(0);
  });
});

interface Move {
  readonly by: 0 | 1;
  readonly after: number;
  readonly requests: number;
  readonly tokens: number;
  /** Part of the lease given back, and how much later. */
  readonly back: number;
  readonly backAfter: number;
}
const move: fc.Arbitrary<Move> = fc.record({
  by: fc.constantFrom(0 as const, 1 as const),
  after: fc.oneof(fc.nat(900), fc.nat(15_000), fc.constant(0)),
  requests: fc.nat(6),
  tokens: fc.nat(600),
  back: fc.constantFrom(0, 0.5, 1),
  backAfter: fc.nat(90_000),
});

describe('two connections on one limits.db', () => {
  it('never give more than a limit in any 60 seconds, and always what is left of one that is long past', async () => {
    const limits: WindowLimits = { requestsPerMinute: 10, tokensPerMinute: 1_000, requestsPerDay: 60 };
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 60 }), async (moves) => {
        const folder = temporaryFolder();
        const both = [await allowanceIn(folder), await allowanceIn(folder)] as const;
        const used: { at: number; requests: number; tokens: number }[] = [];
        const backs: { at: number; leasedAt: number; tokens: number; lease: (typeof used)[number] }[] = [];
        let now = Date.UTC(2026, 0, 6) - 3 * MINUTE_MS;
        for (const { by, after, requests, tokens, back, backAfter } of moves) {
          now += after;
          for (const due of backs.filter(({ at }) => at <= now)) {
            backs.splice(backs.indexOf(due), 1);
            due.lease.tokens -= due.tokens;
            await both[by].correct('large', { requests: 0, tokens: -due.tokens }, due.at, due.leasedAt);
          }
          const { granted, retryAt } = await both[by].lease('large', { requests, tokens }, limits, now);
          const lease = { at: now, ...granted };
          used.push(lease);
          const returned = Math.floor(granted.tokens * back);
          if (returned > 0) backs.push({ at: now + backAfter, leasedAt: now, tokens: returned, lease });
          const since = (ms: number) => used.filter(({ at }) => at > now - ms);
          const sum = (part: 'requests' | 'tokens', ms: number): number => since(ms).reduce((total, one) => total + one[part], 0);
          expect(sum('requests', MINUTE_MS)).toBeLessThanOrEqual(10);
          expect(sum('tokens', MINUTE_MS)).toBeLessThanOrEqual(1_000);
          expect(sum('requests', now - utcDay(now).begins + 1)).toBeLessThanOrEqual(60);
          const isAll = granted.requests === requests && granted.tokens === tokens;
          expect(retryAt === null).toBe(isAll);
          if (retryAt !== null) expect(retryAt).toBeGreaterThan(now);
        }
        now += 2 * DAY_MS;
        expect(await both[0].lease('large', { requests: 10, tokens: 1_000 }, limits, now)).toEqual({ granted: { requests: 10, tokens: 1_000 }, retryAt: null });
      }),
      { numRuns: 25 },
    );
  });

  it('say the moment from which more is given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 12 }), async (moves) => {
        const allowance = await allowanceIn(temporaryFolder());
        const limits = { ...NO_LIMITS, requestsPerMinute: 8 };
        let now = NOON;
        for (const { after, requests } of moves) {
          now += after;
          await allowance.lease('large', { requests, tokens: 0 }, limits, now);
        }
        const { granted, retryAt } = await allowance.lease('large', { requests: 9, tokens: 0 }, limits, now);
        expect(retryAt).not.toBeNull();
        const again = retryAt ?? 0;
        expect((await allowance.lease('large', { requests: 1, tokens: 0 }, limits, again - 1)).granted.requests).toBe(0);
        expect((await allowance.lease('large', { requests: 1, tokens: 0 }, limits, again)).granted.requests).toBe(1);
        expect(granted.requests).toBeLessThanOrEqual(8);
      }),
      { numRuns: 25, examples: [[[{ by: 0, after: 1, requests: 0, tokens: 0, back: 0, backAfter: 0 }]]] },
    );
  });

  it('count on where the clock was set back', async () => {
    const folder = temporaryFolder();
    const allowance = await allowanceIn(folder);
    const limits = { ...NO_LIMITS, requestsPerMinute: 10 };
    await allowance.lease('large', { requests: 10, tokens: 0 }, limits, NOON + DAY_MS);
    expect((await allowance.lease('large', { requests: 1, tokens: 0 }, limits, NOON)).granted.requests).toBe(0);
    expect((await allowance.lease('large', { requests: 1, tokens: 0 }, limits, NOON + 62_000)).granted.requests).toBe(1);
  });

  it('wait for each other without blocking, and count a lease from when it was given', async () => {
    const folder = temporaryFolder();
    const times = [0, 3_000, 3_000];
    const allowance = await SqliteAllowance.open(join(folder, 'limits.db'), { log: quiet, monotonic: () => times.shift() ?? 3_000 });
    onTestFinished(() => allowance.close());
    const limits = { ...NO_LIMITS, requestsPerMinute: 1 };
    const other = openDatabase(join(folder, 'limits.db'), { synchronous: 'NORMAL' });
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    const leasing = allowance.lease('large', { requests: 1, tokens: 0 }, limits, NOON);
    const isDone = await Promise.race([leasing.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);
    other.exec('ROLLBACK');
    expect(isDone).toBe(false);
    expect((await leasing).granted.requests).toBe(1);
    const again = await allowanceIn(folder);
    expect((await again.lease('large', { requests: 1, tokens: 0 }, limits, NOON + 62_000)).granted.requests).toBe(0);
    expect((await again.lease('large', { requests: 1, tokens: 0 }, limits, NOON + 64_000)).granted.requests).toBe(1);
  });
});

describe('limits.db', () => {
  it('is kept when the process ends', async () => {
    const folder = temporaryFolder();
    const limits = { ...NO_LIMITS, requestsPerDay: 3 };
    const first = await allowanceIn(folder);
    await first.lease('large', { requests: 2, tokens: 0 }, limits, NOON);
    first.close();
    expect((await (await allowanceIn(folder)).lease('large', { requests: 2, tokens: 0 }, limits, NOON + 1)).granted.requests).toBe(1);
  });

  it('that is damaged is made anew', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'limits.db'), 'no database '.repeat(1_000));
    expect((await (await allowanceIn(folder)).lease('large', { requests: 2, tokens: 0 }, NO_LIMITS, NOON)).granted.requests).toBe(2);
  });

  it('that takes no more writes is done without, with what it counted', async () => {
    const folder = temporaryFolder();
    const limits = { ...NO_LIMITS, requestsPerMinute: 3 };
    const warnings: string[] = [];
    const log = { ...quiet, warn: (words: string) => void warnings.push(words) };
    const allowance = await SqliteAllowance.open(join(folder, 'limits.db'), { log, monotonic: () => 0 });
    onTestFinished(() => allowance.close());
    await allowance.lease('large', { requests: 2, tokens: 0 }, limits, NOON);
    (opened.get(join(folder, 'limits.db')) as databases.Connection).pragma('query_only = ON');
    expect((await allowance.lease('large', { requests: 2, tokens: 0 }, limits, NOON + 1)).granted.requests).toBe(1);
    expect((await allowance.lease('large', { requests: 2, tokens: 0 }, limits, NOON + 2)).granted.requests).toBe(0);
    expect(warnings).toEqual(['The limits of models are counted for this process alone: the store cannot be written.']);
  });

  it('holds over processes: two that take all they can get take what there is, together', async () => {
    const folder = temporaryFolder();
    const limits: WindowLimits = { requestsPerMinute: 57, tokensPerMinute: null, requestsPerDay: null };
    const parameters: LeasingProcess = { file: join(folder, 'limits.db'), limits, now: NOON, leases: 60 };
    const ends = await Promise.all([1, 2].map(() => runScript(LEASING, [JSON.stringify(parameters)])));
    const granted = ends.map(({ out, code, err }) => {
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return Number(out);
    });
    expect(granted.reduce((sum, one) => sum + one, 0)).toBe(57);
  });
});
