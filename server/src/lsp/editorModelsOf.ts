import type { Connection } from 'vscode-languageserver/node';
import type { EditorModels } from '../models/editorModels.ts';
import { askClient } from './askClient.ts';

/** The language models of the editor at the other end of a connection. */
export function editorModelsOf(connection: Connection): EditorModels {
  return {
    list: () => askClient(connection, 'model/list', null),
    complete: (question, signal) => askClient(connection, 'model/complete', question, signal),
  };
}
