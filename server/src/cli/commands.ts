import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileName, formatMoment, oneLine, stateLabel, type Correction, type RunInput } from '../engine/index.ts';
import type { DocumentKind } from '../../../shared/model.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Command, RunOptions } from './commandLine.ts';
import { cacheCommand } from './cacheCommand.ts';
import { compareCommand } from './compareCommand.ts';
import { estimateCommand } from './estimateCommand.ts';
import { savedCorrections } from '../conversions/savedCorrections.ts';
import { readConversion, readCorrectionsFile, type Conversion } from '../conversions/conversionFile.ts';
import { EXIT_DONE, EXIT_FAILED, finish } from './finish.ts';
import { distinctInputs, documentKey, runInput } from './inputPaths.ts';
import { reviewsCommand } from './reviewsCommand.ts';
import { withProvider } from './providerChoice.ts';
import { runAll } from './runAll.ts';
import { sampleTasks } from './samples.ts';
import { sayAtWork } from './sayAtWork.ts';
import type { CliContext, Session } from './session.ts';
import { UsageError } from '../usageError.ts';
import type { Task } from './task.ts';
import { testConnectionCommand } from './testConnectionCommand.ts';
import { textTable, wrapped } from './textTable.ts';
import { checkTargets } from './writeResults.ts';

/** Folder of the store below the current folder, unless `--store` or the setting names another. */
const STORE_FOLDER = '.collate';
const START_REPORT = 'report.html';
/** Documents of a run stand below it, because their names need the whole line. */
const TITLE_INDENT = '  ';

function storeFolder(context: CliContext, store: string | null): string {
  return resolve(context.terminal.folder, store ?? (context.settings.store || STORE_FOLDER));
}

/** Opens a session for the length of `work` and says where runs are kept when that is not on disk. */
async function withSession(
  context: CliContext,
  store: string | null,
  work: (session: Session, folder: string) => Promise<number>,
): Promise<number> {
  const folder = storeFolder(context, store);
  const session = await context.openSession(folder);
  const atStart = session.store.mode;
  if (atStart === 'memory') context.terminal.say(session.store.message);
  try {
    const code = await work(session, folder);
    if (atStart === 'file' && session.store.mode === 'memory') context.terminal.say(session.store.message);
    return code;
  } finally {
    await session.close();
  }
}

async function runTasks(context: CliContext, session: Session, tasks: readonly Task[], options: RunOptions): Promise<number> {
  const settings = withProvider(context.settings, options.choice);
  await sayAtWork(context.terminal, session, tasks, settings);
  const starts = tasks.map((task) => () => session.engine.runs.start({ ...task, settings }));
  return finish(context, session, await runAll(context, session, starts), options);
}

type Corrections = ReadonlyMap<string, readonly Correction[]>;

/** The corrections a file names, for those of its documents that are read here. */
async function correctionsOf(context: CliContext, typed: string | null, paths: readonly string[]): Promise<Corrections> {
  const { folder } = context.terminal;
  // What was corrected in the editor holds in a terminal of the same folder, too.
  if (typed === null) return savedCorrections(folder);
  const all = await readCorrectionsFile(resolve(folder, typed), typed);
  const read = new Set(paths.map((path) => resolve(folder, path)));
  const others = [...all.keys()].filter((document) => !read.has(document)).length;
  if (others > 0) context.terminal.say(`${others === all.size ? 'All' : String(others)} of the documents ${typed} corrects are not read here.`);
  return all;
}

function corrected(folder: string, path: string, kind: DocumentKind | null, corrections: Corrections, given: boolean): RunInput {
  const own = corrections.get(resolve(folder, path));
  return { ...runInput(folder, path, kind), ...(own === undefined ? {} : { corrections: own, ...(given ? {} : { correctedBy: 'folder' }) }) };
}

async function inputsOf(context: CliContext, paths: readonly string[], options: RunOptions): Promise<readonly RunInput[]> {
  const corrections = await correctionsOf(context, options.corrections, paths);
  const all = paths.map((path) => corrected(context.terminal.folder, path, options.kind, corrections, options.corrections !== null));
  const inputs = distinctInputs(all);
  if (inputs.length < all.length) context.terminal.say(`${String(all.length - inputs.length)} of the paths name a document twice; each is read once.`);
  return inputs;
}

