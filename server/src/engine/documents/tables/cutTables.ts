import type { Problem } from '../../../../../shared/model.ts';
import type { SpanOf } from '../document.ts';
import { trimRange, type DraftUnit } from '../draftUnit.ts';
import { isTitleCase } from '../headingLine.ts';
import type { TextLine } from '../textLines.ts';
import type { FoundTable } from './foundTable.ts';

/** Words below a table that are fewer belong to it, as its note; more are the provision going on. */
const MIN_REST_WORDS = 12;
const MAX_CAPTION_WORDS = 12;
const CAPTION = /^(?:\*\*|__)?(?:table|schedule|figure|exhibit|appendix)\b/i;

/**
 * Cuts the tables out of the provisions they stand in: each is a unit of its own below its provision, named by the line
 * above it or by the provision's heading. Longer text below a table is a unit too, so that every word is in one.
 */
export function cutTables(text: string, lines: readonly TextLine[], tables: readonly FoundTable[], drafts: readonly DraftUnit[]): readonly DraftUnit[] {
  if (tables.length === 0) return drafts;
  let next = 0;
  return drafts.flatMap((draft) => {
    while (next < tables.length && startOf(tables[next], lines) < draft.textStart) next += 1;
    const own: FoundTable[] = [];
    for (; next < tables.length && endOf(tables[next], lines) <= draft.textEnd; next += 1) own.push(tables[next] as FoundTable);
    return own.length === 0 ? [draft] : parted(text, lines, draft, own);
  });
}

function startOf(table: FoundTable | undefined, lines: readonly TextLine[]): number {
  const line = lines[table?.first ?? -1];
  return line === undefined ? Infinity : line.start + (line.text.length - line.text.trimStart().length);
}

function endOf(table: FoundTable | undefined, lines: readonly TextLine[]): number {
  const line = lines[table?.last ?? -1];
  return line === undefined ? Infinity : line.start + line.text.trimEnd().length;
}

function parted(text: string, lines: readonly TextLine[], draft: DraftUnit, tables: readonly FoundTable[]): readonly DraftUnit[] {
  const units: DraftUnit[] = [];
  const above = draft.title ?? draft.number;
  const below = { kind: draft.kind, level: (draft.level ?? 1) + 1, ...pathBelow(draft) };
  const titled = (title: string | undefined): { readonly title?: string } => (title === undefined ? {} : { title });
  let from = draft.start;
  let textFrom = draft.textStart;
  tables.forEach((table, k) => {
    const caption = captionAbove(lines, table, textFrom);
    const start = caption?.start ?? startOf(table, lines);
    const before = trimRange(text, from, start);
    const words = trimRange(text, Math.min(textFrom, start), start);
    if (k === 0 && before.start < before.end) units.push({ ...draft, start: before.start, end: before.end, textStart: words.start < words.end ? words.start : before.end, textEnd: words.start < words.end ? words.end : before.end });
    const stop = startOf(tables[k + 1], lines);
    const limit = Math.min(stop, draft.textEnd);
    const tableEnd = endOf(table, lines);
    const rest = trimRange(text, tableEnd, limit);
    // What stands between two tables may be the caption of the second: it is looked for again there.
    const nextCaption = tables[k + 1] === undefined ? null : captionAbove(lines, tables[k + 1] as FoundTable, tableEnd);
    const restEnd = nextCaption === null ? rest.end : trimRange(text, tableEnd, nextCaption.start).end;
    const isNote = rest.start >= restEnd || text.slice(rest.start, restEnd).split(/\s+/, MIN_REST_WORDS).length < MIN_REST_WORDS;
    const end = isNote ? Math.max(tableEnd, restEnd) : tableEnd;
    const alone = units.length === 0 && above === undefined;
    units.push({
      ...(alone ? { ...draft, start, end } : { ...below, start, end, outline: [...draft.outline, 'table'], ...titled(caption?.title ?? draft.title) }),
      textStart: caption === null ? start : startOf(table, lines), textEnd: end, table: { rows: table.rows },
    });
    if (!isNote) units.push({ ...below, start: rest.start, end: restEnd, textStart: rest.start, textEnd: restEnd, outline: [...draft.outline, 'continued'], ...titled(draft.title) });
    from = isNote ? end : restEnd;
    textFrom = from;
  });
  return units;
}

function pathBelow(draft: DraftUnit): { readonly path?: readonly string[] } {
  const path = [...(draft.path ?? []), ...(draft.title ?? draft.number ?? '') === '' ? [] : [draft.title ?? draft.number ?? '']];
  return path.length === 0 ? {} : { path };
}

/** A short line right above a table that names it; never a sentence, never the whole of a longer paragraph. */
function captionAbove(lines: readonly TextLine[], table: FoundTable, from: number): { readonly start: number; readonly title: string } | null {
  let at = table.first - 1;
  if (lines[at]?.text.trim() === '') at -= 1;
  const line = lines[at];
  if (line === undefined) return null;
  const words = line.text.trim();
  const start = line.start + line.text.indexOf(words);
  if (words === '' || start < from || words.split(/\s+/).length > MAX_CAPTION_WORDS) return null;
  const isFirst = at === 0 || lines[at - 1]?.text.trim() === '' || start === from;
  const bare = words.replace(/\*\*|__/g, '').replace(/:$/, '').trim();
  const isName = CAPTION.test(words) || /^(?:\*\*|__).*(?:\*\*|__):?$/.test(words) || (isTitleCase(bare) && !/[.;,]$/.test(bare));
  return isFirst && isName && bare !== '' ? { start, title: bare } : null;
}

/** Says which tables have more rows or cells than are kept. */
export function cappedTables(lines: readonly TextLine[], tables: readonly FoundTable[], spanOf: SpanOf): readonly Problem[] {
  return tables.filter(({ capped }) => capped).map((table) => ({
    code: 'table.capped',
    message: 'This table is larger than the rules compare cell by cell: its words are all read, its last cells are not listed.',
    severity: 'info',
    span: spanOf(startOf(table, lines), (lines[table.first]?.end ?? 0)),
  }));
}
