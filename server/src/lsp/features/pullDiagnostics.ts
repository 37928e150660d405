import { createHash } from 'node:crypto';
import {
  DiagnosticSeverity, DocumentDiagnosticReportKind, type Connection, type Diagnostic, type DocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { failureOf } from '../../../../shared/failure.ts';
import type { RunSnapshot } from '../../../../shared/model.ts';
import { responseError, signalOf, valueOf } from '../answer.ts';
import type { CurrentTexts } from '../currentTexts.ts';
import type { Engines, HomeEngine } from '../engines.ts';
import { documentKey, documentUri } from '../home.ts';
import type { OpenDocuments } from '../openDocuments.ts';
import type { SettingsReader } from '../settingsReader.ts';
import { documentName, type Mark } from './mark.ts';
import { DIAGNOSTIC_SOURCE, placeMarks, type PlacedDocument } from './placedMarks.ts';
import type { RunMarks } from './runMarks.ts';
import { TextMapper } from './textMapper.ts';
import { TextPositions } from './textPositions.ts';

/** UTF-16 code units. Above it every keystroke would compare more text than an editor can wait for. */
export const MAX_DIAGNOSTIC_TEXT = 10_000_000;
/** Runs looked through for one at rest while a newer one of the same document is at work. */
const RUNS_LOOKED_THROUGH = 50;

const NOTHING: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, resultId: 'none', items: [] };

export interface DiagnosticsContext {
  readonly connection: Connection;
  readonly engines: Engines;
  readonly documents: OpenDocuments;
  readonly texts: CurrentTexts;
  readonly settings: SettingsReader;
  readonly marks: RunMarks;
  readonly documentation: (code: string) => string | null;
}

/** The newest run of a document that has something to say: not one at work, not one that failed as a whole. */
async function newestResult({ engine }: HomeEngine, key: string): Promise<RunSnapshot | null> {
  const tells = (run: RunSnapshot): boolean => run.state !== 'running' && run.state !== 'failed';
  const latest = valueOf(await engine.runs.latest(key));
  if (latest === null || tells(latest)) return latest;
  const { runs } = valueOf(await engine.runs.list(0, RUNS_LOOKED_THROUGH));
  return runs.find((run) => tells(run) && run.documents.some((document) => document.key === key)) ?? null;
}

function tooLarge(length: number, documentation: (code: string) => string | null): DocumentDiagnosticReport {
  const code = 'document.tooLarge';
  const href = documentation(code);
  const diagnostic: Diagnostic = {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    severity: DiagnosticSeverity.Information,
    code,
    ...(href === null ? {} : { codeDescription: { href } }),
    source: DIAGNOSTIC_SOURCE,
    message: `This document has ${length} characters; diagnostics are shown in documents of up to ${MAX_DIAGNOSTIC_TEXT}. The results panel shows everything.`,
  };
  return { kind: DocumentDiagnosticReportKind.Full, resultId: `tooLarge:${length}`, items: [diagnostic] };
}

/** What the newest run of a document says, placed in its open text. */
async function report(context: DiagnosticsContext, uri: string, previous: string | undefined, signal: AbortSignal): Promise<DocumentDiagnosticReport> {
  const { engines, documents, texts, settings, marks, documentation, connection } = context;
  const text = documents.normalisedText(uri);
  if (text === null || !(await settings(uri)).diagnosticsEnabled) return NOTHING;
  const engine = await engines.existingForDocument(uri);
  if (engine === null) return NOTHING;
  const key = documentKey(uri, engine.home);
  const run = await newestResult(engine, key);
  signal.throwIfAborted();
  if (run === null) return NOTHING;
  if (text.length > MAX_DIAGNOSTIC_TEXT) return tooLarge(text.length, documentation);

  // Every document of the run as it is now; one that cannot be read is named in messages but not linked.
  const now = new Map<string, { readonly uri: string; readonly text: string }>();
  for (const document of run.documents) {
    const at = document.key === key ? uri : documentUri(document.key, engine.home);
    const current = await texts.read(at, engine, signal);
    signal.throwIfAborted();
    if (current.ok) now.set(document.key, { uri: at, text: current.value });
  }
  const hash = createHash('sha256').update(JSON.stringify([run.id, run.state, run.endedAt]));
  for (const [name, current] of now) hash.update(`\0${name}\0`).update(current.text);
  const resultId = hash.digest('base64url');
  if (resultId === previous) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };

  const ofDocument: readonly Mark[] = (await marks.of(run, engine)).get(key) ?? [];
  const placed = new Map<string, PlacedDocument>();
  for (const document of run.documents) {
    const current = now.get(document.key);
    if (current === undefined) continue;
    const before = valueOf(await engine.engine.runs.text(document));
    signal.throwIfAborted();
    placed.set(document.key, { uri: current.uri, mapper: new TextMapper(before, current.text), positions: new TextPositions(current.text) });
  }
  const { diagnostics, gone } = placeMarks(ofDocument, placed, documentation);
  if (gone > 0) {
    connection.console.debug(
      `${gone} of ${ofDocument.length} results of run ${run.id} are not shown in ${documentName(key)}: the words they rest on changed. Analyze the document again.`,
    );
  }
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...diagnostics] };
}

/** `textDocument/diagnostic`. Errors reach the client as errors: a failure is never an empty list. */
export function registerDiagnostics(context: DiagnosticsContext): void {
  context.connection.languages.diagnostics.on(async (params, token) => {
    try {
      return await report(context, params.textDocument.uri, params.previousResultId, signalOf(token));
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.code !== 'cancelled') context.connection.console.error(`Diagnostics of ${params.textDocument.uri}: ${failure.message}`);
      throw responseError(failure);
    }
  });
}