const analysisOf = (input: RunInput): Task => ({ workflow: 'auto', inputs: [input] });

async function analyze(context: CliContext, command: Extract<Command, { name: 'analyze' }>): Promise<number> {
  await checkTargets(context.terminal.folder, command.options, command.paths);
  const tasks = (await inputsOf(context, command.paths, command.options)).map(analysisOf);
  return withSession(context, command.options.store, (session) => runTasks(context, session, tasks, command.options));
}

/** The pairs of a crosswalk, and what is to be said of a conversion that is not read whole. */
interface Crosswalks {
  readonly tasks: readonly Task[];
  readonly paths: readonly string[];
  readonly settings: Settings;
}

/** One crosswalk a pair: of the plans and, of a conversion that names both, of the adoption agreements beside it. */
async function crosswalksOf(
  context: CliContext, named: { readonly conversion: string } | { readonly source: string; readonly target: string }, options: RunOptions,
): Promise<Crosswalks> {
  const { folder } = context.terminal;
  const typed: Omit<Conversion, 'packages'> = 'conversion' in named
    ? await readConversion(resolve(folder, named.conversion), named.conversion)
    : { pairs: [{ source: named.source, target: named.target, kind: null }], corrections: await correctionsOf(context, options.corrections, [named.source, named.target]), typeGroups: null, left: '' };
  if (typed.left !== '') context.terminal.say(typed.left);
  for (const { source, target } of typed.pairs) {
    if (documentKey(folder, source) === documentKey(folder, target)) throw new UsageError(`A crosswalk takes two different documents; ${source} was given twice.`);
  }
  const tasks = typed.pairs.map(({ source, target, kind }): Task => ({
    workflow: 'crosswalk',
    inputs: [source, target].map((path) => corrected(folder, path, kind ?? options.kind, typed.corrections, 'conversion' in named || options.corrections !== null)),
  }));
  return { tasks, paths: typed.pairs.flatMap(({ source, target }) => [source, target]), settings: { ...context.settings, crosswalkTypeGroups: typed.typeGroups } };
}

async function crosswalk(context: CliContext, command: Extract<Command, { name: 'crosswalk' }>): Promise<number> {
  const { options } = command;
  const { tasks, paths, settings } = await crosswalksOf(context, command, options);
  await checkTargets(context.terminal.folder, options, paths);
  return withSession(context, options.store, (session) => runTasks({ ...context, settings }, session, tasks, options));
}

async function estimate(context: CliContext, command: Extract<Command, { name: 'estimate' }>): Promise<number> {
  const { options, paths, named, json } = command;
  await checkTargets(context.terminal.folder, { json, report: null, out: null }, paths);
  const { tasks, settings } = !('analyzed' in named)
    ? await crosswalksOf(context, named, options)
    : { tasks: (await inputsOf(context, [named.analyzed], options)).map(analysisOf), settings: context.settings };
  return withSession(context, options.store, (session) => estimateCommand(context, session, tasks, withProvider(settings, options.choice), json));
}

async function resume(context: CliContext, command: Extract<Command, { name: 'resume' }>): Promise<number> {
  const { options, runId, budget } = command;
  await checkTargets(context.terminal.folder, options, []);
  return withSession(context, options.store, async (session) =>
    finish(context, session, await runAll(context, session, [() => session.engine.runs.resume(runId, budget === null ? {} : { budgetPerRun: budget })]), options));
}

async function compare(context: CliContext, command: Extract<Command, { name: 'compare' }>): Promise<number> {
  await checkTargets(context.terminal.folder, { json: command.json, report: null, out: null }, []);
  return withSession(context, command.store, (session, folder) => compareCommand(context.terminal, session, folder, command));
}

async function cache(context: CliContext, command: Extract<Command, { name: 'cache' }>): Promise<number> {
  await checkTargets(context.terminal.folder, { json: command.json, report: null, out: null }, []);
  return withSession(context, command.store, (session, folder) => cacheCommand(context.terminal, session, folder, command));
}

