/** Meeting notes that rules may have missed: a model reads the transcript in parts, and every part is written when it is answered. */
import type { Analysis, Finding } from '../../../../../shared/model.ts';
import { counted, formatCount } from '../../../../../shared/words/format.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { LineMap, spanBuilder } from '../../documents/lineMap.ts';
import type { Models } from '../../models/modelRuntime.ts';
import { notesQuestions } from '../../models/tasks/notesQuestion.ts';
import { transcriptNotes } from '../../models/tasks/transcriptNotes.ts';
import type { OutcomeCount, StepRows } from '../../ports.ts';
import type { RunContext } from '../workflow.ts';
import { ENGLISH_ONLY, MEETING_NOTES } from './analyzers.ts';
import { modelNotes, type NotedWords } from './modelNotes.ts';
import { notePlaces } from './notePlaces.ts';
import { partAnswer, type AskParts, type PartAnswer, type UnreadLines } from './partAnswer.ts';
import { People } from './people.ts';
import { spokenLines, type TurnLine } from './spokenLines.ts';
import { transcriptParts, type TranscriptPart } from './transcriptParts.ts';

const OPERATION = 'modelNotes';
const ROLE = 'analyze';
/** Why a part was not read by a run that may ask no model any more. */
export const NO_MODEL_NOW = 'no model may be asked any more';

/** What a step on a part gives on. */
interface ReadPart {
  readonly noted: readonly NotedWords[];
  readonly unplaced: number;
  /** Why the part was not read, or not all of it; null where it was. */
  readonly reason: string | null;
  /** Lines that were not read, where others were. */
  readonly unread?: readonly UnreadLines[];
}

/** What rules have done with the transcript. */
export interface NotesByRules {
  readonly analysis: Analysis;
  readonly noted: readonly NotedWords[];
}

export interface AskedNotes {
  /** Every part is one unit of the ledger. */
  readonly parts: readonly TranscriptPart[];
  /** Reads the parts. */
  read(rules: NotesByRules): Promise<void>;
}

const stepOf = (at: number): string => `notes:${String(at)}`;

/** Who may be asked to read a talk; null: nobody is named for it. */
export function readerOf({ models }: RunContext): Models | null {
  return models === null || models.modelFor(ROLE) === null ? null : models;
}

/** `document` is read by the model of the context, or, where a run goes on without one, as far as it was. */
export function askNotes(document: CollateDocument, context: RunContext): AskedNotes {
  const parts = transcriptParts(spokenLines(document));
  return { parts, read: (rules) => readParts(document, parts, rules, context) };
}

async function readParts(document: CollateDocument, parts: readonly TranscriptPart[], rules: NotesByRules, context: RunContext): Promise<void> {
  const models = readerOf(context);
  const model = models === null ? '' : models.modelFor(ROLE) || 'the editor\'s model';
  const answers = await answersOf(parts, model, context);
  const people = new People([...new Set(document.units.flatMap(({ speaker }) => speaker ?? []))]);
  const notes = { text: document.text, people, spanOf: spanBuilder(document.key, document.text, new LineMap(document.text)), method: `${model} ${transcriptNotes.name} ${String(transcriptNotes.version)}` };
  const noted: NotedWords[] = [...rules.noted];
  const read: ReadPart[] = [];
  // In the order of the talk: which of two equal notes is the one, and its key, do not hang on which answer came first.
  for (const [at, part] of parts.entries()) {
    const done = await context.step<ReadPart>(stepOf(at), OPERATION, 1, async () => {
      const answer = await answers(at);
      if (answer === null) return notRead(part, 'skipped', NO_MODEL_NOW);
      const { unread, unplaced } = answer;
      const [reason = null] = unread.map((one) => one.reason);
      if (reason !== null && readLines(part, unread).length === 0) return notRead(part, 'failed', reason);
      const found = modelNotes(part, answer.notes, noted, ordinalsOf(noted), notes);
      return { value: { noted: found.noted, unplaced, reason, ...(unread.length === 0 ? {} : { unread }) }, rows: rowsOf(part, unread, found.findings) };
    });
    noted.push(...done.noted);
    read.push(done);
  }
  await context.step('notes:end', MEETING_NOTES, 0, () => Promise.resolve({ value: null, rows: { analyses: [analysisOf(rules.analysis, parts, read, model)] } }));
}

/** The answer to each part; null where no model may be asked any more. */
async function answersOf(parts: readonly TranscriptPart[], model: string, context: RunContext): Promise<(at: number) => Promise<PartAnswer | null>> {
  const models = readerOf(context);
  if (models === null) return () => Promise.resolve(null);
  const left = [...parts.keys()].filter((at) => !context.isDone(stepOf(at)));
  const questions = notesQuestions(parts);
  const asking = left.map((at) => questions[at] as (typeof questions)[number]);
  let done = parts.length - left.length;
  const tell = (): void => context.progress({ operation: OPERATION, message: `${model} reads the talk`, done, total: parts.length });
  tell();
  await models.plan(OPERATION, ROLE, transcriptNotes, asking);
  const ask: AskParts = async (some) => (await Promise.all(models.ask(OPERATION, ROLE, transcriptNotes, notesQuestions(some)))).map(({ result }) => result);
  const asked = new Map(models.ask(OPERATION, ROLE, transcriptNotes, asking).map((answer, k) => {
    const at = left[k] as number;
    return [at, answer.then(({ result }) => partAnswer(parts[at] as TranscriptPart, result, ask))];
  }));
  for (const answer of asked.values()) {
    void answer.then(() => {
      done++;
      tell();
    }, () => undefined);
  }
  return async (at) => (await asked.get(at)) ?? null;
}

