import type { Analysis, Finding } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { foreignUnits } from '../../documents/foreignUnits.ts';
import type { OutcomeCount, StepRows } from '../../ports.ts';
import { countOf, unreadParts } from '../unreadParts.ts';
import type { RunContext, Workflow } from '../workflow.ts';
import { CANDIDATES, ENGLISH_ONLY, MEETING_NOTES, NEEDS_MODEL, NOT_YET, TRANSCRIPT_ANALYZERS, type TranscriptAnalyzer } from './analyzers.ts';
import { askNotes, foreignIn, readerOf, type NotesByRules } from './askNotes.ts';
import { CANDIDATES_LOOKED_FOR } from './candidateRules.ts';
import { candidateReader } from './candidates.ts';
import { foreignTurns, looksEnglish } from './english.ts';
import { noteReader, NOTES_LOOKED_FOR, type NoteReader } from './meetingNotes.ts';
import { notePlaces } from './notePlaces.ts';
import { notedByRules } from './notedByRules.ts';
import { speakerStatistics } from './speakers.ts';

/** Turns between two looks at the host's event loop. */
const TURNS_A_SLICE = 200;

function turnsRead(document: CollateDocument): string {
  const count = document.units.length - foreignUnits(document).size;
  return count === 1 ? '1 turn' : `${count} turns`;
}

function skipped({ name, stage, title, rulesCover }: TranscriptAnalyzer, reason: string): Analysis {
  const read = rulesCover === undefined || reason === ENGLISH_ONLY ? 'nothing' : `nothing; of it, rules list ${rulesCover}`;
  return { analyzer: name, stage, title, outcome: 'skipped', reason, findings: 0, read };
}

/** What rules do for an analyzer, and what they look for: it stands in the answer, so that "none found" is never read as "none". */
interface ByRules {
  readonly reader: (document: CollateDocument) => NoteReader;
  /** By kind of finding, as the answer names it. */
  readonly lookedFor: Readonly<Record<string, string>>;
}

const BY_RULES: ReadonlyMap<string, ByRules> = new Map([
  [MEETING_NOTES, { reader: noteReader, lookedFor: NOTES_LOOKED_FOR }],
  [CANDIDATES, { reader: candidateReader, lookedFor: CANDIDATES_LOOKED_FOR }],
]);

/** `118 turns, for decisions, risks; none found by rules: risks` */
function whatWasRead(document: CollateDocument, lookedFor: ByRules['lookedFor'], findings: readonly Finding[]): string {
  const found = new Set(findings.map(({ kind }) => kind));
  const all = Object.values(lookedFor).join(', ');
  if (found.size === 0) return `${turnsRead(document)}. None found by rules; looked for ${all}`;
  const none = Object.entries(lookedFor).filter(([kind]) => !found.has(kind)).map(([, name]) => name);
  return `${turnsRead(document)}, for ${all}${none.length === 0 ? '' : `; none found by rules: ${none.join(', ')}`}`;
}

async function inSlices(read: NoteReader, operation: string, document: CollateDocument, context: RunContext): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const foreign = foreignUnits(document);
  const total = document.units.length;
  for (let at = 0; at < total; at += TURNS_A_SLICE) {
    context.signal.throwIfAborted();
    const done = Math.min(at + TURNS_A_SLICE, total);
    for (let from = at; from < done; ) {
      let to = from;
      while (to < done && !foreign.has(document.units[to]?.key ?? '')) to += 1;
      if (to > from) for (const finding of read(from, to)) findings.push(finding);
      from = to + 1;
    }
    context.progress({ operation, message: 'Reading turns', done, total });
    await context.yieldToHost();
  }
  return findings;
}

interface ByRulesDone {
  readonly rows: StepRows;
  readonly analysis: Analysis;
}

async function runRules(analyzer: TranscriptAnalyzer, { reader, lookedFor }: ByRules, document: CollateDocument, context: RunContext): Promise<ByRulesDone> {
  const { name, stage, title } = analyzer;
  const findings = await inSlices(reader(document), name, document, context);
  const analysis: Analysis = { analyzer: name, stage, title, outcome: 'decided', findings: findings.length, read: whatWasRead(document, lookedFor, findings) };
  const places = name === MEETING_NOTES ? { findingPlaces: notePlaces(findings, 'rules') } : {};
  return { analysis, rows: { findings, ...places, analyses: [analysis], outcomes: [{ kind: 'analysis', outcome: 'decided', count: 1 }] } };
}

function notRun(analyzer: TranscriptAnalyzer, reason: string): ByRulesDone {
  const analysis = skipped(analyzer, reason);
  return { analysis, rows: { analyses: [analysis], outcomes: [{ kind: 'analysis', outcome: 'skipped', reason, count: 1 }] } };
}

/** In the journal of a run whose model is asked for notes, also where none may be asked any more when it is resumed. */
const ASKS = 'notes:asked';

/** Turns, speakers and meeting notes by rules, and by a model where one is lent; the other analyzers say that they are not there. */
export const transcript: Workflow = async (documents, context) => {
  const document = documents[0];
  if (document === undefined) throw new Error('A transcript run needs a document.');
  const unread = unreadParts(document, 'turn');
  const english = looksEnglish(document.text);
  const foreign = foreignTurns(document).size;
  const asked = readerOf(context) !== null || context.isDone(ASKS) ? askNotes(document, context) : null;
  const parts = asked?.parts ?? [];
  const leftToModel = parts.reduce((sum, part) => sum + foreignIn(part), 0);
  context.expect('turn', document.units.length + countOf(unread));
  context.expect('analysis', TRANSCRIPT_ANALYZERS.length + parts.length);

  if (asked !== null) await context.step(ASKS, 'read turns', 0, () => Promise.resolve({ value: null, rows: {} }));
  await context.step('turns', 'read turns', document.units.length, () => {
    const read: readonly OutcomeCount[] = [
      { kind: 'turn', outcome: 'decided', count: document.units.length - foreign },
      { kind: 'turn', outcome: 'skipped', reason: ENGLISH_ONLY, count: foreign - leftToModel },
    ];
    return Promise.resolve({ value: null, rows: { outcomes: [...read.filter(({ count }) => count > 0), ...unread] } });
  });
  await context.step('speakers', 'count speakers', document.units.length, () =>
    Promise.resolve({ value: null, rows: { speakers: speakerStatistics(document) } }),
  );
  let notes: NotesByRules | null = null;
  for (const analyzer of TRANSCRIPT_ANALYZERS) {
    const items = analyzer.byRules && english ? document.units.length : 0;
    const done = await context.step<NotesByRules | null>(`analyze:${analyzer.name}`, analyzer.byRules ? analyzer.name : 'other analyzers', items, async () => {
      const rules = BY_RULES.get(analyzer.name);
      const missing = asked === null ? NEEDS_MODEL : NOT_YET;
      const { rows, analysis } = rules !== undefined && english ? await runRules(analyzer, rules, document, context) : notRun(analyzer, analyzer.byRules ? ENGLISH_ONLY : missing);
      return { value: asked === null || analyzer.name !== MEETING_NOTES ? null : { analysis, noted: notedByRules(document, rows.findings ?? []) }, rows };
    });
    if (analyzer.name === MEETING_NOTES) notes = done;
  }
  if (asked !== null && notes !== null) await asked.read(notes);
};
