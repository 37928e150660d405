import type * as vscode from 'vscode';
import type { HostApi, PanelApi } from '../../../shared/protocol/panel.ts';
import { connectPeer, type Peer } from '../../../shared/protocol/rpc.ts';

/**
 * The link to the page of a webview. A hidden page is thrown away and a new one starts when the panel is shown again, so
 * each page gets a peer of its own and what the last one left open is rejected.
 */
export class PageChannel implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #api: HostApi;
  readonly #subscription: vscode.Disposable;
  #listener: (message: unknown) => void = () => undefined;
  #peer: Peer<PanelApi>;

  constructor(webview: vscode.Webview, api: HostApi) {
    this.#webview = webview;
    this.#api = api;
    this.#subscription = webview.onDidReceiveMessage((message: unknown) => this.#listener(message));
    this.#peer = this.#connect();
  }

  get page(): Peer<PanelApi> {
    return this.#peer;
  }

  /** The page is gone: whatever was asked of it has no answer any more. */
  renew(): void {
    this.#peer.close('The results panel was hidden.');
    this.#peer = this.#connect();
  }

  dispose(): void {
    this.#peer.close('The results panel was closed.');
    this.#subscription.dispose();
  }

  #connect(): Peer<PanelApi> {
    return connectPeer<HostApi, PanelApi>(
      {
        send: (message) => void this.#webview.postMessage(message),
        receive: (listener) => {
          this.#listener = listener;
        },
      },
      this.#api,
    );
  }
}
