import type { Problem, UnitTable } from '../../../../shared/model.ts';
import { counted } from '../../../../shared/words/format.ts';
import type { TextRange } from '../../../../shared/words/textParts.ts';
import type { SpanOf } from './document.ts';
import type { DraftUnit, Reading } from './draftUnit.ts';
import { findFurniture, type Furniture } from './furniture/findFurniture.ts';
import type { FurnitureKind } from './furniture/furnitureKind.ts';
import { lineEndHyphens } from './lineEndHyphens.ts';
import { placedElection } from './placedElection.ts';
import { readingText, type ReadingText } from './readingText.ts';

/** Code of the problem that says what was left out of the words. */
export const FURNITURE_PROBLEM = 'text.furniture';

/**
 * Reads a text as if it had no pages: `read` gets the words without page furniture, and what it finds is put back to its
 * places in the text. Every unit names what inside of it is no part of its words.
 */
export function readPages(text: string, spanOf: SpanOf, read: (text: string, spanOf: SpanOf) => Reading): Reading {
  const furniture = findFurniture(text);
  const clean = readingText(text, 0, text.length, furniture.ranges);
  const reading = read(clean.text, (start, end) => spanOf(...clean.range(start, end)));
  const hyphens = lineEndHyphens(clean.text).map(({ start, end }) => toRange(clean.range(start, end)));
  const omitted = joined([...furniture.ranges, ...hyphens].sort((a, b) => a.start - b.start || a.end - b.end));
  let from = 0;
  const drafts = reading.drafts.map((draft): DraftUnit => {
    const placed = placedDraft(draft, clean);
    while ((omitted[from]?.end ?? Infinity) <= placed.start) from += 1;
    const own: TextRange[] = [];
    for (let k = from; (omitted[k]?.start ?? Infinity) < placed.end; k += 1) {
      const range = omitted[k] as TextRange;
      own.push({ start: Math.max(range.start, placed.start), end: Math.min(range.end, placed.end) });
    }
    return own.length === 0 ? placed : { ...placed, omitted: own };
  });
  return { drafts, problems: [...furnitureProblem(furniture, spanOf), ...reading.problems] };
}

function toRange([start, end]: readonly [number, number]): TextRange {
  return { start, end };
}

/** Sorted ranges with those that touch made one. */
function joined(ranges: readonly TextRange[]): readonly TextRange[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of ranges) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

function placedDraft(draft: DraftUnit, clean: ReadingText): DraftUnit {
  const [start, end] = clean.range(draft.start, draft.end);
  const [textStart, textEnd] = draft.textStart < draft.textEnd ? clean.range(draft.textStart, draft.textEnd) : [end, end];
  return { ...draft, start, end, textStart, textEnd, ...(draft.table === undefined ? {} : { table: placedTable(draft.table, clean) }), ...(draft.election === undefined ? {} : { election: placedElection(draft.election, (from, to) => toRange(clean.range(from, to))) }) };
}

function placedTable(table: UnitTable, clean: ReadingText): UnitTable {
  const cell = (one: UnitTable['rows'][number]['cells'][number]): typeof one => ({ ...toRange(clean.range(one.start, one.end)), text: one.text });
  return { rows: table.rows.map(({ cells }) => ({ cells: cells.map(cell) })) };
}

const NAMES: readonly (readonly [FurnitureKind, string])[] = [
  ['pageMark', 'page mark'],
  ['runningLine', 'running header or footer line'],
  ['watermark', 'watermark letter line'],
];

function furnitureProblem({ lines }: Furniture, spanOf: SpanOf): readonly Problem[] {
  const [first] = lines;
  if (first === undefined) return [];
  const counts = NAMES.flatMap(([kind, name]) => {
    const count = lines.filter((line) => line.kind === kind).length;
    return count === 0 ? [] : [counted(count, name)];
  });
  const message = `Left out of the words as page furniture: ${counts.join(', ')}, the first here.`;
  return [{ code: FURNITURE_PROBLEM, message, severity: 'info', span: spanOf(first.start, first.end) }];
}
