import type { Connection } from 'vscode-languageserver/node';
import { answer, valueOf } from '../answer.ts';
import { correctedInput } from '../correctedInput.ts';
import type { Engines } from '../engines.ts';
import type { OpenDocuments } from '../openDocuments.ts';
import type { SettingsReader } from '../settingsReader.ts';

/** `collate/document/kind`: what a document is read as. Null where its home has no run yet: reading opens no store. */
export function registerDocumentKind(connection: Connection, engines: Engines, documents: OpenDocuments, settings: SettingsReader): void {
  answer(connection, 'document/kind', async ({ uri }, signal) => {
    const engine = await engines.existingForDocument(uri);
    if (engine === null) return null;
    const { kind, units } = valueOf(await engine.engine.read(await correctedInput(uri, engine, documents), await settings(uri), signal));
    return { kind, units: units.length };
  });
}
