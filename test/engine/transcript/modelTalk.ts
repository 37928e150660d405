import type { Finding, RunOutput, RunSnapshot } from '../../../shared/model.ts';
import { createEngine, DEFAULT_SETTINGS, type RunRequest, type Runs, type Settings } from '../../../server/src/engine/index.ts';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import type { Ports } from '../../../server/src/engine/ports.ts';
import { fakeModel, type AskedPart, type AskedTurn, type FakeModel, type FakeModelOptions } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { value } from '../runs/scenarios.ts';

export const READER: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, analyze: 'gpt-4o-mini' } };
/** As findings of this reader name it. */
export const METHOD = 'gpt-4o-mini transcript-notes 1';

export interface Read {
  readonly runs: Runs;
  readonly ports: Ports;
  readonly model: FakeModel;
  readonly end: RunSnapshot;
  readonly output: RunOutput;
}

export function talkPorts(talk: string, model: FakeModel): Ports {
  return { ...fakePorts({ files: new Map([['talk.txt', talk]]), modelProvider: model.port }), clock: nodeClock, sleep: nodeSleep, yieldToHost: nodeYield };
}

export const asking = (settings: Settings = READER): RunRequest => ({ workflow: 'auto', inputs: [{ key: 'talk.txt', path: 'talk.txt' }], settings });

export async function outputOf(runs: Runs, id: string): Promise<RunOutput> {
  return value(await runs.output([id])).runs[0] as RunOutput;
}

/** A whole run over a talk, read by a fake model. `over`: on the store and the cache of an earlier one. */
export async function readTalk(talk: string, options: FakeModelOptions = {}, settings: Settings = READER, over?: Ports): Promise<Read> {
  const model = fakeModel(options);
  const ports = over === undefined ? talkPorts(talk, model) : { ...over, modelProvider: model.port };
  const { runs } = createEngine(ports);
  const id = value(await runs.start(asking(settings)));
  const end = await runs.settled(id);
  return { runs, ports, model, end, output: await outputOf(runs, id) };
}

/** A note on the first turn of a part that has these words. */
export function note(part: AskedPart, quote: string, kind: string, more: { readonly owner?: string; readonly due?: string; readonly turn?: string } = {}): readonly unknown[] {
  const at = [...part.before, ...part.turns, ...part.after].find(({ words }: AskedTurn) => words.includes(quote.slice(0, 12)));
  if (at === undefined && more.turn === undefined) return [];
  return [{ turn: more.turn ?? at?.id, quote, kind, owner: more.owner ?? null, due: more.due ?? null }];
}

export const byModel = ({ findings }: Pick<RunOutput, 'findings'>): readonly Finding[] => findings.filter(({ method }) => method === METHOD);

/** `kind: words (owner / due)` */
export function said({ kind, text, fields = {} }: Finding): string {
  const task = fields['owner'] === undefined && fields['due'] === undefined ? '' : ` (${fields['owner'] ?? '-'} / ${fields['due'] ?? '-'})`;
  return `${kind}: ${text}${task}`;
}

const MATTERS = ['the old cellar', 'the boiler', 'the garden wall', 'the roof', 'the library cards', 'the summer fair', 'the parking plan', 'the choir'];
const SPEAKERS = ['Ann Berg', 'Bo Lund', 'Cy Marsh'];

/** A long talk in which every tenth turn names a plan by its number, in words no rule knows as a decision; others, which rules know, are between them. */
export function longTalk(turns: number): string {
  return Array.from({ length: turns }, (_, n) => {
    const matter = MATTERS[n % MATTERS.length] ?? '';
    const words = n % 10 === 0 ? `All right then, plan ${String(n)} for ${matter} it is, and that settles the matter for this year.`
      : n % 10 === 5 ? `We agreed to answer letter number ${String(n)} about ${matter} in the summer.`
      : `About ${matter} there was a letter number ${String(n)} from the council, which was long and said rather little about the costs of it.`;
    return `${SPEAKERS[n % 3] ?? ''}: ${words}`;
  }).join('\n');
}

/** Notes the plans of a long talk, wherever they are shown. */
export function plansOf({ before, turns, after }: AskedPart): readonly unknown[] {
  return [...before, ...turns, ...after].flatMap(({ id, words }) => (words.startsWith('All right then') ? [{ turn: id, quote: words.slice(0, words.indexOf(' it is')), kind: 'decision', owner: null, due: null }] : []));
}

/** Where the notes of a run begin, in the order of its list. */
export function noteStarts({ findings }: Pick<RunOutput, 'findings'>): readonly number[] {
  return findings.filter(({ analyzer }) => analyzer === 'meetingNotes').map(({ evidence }) => evidence[0]?.start ?? -1);
}
