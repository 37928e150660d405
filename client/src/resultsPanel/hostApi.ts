import { resumeAsked } from '../commands/resumeAsked.ts';
import * as vscode from 'vscode';
import type { HostApi, PanelState } from '../../../shared/protocol/panel.ts';
import type { ServerClient } from '../serverClient.ts';
import { opening } from './opening.ts';
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
    open: (params) => opening(server, host.state(), params),
    run: (params) => server.request('run/get', params),
    runs: (params) => server.request('run/list', params),
    matches: (params) => server.request('run/matches', params),
    matchCounts: (params) => server.request('run/matchCounts', params),
    match: (params) => server.request('run/match', params),
    findings: (params) => server.request('run/findings', params),
    findingFacets: (params) => server.request('run/findingFacets', params),
    facets: (params) => server.request('run/facets', params),
    matchGroups: (params) => server.request('run/matchGroups', params),
    matchIndex: (params) => server.request('run/matchIndex', params),
    compare: (params) => server.request('run/compare', params),
    comparedRows: (params) => server.request('run/comparedRows', params),
    review: (params) => server.request('review/act', params),
    undo: (params) => server.request('review/undo', params),
    redo: (params) => server.request('review/redo', params),
    history: (params) => server.request('review/history', params),
    bulkOffer: (params) => server.request('review/bulkOffer', params),
    acceptAbove: (params) => server.request('review/acceptAbove', params),
    diff: async (params) => {
      await vscode.commands.executeCommand('collate.compareWithCounterpart', params);
      return null;
    },
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
      await resumeAsked(server, (runId) => host.show(runId), await server.request('run/get', params));
      return null;
    },
    command: async ({ command }) => {
      await vscode.commands.executeCommand(`collate.${command}`);
      return null;
    },
  };
}
