/**
 * A typed peer over any pair of message channels (webview and host). Requests are answered or rejected, never lost:
 * closing a peer rejects what is open; an unknown method is an error; a request can be cancelled by its signal.
 */
import { failureOf, FailureError, type Failure } from '../failure.ts';

/** An interface's methods: one JSON-safe parameter, a promise of a JSON-safe answer. */
export type Api<T> = { [K in keyof T]: (params: never) => Promise<unknown> | unknown };

export type RpcMessage =
  | { readonly rpc: 'request'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly rpc: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly rpc: 'error'; readonly id: number; readonly failure: Failure }
  | { readonly rpc: 'cancel'; readonly id: number };

export interface Channel {
  send(message: RpcMessage): void;
  /** Registers the only listener. */
  receive(listener: (message: unknown) => void): void;
}

/** The largest message either side may send, in UTF-16 code units of its JSON. Lists are paged to stay below it. */
export const MAX_MESSAGE_LENGTH = 256_000;

interface Signal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

interface Pending {
  resolve(value: unknown): void;
  reject(reason: unknown): void;
  release(): void;
}

export interface Peer<Remote extends Api<Remote>> {
  request<K extends keyof Remote & string>(
    method: K,
    params: Parameters<Remote[K]>[0],
    signal?: Signal,
  ): Promise<Awaited<ReturnType<Remote[K]>>>;
  /** Rejects everything open with `reason`. Later requests are rejected too. */
  close(reason: string): void;
}

const CANCELLED: Failure = { code: 'cancelled', message: 'Cancelled.', retry: 'now' };

function isRpcMessage(value: unknown): value is RpcMessage {
  return typeof value === 'object' && value !== null && 'rpc' in value && 'id' in value;
}

/** Connects `local` (what this side answers) with the other side's `Remote`. */
export function connectPeer<Local extends Api<Local>, Remote extends Api<Remote>>(
  channel: Channel,
  local: Local,
): Peer<Remote> {
  const pending = new Map<number, Pending>();
  const cancelled = new Set<number>();
  const running = new Set<number>();
  let nextId = 1;
  let closed: string | undefined;

  const post = (message: RpcMessage): void => {
    const length = JSON.stringify(message).length;
    if (length > MAX_MESSAGE_LENGTH) {
      const what = message.rpc === 'request' ? `request ${message.method}` : message.rpc;
      throw new FailureError({
        code: 'tooLarge',
        message: `A ${what} of ${length} characters is above the limit of ${MAX_MESSAGE_LENGTH}; ask for a smaller page.`,
        retry: 'never',
      });
    }
    channel.send(message);
  };

  const answer = async (id: number, method: string, params: unknown): Promise<void> => {
    running.add(id);
    try {
      const handler = Object.hasOwn(local, method)
        ? (local as unknown as Record<string, (params: unknown) => unknown>)[method]
        : undefined;
      if (handler === undefined) {
        throw new FailureError({ code: 'internal', message: `Unknown method ${method}.`, retry: 'never' });
      }
      const value = await handler.call(local, params);
      if (cancelled.delete(id)) channel.send({ rpc: 'error', id, failure: CANCELLED });
      else post({ rpc: 'answer', id, value: value ?? null });
    } catch (thrown) {
      cancelled.delete(id);
      channel.send({ rpc: 'error', id, failure: failureOf(thrown) });
    } finally {
      running.delete(id);
    }
  };

  const settle = (id: number): Pending | undefined => {
    const waiter = pending.get(id);
    if (waiter !== undefined) {
      pending.delete(id);
      waiter.release();
    }
    return waiter;
  };

  channel.receive((message) => {
    if (!isRpcMessage(message)) return;
    switch (message.rpc) {
      case 'request':
        void answer(message.id, message.method, message.params);
        return;
      case 'answer':
        settle(message.id)?.resolve(message.value);
        return;
      case 'error':
        settle(message.id)?.reject(new FailureError(message.failure));
        return;
      case 'cancel':
        if (running.has(message.id)) cancelled.add(message.id);
        return;
    }
  });

  return {
    request(method, params, signal) {
      type Value = Awaited<ReturnType<Remote[typeof method]>>;
      if (closed !== undefined) {
        return Promise.reject(new FailureError({ code: 'unreachable', message: closed, retry: 'later' }));
      }
      if (signal?.aborted === true) return Promise.reject(new FailureError(CANCELLED));
      const id = nextId++;
      return new Promise<Value>((resolve, reject) => {
        const onAbort = (): void => {
          settle(id)?.reject(new FailureError(CANCELLED));
          channel.send({ rpc: 'cancel', id });
        };
        signal?.addEventListener('abort', onAbort);
        pending.set(id, {
          resolve: (value) => resolve(value as Value),
          reject,
          release: () => signal?.removeEventListener('abort', onAbort),
        });
        try {
          post({ rpc: 'request', id, method, params });
        } catch (thrown) {
          settle(id)?.reject(thrown);
        }
      });
    },
    close(reason) {
      closed = reason;
      for (const id of [...pending.keys()]) {
        settle(id)?.reject(new FailureError({ code: 'unreachable', message: reason, retry: 'later' }));
      }
    },
  };
}
