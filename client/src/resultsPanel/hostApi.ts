import * as vscode from 'vscode';
import type { HostApi, PanelState } from '../../../shared/protocol/panel.ts';
import type { ServerClient } from '../serverClient.ts';
import { reveal } from './reveal.ts';

/** What the page's requests need of the panel that holds it. */
export interface PanelHost {
  state(): PanelState;
  column(): vscode.ViewColumn | undefined;
  show(runId: string): void;
}

/** Answers the page: the client is the broker between panel and server. */
export function hostApi(server: ServerClient, host: PanelHost): HostApi {
  return {
    state: () => Promise.resolve(host.state()),
    run: (params) => server.request('run/get', params),
    runs: (params) => server.request('run/list', params),
    matches: (params) => server.request('run/matches', params),
    matchCounts: (params) => server.request('run/matchCounts', params),
    match: (params) => server.request('run/match', params),
    findings: (params) => server.request('run/findings', params),
    reveal: async (params) => {
      await reveal(await server.request('locate', params), host.column());
      return null;
    },
    openRun: ({ runId }) => {
      host.show(runId);
      return Promise.resolve(null);
    },
    cancel: (params) => server.request('run/cancel', params),
    resume: async (params) => {
      host.show((await server.request('run/resume', params)).runId);
      return null;
    },
    command: async ({ command }) => {
      await vscode.commands.executeCommand(`collate.${command}`);
      return null;
    },
  };
}
