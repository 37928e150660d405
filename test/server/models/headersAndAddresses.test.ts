import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationMs, rateHints, retryAfterMs } from '../../../server/src/adapters/rateHeaders.ts';
import { redactKey, withoutKey } from '../../../server/src/adapters/redactKey.ts';
import { parseEndpoint } from '../../../server/src/models/endpoint.ts';
import { modelFor, readSettings, SETTINGS } from '../../../shared/settings.ts';
import { withoutUrlSecrets } from '../../../shared/urlSecrets.ts';
import { KEY } from './openProvider.ts';

describe('a duration of a header', () => {
  const TABLE: readonly (readonly [text: string, ms: number | null])[] = [
    ['1m30s', 90_000], ['6m0s', 360_000], ['20ms', 20], ['1s', 1_000], ['1.5s', 1_500], ['2h3m4s', 7_384_000], ['1d', 86_400_000], ['7', 7_000], ['0', 0], ['0.25', 250],
    ['', null], ['soon', null], ['1x', null], ['-1s', null], ['1m 30s', null], ['2026-01-01T00:00:00Z', null],
  ];
  it.each(TABLE)('%s', (text, ms) => expect(durationMs(text)).toBe(ms));
});

describe('hints', () => {
  const TABLE: readonly (readonly [headers: Record<string, string>, hints: object | undefined])[] = [
    [{}, undefined],
    [{ 'x-ratelimit-limit-requests': 'many', 'x-ratelimit-reset-tokens': 'later' }, undefined],
    [{ 'x-ratelimit-limit-requests': '60', 'x-ratelimit-reset-requests': '1s' }, { requestsPerMinute: 60, requestsResetMs: 1_000 }],
    // A day's limit, as some servers send it under the same name: no limit of a minute.
    [{ 'x-ratelimit-limit-requests': '14400', 'x-ratelimit-remaining-requests': '14370', 'x-ratelimit-reset-requests': '2m59.56s' }, { requestsRemaining: 14_370, requestsResetMs: 179_560 }],
    [{ 'x-ratelimit-limit-tokens': '0' }, { tokensPerMinute: 0 }],
  ];
  it.each(TABLE)('%j', (headers, hints) => expect(rateHints(new Headers(headers))).toEqual(hints));

  it('never ask to wait for less than nothing', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.date({ noInvalidDate: true }), (after, words, date) => {
      const source = (value: string) => ({ get: (name: string) => (name === 'retry-after' ? value : null) });
      for (const value of [after, date.toUTCString()]) {
        const wait = retryAfterMs(source(value), words, 1_000);
        expect(wait === undefined || (wait >= 0 && Number.isFinite(wait))).toBe(true);
      }
    }));
  });
});

describe('an address', () => {
  const TABLE: readonly (readonly [typed: string, expected: object | RegExp])[] = [
    ['https://api.openai.com/v1', { origin: 'https://api.openai.com', shown: 'https://api.openai.com/v1', loopback: false, azure: false, official: true }],
    [' http://localhost:11434/v1/ ', { baseUrl: 'http://localhost:11434/v1', loopback: true, official: false }],
    ['http://127.0.0.1:8080', { shown: 'http://127.0.0.1:8080', loopback: true }],
    ['http://[::1]:8080/v1', { loopback: true }],
    ['https://localhost.evil.example/v1', { loopback: false }],
    ['https://r.openai.azure.com/openai/v1', { azure: true, official: true }],
    ['https://gateway.example/d?api-version=2024-10-21', { baseUrl: 'https://gateway.example/d?api-version=2024-10-21', shown: 'https://gateway.example/d', azure: true }],
    ['https://azure.com.evil.example/v1', { azure: false }],
    ['https://user:secret@host/v1', /may hold no user, password or query/],
    ['https://host/v1?key=secret', /may hold no user, password or query/],
    ['https://host/v1?api-version=1&sig=secret', /may hold no user, password or query/],
    ['https://host/v1#secret', /may hold no user, password or query/],
    ['ftp://host/v1', /only https: and http:/],
    ['api.openai.com', /is not an address/],
  ];
  it.each(TABLE)('%s', (typed, expected) => {
    const endpoint = parseEndpoint(typed);
    if (expected instanceof RegExp) {
      expect(endpoint.ok ? '' : endpoint.failure.message).toMatch(expected);
      expect(JSON.stringify(endpoint)).not.toContain('secret');
    } else expect(endpoint).toMatchObject({ ok: true, value: expected });
  });

  it('holds no secret once it is a setting, because settings are kept with runs', () => {
    const part = fc.stringMatching(/^[a-z0-9]{4,12}$/).map((text) => `s3cr3t${text}`);
    fc.assert(fc.property(part, part, part, (user, query, fragment) => {
      for (const url of [`https://${user}:${query}@host/v1?x=${query}&${user}#${fragment}`, `${user}@host/v1?api-version=1&k=${query}`, `https://host?${query}`]) {
        const { baseUrl } = readSettings((key) => (key === 'openai.baseUrl' ? url : undefined));
        for (const secret of [user, query, fragment]) expect(baseUrl).not.toContain(secret);
        expect(withoutUrlSecrets(baseUrl)).toBe(baseUrl);
      }
    }));
  });
});

describe('a key', () => {
  it('is in no text that was redacted, and neither is a piece of it', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9_-]{12,40}$/);
    fc.assert(fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
      // What stands in another word by chance is no piece of the key.
      fc.pre(![before, after].some((text) => text.includes(secret.slice(-6))));
      const redacted = redactKey(`${before} ${secret} ${after} Bearer ${secret} ${secret.slice(0, 8)}***${secret.slice(-6)}`, secret);
      expect(redacted).not.toContain(secret);
      expect(redacted).not.toContain(secret.slice(-6));
    }));
  });
  const TABLE: readonly (readonly [text: string, redacted: string])[] = [
    [`Incorrect API key provided: ${KEY}.`, 'Incorrect API key provided: ***.'],
    ['Incorrect API key provided: sk-test-****6789.', 'Incorrect API key provided: *******6789.'],
    ['The model is overloaded', 'The model is overloaded'],
    ['Use Bearer abc', 'Use ***'],
  ];
  it.each(TABLE)('%s', (text, redacted) => expect(redactKey(text, KEY)).toBe(redacted));
  it('is taken out of an answer, and nothing else', () => expect(withoutKey(`{"a":"${KEY}","b":"sk-other-key-1"}`, KEY)).toBe('{"a":"***","b":"sk-other-key-1"}'));
});

describe('settings of a provider', () => {
  it('cannot be changed by a workspace file where a key or money hangs on them', () => {
    const machine = Object.entries(SETTINGS).filter(([key]) => /^(openai|limits|budget)\./.test(key));
    expect(machine.length).toBe(7);
    for (const [, { scope }] of machine) expect(scope).toBe('machine');
  });
  it('are local, and by the roles that were named', () => {
    const settings = readSettings((key) => ({ provider: 'cloud', 'models.verify': ' big ', 'models.analyze': 'other', 'limits.maxConcurrency': 0 } as Record<string, unknown>)[key]);
    expect(settings).toMatchObject({ provider: 'local', baseUrl: 'https://api.openai.com/v1', limits: { maxConcurrency: 64, requestsPerDay: 0 }, budgetPerRun: 0 });
    expect(['verify', 'prefilter', 'analyze', 'embed', 'vision'].map((role) => modelFor(settings, role as 'verify'))).toEqual(['big', 'big', 'other', null, null]);
  });
});
