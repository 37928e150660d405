import { describe, expect, expectTypeOf, it } from 'vitest';
import type { HostApi, PanelApi, PanelViewState } from '../../shared/protocol/panel.ts';
import type { ServerEvents, ServerRequests } from '../../shared/protocol/lsp.ts';
import type { ClientRequests } from '../../shared/protocol/models.ts';
import type { Output, RunSnapshot } from '../../shared/model.ts';
import { connectPeer, MAX_MESSAGE_LENGTH, type Channel, type RpcMessage } from '../../shared/protocol/rpc.ts';
import { FailureError } from '../../shared/failure.ts';

/** T itself where every part of it survives JSON.stringify and JSON.parse, never where one does not. */
type JsonSafe<T> = T extends string | number | boolean | null
  ? T
  : T extends undefined | symbol | bigint | ((...values: never[]) => unknown) | Date | Map<unknown, unknown> | Set<unknown>
    ? never
    : T extends readonly (infer Item)[]
      ? readonly JsonSafe<Item>[]
      : { readonly [Key in keyof T]: unknown extends T[Key] ? unknown : JsonSafe<Exclude<T[Key], undefined>> };
type Unsafe<T> = T extends JsonSafe<T> ? false : true;
type UnsafeMethods<T> = {
  [K in keyof T]: T[K] extends (params: infer Params) => Promise<infer Value>
    ? Unsafe<Params> extends false ? (Unsafe<Value> extends false ? never : K) : K
    : K;
}[keyof T];

describe('what crosses a wire', () => {
  it('is JSON-safe by type (I9)', () => {
    expectTypeOf<UnsafeMethods<ServerRequests>>().toEqualTypeOf<never>();
    expectTypeOf<UnsafeMethods<ClientRequests>>().toEqualTypeOf<never>();
    expectTypeOf<UnsafeMethods<HostApi>>().toEqualTypeOf<never>();
    expectTypeOf<UnsafeMethods<PanelApi>>().toEqualTypeOf<never>();
    expectTypeOf<Unsafe<ServerEvents['run/progress']>>().toEqualTypeOf<false>();
    expectTypeOf<Unsafe<RunSnapshot>>().toEqualTypeOf<false>();
    expectTypeOf<Unsafe<PanelViewState>>().toEqualTypeOf<false>();
    expectTypeOf<Unsafe<Output>>().toEqualTypeOf<false>();
    // The check itself must be able to fail.
    expectTypeOf<Unsafe<{ readonly when: Date }>>().toEqualTypeOf<true>();
    expectTypeOf<Unsafe<{ readonly rows: ReadonlyMap<string, string> & Map<string, string> }>>().toEqualTypeOf<true>();
    expectTypeOf<Unsafe<{ readonly call: () => void }>>().toEqualTypeOf<true>();
  });
});

interface Echo {
  echo(params: string): Promise<string>;
  long(params: number): Promise<string>;
  breaks(params: null): Promise<null>;
  never(params: null): Promise<null>;
}

function pair(): { readonly peer: ReturnType<typeof connectPeer<Record<never, never>, Echo>>; readonly sent: RpcMessage[] } {
  const sent: RpcMessage[] = [];
  const ends: ((message: unknown) => void)[] = [];
  const channel = (mine: number, other: number): Channel => ({
    send: (message) => {
      sent.push(message);
      queueMicrotask(() => ends[other]?.(JSON.parse(JSON.stringify(message))));
    },
    receive: (listener) => {
      ends[mine] = listener;
    },
  });
  const echo: Echo = {
    echo: (params) => Promise.resolve(params),
    long: (length) => Promise.resolve('x'.repeat(length)),
    breaks: () => Promise.reject(new FailureError({ code: 'storeUnavailable', message: 'The disk is full.', retry: 'later' })),
    never: () => new Promise(() => undefined),
  };
  connectPeer<Echo, Record<never, never>>(channel(0, 1), echo);
  return { peer: connectPeer<Record<never, never>, Echo>(channel(1, 0), {}), sent };
}

async function failureOfRequest(request: Promise<unknown>): Promise<string> {
  try {
    await request;
  } catch (thrown) {
    if (thrown instanceof FailureError) return `${thrown.failure.code}: ${thrown.failure.message}`;
    throw thrown;
  }
  return 'answered';
}

describe('the typed peer', () => {
  it('answers', async () => {
    expect(await pair().peer.request('echo', 'words')).toBe('words');
  });
  it('rejects with the failure of the other side', async () => {
    expect(await failureOfRequest(pair().peer.request('breaks', null))).toBe('storeUnavailable: The disk is full.');
  });
  it('rejects an unknown method, inherited ones included', async () => {
    const { peer } = pair();
    expect(await failureOfRequest(peer.request('toString' as 'echo', ''))).toBe('internal: Unknown method toString.');
  });
  it('refuses a message above the limit, on either side (I9)', async () => {
    const { peer } = pair();
    expect(await failureOfRequest(peer.request('echo', 'x'.repeat(MAX_MESSAGE_LENGTH)))).toMatch(/^tooLarge: A request echo of 256\d{3} characters/);
    expect(await failureOfRequest(peer.request('long', MAX_MESSAGE_LENGTH))).toMatch(/^tooLarge: /);
    expect(await peer.request('long', 1000)).toHaveLength(1000);
  });
  it('leaves nothing pending when it closes or is cancelled', async () => {
    const { peer, sent } = pair();
    const abort = new AbortController();
    const cancelled = failureOfRequest(peer.request('never', null, abort.signal));
    abort.abort();
    expect(await cancelled).toBe('cancelled: Cancelled.');
    expect(sent.at(-1)?.rpc).toBe('cancel');
    const open = failureOfRequest(peer.request('never', null));
    peer.close('The server stopped.');
    expect(await open).toBe('unreachable: The server stopped.');
    expect(await failureOfRequest(peer.request('echo', 'late'))).toBe('unreachable: The server stopped.');
  });
});
