import { pathToFileURL } from 'node:url';
import type { Connection } from 'vscode-languageserver/node';
import type { RunSnapshot } from '../../../../shared/model.ts';
import type { Settings } from '../../../../shared/settings.ts';
import { FailureError } from '../../../../shared/failure.ts';
import { MAX_PAGE, type RunList } from '../../../../shared/protocol/results.ts';
import type { RunEstimate, StartRunParams } from '../../../../shared/protocol/lsp.ts';
import type { Engine, RunInput, RunRequest } from '../../engine/index.ts';
import { answer, fitPage, valueOf } from '../answer.ts';
import { correctedInput } from '../correctedInput.ts';
import type { Engines, HomeEngine } from '../engines.ts';
import { documentKey, documentUri } from '../home.ts';
import type { OpenDocuments } from '../openDocuments.ts';
import type { SettingsReader } from '../settingsReader.ts';

export interface RunsContext {
  readonly connection: Connection;
  readonly engines: Engines;
  readonly documents: OpenDocuments;
  readonly settings: SettingsReader;
  /** A run is no longer there. */
  readonly runsChanged: () => void;
}

/** The first `count` runs of one store, newest first. */
async function newestRuns(runs: Engine['runs'], count: number): Promise<RunList> {
  const first = valueOf(await runs.list(0, Math.min(count, MAX_PAGE)));
  const found = [...first.runs];
  while (found.length < Math.min(count, first.total)) {
    const next = valueOf(await runs.list(found.length, Math.min(count - found.length, MAX_PAGE)));
    if (next.runs.length === 0) break;
    found.push(...next.runs);
  }
  return { total: first.total, runs: found };
}

function typeGroupsOf({ crosswalkTypeGroups: groups }: RunSnapshot['settings']): Settings['crosswalkTypeGroups'] {
  return Array.isArray(groups) ? (groups as Settings['crosswalkTypeGroups']) : null;
}

/** A run as lists show it: the curves of its calls are asked for with the run itself. */
function withoutCurves(run: RunSnapshot): RunSnapshot {
  return run.models === undefined ? run : { ...run, models: run.models.map((work) => ({ ...work, samples: [] })) };
}

interface Requested {
  readonly engine: HomeEngine;
  readonly request: RunRequest;
}

function withRules(settings: Settings, rulesOnly: boolean | undefined): Settings {
  return rulesOnly === true ? { ...settings, provider: 'local' } : settings;
}

