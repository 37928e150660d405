import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter, type ProtocolConnection } from 'vscode-languageserver/node';
import { SERVER_ARGUMENTS, SERVER_ENVIRONMENT } from '../../../client/src/serverArguments.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { ServerRequests } from '../../../shared/protocol/lsp.ts';

const BUNDLE = join(import.meta.dirname, '..', '..', '..', 'dist', 'server.cjs');

/** The built server in a process of its own, over its standard streams. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #snapshots: RunSnapshot[] = [];
  #waiting: { readonly met: (run: RunSnapshot) => boolean; readonly go: (run: RunSnapshot) => void }[] = [];

  private constructor() {
    if (!existsSync(BUNDLE)) throw new Error(`${BUNDLE} is not built; run \`npm run build\`.`);
    this.#child = spawn(process.execPath, [...SERVER_ARGUMENTS, BUNDLE, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...SERVER_ENVIRONMENT },
    });
    const { stdin, stdout } = this.#child;
    if (stdin === null || stdout === null) throw new Error('The server has no streams.');
    this.#connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.#connection.onNotification('collate/run/progress', (run: RunSnapshot) => {
      this.#snapshots.push(run);
      const met = this.#waiting.filter((one) => one.met(run));
      this.#waiting = this.#waiting.filter((one) => !met.includes(one));
      for (const one of met) one.go(run);
    });
    this.#connection.listen();
  }

  static async start(folder: string): Promise<ServerProcess> {
    const server = new ServerProcess();
    await server.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ name: 'folder', uri: pathToFileURL(folder).href }],
      capabilities: {},
    });
    await server.#connection.sendNotification('initialized', {});
    return server;
  }

  /** Id of the process, as long as it runs. */
  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('The server was not started.');
    return pid;
  }

  /** Opens a document as the editor does. */
  open(uri: string, languageId: string, text: string): Promise<void> {
    return this.#connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Asks what the language server protocol itself defines. */
  ask<T>(method: string, params: object): Promise<T> {
    return this.#connection.sendRequest(method, params);
  }

  request<K extends keyof ServerRequests>(method: K, params: Parameters<ServerRequests[K]>[0]): ReturnType<ServerRequests[K]> {
    return this.#connection.sendRequest(`collate/${method}`, params) as ReturnType<ServerRequests[K]>;
  }

  /** The first snapshot the server told for which `met` holds, told already or later. */
  snapshot(met: (run: RunSnapshot) => boolean): Promise<RunSnapshot> {
    const told = this.#snapshots.find(met);
    return told === undefined ? new Promise((go) => this.#waiting.push({ met, go })) : Promise.resolve(told);
  }

  /** Ends the process at once, as a crash does. */
  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await ended;
    this.#connection.dispose();
  }

  /** Shuts the server down in order; resolves with its exit code. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.#child.once('exit', resolve));
    await this.#connection.sendRequest('shutdown');
    await this.#connection.sendNotification('exit');
    const code = await ended;
    this.#connection.dispose();
    return code;
  }
}
