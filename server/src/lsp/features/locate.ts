import type { Connection } from 'vscode-languageserver/node';
import { asReadUri } from '../../../../shared/asRead.ts';
import { isReadFromPicture } from '../../../../shared/pictures.ts';
import { answer, valueOf } from '../answer.ts';
import type { CurrentTexts } from '../currentTexts.ts';
import type { Engines } from '../engines.ts';
import { documentUri } from '../home.ts';

/** `collate/locate`: where the words of a span are now, in the open text or the file; of a picture, in the text that was read from it. */
export function registerLocate(connection: Connection, engines: Engines, texts: CurrentTexts): void {
  answer(connection, 'locate', async ({ runId, span }, signal) => {
    const engine = await engines.forRun(runId);
    const { runs } = engine.engine;
    const picture = valueOf(await runs.get(runId)).documents.find((one) => one.key === span.document && isReadFromPicture(one));
    const uri = picture === undefined ? documentUri(span.document, engine.home) : asReadUri({ runId, document: span.document });
    const text = valueOf(await (picture === undefined ? texts.read(uri, engine, signal) : runs.text(picture)));
    const { start, end, current } = valueOf(await runs.locate(runId, span, text));
    return { uri, range: { start, end }, current };
  });
}
