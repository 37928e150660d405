import type { HostApi, PanelApi, PanelViewState } from '../../shared/protocol/panel.ts';
import { connectPeer, type Peer } from '../../shared/protocol/rpc.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: PanelViewState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The page's link to the extension, and what the editor keeps of the page over reloads. */
export interface Host {
  readonly peer: Peer<HostApi>;
  /** What an earlier page of this panel left; null for the first one. */
  restored(): PanelViewState | null;
  keep(state: PanelViewState): void;
}

function isViewState(value: unknown): value is PanelViewState {
  return typeof value === 'object' && value !== null && 'runId' in value && 'tab' in value && 'selected' in value;
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
    restored: () => {
      const state = vscode.getState();
      return isViewState(state) ? state : null;
    },
    keep: (state) => vscode.setState(state),
  };
}
