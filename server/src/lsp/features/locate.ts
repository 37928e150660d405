import type { Connection } from 'vscode-languageserver/node';
import { answer, valueOf } from '../answer.ts';
import type { CurrentTexts } from '../currentTexts.ts';
import type { Engines } from '../engines.ts';
import { documentUri } from '../home.ts';

/** `collate/locate`: where the words of a span are now, in the open text or the file. */
export function registerLocate(connection: Connection, engines: Engines, texts: CurrentTexts): void {
  answer(connection, 'locate', async ({ runId, span }, signal) => {
    const engine = await engines.forRun(runId);
    const uri = documentUri(span.document, engine.home);
    const text = valueOf(await texts.read(uri, engine, signal));
    const { start, end, current } = valueOf(await engine.engine.runs.locate(runId, span, text));
    return { uri, range: { start, end }, current };
  });
}
