import * as vscode from 'vscode';
import type { MatchDetail, UnitText } from '../../../shared/protocol/results.ts';
import type { RowAddress } from '../../../shared/protocol/reviews.ts';
import { reveal } from '../resultsPanel/reveal.ts';
import { wordsUri } from '../unitWords.ts';
import { rowAtCursor, rowOf } from './rowOf.ts';
import type { CommandContext } from './startRun.ts';

interface Chosen {
  readonly row: RowAddress;
  readonly detail: MatchDetail;
  readonly target: UnitText;
}

function nameOf({ unit }: UnitText): string {
  return [unit.number, unit.title].filter((part) => part !== undefined && part !== '').join(' ') || unit.span.quote.slice(0, 60);
}

/** The counterpart meant: the one named, the only one, or the one the user picks of several; null where there is none. */
async function counterpart({ server }: CommandContext, parameters: readonly unknown[]): Promise<Chosen | null> {
  const row = await rowOf(server, parameters);
  if (row === null) return null;
  const detail = await server.request('run/match', row);
  const targets = detail.targets.map(({ text }) => text);
  const [given] = parameters;
  const wanted = typeof given === 'object' && given !== null && 'targetId' in given ? given.targetId : undefined;
  const named = targets.find(({ unit }) => unit.key === wanted);
  if (named !== undefined) return { row, detail, target: named };
  const [only] = targets;
  if (only === undefined || detail.source === null) {
    await vscode.window.showInformationMessage(
      detail.row.outcome === 'decided' ? `${detail.row.number} ${detail.row.title} has no counterpart in the other document.` : 'No counterpart was claimed. Open the results to see the candidates.',
    );
    return null;
  }
  if (targets.length === 1) return { row, detail, target: only };
  const items = targets.map((target) => ({ label: nameOf(target), description: target.path, target }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'It has several counterparts. Pick one.' });
  return picked === undefined ? null : { row, detail, target: picked.target };
}

/** *Collate: Open Counterpart*: the words on the other side, with the focus. */
export async function openCounterpart(context: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const found = await counterpart(context, parameters);
  if (found === null) return;
  const { row, detail, target } = found;
  // From the target document the counterpart is the source.
  const here = vscode.window.activeTextEditor?.document.uri;
  const place = await context.server.request('locate', { runId: row.runId, span: target.unit.span });
  const isHere = here !== undefined && here.toString() === vscode.Uri.parse(place.uri, true).toString();
  const other = isHere && detail.source !== null ? await context.server.request('locate', { runId: row.runId, span: detail.source.unit.span }) : place;
  await reveal(other, context.panel.column, false);
}

/** *Collate: Compare with Counterpart*: both wordings in the editor's own difference view. */
export async function compareWithCounterpart(context: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const found = await counterpart(context, parameters);
  if (found === null) return;
  const { row, target } = found;
  const { source } = found.detail;
  if (source === null) return;
  await vscode.commands.executeCommand(
    'vscode.diff',
    wordsUri(row, source.unit.key, nameOf(source)),
    wordsUri(row, target.unit.key, nameOf(target)),
    `${nameOf(source)} ↔ ${nameOf(target)}`,
    { preview: true } satisfies vscode.TextDocumentShowOptions,
  );
}

/** *Collate: Show Match*: the row in the results panel. */
export async function showMatch({ server, panel }: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const row = await rowOf(server, parameters);
  if (row !== null) panel.select(row);
}

/** *Collate: Next to Review* and *Previous to Review*: moves the cursor; a panel in sight follows. */
export async function goToReview({ server, panel }: CommandContext, back: boolean): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    await rowAtCursor(server);
    return;
  }
  const { line, character } = editor.selection.active;
  const row = await server.request('row/next', { uri: editor.document.uri.toString(), position: { line, character }, back });
  if (row === null) {
    await vscode.window.showInformationMessage('Nothing is left to review in this document.');
    return;
  }
  const { start, end } = row.range;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  if (panel.visibleRun === row.runId) panel.select(row);
}