function ordinalsOf(noted: readonly NotedWords[]): Map<string, number> {
  const ordinals = new Map<string, number>();
  for (const { unit, kind } of noted) ordinals.set(`${unit}:${kind}`, (ordinals.get(`${unit}:${kind}`) ?? 0) + 1);
  return ordinals;
}

/** Lines of a part that were read. */
function readLines({ lines }: TranscriptPart, unread: readonly UnreadLines[]): readonly TurnLine[] {
  return lines.filter((_, at) => !unread.some(({ from, to }) => at >= from && at < to));
}

/** Turns that rules cannot read are read here or nowhere; a long one counts where it begins. */
export function foreignIn({ lines }: Pick<TranscriptPart, 'lines'>): number {
  return lines.filter(({ foreign, start }) => foreign && start === 0).length;
}

function outcomes(part: TranscriptPart, of: Omit<OutcomeCount, 'kind' | 'count'>, turnsOf: Omit<OutcomeCount, 'kind' | 'count'> = of): readonly OutcomeCount[] {
  const foreign = foreignIn(part);
  return [{ kind: 'analysis', count: 1, ...of }, ...(foreign === 0 ? [] : [{ kind: 'turn' as const, count: foreign, ...turnsOf }])];
}

function rowsOf(part: TranscriptPart, unread: readonly UnreadLines[], findings: readonly Finding[]): StepRows {
  const [first] = unread;
  const [known, unknown] = [readLines(part, unread), unread.flatMap(({ from, to }) => part.lines.slice(from, to))].map((lines) => foreignIn({ lines })) as [number, number];
  const failed = first === undefined ? null : { outcome: 'failed' as const, reason: first.reason };
  const turns: readonly OutcomeCount[] = [{ kind: 'turn', outcome: 'decided', count: known }, ...(failed === null ? [] : [{ kind: 'turn' as const, ...failed, count: unknown }])];
  return {
    findings, findingPlaces: notePlaces(findings, 'model'),
    outcomes: [{ kind: 'analysis', count: 1, ...(failed ?? { outcome: 'decided' }) }, ...turns.filter(({ count }) => count > 0)],
  };
}

function notRead(part: TranscriptPart, outcome: 'failed' | 'skipped', reason: string): { readonly value: ReadPart; readonly rows: StepRows } {
  const turns = outcome === 'skipped' ? ENGLISH_ONLY : reason;
  return { value: { noted: [], unplaced: 0, reason }, rows: { outcomes: outcomes(part, { outcome, reason }, { outcome, reason: turns }) } };
}

/** `31 to 58, 90` */
function turnsOf(parts: readonly Pick<TranscriptPart, 'lines'>[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const { lines } of parts) {
    const [first, last] = [lines[0], lines.at(-1)] as [TurnLine, TurnLine];
    const before = ranges.at(-1);
    if (before !== undefined && first.turn <= before[1] + 1) before[1] = last.turn;
    else ranges.push([first.turn, last.turn]);
  }
  return ranges.map(([first, last]) => (first === last ? formatCount(first + 1) : `${formatCount(first + 1)} to ${formatCount(last + 1)}`)).join(', ');
}

/** What rules and model did together. Where a part was not read, `reason` says which turns that are, and why. */
function analysisOf(rules: Analysis, parts: readonly TranscriptPart[], read: readonly ReadPart[], model: string): Analysis {
  if (parts.length === 0) return rules;
  const unreadOf = (at: number): readonly UnreadLines[] => read[at]?.unread ?? (read[at]?.reason === null ? [] : [{ from: 0, to: Infinity, reason: '' }]);
  const isSome = ({ lines }: Pick<TranscriptPart, 'lines'>): boolean => lines.length > 0;
  const done = parts.map((part, at) => ({ lines: readLines(part, unreadOf(at)) })).filter(isSome);
  const missed = parts.flatMap(({ lines }, at) => unreadOf(at).map(({ from, to }) => ({ lines: lines.slice(from, to) })));
  const [notAll, inPart] = [parts.filter((_, at) => unreadOf(at).length > 0).length, read.some(({ unread }) => unread !== undefined)];
  const found = read.reduce((sum, { noted }) => sum + noted.length, 0);
  const unplaced = read.reduce((sum, one) => sum + one.unplaced, 0);
  const reasons = [...new Set(read.flatMap(({ reason }) => reason ?? []))];
  const { reason: why = '', ...byRules } = rules;
  const says = [
    rules.outcome === 'decided' ? rules.read : `by rules ${rules.read}: ${why}`,
    ...(done.length === 0 ? [] : [`${model || 'a language model'} read turns ${turnsOf(done)} in ${counted(done.length, 'part')} and found ${formatCount(found)} more`]),
    ...(missed.length === 0 ? [] : [`${formatCount(notAll)} of ${counted(parts.length, 'part')} not read ${inPart ? 'in full ' : ''}by a model`]),
    ...(unplaced === 0 ? [] : [`${counted(unplaced, 'answer')} of the model had no words in the transcript and ${unplaced === 1 ? 'was' : 'were'} dropped`]),
  ];
  const outcome = rules.outcome === 'decided' || done.length > 0 ? 'decided' : reasons.every((reason) => reason === NO_MODEL_NOW) ? 'skipped' : 'failed';
  return {
    ...byRules, outcome, findings: rules.findings + found, read: says.join('; '),
    ...(missed.length === 0 ? {} : { reason: `turns ${turnsOf(missed)} were not read by a model: ${reasons.join('; ')}` }),
  };
}
