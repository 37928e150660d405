import type { Connection } from 'vscode-languageserver/node';
import { FailureError } from '../../../../shared/failure.ts';
import type { Unit } from '../../../../shared/model.ts';
import type { TargetUnit } from '../../../../shared/protocol/lsp.ts';
import { answer, fitPage, valueOf } from '../answer.ts';
import type { Engines } from '../engines.ts';

/** Characters of a provision that tell it from its neighbours in a list. */
const MAX_OPENING = 120;

function targetOf({ key, number, title, span, textStart }: Unit): TargetUnit {
  const words = span.quote.slice(Math.max(0, textStart - span.start)).replace(/\s+/gu, ' ').trim();
  return { id: key, number: number ?? '', title: title ?? '', opening: words.slice(0, MAX_OPENING) };
}

/** `collate/run/targets`: what can be named as the counterpart of a provision. Headings without words are left out. */
export function registerRunTargets(connection: Connection, engines: Engines): void {
  answer(connection, 'run/targets', async ({ runId, search, offset, limit }) => {
    const { engine } = await engines.forRun(runId);
    const { documents, workflow } = valueOf(await engine.runs.get(runId));
    const target = documents[1];
    if (workflow !== 'crosswalk' || target === undefined) {
      throw new FailureError({ code: 'refused', message: 'Only a comparison of two documents has counterparts. Make one with "Collate: Crosswalk With...".', retry: 'never' });
    }
    const wanted = search.trim().toLowerCase();
    const units = valueOf(await engine.runs.units(runId, target.key)).filter(({ textStart, textEnd }) => textEnd > textStart);
    const found = units.map(targetOf).filter((unit) => `${unit.number} ${unit.title} ${unit.opening}`.toLowerCase().includes(wanted));
    return fitPage({ total: found.length, offset, rows: found.slice(offset, offset + limit) });
  });
}
