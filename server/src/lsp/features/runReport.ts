import type { Connection } from 'vscode-languageserver/node';
import { FailureError } from '../../../../shared/failure.ts';
import { renderReport } from '../../engine/index.ts';
import { writeForUser } from '../writeForUser.ts';
import { answer, valueOf } from '../answer.ts';
import type { Engines } from '../engines.ts';
import { pathOf } from '../home.ts';

/** `collate/run/report`: the HTML report of a run as one file. */
export function registerRunReport(connection: Connection, engines: Engines): void {
  answer(connection, 'run/report', async ({ runId, uri }) => {
    const path = pathOf(uri);
    if (path === null) throw new FailureError({ code: 'refused', message: `A report is written as a file; ${uri} is none. Choose a file on this computer.`, retry: 'never' });
    const { engine } = await engines.forRun(runId);
    const snapshot = valueOf(await engine.runs.get(runId));
    if (snapshot.state === 'running') throw new FailureError({ code: 'refused', message: 'The run is still at work. Export the report when it is finished.', retry: 'later' });
    const output = valueOf(await engine.runs.output([runId]));
    const inputs = { [runId]: snapshot.documents.map(({ key }) => key) };
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    await writeForUser(path, renderReport(output, { timeZone, inputs }));
    return null;
  });
}
