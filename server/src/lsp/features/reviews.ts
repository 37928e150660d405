import { pathToFileURL } from 'node:url';
import { FailureError, type Result } from '../../../../shared/failure.ts';
import type { ReviewDone } from '../../../../shared/protocol/reviews.ts';
import type { Reviews } from '../../engine/index.ts';
import { answer, valueOf } from '../answer.ts';
import type { Engines, HomeEngine } from '../engines.ts';
import { pathOf } from '../home.ts';
import type { SettingsReader } from '../settingsReader.ts';
import type { Connection } from 'vscode-languageserver/node';

export interface ReviewsContext {
  readonly connection: Connection;
  readonly engines: Engines;
  readonly settings: SettingsReader;
  /** Rows of these runs stand otherwise than they did. */
  readonly reviewsChanged: (runIds: readonly string[]) => void;
}

function fileOf(uri: string): string {
  const path = pathOf(uri);
  if (path !== null) return path;
  throw new FailureError({ code: 'refused', message: `${uri} is not a file on this machine. Choose one.`, retry: 'never' });
}

/** What people say of rows: the `collate/review/*` requests. */
export function registerReviews({ connection, engines, settings, reviewsChanged }: ReviewsContext): void {
  /** Who speaks, as the settings of the run's folder say it. */
  const reviewerOf = async ({ root }: HomeEngine['home']): Promise<string> => (await settings(root === null ? '' : pathToFileURL(root).href)).reviewer;

  const say = async (runId: string, speak: (reviews: Reviews, reviewer: string) => Promise<Result<ReviewDone>>): Promise<ReviewDone> => {
    const home = await engines.forRun(runId);
    const done = valueOf(await speak(home.engine.runs.reviews, await reviewerOf(home.home)));
    if (done.ids.length > 0) reviewsChanged(engines.runsOf(home));
    return done;
  };

  answer(connection, 'review/act', ({ runId, ids, action }) => say(runId, (reviews, reviewer) => reviews.act(runId, ids, action, reviewer)));
  answer(connection, 'review/undo', ({ runId }) => say(runId, (reviews, reviewer) => reviews.undo(runId, reviewer)));
  answer(connection, 'review/redo', ({ runId }) => say(runId, (reviews, reviewer) => reviews.redo(runId, reviewer)));
  answer(connection, 'review/acceptAbove', ({ runId, atLeast }) => say(runId, (reviews, reviewer) => reviews.acceptAbove(runId, atLeast, reviewer)));
  answer(connection, 'review/export', async ({ runId, uri }) => {
    const { engine } = await engines.forRun(runId);
    return { written: valueOf(await engine.runs.reviews.exportTo(runId, fileOf(uri))) };
  });
  answer(connection, 'review/import', async ({ runId, uri, conflicts }) => {
    const home = await engines.forRun(runId);
    const imported = valueOf(await home.engine.runs.reviews.importFrom(runId, fileOf(uri), conflicts, await reviewerOf(home.home)));
    if (imported.applied > 0) reviewsChanged(engines.runsOf(home));
    return imported;
  });
  answer(connection, 'review/history', async ({ runId, id }) => valueOf(await (await engines.forRun(runId)).engine.runs.reviews.history(runId, id)));
  answer(connection, 'review/bulkOffer', async ({ runId, atLeast }) => valueOf(await (await engines.forRun(runId)).engine.runs.reviews.offer(runId, atLeast)));
}
