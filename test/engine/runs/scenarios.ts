import { expect } from 'vitest';
import type { Result } from '../../../shared/failure.ts';
import type { LedgerEntry, RunOutput, RunSnapshot } from '../../../shared/model.ts';
import { createEngine, DEFAULT_SETTINGS, type RunRequest, type Runs } from '../../../server/src/engine/index.ts';
import { fakePorts, type FakePorts, type FakePortsOptions } from '../../fakes/fakePorts.ts';

export interface Scenario {
  readonly name: string;
  readonly request: RunRequest;
  readonly files: ReadonlyMap<string, string>;
}

const SYLLABLES = ['ba', 'do', 'fi', 'gu', 'ka', 'le', 'mo', 'nu', 'pi', 'ra', 'so', 'tu'];

/** A word that no other section has. */
function subject(n: number): string {
  return [n % 12, Math.floor(n / 12) % 12, (n * 7) % 12].map((i) => SYLLABLES[i] ?? '').join('');
}

function section(number: string, n: number, months: number): string {
  return `## ${number} The ${subject(n)}\n\nThe ${subject(n)} ends ${months} months after the ${subject(n + 60)}.\n`;
}

/** More source sections than one step decides. Some have an equal counterpart, some a changed one, most none; some of the target are new. */
const SOURCE = Array.from({ length: 52 }, (_, n) => section(`1.${n + 1}`, n, n + 1));
const TARGET = Array.from({ length: 12 }, (_, n) =>
  n % 4 === 3 ? `## B.${n} Pigeon ${subject(n + 112)}\n\nTwo clerks count grey pigeons at dawn, rain or shine, near ${subject(n + 120)}.\n` : section(`A.${n}`, n * 5, n * 5 + (n % 4 === 0 ? 9 : 1)),
);

/** Long enough to pass through the cache of extractions; what makes it long is read in no time. */
const LONG = ' '.repeat(100_001);
const TALK = [
  '[00:01] Chair (Dana Whitfield): We agreed to move the audit to May.',
  '[00:09] Counsel (Lee Ito): I will send the amendment by Friday.',
  '[00:15] Chair (Dana Whitfield): Who keeps the minutes?',
  '[00:21] Member (Sam Roy): The open question is the match formula.',
];

function scenario(name: string, workflow: RunRequest['workflow'], files: Readonly<Record<string, string>>): Scenario {
  const inputs = Object.keys(files).map((key) => ({ key, path: `docs/${key}` }));
  return {
    name,
    request: { workflow, inputs, settings: DEFAULT_SETTINGS },
    files: new Map(Object.entries(files).map(([key, text]) => [`docs/${key}`, text])),
  };
}

export const CROSSWALK = scenario('crosswalk', 'crosswalk', { 'old.md': SOURCE.join('\n'), 'new.md': TARGET.join('\n') });
export const TRANSCRIPT = scenario('transcript', 'auto', { 'talk.txt': `${TALK.join('\n')}\n${LONG}\n` });
export const SCENARIOS = [CROSSWALK, TRANSCRIPT];

/** The id that a bench gives its first run. */
export const FIRST_RUN = 'run000000000001';

export interface Bench {
  readonly runs: Runs;
  readonly ports: FakePorts;
  /** Every snapshot that listeners were told. */
  readonly told: readonly RunSnapshot[];
}

/** An engine over fakes that knows the scenario's files. */
export function bench({ files }: Pick<Scenario, 'files'>, options: FakePortsOptions = {}): Bench {
  const ports = fakePorts({ files: new Map(files), ...options });
  const { runs } = createEngine(ports);
  const told: RunSnapshot[] = [];
  runs.onProgress((snapshot) => told.push(snapshot));
  return { runs, ports, told };
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

const endedUnits = ({ decided, abstained, skipped, failed }: LedgerEntry): number => decided + abstained + skipped + failed;

/** At work a ledger may have open units; at rest it adds up. Never has more ended than there are. */
export function checkLedger({ ledger, state }: RunSnapshot): void {
  for (const [kind, entry] of Object.entries(ledger)) {
    const ended = endedUnits(entry);
    expect(state === 'running' ? Math.max(ended, entry.total) : ended, `${kind} of a ${state} run`).toBe(entry.total);
    const reasons = Object.values(entry.reasons).reduce((sum, count) => sum + count, 0);
    expect(reasons, `reasons of ${kind}`).toBe(ended - entry.decided);
  }
}

/** What a run found, without what no two runs share: its id and its times. */
export function comparable({ id: _id, startedAt: _startedAt, endedAt: _endedAt, activeMs: _activeMs, metrics, ...found }: RunOutput): unknown {
  const items = new Map<string, number>();
  for (const metric of metrics) items.set(metric.operation, (items.get(metric.operation) ?? 0) + metric.items);
  return { ...found, items: Object.fromEntries([...items].sort()) };
}

export async function outputOf(runs: Runs, runId: string): Promise<unknown> {
  const [run] = value(await runs.output([runId])).runs;
  if (run === undefined) throw new Error(`There is no output of ${runId}.`);
  return comparable(run);
}

/** A run that nothing disturbs: what it found, and every awaited call of its ports from the start on. */
export async function undisturbed(scenario: Scenario): Promise<{ readonly output: unknown; readonly calls: readonly string[] }> {
  const calls: string[] = [];
  const { runs } = bench(scenario, { before: (call) => void calls.push(call) });
  const id = value(await runs.start(scenario.request));
  const end = await runs.settled(id);
  const own = [...calls];
  expect(end.state).toBe('done');
  return { output: await outputOf(runs, id), calls: own };
}
