import type { Analysis, Finding } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { foreignUnits } from '../../documents/foreignUnits.ts';
import type { OutcomeCount, StepRows } from '../../ports.ts';
import { countOf, unreadParts } from '../unreadParts.ts';
import type { RunContext, Workflow } from '../workflow.ts';
import { ENGLISH_ONLY, NEEDS_MODEL, TRANSCRIPT_ANALYZERS, type TranscriptAnalyzer } from './analyzers.ts';
import { looksEnglish } from './english.ts';
import { meetingNotes, NOTE_TITLES } from './meetingNotes.ts';
import { speakerStatistics } from './speakers.ts';

/** Turns between two looks at the host's event loop. */
const TURNS_A_SLICE = 200;

const turnsRead = (document: CollateDocument): string => `${document.units.length - foreignUnits(document).size} turns`;

function skipped(analyzer: TranscriptAnalyzer, reason: string): Analysis {
  const { name, stage, title } = analyzer;
  return { analyzer: name, stage, title, outcome: 'skipped', reason, findings: 0, read: 'nothing' };
}

async function notesInSlices(document: CollateDocument, context: RunContext): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const foreign = foreignUnits(document);
  for (let at = 0; at < document.units.length; at += TURNS_A_SLICE) {
    context.signal.throwIfAborted();
    const english = document.units.slice(at, at + TURNS_A_SLICE).filter(({ key }) => !foreign.has(key));
    for (const finding of meetingNotes(document, english)) findings.push(finding);
    context.progress({ operation: 'meetingNotes', message: 'Reading turns', done: Math.min(at + TURNS_A_SLICE, document.units.length), total: document.units.length });
    await context.yieldToHost();
  }
  return findings;
}

/** What was looked for stands in the answer, so that "none found" is never read as "none". */
export const LOOKED_FOR = Object.values(NOTE_TITLES).map((title) => `${title.toLowerCase()}s`).join(', ');

async function runNotes(analyzer: TranscriptAnalyzer, document: CollateDocument, context: RunContext): Promise<StepRows> {
  const findings = await notesInSlices(document, context);
  const { name, stage, title } = analyzer;
  const analysis: Analysis = {
    analyzer: name, stage, title, outcome: 'decided', findings: findings.length,
    read: `${turnsRead(document)}, for ${LOOKED_FOR}${findings.length === 0 ? ': none found by rules' : ''}`,
  };
  return { findings, analyses: [analysis], outcomes: [{ kind: 'analysis', outcome: 'decided', count: 1 }] };
}

/** Turns, speakers and meeting notes by rules; every other analyzer says that it needs a language model. */
export const transcript: Workflow = async (documents, context) => {
  const document = documents[0];
  if (document === undefined) throw new Error('A transcript run needs a document.');
  const unread = unreadParts(document, 'turn');
  const english = looksEnglish(document.text);
  const foreign = english ? foreignUnits(document).size : document.units.length;
  context.expect('turn', document.units.length + countOf(unread));
  context.expect('analysis', TRANSCRIPT_ANALYZERS.length);

  await context.step('turns', 'read turns', document.units.length, () => {
    const read: readonly OutcomeCount[] = [
      { kind: 'turn', outcome: 'decided', count: document.units.length - foreign },
      { kind: 'turn', outcome: 'skipped', reason: ENGLISH_ONLY, count: foreign },
    ];
    return Promise.resolve({ value: null, rows: { outcomes: [...read.filter(({ count }) => count > 0), ...unread] } });
  });
  await context.step('speakers', 'count speakers', document.units.length, () =>
    Promise.resolve({ value: null, rows: { speakers: speakerStatistics(document) } }),
  );
  for (const analyzer of TRANSCRIPT_ANALYZERS) {
    const items = analyzer.byRules && english ? document.units.length : 0;
    await context.step(`analyze:${analyzer.name}`, analyzer.byRules ? analyzer.name : 'other analyzers', items, async () => {
      if (analyzer.byRules && english) return { value: null, rows: await runNotes(analyzer, document, context) };
      const reason = analyzer.byRules ? ENGLISH_ONLY : NEEDS_MODEL;
      return { value: null, rows: { analyses: [skipped(analyzer, reason)], outcomes: [{ kind: 'analysis', outcome: 'skipped', reason, count: 1 }] } };
    });
  }
};