async function runs(context: CliContext, command: Extract<Command, { name: 'runs' }>): Promise<number> {
  const { terminal } = context;
  return withSession(context, command.store, async (session, folder) => {
    // What is in a store that cannot be read is not known; why was said.
    if (session.store.mode === 'memory') return EXIT_FAILED;
    const rows: (readonly string[])[] = [];
    const titles: string[] = [];
    for (;;) {
      const list = await session.engine.runs.list(rows.length, command.limit - rows.length);
      if (!list.ok) {
        terminal.say(list.failure.message);
        return EXIT_FAILED;
      }
      for (const run of list.value.runs) {
        const started = formatMoment(new Date(run.startedAt).toISOString(), terminal.timeZone);
        rows.push([run.id, started, run.workflow, `${stateLabel(run)}${run.resumable ? ', can be resumed' : ''}`]);
        titles.push(oneLine(run.title));
      }
      if (list.value.runs.length === 0 || rows.length >= Math.min(command.limit, list.value.total)) {
        if (rows.length === 0) terminal.out(`No runs in ${oneLine(folder)}.\n`);
        else {
          const [head = '', ...lines] = textTable([{ head: 'RUN' }, { head: 'STARTED' }, { head: 'WORKFLOW' }, { head: 'STATE' }], rows, terminal.columns).trimEnd().split('\n');
          terminal.out(`${head}\n${lines.map((line, at) => `${line}\n${wrapped(titles[at] ?? '', terminal.columns, TITLE_INDENT)}`).join('')}`);
          if (list.value.total > rows.length) terminal.out(`${String(list.value.total - rows.length)} more; collate runs --limit N shows N.\n`);
        }
        return EXIT_DONE;
      }
    }
  });
}

/** Two documents of one kind are compared; anything else is analysed one by one. */
async function tasksOf(context: CliContext, session: Session, inputs: readonly RunInput[]): Promise<readonly Task[]> {
  const [first, second] = inputs;
  if (first === undefined || second === undefined || inputs.length !== 2) return inputs.map(analysisOf);
  const controller = new AbortController();
  context.interrupts.onFirst(() => controller.abort());
  const kinds: string[] = [];
  for (const input of inputs) {
    const read = await session.engine.read(input, context.settings, controller.signal);
    // A document that cannot be read is told of by its own run.
    if (read.ok) kinds.push(read.value.kind);
  }
  return kinds.length === 2 && kinds[0] === kinds[1] ? [{ workflow: 'crosswalk', inputs }] : inputs.map(analysisOf);
}

/** Beside the store, or in the system's folder for passing files where that cannot be written. */
function startReport(folder: string, mode: 'file' | 'memory'): string {
  if (mode === 'file') return join(folder, START_REPORT);
  const passing = join(tmpdir(), 'collate');
  mkdirSync(passing, { recursive: true });
  return join(passing, START_REPORT);
}

async function start(context: CliContext, command: Extract<Command, { name: 'start' }>): Promise<number> {
  await checkTargets(context.terminal.folder, command.options, command.paths);
  return withSession(context, command.options.store, async (session, folder) => {
    const tasks = command.paths.length === 0
      ? sampleTasks(context)
      : await tasksOf(context, session, await inputsOf(context, command.paths, command.options));
    if (command.paths.length === 0) {
      context.terminal.say(`Reading the bundled samples: ${tasks.flatMap((task) => task.inputs).map((input) => fileName(input.path)).join(', ')}.`);
    }
    const options = { ...command.options, report: command.options.report ?? startReport(folder, session.store.mode) };
    return runTasks(context, session, tasks, options);
  });
}

/** Does what was asked for; the exit code. */
export function runCommand(
  context: CliContext,
  command: Exclude<Command, { name: 'help' } | { name: 'version' }>,
): Promise<number> {
  switch (command.name) {
    case 'analyze':
      return analyze(context, command);
    case 'crosswalk':
      return crosswalk(context, command);
    case 'start':
      return start(context, command);
    case 'estimate':
      return estimate(context, command);
    case 'resume':
      return resume(context, command);
    case 'compare':
      return compare(context, command);
    case 'reviews':
      return withSession(context, command.store, (session) => reviewsCommand(context, session, command));
    case 'runs':
      return runs(context, command);
    case 'cache':
      return cache(context, command);
    case 'test-connection':
      return testConnectionCommand(context, command.choice);
  }
}
