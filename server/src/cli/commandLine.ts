import { parseArgs } from 'node:util';
import { DOCUMENT_KINDS, type DocumentKind } from '../../../shared/model.ts';
import { numberFor, withNegativeNumbers } from './numericFlags.ts';
import { budgetOf, parseProviderChoice, type ProviderChoice } from './providerChoice.ts';
import { Usage } from './usage.ts';

export const FAIL_ON = ['failed', 'abstained', 'exception'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** How results are written and where runs are kept; the same for every command that runs something. */
export interface RunOptions {
  /** File, or `-` for standard output. */
  readonly json: string | null;
  readonly report: string | null;
  readonly out: string | null;
  readonly kind: DocumentKind | null;
  /** File with corrections of the documents' cut, a conversion file or one with nothing else in it. */
  readonly corrections: string | null;
  readonly store: string | null;
  readonly failOn: readonly FailOn[];
  readonly choice: ProviderChoice;
}

export const COMMANDS = ['analyze', 'crosswalk', 'compare', 'reviews', 'runs', 'resume', 'cache', 'estimate', 'start', 'test-connection'] as const;
export type CommandName = (typeof COMMANDS)[number];

/** One document that would be analysed, or what a crosswalk would compare. */
type Estimated = { readonly analyzed: string } | { readonly source: string; readonly target: string } | { readonly conversion: string };

export type Command =
  | { readonly name: 'analyze'; readonly paths: readonly string[]; readonly options: RunOptions }
  | { readonly name: 'crosswalk'; readonly source: string; readonly target: string; readonly options: RunOptions }
  | { readonly name: 'crosswalk'; readonly conversion: string; readonly options: RunOptions }
  | { readonly name: 'start'; readonly paths: readonly string[]; readonly options: RunOptions }
  /** `budget`: US dollars from now on; null: as before. */
  | { readonly name: 'resume'; readonly runId: string; readonly budget: number | null; readonly options: RunOptions }
  | { readonly name: 'estimate'; readonly paths: readonly string[]; readonly named: Estimated; readonly json: string | null; readonly options: RunOptions }
  /** `runs` is null for the newest two over the same documents. */
  | { readonly name: 'compare'; readonly runs: readonly [before: string, after: string] | null; readonly json: string | null; readonly store: string | null }
  | { readonly name: 'reviews'; readonly what: 'export' | 'import'; readonly runId: string; readonly file: string; readonly conflicts: 'mine' | 'theirs'; readonly store: string | null }
  | { readonly name: 'runs'; readonly limit: number; readonly store: string | null }
  /** `paidToo`: answers of models are cleared, though asking for them again costs. */
  | { readonly name: 'cache'; readonly what: 'stats' | 'clear'; readonly paidToo: boolean; readonly json: string | null; readonly store: string | null }
  | { readonly name: 'test-connection'; readonly choice: ProviderChoice }
  | { readonly name: 'help'; readonly of: CommandName | null }
  | { readonly name: 'version' };

/** What was typed, or the sentence that says why it cannot be done. */
export type ParsedLine =
  | { readonly command: Command; readonly colour: boolean }
  | { readonly usage: string; readonly of: CommandName | null };

/** Runs listed at once, unless said otherwise. */
const DEFAULT_LIMIT = 20;

const OPTIONS = {
  json: { type: 'string' },
  report: { type: 'string' },
  out: { type: 'string' },
  kind: { type: 'string' },
  corrections: { type: 'string' },
  provider: { type: 'string' },
  'base-url': { type: 'string' },
  model: { type: 'string', multiple: true },
  budget: { type: 'string' },
  price: { type: 'string', multiple: true },
  'requests-per-minute': { type: 'string' },
  'tokens-per-minute': { type: 'string' },
  'requests-per-day': { type: 'string' },
  'max-concurrency': { type: 'string' },
  'run-timeout': { type: 'string' },
  store: { type: 'string' },
  'fail-on': { type: 'string', multiple: true },
  limit: { type: 'string' },
  theirs: { type: 'boolean' },
  yes: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

function oneOf<T extends string>(allowed: readonly T[], value: string, what: string): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new Usage(`${what} is "${value}"; it can be ${allowed.join(', ')}.`);
  return found;
}

/** parseArgs says what is wrong in its first sentence; the rest is advice for other cases. */
function sentenceOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const [, option] = /^Option '(?:-\w, )?(--[\w-]+)(?: <value>)?' (?:argument missing|argument is ambiguous)/.exec(message) ?? [];
  if (option !== undefined) return `${option} needs a value.`;
  const first = /^.*?(?=\. To specify|\.?\n|$)/s.exec(message)?.[0] ?? message;
  return `${first.replace(/\.$/, '')}.`;
}

function isCommandName(name: string | undefined): name is CommandName {
  return (COMMANDS as readonly (string | undefined)[]).includes(name);
}

function parsed(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...withNegativeNumbers(args)], options: OPTIONS, allowPositionals: true });
  } catch (thrown) {
    throw new Usage(sentenceOf(thrown));
  }
}

