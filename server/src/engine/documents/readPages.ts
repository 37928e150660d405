import type { Problem } from '../../../../shared/model.ts';
import { counted } from '../../../../shared/words/format.ts';
import type { TextRange } from '../../../../shared/words/textParts.ts';
import type { SpanOf } from './document.ts';
import type { DraftUnit, Reading } from './draftUnit.ts';
import { findFurniture, type Furniture } from './furniture/findFurniture.ts';
import type { FurnitureKind } from './furniture/furnitureKind.ts';
import { lineEndHyphens } from './lineEndHyphens.ts';
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
    const unit = placedDraft(draft, clean);
    while ((omitted[from]?.end ?? Infinity) <= unit.start) from += 1;
    const own: TextRange[] = [];
    for (let k = from; (omitted[k]?.start ?? Infinity) < unit.end; k += 1) {
      const range = omitted[k] as TextRange;
      own.push({ start: Math.max(range.start, unit.start), end: Math.min(range.end, unit.end) });
    }
    return own.length === 0 ? unit : { ...unit, omitted: own };
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

function placedDraft({ start, end, textStart, textEnd, ...rest }: DraftUnit, clean: ReadingText): DraftUnit {
  const whole = clean.range(start, end);
  const own = textStart < textEnd ? clean.range(textStart, textEnd) : [whole[1], whole[1]] as const;
  return { ...(placed(rest, clean) as typeof rest), start: whole[0], end: whole[1], textStart: own[0], textEnd: own[1] };
}

/** What a unit is made of (cells of a table), with every `start` and `end` inside it put back to its place. */
function placed(value: unknown, clean: ReadingText): unknown {
  if (Array.isArray(value)) return value.map((each) => placed(each, clean));
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, placed(part, clean)]));
  const { start, end } = parts;
  if (typeof start !== 'number' || typeof end !== 'number') return parts;
  const [from, to] = clean.range(start, end);
  return { ...parts, start: from, end: to };
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
