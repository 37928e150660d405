import type { Connection } from 'vscode-languageserver/node';
import type { CacheFigures } from '../../../../shared/protocol/lsp.ts';
import type { CachesStats } from '../../engine/index.ts';
import { answer } from '../answer.ts';
import type { Engines } from '../engines.ts';

function sumOf(all: readonly CachesStats[]): CacheFigures {
  const of = (kind: keyof CachesStats) => ({
    entries: all.reduce((sum, stats) => sum + stats[kind].entries, 0),
    bytes: all.reduce((sum, stats) => sum + stats[kind].bytes, 0),
  });
  return { answers: of('answers'), extractions: of('extractions') };
}

/** `collate/cache/*`: over every store this window has used. */
export function registerCache(connection: Connection, engines: Engines): void {
  answer(connection, 'cache/stats', async () => sumOf(await Promise.all((await engines.existing()).map(({ engine }) => engine.caches.stats()))));
  answer(connection, 'cache/clear', async () => sumOf(await Promise.all((await engines.existing()).map(({ engine }) => engine.caches.clear()))));
}
