import { SymbolKind, type Connection, type DocumentSymbol } from 'vscode-languageserver/node';
import type { Election, Unit } from '../../../../shared/model.ts';
import { excerpt, oneLine } from '../../engine/index.ts';
import { answerStandard, signalOf } from '../answer.ts';
import type { TextReading, TextReadings } from '../textReadings.ts';
import { isOutlined } from './outlinedDocument.ts';
import { outlineTree, type OutlineNode } from './outlineTree.ts';

/** Longest name and detail of a symbol, in characters. */
const MAX_NAME = 120;
const MAX_DETAIL = 80;

/** `answered: Yes; Age 21`, `not answered`. */
function answerOf({ state, options, blanks }: Election): string {
  if (state !== 'answered') return state === 'unanswered' ? 'not answered' : state;
  const selected = options.filter((option) => option.selected).map(({ label }) => label);
  const filled = [...blanks, ...options.filter((option) => option.selected).flatMap(({ fillIns }) => fillIns)].flatMap(({ value }) => value ?? []);
  return `answered: ${[...selected, ...filled].join('; ')}`;
}

function nameOf(unit: Unit): string {
  const named = unit.kind === 'turn' ? (unit.speaker ?? '') : [unit.number, unit.title].filter((part) => part !== undefined && part !== '').join(' ');
  const name = oneLine(named);
  // A client refuses a symbol without a name.
  return excerpt(name === '' ? unit.span.quote : name, MAX_NAME) || unit.kind;
}

function detailOf(unit: Unit, text: string): string {
  if (unit.election !== undefined) return excerpt(answerOf(unit.election), MAX_DETAIL);
  if (unit.kind === 'turn') return excerpt(`${unit.time === undefined ? '' : `${unit.time} `}${text.slice(unit.textStart, unit.textEnd)}`, MAX_DETAIL);
  return unit.table === undefined ? (unit.type ?? '') : 'table';
}

function kindOf({ unit, children }: OutlineNode): SymbolKind {
  if (unit.election !== undefined || unit.kind === 'field') return SymbolKind.Field;
  if (unit.kind === 'turn') return SymbolKind.Event;
  if (unit.table !== undefined) return SymbolKind.Array;
  return children.length > 0 ? SymbolKind.Namespace : SymbolKind.String;
}

function symbolOf(node: OutlineNode, reading: TextReading): DocumentSymbol {
  const { unit, end, children } = node;
  const { positions, document: { text } } = reading;
  const { start } = unit.span;
  const line = text.indexOf('\n', start);
  return {
    name: nameOf(unit),
    detail: detailOf(unit, text),
    kind: kindOf(node),
    range: positions.range(start, end),
    selectionRange: positions.range(start, Math.min(unit.span.end, line === -1 ? text.length : line)),
    children: children.map((child) => symbolOf(child, reading)),
  };
}

/** `textDocument/documentSymbol`: provisions with number and heading, elections with their state, turns with their speaker. */
export function registerDocumentSymbols(connection: Connection, readings: TextReadings): void {
  connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
    answerStandard(connection, 'Outline', uri, async () => {
      const reading = await readings.of(uri, signalOf(token));
      if (reading === null || !isOutlined(reading.document)) return null;
      return outlineTree(reading.document).map((node) => symbolOf(node, reading));
    }),
  );
}
