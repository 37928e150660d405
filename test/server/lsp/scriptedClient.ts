import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createConnection, createProtocolConnection, ResponseError, StreamMessageReader, StreamMessageWriter, type CancellationToken, type DocumentDiagnosticReport,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import type { Failure } from '../../../shared/failure.ts';
import type { ServerEvents, ServerRequests } from '../../../shared/protocol/lsp.ts';
import type { OpenEngine } from '../../../server/src/lsp/engines.ts';
import type { Home } from '../../../server/src/lsp/home.ts';
import { startServer, type InitializationOptions } from '../../../server/src/lsp/server.ts';
import { FakeEngine } from './fakeEngine.ts';

export interface ClientOptions {
  /** Workspace folders by name, in temporary folders. */
  readonly folders?: readonly string[];
  /** Files by path below the temporary folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** The answer to workspace/configuration, by the URI it is asked for. */
  configuration?(scopeUri: string): unknown;
  readonly options?: InitializationOptions;
  /** The engine of a home, where it is not a fake one. */
  readonly open?: OpenEngine;
  /** Registers what else the client answers, before it listens. */
  prepare?(connection: ProtocolConnection): void;
  /** False for a client that takes no LocationLinks. */
  readonly linkSupport?: boolean;
}

/** A client over the real protocol connection; the server and its fake engines live in the same process. */
export class ScriptedClient {
  readonly folder = mkdtempSync(join(tmpdir(), 'collate-lsp-'));
  readonly engines = new Map<string, FakeEngine>();
  readonly events: { readonly name: string; readonly value: unknown }[] = [];
  readonly progress: { readonly token: unknown; readonly value: { readonly kind: string; readonly title?: string; readonly message?: string; readonly cancellable?: boolean } }[] = [];
  readonly log: string[] = [];
  refreshes = 0;
  /** Of lenses and hints. */
  readonly refreshed: string[] = [];
  #stopped = false;
  #waiting: { readonly met: () => boolean; readonly go: () => void }[] = [];
  readonly #connection: ProtocolConnection;

  private constructor(options: ClientOptions) {
    for (const [file, text] of Object.entries(options.files ?? {})) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      writeFileSync(join(this.folder, file), text);
    }
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
    startServer(server, options.open ?? ((home: Home) => {
      const engine = this.engines.get(home.storeDir) ?? new FakeEngine();
      this.engines.set(home.storeDir, engine);
      return Promise.resolve(engine.opened());
    }));
    server.listen();
    this.#connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const connection = this.#connection;
    connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri: string }[] }) =>
      items.map(({ scopeUri }) => options.configuration?.(scopeUri) ?? null),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes += 1;
      this.#changed();
      return null;
    });
    for (const shown of ['codeLens', 'inlayHint']) {
      connection.onRequest(`workspace/${shown}/refresh`, () => {
        this.refreshed.push(shown);
        this.#changed();
        return null;
      });
    }
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
      this.#changed();
    });
    connection.onNotification('$/progress', (params: (typeof this.progress)[number]) => {
      this.progress.push(params);
      this.#changed();
    });
    for (const name of ['run/progress', 'store/status', 'review/changed'] satisfies (keyof ServerEvents)[]) {
      connection.onNotification(`collate/${name}`, (value: unknown) => {
        this.events.push({ name, value });
        this.#changed();
      });
    }
    options.prepare?.(connection);
    connection.listen();
  }

  static async start(options: ClientOptions = {}): Promise<ScriptedClient> {
    const client = new ScriptedClient(options);
    const folders = (options.folders ?? ['ws']).map((name) => ({ name, uri: client.uri(name) }));
    await client.#connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      workspaceFolders: folders,
      initializationOptions: { storeDir: join(client.folder, 'global'), ...options.options },
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true, diagnostics: { refreshSupport: true }, codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true }, didChangeConfiguration: { dynamicRegistration: true } },
        window: { workDoneProgress: true },
        textDocument: { definition: { linkSupport: options.linkSupport !== false } },
      },
    });
    await client.#connection.sendNotification('initialized', {});
    return client;
  }

  uri(file: string): string {
    return pathToFileURL(join(this.folder, file)).href;
  }

  /** The engine of a folder's default store, made before the server asks for it. */
  engine(folder = 'ws'): FakeEngine {
    return this.engineAt(join(folder, '.collate'));
  }

  /** The engine of a store folder. The store counts as used: its file is there. */
  engineAt(store: string): FakeEngine {
    const dir = join(this.folder, store);
    const engine = this.engines.get(dir) ?? new FakeEngine();
    this.engines.set(dir, engine);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'work.db'), '');
    return engine;
  }

  request<K extends keyof ServerRequests>(method: K, params: Parameters<ServerRequests[K]>[0]): ReturnType<ServerRequests[K]> {
    return this.#connection.sendRequest(`collate/${method}`, params) as ReturnType<ServerRequests[K]>;
  }

  /** A request that a token can cancel. */
  requestUntil<K extends keyof ServerRequests>(method: K, params: Parameters<ServerRequests[K]>[0], token: CancellationToken): ReturnType<ServerRequests[K]> {
    return this.#connection.sendRequest(`collate/${method}`, params, token) as ReturnType<ServerRequests[K]>;
  }

  /** The Failure a request is answered with; throws where it is answered otherwise. */
  async failure<K extends keyof ServerRequests>(method: K, params: Parameters<ServerRequests[K]>[0]): Promise<Failure & { readonly rpcCode: number; readonly rpcMessage: string }> {
    try {
      await this.request(method, params);
    } catch (thrown) {
      if (thrown instanceof ResponseError) return { ...(thrown.data as Failure), rpcCode: thrown.code, rpcMessage: thrown.message };
      throw thrown;
    }
    throw new Error(`${method} was answered`);
  }

  diagnostics(file: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const uri = file.includes(':') ? file : this.uri(file);
    return this.#connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  }

  /** One of the protocol's own requests on a document of the temporary folder. */
  standard<T>(method: string, file: string, params: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const uri = file.includes(':') ? file : this.uri(file);
    return this.#connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...params });
  }

  open(file: string, text: string): Promise<void> {
    const uri = file.includes(':') ? file : this.uri(file);
    return this.#connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text } });
  }

  change(file: string, version: number, contentChanges: readonly unknown[]): Promise<void> {
    return this.#connection.sendNotification('textDocument/didChange', { textDocument: { uri: this.uri(file), version }, contentChanges });
  }

  cancelProgress(token: unknown): Promise<void> {
    return this.#connection.sendNotification('window/workDoneProgress/cancel', { token });
  }

  configurationChanged(): Promise<void> {
    return this.#connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  /** Resolves when `met` holds; looked at after every message of the server. */
  async until(met: () => boolean): Promise<void> {
    if (met()) return;
    await new Promise<void>((go) => this.#waiting.push({ met, go }));
  }

  /** Shuts the server down, once. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await this.#connection.sendRequest('shutdown');
    this.#connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #changed(): void {
    const met = this.#waiting.filter((one) => one.met());
    this.#waiting = this.#waiting.filter((one) => !met.includes(one));
    for (const one of met) one.go();
  }
}
