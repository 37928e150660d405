import type { HostApi, PanelApi } from '../../shared/protocol/panel.ts';
import { connectPeer, type Peer } from '../../shared/protocol/rpc.ts';
import { readKeptState, type KeptState } from './state/viewState.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: KeptState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The page's link to the extension, and what the editor keeps of the page over reloads. */
export interface Host {
  readonly peer: Peer<HostApi>;
  /** What an earlier page of this panel left; null for the first one. */
  restored(): KeptState | null;
  keep(state: KeptState): void;
}

export function connectHost(api: PanelApi): Host {
  const vscode = acquireVsCodeApi();
  const peer = connectPeer<PanelApi, HostApi>(
    {
      send: (message) => vscode.postMessage(message),
      receive: (listener) => window.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data)),
    },
    api,
  );
  return {
    peer,
    restored: () => readKeptState(vscode.getState()),
    keep: (state) => vscode.setState(state),
  };
}