function text(value: string | undefined, option: string): string | null {
  if (value === '') throw new Usage(`--${option} needs a value.`);
  return value ?? null;
}

function reportFile(value: string | undefined): string | null {
  if (value === '-') throw new Usage('--report takes a file; only --json can be printed, with -.');
  return text(value, 'report');
}

function without(values: ReturnType<typeof parsed>['values'], option: 'budget' | 'json'): ReturnType<typeof parsed>['values'] {
  const { [option]: _, ...rest } = values;
  return rest;
}

function choiceOf(values: ReturnType<typeof parsed>['values']): ProviderChoice {
  return parseProviderChoice({
    provider: values.provider, baseUrl: values['base-url'], models: values.model ?? [], budget: values.budget, prices: values.price ?? [],
    limits: {
      requestsPerMinute: values['requests-per-minute'], tokensPerMinute: values['tokens-per-minute'],
      requestsPerDay: values['requests-per-day'], maxConcurrency: values['max-concurrency'], runTimeoutMinutes: values['run-timeout'],
    },
  });
}

function runOptions(values: ReturnType<typeof parsed>['values']): RunOptions {
  const { kind } = values;
  return {
    json: text(values.json, 'json'),
    report: reportFile(values.report),
    out: text(values.out, 'out'),
    kind: kind === undefined ? null : oneOf(DOCUMENT_KINDS, kind, '--kind'),
    corrections: text(values.corrections, 'corrections'),
    store: text(values.store, 'store'),
    failOn: (values['fail-on'] ?? []).map((one) => oneOf(FAIL_ON, one, '--fail-on')),
    choice: choiceOf(values),
  };
}

function namedPaths(paths: readonly string[]): readonly string[] {
  if (paths.includes('')) throw new Usage('A path is empty. Name a file.');
  return paths;
}

export const CONVERSION = /\.collate\.json$/i;

/** The one document whose analysis is asked about; null: source and target, or a conversion. */
function analyzedPath(paths: readonly string[]): string | null {
  const [path] = paths;
  return path === undefined || paths.length !== 1 || CONVERSION.test(path) ? null : path;
}

const ESTIMATED = 'Name what would be run: collate estimate SOURCE TARGET, collate estimate FILE.collate.json, or one document to be analyzed';

/** Source and target, or a conversion file that names them. */
function crosswalkPaths(command: 'crosswalk' | 'estimate', paths: readonly string[]): { readonly source: string; readonly target: string } | { readonly conversion: string } {
  const [source, target] = paths;
  if (source !== undefined && paths.length === 1 && CONVERSION.test(source)) return { conversion: source };
  if (paths.some((path) => CONVERSION.test(path))) {
    throw new Usage(`A conversion file (*.collate.json) names both documents and stands alone: collate ${command} FILE.collate.json.`);
  }
  if (source === undefined || target === undefined || paths.length !== 2) {
    const given = `${String(paths.length)} ${paths.length === 1 ? 'was' : 'were'} given.`;
    throw new Usage(command === 'estimate' ? `${ESTIMATED}; ${given}` : `A crosswalk takes two documents, source and target; ${given}`);
  }
  return { source, target };
}

/** Of a conversion that holds its corrections itself. */
function holdsCorrections(conversion: string, values: ReturnType<typeof parsed>['values']): void {
  if (values.corrections !== undefined) throw new Usage(`${conversion} holds the corrections of its documents itself; leave --corrections out.`);
}

function notFor(command: CommandName, values: ReturnType<typeof parsed>['values'], options: readonly (keyof typeof OPTIONS)[]): void {
  for (const option of options) if (values[option] !== undefined) throw new Usage(`--${option} does not belong to collate ${command}.`);
}

function comparedRuns(ids: readonly string[]): readonly [string, string] | null {
  const [before, after] = ids;
  if (before === undefined) return null;
  if (after === undefined || ids.length !== 2) throw new Usage('Name two runs, the older one first, or none for the newest two: collate compare OLD NEW. collate runs lists them.');
  return [before, after];
}

function reviewsCommand([what, runId, file, ...more]: readonly string[], values: ReturnType<typeof parsed>['values']): Command {
  if ((what !== 'export' && what !== 'import') || runId === undefined || file === undefined || more.length > 0) {
    throw new Usage('Name a run and a file: collate reviews export RUN FILE, or collate reviews import RUN FILE. collate runs lists the runs.');
  }
  if (what === 'export' && values.theirs !== undefined) throw new Usage('--theirs belongs to collate reviews import: it says whose decision rules.');
  return { name: 'reviews', what, runId, file, conflicts: values.theirs === true ? 'theirs' : 'mine', store: text(values.store, 'store') };
}

function cacheCommand([what, ...more]: readonly string[], values: ReturnType<typeof parsed>['values']): Command {
  if ((what !== 'stats' && what !== 'clear') || more.length > 0) throw new Usage('Say what to do with the cache: collate cache stats, or collate cache clear.');
  if (what === 'stats' && values.yes !== undefined) throw new Usage('--yes belongs to collate cache clear: it clears answers that were paid for.');
  return { name: 'cache', what, paidToo: values.yes === true, json: text(values.json, 'json'), store: text(values.store, 'store') };
}

