import { describe, expect, it } from 'vitest';
import type { CallResult } from '../../../server/src/engine/models/modelPort.ts';
import { ModelMeter } from '../../../server/src/engine/models/modelMeter.ts';

const usage = { tokensIn: 100, tokensOut: 10, tokensCached: 40, estimated: false };
const good: CallResult<null> = { ok: true, value: null, usage };
const bad = (code: 'rateLimited' | 'unreachable'): CallResult<null> => ({ ok: false, failure: { code, message: '', retry: 'later' } });

describe('the meter of a run', () => {
  it('adds up calls, tokens, cost and how many went on at once', () => {
    const meter = new ModelMeter();
    meter.attempt('verify', 0, 100, false, good, 0.1);
    meter.attempt('verify', 0, 100, false, bad('rateLimited'), 0);
    meter.attempt('verify', 50, 200, true, good, 0.2);
    meter.attempt('verify', 50, 100, true, bad('unreachable'), 0);
    meter.items('verify', 200, 7);
    const [metric, ...others] = meter.take();
    expect(others).toEqual([]);
    expect(metric).toMatchObject({
      operation: 'verify', startedAt: 0, endedAt: 200, items: 7, calls: 4, tokensIn: 200, tokensOut: 20, tokensCached: 80,
      estimated: false, errors: 2, retries: 2, rateLimited: 1, meanConcurrency: 2,
    });
    expect(metric?.costUsd).toBeCloseTo(0.3);
    expect(meter.take()).toEqual([]);
  });

  it('counts a request that was refused for its form as a call, not as an error', () => {
    const meter = new ModelMeter();
    meter.attempt('verify', 0, 1, false, { ok: false, failure: { code: 'refused', message: '', retry: 'now', otherForm: true } }, 0);
    meter.attempt('verify', 1, 2, true, good, 0);
    expect(meter.take()[0]).toMatchObject({ calls: 2, retries: 1, errors: 0 });
  });

  it('says that counts are estimates as soon as one of them is', () => {
    const meter = new ModelMeter();
    meter.attempt('verify', 0, 1, false, good, 0);
    meter.attempt('verify', 0, 1, false, { ...good, usage: { ...usage, estimated: true } }, 0);
    expect(meter.take()[0]?.estimated).toBe(true);
  });

  it('knows how long answered calls took, of many as of few, and not how long failures did', () => {
    const meter = new ModelMeter();
    expect(meter.latency).toBeNull();
    meter.attempt('verify', 0, 60_000, false, bad('unreachable'), 0);
    expect(meter.latency).toBeNull();
    for (let ms = 1; ms <= 100; ms++) meter.attempt('verify', 0, ms, false, good, 0);
    expect(meter.latency).toEqual({ p50: 51, p90: 90, spread: 0.923 });
    for (let call = 0; call < 20_000; call++) meter.attempt('verify', 0, (call * 37) % 1_000, false, good, 0);
    expect(Math.abs((meter.latency?.p50 ?? 0) - 500)).toBeLessThan(60);
    expect(Math.abs((meter.latency?.p90 ?? 0) - 900)).toBeLessThan(60);
  });

  it('keeps a curve of bounded length over the whole time', () => {
    const meter = new ModelMeter();
    const snapshot = { inFlight: 1, concurrency: 2, waiting: 3, requestsPerMinute: null, tokensPerMinute: null, breaker: 'closed' as const };
    for (let at = 0; at < 1_000_000; at += 100) meter.sample({ at, ...snapshot });
    expect(meter.samples.length).toBeGreaterThan(50);
    expect(meter.samples.length).toBeLessThanOrEqual(120);
    expect(meter.samples[0]?.at).toBe(0);
    expect(meter.samples.at(-1)?.at).toBeGreaterThan(950_000);
  });
});
