import type { Connection } from 'vscode-languageserver/node';
import { FailureError } from '../../../../shared/failure.ts';
import { isReadFromPicture } from '../../../../shared/pictures.ts';
import { answer, valueOf } from '../answer.ts';
import type { Engines } from '../engines.ts';

/** `collate/run/readText`: what a model read from a picture. A page is small enough for one message; other documents have files. */
export function registerReadText(connection: Connection, engines: Engines): void {
  answer(connection, 'run/readText', async ({ runId, document }) => {
    const { engine } = await engines.forRun(runId);
    const summary = valueOf(await engine.runs.get(runId)).documents.find(({ key }) => key === document);
    if (summary === undefined || !isReadFromPicture(summary)) {
      throw new FailureError({ code: 'refused', message: `${document} was not read from a picture in run ${runId}. Open its file.`, retry: 'never' });
    }
    return { text: valueOf(await engine.runs.text(summary)) };
  });
}
