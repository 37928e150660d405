/** A server of the OpenAI API over real HTTP that does what a test says, faults included. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface ModelRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, any>;
  /** 0 for the first. */
  readonly at: number;
}

/** `hang`: no answer ever. `half`: fewer bytes than were announced, then the end. `drop`: the end before any answer. `endless`: a body that does not end. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  /** The body as it goes over the wire, in place of `json` and `text`. */
  readonly bytes?: Uint8Array;
  readonly fault?: 'hang' | 'half' | 'drop' | 'endless' | 'garbage';
  readonly latencyMs?: number;
}

export type Script = (request: ModelRequest) => Reply;

export interface ModelServer {
  readonly url: string;
  readonly requests: readonly ModelRequest[];
  /** Resolves as soon as this many requests have arrived. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

export const USAGE = { prompt_tokens: 12, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 4 } };

/** A chat completion. */
export function chat(content: unknown, more: { readonly finish?: string; readonly refusal?: string; readonly usage?: unknown } = {}): Reply {
  return {
    json: {
      id: 'c', object: 'chat.completion', created: 1, model: 'm',
      choices: [{ index: 0, finish_reason: more.finish ?? 'stop', message: { role: 'assistant', content, refusal: more.refusal ?? null } }],
      ...(more.usage === null ? {} : { usage: more.usage ?? USAGE }),
    },
  };
}

/** The error body of the OpenAI API. */
export function refusal(status: number, error: Readonly<Record<string, unknown>> | string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, json: { error } };
}

const GARBAGE = '\u0001\u0002 this is not HTTP\r\n\r\n';
const PIECE = 'x'.repeat(64 * 1024);

function answer(response: ServerResponse, reply: Reply): void {
  const text = reply.text ?? JSON.stringify(reply.json ?? {});
  const headers = { 'content-type': reply.text === undefined ? 'application/json' : 'text/html', ...reply.headers };
  switch (reply.fault) {
    case 'hang':
      return;
    case 'drop':
      response.socket?.destroy();
      return;
    case 'garbage':
      response.socket?.end(GARBAGE);
      return;
    case 'half':
      response.writeHead(reply.status ?? 200, { ...headers, 'content-length': String(text.length) });
      response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
      return;
    case 'endless': {
      response.writeHead(reply.status ?? 200, headers);
      const pour = (): void => {
        while (!response.destroyed && response.write(PIECE));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
      return;
    }
    case undefined:
      response.writeHead(reply.status ?? 200, headers);
      response.end(reply.bytes ?? text);
  }
}

export async function startModelServer(script: Script): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const sockets = new Set<Socket>();
  let waiting: { readonly count: number; readonly go: () => void }[] = [];
  const server: Server = createServer((incoming, response) => {
    let text = '';
    incoming.setEncoding('utf8').on('data', (more: string) => void (text += more));
    incoming.on('end', () => {
      const request = { path: incoming.url ?? '', headers: incoming.headers, body: text === '' ? {} : (JSON.parse(text) as Record<string, any>), at: requests.length };
      requests.push(request);
      const reply = script(request);
      if (reply.latencyMs === undefined) answer(response, reply);
      else setTimeout(() => answer(response, reply), reply.latencyMs);
      waiting = waiting.filter(({ count, go }) => requests.length < count || void go());
    });
  });
  // An idle connection is never the server's to close: a test says when one ends.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    arrived: (count) => (requests.length >= count ? Promise.resolve() : new Promise((go) => waiting.push({ count, go }))),
    close: async () => {
      const closed = new Promise((go) => server.close(go));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
