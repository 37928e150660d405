import type { CodeLens, Connection } from 'vscode-languageserver/node';
import type { EditorCommand } from '../../../../shared/editorCommands.ts';
import { answerStandard, signalOf } from '../answer.ts';
import type { Results } from '../results/results.ts';
import type { SettingsReader } from '../settingsReader.ts';
import { reviewLensWords, rowWords } from './rowWords.ts';

const SHOW: EditorCommand = 'collate.showMatch';

/** `textDocument/codeLens`: above each unit of a crosswalk what it is to its counterpart, and how its review stands. */
export function registerCodeLens(connection: Connection, results: Results, settings: SettingsReader): void {
  connection.onCodeLens(({ textDocument: { uri } }, token) =>
    answerStandard(connection, 'Code lens', uri, async () => {
      if (!(await settings(uri)).codeLensEnabled) return null;
      const lenses: CodeLens[] = [];
      for (const result of await results.of(uri, signalOf(token))) {
        const { here, index, key } = result;
        const reviews = await results.reviews(result);
        for (const unit of here.units(index, key)) {
          // A target that many sources have as theirs is said once; its hover lists them.
          const [row, ...further] = index.rowsOf(unit.unit);
          if (row === undefined) continue;
          const review = reviews.get(row.id);
          const range = here.range(unit.heading);
          const command = (title: string): CodeLens => ({ range, command: { title, command: SHOW, arguments: [{ runId: result.run.id, id: row.id }] } });
          const words = rowWords(row, review);
          if (words === null) continue;
          lenses.push(command(`${unit.stale ? 'text changed: ' : ''}${words}${further.length === 0 ? '' : ` (and ${further.length} more)`}`));
          const standing = reviewLensWords(row, review);
          if (standing !== null) lenses.push(command(standing));
        }
      }
      return lenses;
    }),
  );
}
