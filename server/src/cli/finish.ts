import type { LedgerEntry, RunSnapshot } from '../../../shared/model.ts';
import { WriteError } from '../adapters/wholeFile.ts';
import type { FailOn, RunOptions } from './commandLine.ts';
import type { RunEnd } from './runAll.ts';
import { costNote, cachedWords, counted, repeatedWords, spentOf, stateInWords, workName } from '../engine/index.ts';
import { sayEarlier } from './sayEarlier.ts';
import type { CliContext, Session } from './session.ts';
import { summarize } from './summary/summarize.ts';
import { outputInTerminalWords, snapshotsInTerminalWords, terminalWords } from './terminalWords.ts';
import { toType } from './toType.ts';
import { inputsOf, outputJson, writeResults, type Written } from './writeResults.ts';

export const EXIT_DONE = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** A run at rest in one of these has not done what was asked for; `partial` has, and names what failed. */
const STATES_UNDONE: ReadonlySet<RunSnapshot['state']> = new Set(['failed', 'cancelled', 'paused']);

function ended(snapshot: RunSnapshot, outcome: Exclude<FailOn, 'exception'>): number {
  const entries: readonly LedgerEntry[] = Object.values(snapshot.ledger);
  return entries.reduce((sum, entry) => sum + entry[outcome], 0);
}

/** `--fail-on exception`: exceptions of the runs that nobody has closed. */
async function exceptionSentences({ engine }: Session, snapshots: readonly RunSnapshot[]): Promise<readonly string[]> {
  let count = 0;
  for (const { id } of snapshots) {
    const open = await engine.runs.reviews.openExceptions(id);
    if (!open.ok) return [`--fail-on exception: ${open.failure.message}`];
    count += open.value;
  }
  return count === 0 ? [] : [`--fail-on exception: ${counted(count, 'exception')} ${count === 1 ? 'is' : 'are'} open.`];
}

/** Conditions of `--fail-on` that hold, as sentences. */
async function failOnSentences(session: Session, snapshots: readonly RunSnapshot[], failOn: readonly FailOn[]): Promise<readonly string[]> {
  const sentences: string[] = [];
  for (const outcome of new Set(failOn)) {
    if (outcome === 'exception') {
      sentences.push(...(await exceptionSentences(session, snapshots)));
      continue;
    }
    const count = snapshots.reduce((sum, snapshot) => sum + ended(snapshot, outcome), 0);
    if (count > 0) sentences.push(`--fail-on ${outcome}: ${String(count)} ${count === 1 ? 'unit' : 'units'} ended as ${outcome}.`);
  }
  return sentences;
}

function endWords(run: RunSnapshot): string {
  return `${run.title}: ${run.stateReason ?? stateInWords(run)}`;
}

/** True of a model that was asked and never answered, where the state of the run does not say why. */
function isSilent({ metrics, stateReason = '' }: RunSnapshot, operation: string | undefined, advice: string): boolean {
  return metrics.some((metric) => metric.operation === operation && metric.calls > 0) && !stateReason.includes(terminalWords(advice).replace(/\.$/u, ''));
}

/** What to type; a run that its budget has paused needs a higher one. */
function resumeWords({ id, state, pausedBy }: RunSnapshot, store: string | null): string {
  return `Resume with: ${toType(`collate resume ${id}${state === 'paused' && pausedBy !== 'time' ? ' --budget USD' : ''}`, store)}`;
}

function stopped(context: CliContext, ends: readonly RunEnd[], store: string | null, code: number): number {
  const { terminal } = context;
  for (const one of ends) {
    if (one.end === 'refused') terminal.say(one.failure.message);
    if (one.end !== 'rest' || one.snapshot.state === 'done') continue;
    const { snapshot } = one;
    terminal.say(endWords(snapshot));
    if (spentOf(snapshot.metrics).unansweredUsd > 0) terminal.say(costNote(snapshot));
    if (snapshot.resumable && snapshot.stored) terminal.say(resumeWords(snapshot, store));
    else if (snapshot.resumable) terminal.say('It was kept in memory only and is gone with this process.');
  }
  const done = ends.filter((one) => one.end === 'rest' && one.snapshot.state === 'done').length;
  if (done > 0) terminal.say(`${String(done)} finished before that; collate runs lists ${done === 1 ? 'it' : 'them'}.`);
  const open = ends.filter((one) => one.end === 'notStarted').length;
  if (open > 0) terminal.say(`${String(open)} not started.`);
  terminal.say('No result was written.');
  return code;
}

/** Writes and prints what the runs found, and says how it went as an exit code. */
export async function finish(
  context: CliContext,
  session: Session,
  ends: readonly RunEnd[],
  options: RunOptions,
): Promise<number> {
  const { terminal, interrupts } = context;
  if (interrupts.code !== null) return stopped(context, ends, options.store, interrupts.code);
  for (const one of ends) if (one.end === 'refused') terminal.say(one.failure.message);
  const snapshots = snapshotsInTerminalWords(ends.flatMap((one) => (one.end === 'rest' ? [one.snapshot] : [])));
  if (snapshots.length === 0) return EXIT_FAILED;
  const found = await session.engine.runs.output(snapshots.map((snapshot) => snapshot.id));
  if (!found.ok) {
    terminal.say(found.failure.message);
    return EXIT_FAILED;
  }
  const output = outputInTerminalWords(found.value);
  let code = ends.some((one) => one.end !== 'rest' || STATES_UNDONE.has(one.snapshot.state)) ? EXIT_FAILED : EXIT_DONE;
  let written: readonly Written[] = [];
  try {
    written = await writeResults(context, session, output, snapshots, options);
  } catch (thrown) {
    if (!(thrown instanceof WriteError)) throw thrown;
    terminal.say(thrown.message);
    code = EXIT_FAILED;
  }
  for (const one of ends) {
    if (one.end !== 'rest' || (one.snapshot.state !== 'failed' && one.snapshot.state !== 'cancelled')) continue;
    terminal.say(endWords(one.snapshot));
  }
  if (options.json === '-') {
    terminal.out(outputJson(output));
    for (const { what, path } of written) terminal.say(`${what}: ${path}`);
  } else {
    terminal.out(summarize(terminal, output, inputsOf(snapshots), written));
  }
  for (const snapshot of snapshots) {
    const works = snapshot.models ?? [];
    for (const work of works) {
      const { advice, latency, operation, cachedItems, repeatedAtMost } = work;
      if ((latency !== undefined || isSilent(snapshot, operation, advice)) && advice !== '') terminal.say(`${workName(work, works)}: ${advice}`);
      if (cachedItems > 0) terminal.say(`${workName(work, works)}: ${cachedWords(cachedItems)}`);
      if (repeatedAtMost !== undefined) terminal.say(repeatedWords(repeatedAtMost));
    }
    // Where no timing is shown that says so.
    if (options.json === '-' && costNote(snapshot) !== '') terminal.say(costNote(snapshot));
    // Behind the results, where it is seen: what failed or holds the run, and what to do about it.
    if (snapshot.state === 'partial' || snapshot.state === 'paused') terminal.say(endWords(snapshot));
    if (snapshot.state === 'paused' && snapshot.resumable && snapshot.stored) terminal.say(resumeWords(snapshot, options.store));
  }
  await sayEarlier(terminal, session, snapshots, options);
  const conditions = await failOnSentences(session, snapshots, options.failOn);
  for (const sentence of conditions) terminal.say(sentence);
  return conditions.length > 0 ? EXIT_FAILED : code;
}