/** Start, cancel, resume, list and read runs: the `collate/run/*` requests. */
export function registerRuns({ connection, engines, documents, settings, runsChanged }: RunsContext): void {
  /** What a request to start asks of the engine of its documents. */
  const requested = async ({ workflow, uris, kinds, rulesOnly }: StartRunParams): Promise<Requested> => {
    const wanted = workflow === 'crosswalk' ? 2 : 1;
    const [first] = uris;
    if (first === undefined || uris.length !== wanted) {
      const takes = wanted === 2 ? 'A crosswalk takes exactly two documents' : 'An analysis takes exactly one document';
      throw new FailureError({ code: 'refused', message: `${takes}; ${uris.length} were given. ${wanted === 2 ? 'Select the source and the target.' : 'Open one, or select it in the explorer.'}`, retry: 'never' });
    }
    const engine = await engines.forDocument(first);
    const inputs = await Promise.all(
      uris.map(async (uri): Promise<RunInput> => {
        const kind = kinds?.[uri];
        return { ...(await correctedInput(uri, engine, documents)), ...(kind === undefined ? {} : { kind }) };
      }),
    );
    return { engine, request: { workflow, inputs, settings: withRules(await settings(first), rulesOnly) } };
  };

  /** The same again, on the text of now. */
  const requestedAgain = async (runId: string, rulesOnly: boolean | undefined): Promise<Requested> => {
    const engine = await engines.forRun(runId);
    const { workflow, inputs } = valueOf(await engine.engine.runs.asked(runId));
    const uris = inputs.map(({ key }) => documentUri(key, engine.home));
    const again = await Promise.all(
      inputs.map(async ({ corrections, correctedBy, ...input }, at): Promise<RunInput> => ({
        ...input,
        // Those of the folder are what its file says now; those given with the request are given again.
        ...(corrections === undefined || correctedBy === 'folder' ? {} : { corrections }),
        ...(await correctedInput(uris[at] ?? '', engine, documents)),
      })),
    );
    // A conversion's own type groups are no setting of the editor.
    const given = { crosswalkTypeGroups: typeGroupsOf(valueOf(await engine.engine.runs.get(runId)).settings) };
    return { engine, request: { workflow, inputs: again, settings: { ...withRules(await settings(uris[0] ?? ''), rulesOnly), ...given } } };
  };

  const started = async ({ engine, request }: Requested): Promise<{ readonly runId: string }> => {
    const runId = valueOf(await engine.engine.runs.start(request));
    engines.adopt(runId, engine);
    return { runId };
  };
  const estimated = async ({ engine, request }: Requested, signal: AbortSignal): Promise<RunEstimate> => valueOf(await engine.engine.runs.estimate(request, signal));

  answer(connection, 'run/start', async (params) => started(await requested(params)));
  answer(connection, 'run/again', async ({ runId, rulesOnly }) => started(await requestedAgain(runId, rulesOnly)));
  answer(connection, 'run/estimate', async (params) => estimated(await requested(params), new AbortController().signal));
  answer(connection, 'run/estimateAgain', async ({ runId }) => estimated(await requestedAgain(runId, false), new AbortController().signal));

  answer(connection, 'run/resume', async ({ runId, budgetPerRun }) => {
    const engine = await engines.forRun(runId);
    // Who is asked is what the settings of now allow: a workspace may no longer be trusted.
    const { provider, baseUrl } = await settings(pathToFileURL(engine.home.root ?? engine.home.storeDir).href);
    const resumed = valueOf(await engine.engine.runs.resume(runId, { provider, baseUrl, ...(budgetPerRun === undefined ? {} : { budgetPerRun }) }));
    engines.adopt(resumed, engine);
    return { runId: resumed };
  });

  answer(connection, 'run/cancel', async ({ runId }) => {
    const { engine } = await engines.forRun(runId);
    if (!engine.runs.cancel(runId, 'the user')) {
      const { state } = valueOf(await engine.runs.get(runId));
      throw new FailureError({
        code: 'refused',
        message: state === 'running' ? 'This run is at work in another process; stop it there.' : `This run is not at work; it is ${state}. There is nothing to cancel: its results can be read, or run again.`,
        retry: 'never',
      });
    }
    return null;
  });

  answer(connection, 'run/list', async (query) => {
    const { offset, limit } = query;
    const lists = await Promise.all((await engines.existing()).map(({ engine }) => newestRuns(engine.runs, offset + limit)));
    const runs = lists.flatMap((list) => list.runs).sort((a, b) => b.startedAt - a.startedAt);
    const page = fitPage({ total: lists.reduce((sum, list) => sum + list.total, 0), offset, rows: runs.slice(offset, offset + limit).map(withoutCurves) });
    return { total: page.total, runs: page.rows };
  });

  answer(connection, 'run/get', async ({ runId }) => valueOf(await (await engines.forRun(runId)).engine.runs.get(runId)));

  answer(connection, 'run/matches', async (query) => {
    return fitPage(valueOf(await (await engines.forRun(query.runId)).engine.runs.matches(query)));
  });
  answer(connection, 'run/matchCounts', async ({ runId }) =>
    valueOf(await (await engines.forRun(runId)).engine.runs.matchCounts(runId)),
  );
  answer(connection, 'run/match', async ({ runId, id }) =>
    valueOf(await (await engines.forRun(runId)).engine.runs.match(runId, id)),
  );
  answer(connection, 'run/findings', async (query) => {
    return fitPage(valueOf(await (await engines.forRun(query.runId)).engine.runs.findings(query)));
  });

  answer(connection, 'run/findingFacets', async ({ runId, analyzer }) => valueOf(await (await engines.forRun(runId)).engine.runs.findingFacets(runId, analyzer)));
  answer(connection, 'run/facets', async ({ runId }) => valueOf(await (await engines.forRun(runId)).engine.runs.reviews.facets(runId)));
  answer(connection, 'run/matchGroups', async (query) => valueOf(await (await engines.forRun(query.runId)).engine.runs.reviews.groups(query)));
  answer(connection, 'run/matchIndex', async ({ query, id }) => valueOf(await (await engines.forRun(query.runId)).engine.runs.reviews.index(query, id)));

  answer(connection, 'run/compare', async ({ runId, with: withId }) => {
    const moves = valueOf(await (await engines.forRun(runId)).engine.runs.moves(runId, withId));
    if (moves === null) return null;
    const { rows: _rows, ...comparison } = moves;
    return comparison;
  });
  answer(connection, 'run/comparedRows', async ({ runId, with: withId, state, offset, limit }) => {
    const moves = valueOf(await (await engines.forRun(runId)).engine.runs.moves(runId, withId));
    const rows = (moves?.rows ?? []).filter((row) => state === 'all' || row.state === state);
    return fitPage({ total: rows.length, offset, rows: rows.slice(offset, offset + limit) });
  });
  answer(connection, 'run/delete', async ({ runId }) => {
    valueOf(await (await engines.forRun(runId)).engine.runs.delete(runId));
    engines.forget(runId);
    runsChanged();
    return null;
  });

  answer(connection, 'run/latest', async ({ uri }) => {
    const engine = await engines.existingForDocument(uri);
    return engine === null ? null : valueOf(await engine.engine.runs.latest(documentKey(uri, engine.home)));
  });
}
