import type { Connection } from 'vscode-languageserver/node';
import { isToReview } from '../../../../shared/reviewQueue.ts';
import type { RowAtPosition } from '../../../../shared/protocol/lsp.ts';
import { answer, valueOf } from '../answer.ts';
import type { Engines } from '../engines.ts';
import type { PlacedUnit } from '../results/placedDocument.ts';
import type { DocumentResult, Results } from '../results/results.ts';
import type { UnitRow } from '../results/runIndex.ts';
import { rowOutcome } from './again/rowOutcome.ts';

function named({ run, here }: DocumentResult, { unit, heading }: PlacedUnit, id: string): RowAtPosition {
  const name = [unit.number, unit.title].filter((part) => part !== undefined && part !== '').join(' ');
  return { runId: run.id, id, name: name === '' ? unit.span.quote.slice(0, 60) : name, range: here.range(heading) };
}

function outcomeOf({ match, newTarget }: UnitRow): Parameters<typeof isToReview>[0] {
  if (match !== null) return match;
  return { outcome: newTarget?.outcome ?? 'decided', relation: newTarget?.relation ?? null, confidence: null };
}

/** `collate/row/*`: rows by their place in the text, for commands at the cursor. */
export function registerRows(connection: Connection, results: Results, engines: Engines): void {
  answer(connection, 'row/outcome', async ({ runId, id, again, name }) => {
    const { engine } = await engines.forRun(again);
    return rowOutcome(engine.runs, { runId, id }, valueOf(await engine.runs.get(again)), name);
  });


  answer(connection, 'row/at', async ({ uri, position }, signal) => {
    for (const result of await results.of(uri, signal)) {
      const { here, index, key, run } = result;
      const offset = here.positions.offset(position);
      const finding = here.findings(index, key).find(({ start, end }) => start <= offset && offset < end);
      if (finding !== undefined) return { runId: run.id, id: finding.finding.key, name: finding.finding.title, range: here.range(finding) };
      const unit = here.unitAt(index, key, offset);
      const [row] = unit === null ? [] : index.rowsOf(unit.unit);
      if (unit !== null && row !== undefined) return named(result, unit, row.id);
    }
    return null;
  });

  answer(connection, 'row/next', async ({ uri, position, back }, signal) => {
    const [result] = await results.crosswalks(uri, signal);
    if (result === undefined) return null;
    const { here, index, key } = result;
    const reviews = await results.reviews(result);
    const waiting = here.units(index, key).flatMap((unit): readonly { readonly unit: PlacedUnit; readonly id: string }[] => {
      const row = index.rowsOf(unit.unit).find((one) => isToReview(outcomeOf(one), reviews.get(one.id)));
      return row === undefined ? [] : [{ unit, id: row.id }];
    });
    const here0 = here.positions.offset(position);
    // The unit the cursor stands in is behind it: whoever asks for the next has seen this one.
    const after = waiting.filter(({ unit }) => unit.start > here0);
    const before = waiting.filter(({ unit }) => unit.end <= here0);
    const next = back ? (before.at(-1) ?? waiting.at(-1)) : (after[0] ?? waiting[0]);
    return next === undefined ? null : named(result, next.unit, next.id);
  });
}
