import { MarkupContent, MarkupKind, type Hover, type Position } from 'vscode-languageserver/node';
import type { Results } from '../results/results.ts';
import type { Stretch } from '../text/textMapper.ts';
import { answerStandard, signalOf } from '../answer.ts';
import type { NavigationContext } from './definition.ts';
import { findingHover } from './hover/findingHover.ts';
import { runDocuments } from './hover/places.ts';
import { referenceHover } from './hover/referenceHover.ts';
import { rowHover } from './hover/rowHover.ts';
import { label } from './matchMarks.ts';

/** Rows of a unit that many sources claim, shown one after the other. */
const MAX_ROWS = 4;

interface Shown {
  readonly markdown: string;
  readonly at: Stretch;
}

/** What the newest runs say of the words at a position: findings on the very words first, then the unit they stand in. */
async function hoverAt(results: Results, uri: string, position: Position, timeZone: string, signal: AbortSignal): Promise<Hover | null> {
  const shown: Shown[] = [];
  const found = await results.of(uri, signal);
  for (const result of found) {
    const { here, index, key } = result;
    const offset = here.positions.offset(position);
    const findings = here.findings(index, key).filter(({ start, end }) => start <= offset && offset < end);
    const unit = here.unitAt(index, key, offset);
    const rows = unit === null ? [] : index.rowsOf(unit.unit);
    if (findings.length === 0 && rows.length === 0) continue;
    const documents = await runDocuments(result, (document) => results.place(result, document, signal));
    const reviews = await results.reviews(result);
    for (const finding of findings.slice(0, MAX_ROWS)) {
      shown.push({ at: finding, markdown: findingHover(finding, unit === null ? '' : label(unit.unit), { index, documents, timeZone, review: reviews.get(finding.finding.key) }) });
    }
    if (unit === null) continue;
    for (const row of rows.slice(0, MAX_ROWS)) {
      shown.push({ at: unit, markdown: rowHover(row, unit, { index, documents, timeZone, review: reviews.get(row.id) }) });
    }
    if (rows.length > MAX_ROWS) shown.push({ at: unit, markdown: `${rows.length - MAX_ROWS} more provisions have this one as their counterpart; the results panel lists them.` });
  }
  const [first] = shown;
  const [result] = found;
  if (first === undefined || result === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: shown.map(({ markdown }) => markdown).join('\n\n---\n\n') },
    range: result.here.range(first.at),
  };
}

/** `textDocument/hover`: where a reference to another document leads, then what runs say of the words. */
export function registerHover({ connection, results, readings, partners }: NavigationContext): void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    answerStandard(connection, 'Hover', uri, async () => {
      const signal = signalOf(token);
      const reference = await referenceHover(readings, partners, uri, position, signal);
      const said = await hoverAt(results, uri, position, timeZone, signal);
      if (reference === null || said === null) return reference ?? said;
      const value = [reference, said].map(({ contents }) => (MarkupContent.is(contents) ? contents.value : '')).join('\n\n---\n\n');
      return { ...reference, contents: { kind: MarkupKind.Markdown, value } };
    }),
  );
}
