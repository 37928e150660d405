import type { Connection } from 'vscode-languageserver/node';
import { FailureError } from '../../../../shared/failure.ts';
import { correctionsFolder, CORRECTIONS_FILE, saveCorrection, takeBackCorrection } from '../../conversions/savedCorrections.ts';
import { PROVISION_TYPES, proposeCorrection, type Correction } from '../../engine/index.ts';
import { answer, valueOf } from '../answer.ts';
import { correctedInput, ofCorrections } from '../correctedInput.ts';
import type { Engines } from '../engines.ts';
import { pathOf } from '../home.ts';
import type { OpenDocuments } from '../openDocuments.ts';
import { MAX_RESULT_TEXT } from '../results/results.ts';
import type { SettingsReader } from '../settingsReader.ts';
import { TextPositions } from '../text/textPositions.ts';

const DONE: Readonly<Record<Correction['action'], string>> = {
  join: 'Joined with the provision before',
  split: 'Split at the cursor',
  heading: 'The line is a heading',
  type: 'The provision has another type',
};

function refuse(message: string): never {
  throw new FailureError({ code: 'refused', message, retry: 'never' });
}

function fileOf(uri: string): string {
  return pathOf(uri) ?? refuse('Save the document first: corrections are kept beside it.');
}

/** `collate/cut/*`: corrections of a cut, made from the text. */
export function registerCut(connection: Connection, engines: Engines, documents: OpenDocuments, settings: SettingsReader): void {
  answer(connection, 'cut/correct', async ({ uri, position, correction: wanted }, signal) => {
    const path = fileOf(uri);
    const { length } = documents.text(uri) ?? '';
    if (length > MAX_RESULT_TEXT) refuse(`This document has ${length} characters; its cut is corrected from the text in documents of up to ${MAX_RESULT_TEXT}. Split the document, or write the correction into ${CORRECTIONS_FILE}.`);
    const engine = await engines.forDocument(uri);
    const input = await correctedInput(uri, engine, documents);
    const config = await settings(uri);
    const read = valueOf(await engine.engine.read(input, config, signal));
    const offset = new TextPositions(read.text).offset(position);
    const proposed = proposeCorrection(read.text, read.units, offset, wanted.action, wanted.action === 'type' ? wanted.type : '');
    if (!proposed.ok) refuse(proposed.reason);
    const corrections = [...(input.corrections ?? []), proposed.correction];
    // Read with it once: what would not be applied is not kept.
    const again = valueOf(await engine.engine.read({ ...input, corrections }, config, signal));
    const refused = again.problems.find(({ code, message }) => code.startsWith('correction.') && message.startsWith(`Correction ${corrections.length} `));
    if (refused !== undefined) refuse(refused.message);
    await ofCorrections(() => saveCorrection(correctionsFolder(engine.home.root, path), path, proposed.correction));
    return { message: `${DONE[wanted.action]} from the next run on. It is kept in ${CORRECTIONS_FILE}.` };
  });

  answer(connection, 'cut/takeBack', async ({ uri }) => {
    const path = fileOf(uri);
    const { root } = await engines.home(uri);
    const taken = await ofCorrections(() => takeBackCorrection(correctionsFolder(root, path), path));
    return taken === null ? null : { message: `The last correction (${taken.action}) is taken back, from the next run on.` };
  });

  answer(connection, 'cut/types', () => Promise.resolve(PROVISION_TYPES));
}
