import { CodeLensRefreshRequest, type ClientCapabilities, type Connection } from 'vscode-languageserver/node';
import { failureOf } from '../../../shared/failure.ts';

/** Asks the client to ask again for what shows results, as far as it can. */
export function refresher(connection: Connection, { workspace }: ClientCapabilities): () => void {
  const ask = (supported: boolean | undefined, what: string, request: () => Promise<void>): void => {
    if (supported !== true) return;
    request().catch((thrown: unknown) => connection.console.warn(`${what} were not refreshed: ${failureOf(thrown).message}`));
  };
  return () => {
    ask(workspace?.diagnostics?.refreshSupport, 'Diagnostics', () => connection.languages.diagnostics.refresh());
    ask(workspace?.codeLens?.refreshSupport, 'Code lenses', () => connection.sendRequest(CodeLensRefreshRequest.type));
    ask(workspace?.inlayHint?.refreshSupport, 'Inlay hints', () => connection.languages.inlayHint.refresh());
  };
}
