import type { Connection, InlayHint } from 'vscode-languageserver/node';
import { answerStandard, signalOf } from '../answer.ts';
import type { Results } from '../results/results.ts';
import type { SettingsReader } from '../settingsReader.ts';
import { label } from './matchMarks.ts';
import { hintWords } from './rowWords.ts';

/** `textDocument/inlayHint`: number of the counterpart and confidence behind a heading, in the range that is shown. */
export function registerInlayHints(connection: Connection, results: Results, settings: SettingsReader): void {
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
    answerStandard(connection, 'Inlay hints', uri, async () => {
      if (!(await settings(uri)).inlayHintsEnabled) return null;
      const hints: InlayHint[] = [];
      for (const { here, index, key } of await results.of(uri, signalOf(token))) {
        const from = here.positions.offset(range.start);
        const to = here.positions.offset(range.end);
        for (const { unit, heading, stale } of here.units(index, key)) {
          if (heading.end < from || heading.end > to) continue;
          const [row] = index.rowsOf(unit);
          const words = row === undefined ? null : hintWords(row);
          if (row === undefined || words === null) continue;
          hints.push({
            position: here.positions.at(heading.end),
            label: stale ? `${words} (text changed)` : words,
            tooltip: row.others.map(label).join(', '),
            paddingLeft: true,
          });
        }
      }
      return hints;
    }),
  );
}
