import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import schema from '../../../schemas/output.schema.json' with { type: 'json' };
import type { Output, RunSnapshot } from '../../../shared/model.ts';
import { write, WriteError, writeSentence } from '../adapters/wholeFile.ts';
import { costInFull, knownCost, renderMeetingNotes, renderReport, spentOf } from '../engine/index.ts';
import type { RunOptions } from './commandLine.ts';
import { orderKeys } from './orderKeys.ts';
import type { CliContext, Session } from './session.ts';
import { UsageError } from '../usageError.ts';

export interface Written {
  readonly what: string;
  readonly path: string;
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (thrown) {
    throw new WriteError(writeSentence(path, thrown));
  }
}

/** The nearest part of a path that is there, where it is not a folder. */
async function inTheWay(path: string): Promise<string | null> {
  const known = await stat(path).catch(() => null);
  if (known !== null) return known.isDirectory() ? null : path;
  return dirname(path) === path ? null : inTheWay(dirname(path));
}

async function checkFile(option: string, typed: string, path: string): Promise<void> {
  const folder = dirname(path);
  const parent = await stat(folder).catch(() => null);
  if (parent?.isDirectory() !== true) {
    const what = (await inTheWay(folder)) === null ? `the folder ${folder} does not exist` : `${folder} is not a folder`;
    throw new UsageError(`${option} ${typed}: ${what}. Make it first, or name another place.`);
  }
  const own = await stat(path).catch(() => null);
  if (own?.isDirectory() === true) throw new UsageError(`${option} ${typed} is a folder. Name a file in it.`);
}

/** Refuses targets that cannot work, or would overwrite a document, before anything is analysed. */
export async function checkTargets(folder: string, options: Pick<RunOptions, 'json' | 'report' | 'out'>, documents: readonly string[]): Promise<void> {
  const taken = new Map(documents.map((path) => [resolve(folder, path), 'a document that is read']));
  for (const [option, typed] of [['--json', options.json], ['--report', options.report]] as const) {
    if (typed === null || (option === '--json' && typed === '-')) continue;
    const path = resolve(folder, typed);
    const use = taken.get(path);
    if (use !== undefined) throw new UsageError(`${option} ${typed} is ${use}; it would be overwritten. Name another file.`);
    await checkFile(option, typed, path);
    taken.set(path, `the file of ${option}`);
  }
  if (options.out === null) return;
  const file = await inTheWay(resolve(folder, options.out));
  if (file !== null) throw new UsageError(`--out ${options.out}: ${file} is a file. Name a folder.`);
}

/** The JSON of the contract, keys in the order of the schema, ended by a line feed. */
export function outputJson(output: Output): string {
  return `${JSON.stringify(orderKeys(output, schema, schema), null, 2)}\n`;
}

export function inputsOf(snapshots: readonly RunSnapshot[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(snapshots.map((snapshot) => [snapshot.id, snapshot.documents.map((document) => document.key)]));
}

function report(context: CliContext, output: Output, snapshots: readonly RunSnapshot[]): string {
  return renderReport(output, { timeZone: context.terminal.timeZone, version: context.version, inputs: inputsOf(snapshots) });
}

/** Facts about a run for whoever finds its folder. */
function metadata(context: CliContext, snapshot: RunSnapshot, output: Output): string {
  const [run] = output.runs;
  const facts = {
    schemaVersion: output.schemaVersion,
    collate: context.version,
    run: snapshot.id,
    workflow: snapshot.workflow,
    state: snapshot.state,
    stateReason: snapshot.stateReason ?? null,
    provider: snapshot.provider,
    startedAt: run?.startedAt ?? null,
    endedAt: run?.endedAt ?? null,
    settings: snapshot.settings,
    documents: snapshot.documents.map(({ key, path, kind, hash, units }) => ({ key, path, kind, hash, units })),
    ledger: snapshot.ledger,
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}

/** What took how long, what it cost and what limited it: for whoever compares runs or machines. */
function benchmark(context: CliContext, snapshot: RunSnapshot): string {
  const { id, workflow, state, provider, startedAt, endedAt, activeMs, metrics, models } = snapshot;
  const { unansweredUsd } = spentOf(metrics);
  const facts = {
    collate: context.version, run: id, workflow, state, provider, startedAt, endedAt, activeMs: activeMs ?? null,
    costUsd: knownCost(snapshot), ...(unansweredUsd > 0 ? { unansweredUsd } : {}), cost: costInFull(snapshot), estimated: metrics.some(({ estimated }) => estimated), metrics, models: models ?? [],
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}

async function writeRunFolder(context: CliContext, folder: string, snapshot: RunSnapshot, output: Output): Promise<void> {
  await makeFolder(folder);
  await write(join(folder, 'metadata.json'), metadata(context, snapshot, output));
  await write(join(folder, 'run.json'), outputJson(output));
  await write(join(folder, 'benchmark.json'), benchmark(context, snapshot));
  await write(join(folder, 'report.html'), report(context, output, [snapshot]));
  const [run] = output.runs;
  if (run?.workflow !== 'transcript') return;
  await makeFolder(join(folder, 'final'));
  const notes = renderMeetingNotes(output, run, {
    timeZone: context.terminal.timeZone,
    inputs: snapshot.documents.map((document) => document.key),
  });
  await write(join(folder, 'final', 'meetingNotes.md'), notes);
}

/** A folder name for the nth of several runs: `02-kickoff`. */
function folderName(snapshot: RunSnapshot, at: number): string {
  const stem = basename(snapshot.title).replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '');
  return `${String(at + 1).padStart(2, '0')}-${stem.slice(0, 60) || snapshot.id}`;
}

/** Writes what was asked for. Throws a WriteError at the first file that cannot be written. */
export async function writeResults(
  context: CliContext,
  session: Session,
  output: Output,
  snapshots: readonly RunSnapshot[],
  options: RunOptions,
): Promise<readonly Written[]> {
  const { folder } = context.terminal;
  const written: Written[] = [];
  if (options.report !== null) {
    const path = resolve(folder, options.report);
    await write(path, report(context, output, snapshots));
    written.push({ what: 'Report', path });
  }
  if (options.out !== null) {
    const out = resolve(folder, options.out);
    for (const [at, snapshot] of snapshots.entries()) {
      const own = snapshots.length === 1 ? out : join(out, folderName(snapshot, at));
      const single = snapshots.length === 1 ? { ok: true as const, value: output } : await session.engine.runs.output([snapshot.id]);
      if (!single.ok) throw new WriteError(`${own} was not written: ${single.failure.message}`);
      await writeRunFolder(context, own, snapshot, single.value);
      written.push({ what: 'Run folder', path: own });
    }
  }
  if (options.json !== null && options.json !== '-') {
    const path = resolve(folder, options.json);
    await write(path, outputJson(output));
    written.push({ what: 'JSON', path });
  }
  return written;
}
