import { CodeActionKind, type CodeAction, type Connection, type Diagnostic, type Position, type Range } from 'vscode-languageserver/node';
import { againTitle, EDITOR_COMMAND_TITLE, type EditorCommand } from '../../../../shared/editorCommands.ts';
import type { RowAddress } from '../../../../shared/protocol/reviews.ts';
import { answerStandard, signalOf } from '../answer.ts';
import type { Results } from '../results/results.ts';
import { label } from './matchMarks.ts';
import { DIAGNOSTIC_SOURCE } from './placedMarks.ts';

/** Offered on a provision without being asked for by a lightbulb: the menu of source actions has them. */
export const SOURCE_KIND = `${CodeActionKind.Source}.collate`;
export const CODE_ACTION_KINDS: readonly CodeActionKind[] = [CodeActionKind.QuickFix, SOURCE_KIND];

const REVIEW = ['collate.accept', 'collate.reject', 'collate.note', 'collate.openException'] as const satisfies readonly EditorCommand[];
const LEADS = ['collate.openCounterpart', 'collate.compareWithCounterpart'] as const satisfies readonly EditorCommand[];

interface ActionRow extends RowAddress {
  /** A row of a crosswalk can be given other targets; a finding has none. */
  readonly isMatch: boolean;
  readonly hasCounterpart: boolean;
  readonly stale: boolean;
  /** Of the provision it stands in, as the user reads it; empty where that is not known. */
  readonly unit: string;
}

/** The row a diagnostic of ours speaks of; null for one that came from elsewhere, or speaks of no row. */
function rowOf({ source, code, data }: Diagnostic): ActionRow | null {
  if (source !== DIAGNOSTIC_SOURCE || typeof data !== 'object' || data === null) return null;
  const { runId, id, targets, stale } = data as Readonly<Record<string, unknown>>;
  if (typeof runId !== 'string' || typeof id !== 'string') return null;
  const hasCounterpart = Array.isArray(targets) && targets.length > 0;
  return { runId, id, isMatch: String(code).startsWith('crosswalk.'), hasCounterpart, stale: stale === true, unit: '' };
}

function reviewCommands({ isMatch, stale }: ActionRow): readonly EditorCommand[] {
  const [accept, reject, ...others] = REVIEW;
  return [...(stale ? (['collate.reanalyze'] as const) : []), accept, reject, ...(isMatch ? (['collate.override'] as const) : []), ...others];
}

function action(command: EditorCommand, kind: CodeActionKind, { runId, id, unit }: ActionRow, diagnostic?: Diagnostic): CodeAction {
  const again = command === 'collate.reanalyze';
  const title = again ? againTitle(unit) : EDITOR_COMMAND_TITLE[command];
  const row = again ? { runId, id, unit } : { runId, id };
  return { title, kind, command: { title, command, arguments: [row] }, ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }) };
}

/** What a reader may say of the cut at a place; each is a command of the client with the document and the position. */
const CUTS = [
  ['collate.joinWithPrevious', 'Join with previous provision'],
  ['collate.splitHere', 'Split provision here'],
  ['collate.markAsHeading', 'Mark line as heading'],
  ['collate.setProvisionType', 'Set provision type...'],
] as const;

function cutActions(uri: string, { start }: Range): readonly CodeAction[] {
  return CUTS.map(([command, title]) => ({ title, kind: SOURCE_KIND, command: { title, command, arguments: [uri, start] } }));
}

/** The name of the provision at a position, as the run knows it. */
async function unitAt(results: Results, runId: string, uri: string, position: Position, signal: AbortSignal): Promise<string> {
  const result = (await results.of(uri, signal)).find(({ run }) => run.id === runId);
  const placed = result?.here.unitAt(result.index, result.key, result.here.positions.offset(position)) ?? null;
  return placed === null ? '' : label(placed.unit);
}

async function provisionRows(results: Results, uri: string, range: Range, signal: AbortSignal): Promise<readonly ActionRow[]> {
  for (const { here, index, key, run } of await results.of(uri, signal)) {
    const unit = here.unitAt(index, key, here.positions.offset(range.start));
    const [row] = unit === null ? [] : index.rowsOf(unit.unit);
    if (unit !== null && row !== undefined) return [{ runId: run.id, id: row.id, isMatch: true, hasCounterpart: row.others.length > 0, stale: unit.stale, unit: label(unit.unit) }];
  }
  return [];
}

/** `textDocument/codeAction`: reviewing as quick fixes of our diagnostics, and all there is to do with a provision as source actions. */
export function registerCodeActions(connection: Connection, results: Results): void {
  connection.onCodeAction(({ textDocument: { uri }, range, context: { diagnostics, only } }, token) =>
    answerStandard(connection, 'Actions', uri, async () => {
      const wants = (kind: CodeActionKind): boolean => only === undefined || only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`));
      const signal = signalOf(token);
      const actions: CodeAction[] = [];
      if (wants(CodeActionKind.QuickFix)) {
        for (const diagnostic of diagnostics) {
          const found = rowOf(diagnostic);
          if (found === null) continue;
          const row = found.stale ? { ...found, unit: await unitAt(results, found.runId, uri, diagnostic.range.start, signal) } : found;
          for (const command of reviewCommands(row)) actions.push(action(command, CodeActionKind.QuickFix, row, diagnostic));
        }
      }
      if (wants(SOURCE_KIND)) {
        const marked = diagnostics.flatMap((diagnostic) => rowOf(diagnostic) ?? []);
        const rows = marked.length > 0 ? marked : await provisionRows(results, uri, range, signal);
        for (const row of rows) {
          const commands: readonly EditorCommand[] = [...(marked.length > 0 ? [] : reviewCommands(row)), ...(row.hasCounterpart ? LEADS : []), 'collate.showMatch'];
          for (const command of commands) actions.push(action(command, SOURCE_KIND, row));
        }
        if (rows.some(({ isMatch }) => isMatch)) actions.push(...cutActions(uri, range));
      }
      return actions;
    }),
  );
}
