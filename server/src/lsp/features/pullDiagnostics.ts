import { createHash } from 'node:crypto';
import {
  DiagnosticSeverity, DocumentDiagnosticReportKind, type Connection, type Diagnostic, type DocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { counted } from '../../engine/index.ts';
import { answerStandard, signalOf } from '../answer.ts';
import type { OpenDocuments } from '../openDocuments.ts';
import type { PlacedDocument } from '../results/placedDocument.ts';
import { MAX_RESULT_TEXT, type DocumentResult, type Results, type RowReviews } from '../results/results.ts';
import type { SettingsReader } from '../settingsReader.ts';
import { DIAGNOSTIC_SOURCE, placeMarks, type Shown } from './placedMarks.ts';
import { saidOf } from './reviewWords.ts';
import type { RunMarks } from './runMarks.ts';

const NOTHING: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, resultId: 'none', items: [] };

export interface DiagnosticsContext {
  readonly connection: Connection;
  readonly documents: OpenDocuments;
  readonly results: Results;
  readonly settings: SettingsReader;
  readonly marks: RunMarks;
  readonly documentation: (code: string) => string | null;
}

/** One statement on the whole document, at its first line. */
function onDocument(code: string, message: string, documentation: (code: string) => string | null): Diagnostic {
  const href = documentation(code);
  return {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    severity: DiagnosticSeverity.Information,
    code,
    ...(href === null ? {} : { codeDescription: { href } }),
    source: DIAGNOSTIC_SOURCE,
    message,
  };
}

function tooLarge(length: number, documentation: (code: string) => string | null): DocumentDiagnosticReport {
  const message = `This document has ${length} characters; diagnostics are shown in documents of up to ${MAX_RESULT_TEXT}. The results panel shows everything.`;
  return { kind: DocumentDiagnosticReportKind.Full, resultId: `tooLarge:${length}`, items: [onDocument('document.tooLarge', message, documentation)] };
}

/** A result with every document of its run as it is now; one that cannot be read is left out. */
interface ShownResult {
  readonly result: DocumentResult;
  readonly reviews: RowReviews;
  readonly documents: ReadonlyMap<string, PlacedDocument>;
}

async function shownResult(result: DocumentResult, results: Results, signal: AbortSignal): Promise<ShownResult> {
  const documents = new Map<string, PlacedDocument>();
  for (const { key } of result.run.documents) {
    const placed = await results.place(result, key, signal);
    if (placed !== null) documents.set(key, placed);
  }
  return { result, documents, reviews: await results.reviews(result) };
}

/** Equal where everything a report is made of is equal. */
function reportId(shown: readonly ShownResult[], levels: Shown['levels']): string {
  const hash = createHash('sha256').update(JSON.stringify(levels));
  for (const { result: { run }, reviews, documents } of shown) {
    hash.update(JSON.stringify([run.id, run.state, run.endedAt, [...reviews]]));
    for (const [name, placed] of documents) hash.update(`\0${name}\0${placed.hash}`);
  }
  return hash.digest('base64url');
}

/** What the newest runs of a document say, placed in its open text. */
async function report(context: DiagnosticsContext, uri: string, previous: string | undefined, signal: AbortSignal): Promise<DocumentDiagnosticReport> {
  const { documents, settings, results, documentation } = context;
  const text = documents.normalisedText(uri);
  if (text === null) return NOTHING;
  const { diagnosticsEnabled, diagnosticsSeverity: levels } = await settings(uri);
  if (!diagnosticsEnabled) return NOTHING;
  if (text.length > MAX_RESULT_TEXT) return (await results.hasRuns(uri)) ? tooLarge(text.length, documentation) : NOTHING;
  const found = await results.of(uri, signal);
  if (found.length === 0) return NOTHING;

  const shown = await Promise.all(found.map((result) => shownResult(result, results, signal)));
  const resultId = reportId(shown, levels);
  if (resultId === previous) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  const items: Diagnostic[] = [];
  let gone = 0;
  for (const { result, reviews, documents: placed } of shown) {
    const marks = context.marks.of(result.index, result.key);
    const made = placeMarks(marks, placed, { levels, documentation, said: ({ data }) => saidOf(reviews.get(data.id)) });
    items.push(...made.diagnostics);
    gone += made.gone;
  }
  if (gone > 0 && levels['document.stale'] !== 'off') {
    const message = `${counted(gone, 'finding')} lost ${gone === 1 ? 'its' : 'their'} place: the words are gone from the text. Run Collate again to have the text of now read; the results panel still shows everything.`;
    items.unshift(onDocument('document.stale', message, documentation));
  }
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

/** `textDocument/diagnostic`. */
export function registerDiagnostics(context: DiagnosticsContext): void {
  const { connection } = context;
  connection.languages.diagnostics.on(({ textDocument: { uri }, previousResultId }, token) =>
    answerStandard(connection, 'Diagnostics', uri, () => report(context, uri, previousResultId, signalOf(token))),
  );
}