/** Commands that may ask a model. */
const ASKING: ReadonlySet<CommandName> = new Set(['analyze', 'crosswalk', 'start', 'estimate', 'test-connection']);

function commandOf(name: CommandName, given: readonly string[], values: ReturnType<typeof parsed>['values']): Command {
  if (values.limit !== undefined && name !== 'runs') throw new Usage(`--limit belongs to collate runs, not to collate ${name}.`);
  if (!ASKING.has(name)) notFor(name, values, ['base-url', 'model', 'price', 'requests-per-minute', 'tokens-per-minute', 'requests-per-day', 'max-concurrency', 'run-timeout']);
  if (!ASKING.has(name) && name !== 'resume') notFor(name, values, ['budget']);
  if (values.theirs !== undefined && name !== 'reviews') throw new Usage(`--theirs belongs to collate reviews import, not to collate ${name}.`);
  if (values.yes !== undefined && name !== 'cache') throw new Usage(`--yes belongs to collate cache clear, not to collate ${name}.`);
  const paths = namedPaths(given);
  switch (name) {
    case 'analyze':
      if (paths.length === 0) throw new Usage('Name at least one document: collate analyze PATH...');
      return { name, paths, options: runOptions(values) };
    case 'crosswalk': {
      const named = crosswalkPaths(name, paths);
      if ('conversion' in named) holdsCorrections(named.conversion, values);
      return { name, ...named, options: runOptions(values) };
    }
    case 'start':
      return { name, paths, options: runOptions(values) };
    case 'resume': {
      const [runId] = paths;
      if (runId === undefined || paths.length !== 1) throw new Usage('Name one run: collate resume ID. collate runs lists them.');
      if (values.corrections !== undefined) throw new Usage('--corrections does not belong to collate resume: a run goes on with the corrections it was started with.');
      if (values.provider !== undefined) throw new Usage('--provider does not belong to collate resume: a run goes on with the provider it was started with.');
      return { name, runId, budget: budgetOf(values.budget), options: runOptions(without(values, 'budget')) };
    }
    case 'compare':
      notFor(name, values, ['report', 'out', 'kind', 'corrections', 'provider', 'fail-on']);
      return { name, runs: comparedRuns(paths), json: text(values.json, 'json'), store: text(values.store, 'store') };
    case 'reviews':
      notFor(name, values, ['json', 'report', 'out', 'kind', 'corrections', 'provider', 'fail-on']);
      return reviewsCommand(paths, values);
    case 'cache':
      notFor(name, values, ['report', 'out', 'kind', 'corrections', 'provider', 'fail-on']);
      return cacheCommand(paths, values);
    case 'runs': {
      const [extra] = paths;
      if (extra !== undefined) throw new Usage(`collate runs takes no name; "${extra}" was given.`);
      notFor(name, values, ['json', 'report', 'out', 'kind', 'corrections', 'provider', 'fail-on']);
      return { name, limit: values.limit === undefined ? DEFAULT_LIMIT : numberFor('--limit', values.limit), store: text(values.store, 'store') };
    }
    case 'estimate': {
      if (paths.length === 0) throw new Usage(`${ESTIMATED}.`);
      notFor(name, values, ['report', 'out', 'fail-on']);
      const analyzed = analyzedPath(paths);
      const named = analyzed === null ? crosswalkPaths(name, paths) : { analyzed };
      if ('conversion' in named) holdsCorrections(named.conversion, values);
      return { name, paths, named, json: text(values.json, 'json'), options: runOptions(without(values, 'json')) };
    }
    case 'test-connection': {
      const [extra] = paths;
      if (extra !== undefined) throw new Usage(`collate test-connection takes no name; "${extra}" was given.`);
      notFor(name, values, ['json', 'report', 'out', 'kind', 'corrections', 'store', 'fail-on']);
      notFor(name, values, ['budget', 'price', 'requests-per-minute', 'tokens-per-minute', 'requests-per-day', 'max-concurrency', 'run-timeout']);
      return { name, choice: choiceOf(values) };
    }
  }
}

/** Reads the words after `collate`. */
export function parseCommandLine(args: readonly string[]): ParsedLine {
  const typed = args.find((word) => !word.startsWith('-'));
  const of = isCommandName(typed) ? typed : null;
  try {
    const { values, positionals } = parsed(args);
    const colour = values['no-color'] !== true;
    const [name, ...paths] = positionals;
    if (values.version === true) return { command: { name: 'version' }, colour };
    if (values.help === true || name === undefined || name === 'help') {
      const asked = name === 'help' ? paths[0] : name;
      return { command: { name: 'help', of: isCommandName(asked) ? asked : null }, colour };
    }
    if (!isCommandName(name)) throw new Usage(`There is no command "${name}". Commands: analyze, crosswalk, compare, reviews, runs, resume, cache, estimate, test-connection.`);
    return { command: commandOf(name, paths, values), colour };
  } catch (thrown) {
    if (thrown instanceof Usage) return { usage: thrown.message, of };
    throw thrown;
  }
}
