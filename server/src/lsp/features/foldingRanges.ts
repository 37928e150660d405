import { FoldingRangeKind, type Connection, type FoldingRange } from 'vscode-languageserver/node';
import { answerStandard, signalOf } from '../answer.ts';
import type { TextReading, TextReadings } from '../textReadings.ts';
import { isOutlined } from './outlinedDocument.ts';
import { outlineTree, type OutlineNode } from './outlineTree.ts';

/** The last offset of a stretch that is no white space: a fold ends with its words, not with the blank line behind them. */
function wordsEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text.charAt(at - 1))) at -= 1;
  return at;
}

function foldsOf(reading: TextReading): readonly FoldingRange[] {
  const { document, positions, furniture } = reading;
  const { text } = document;
  const folds: FoldingRange[] = [];
  const fold = (start: number, end: number, kind?: FoldingRangeKind): void => {
    const startLine = positions.at(start).line;
    const endLine = positions.at(wordsEnd(text, start, end)).line;
    if (endLine > startLine) folds.push({ startLine, endLine, ...(kind === undefined ? {} : { kind }) });
  };
  const walk = (nodes: readonly OutlineNode[]): void => {
    for (const { unit, end, children } of nodes) {
      fold(unit.span.start, end);
      const cells = unit.table?.rows.flatMap((row) => row.cells) ?? [];
      const [first, last] = [cells[0], cells.at(-1)];
      if (first !== undefined && last !== undefined && first.start > unit.span.start) fold(first.start, last.end, FoldingRangeKind.Region);
      walk(children);
    }
  };
  walk(outlineTree(document));
  // Nothing of page furniture is read as words: folded away, the text reads as it is understood.
  for (const { start, end } of furniture) fold(start, end, FoldingRangeKind.Comment);
  return folds;
}

/** `textDocument/foldingRange`: sections, tables, turns, and page furniture as comments. */
export function registerFoldingRanges(connection: Connection, readings: TextReadings): void {
  connection.onFoldingRanges(({ textDocument: { uri } }, token) =>
    answerStandard(connection, 'Folding', uri, async () => {
      const reading = await readings.of(uri, signalOf(token));
      return reading === null || !isOutlined(reading.document) ? null : [...foldsOf(reading)];
    }),
  );
}
