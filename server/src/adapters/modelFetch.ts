/** HTTP for the SDK: a connection pool of our own, no redirects, bounded answers, and only the headers a call needs. */
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { unpacked } from './unpackedBody.ts';

/** Milliseconds to wait for a connection. */
const CONNECT_TIMEOUT_MS = 15_000;
/** Milliseconds an idle connection is kept for the next call, where the server does not name them: below the 5 s after which Node's servers close. */
const KEEP_ALIVE_MS = 4_000;
/** Bytes of one answer: above 2,048 vectors of 3,072 numbers in base64 (34 MB). */
const MAX_ANSWER_BYTES = 64_000_000;
/** The SDK adds others that describe this machine. */
const HEADERS = ['accept', 'authorization', 'api-key', 'content-type', 'user-agent'] as const;
const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface ModelFetch {
  readonly fetch: Fetch;
  close(): Promise<void>;
}

export interface ModelFetchOptions {
  /** Milliseconds without a byte after which an answer is given up. */
  readonly idleTimeoutMs: number;
  /** False: proxies that the environment names are not used. */
  readonly proxies: boolean;
}

function headersFor(given: RequestInit['headers']): Record<string, string> {
  const all = new Headers(given);
  return Object.fromEntries(HEADERS.flatMap((name) => {
    const value = all.get(name);
    return value === null ? [] : [[name, value]];
  }));
}

/** What the SDK reads of a Response; the body has been read whole. */
class WholeResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly url: string;
  readonly body = null;
  readonly #text: string;

  constructor(url: string, status: number, headers: Headers, text: string) {
    this.url = url;
    this.status = status;
    this.ok = status >= 200 && status < 300;
    this.headers = headers;
    this.#text = text;
  }

  text(): Promise<string> {
    return Promise.resolve(this.#text);
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }
}

function headersOf(raw: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  return headers;
}

/** Sends a request and reads its answer whole. Rejects with the reason of the signal, or with what went wrong on the wire. */
function answerTo(agent: Dispatcher, url: URL, init: RequestInit): Promise<WholeResponse> {
  const signal = init.signal ?? null;
  return new Promise((resolve, reject) => {
    let sent: Dispatcher.DispatchController | null = null;
    let status = 0;
    let headers: Parameters<typeof headersOf>[0] = {};
    const chunks: Buffer[] = [];
    const stop = (): void => {
      const reason = signal?.reason as Error;
      sent?.abort(reason);
      reject(reason);
    };
    const ended = (): void => signal?.removeEventListener('abort', stop);
    if (signal?.aborted === true) return stop();
    signal?.addEventListener('abort', stop);
    agent.dispatch(
      {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: init.method === 'GET' ? 'GET' : 'POST',
        headers: headersFor(init.headers),
        body: typeof init.body === 'string' ? init.body : null,
      },
      {
        onRequestStart: (controller) => {
          sent = controller;
          if (signal?.aborted === true) controller.abort(signal.reason as Error);
        },
        onResponseStart: (_, code, fields) => {
          status = code;
          headers = fields;
        },
        onResponseData: (_, chunk) => void chunks.push(chunk),
        onResponseEnd: () => {
          ended();
          const said = headersOf(headers);
          const packed = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
          unpacked(packed, said.get('content-encoding'), MAX_ANSWER_BYTES).then((bytes) => resolve(new WholeResponse(url.href, status, said, new TextDecoder().decode(bytes))), reject);
        },
        onResponseError: (_, error) => {
          ended();
          reject(error);
        },
      },
    );
  });
}

/** A fetch over a pool of its own: one connection a call in flight, kept open between calls. A redirect is an answer like any other. */
export function createModelFetch({ idleTimeoutMs, proxies }: ModelFetchOptions): ModelFetch {
  const options = {
    connect: { timeout: CONNECT_TIMEOUT_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: idleTimeoutMs,
    bodyTimeout: idleTimeoutMs,
    maxResponseSize: MAX_ANSWER_BYTES,
    pipelining: 1,
  };
  const agent = proxies && PROXY_VARIABLES.some((name) => (process.env[name] ?? '') !== '') ? new EnvHttpProxyAgent(options) : new Agent(options);
  return {
    fetch: async (address, init = {}) => (await answerTo(agent, new URL(address instanceof Request ? address.url : address), init)) as unknown as Response,
    close: () => agent.destroy(),
  };
}
