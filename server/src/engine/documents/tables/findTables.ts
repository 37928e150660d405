import type { TextLine } from '../textLines.ts';
import type { FoundTable } from './foundTable.ts';
import { pipeTableAt } from './pipeTables.ts';
import { plainTableAt } from './plainTables.ts';

/** The tables of a text, in order. Code is none. */
export function findTables(lines: readonly TextLine[], fenced: readonly boolean[]): readonly FoundTable[] {
  const tables: FoundTable[] = [];
  let noPipesTo = -1;
  let noColumnsTo = -1;
  for (let index = 0; index < lines.length; index += 1) {
    if (fenced[index] === true || lines[index]?.text.trim() === '') continue;
    const piped = index > noPipesTo ? pipeTableAt(lines, index) : null;
    if (piped !== null) noPipesTo = piped.last;
    const plain = (piped?.table ?? null) === null && index > noColumnsTo ? plainTableAt(lines, index) : null;
    if (plain !== null) noColumnsTo = plain.last;
    const table = piped?.table ?? plain?.table ?? null;
    if (table === null) continue;
    tables.push(table);
    index = table.last;
  }
  return tables;
}
