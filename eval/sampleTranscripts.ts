import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readText } from '../server/src/engine/documents/readDocument.ts';
import { meetingNotes } from '../server/src/engine/workflows/transcript/meetingNotes.ts';
import { bareDue, says, score, type ExpectedAction, type ExpectedNote, type ExpectedNotes, type Score } from './noteScores.ts';

export interface TranscriptScore {
  readonly name: string;
  readonly decisions: Score<ExpectedNote>;
  readonly actionItems: Score<ExpectedAction>;
  readonly openQuestions: Score<ExpectedNote>;
  readonly risks: Score<ExpectedNote> | null;
  /** Of the action items found, those with the right owner, and with the right due date. */
  readonly owners: number;
  readonly dues: number;
  /** Sentences that sound like a decision and are none, and were taken for one. */
  readonly taken: readonly string[];
}

const SAMPLES = new URL('../samples/transcripts/', import.meta.url);

function sample(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, SAMPLES)), 'utf8');
}

/** Runs the rules over the sample transcripts and holds them against what a note-taker writes down. */
export function scoreTranscripts(): readonly TranscriptScore[] {
  const names = readdirSync(fileURLToPath(SAMPLES)).filter((name) => name.endsWith('.expected.json')).toSorted();
  return names.map((name) => {
    const expected = JSON.parse(sample(name)) as ExpectedNotes;
    const read = readText({ key: expected.transcript, path: expected.transcript, text: sample(expected.transcript) });
    if (!read.ok) throw new Error(read.failure.message);
    const document = read.value;
    const notes = meetingNotes(document);
    const of = (kind: string): typeof notes => notes.filter((finding) => finding.kind === kind);
    const actionItems = score(document, of('actionItem'), expected.actionItems);
    return {
      name: expected.transcript,
      decisions: score(document, of('decision'), expected.decisions),
      actionItems,
      openQuestions: score(document, of('openQuestion'), expected.openQuestions),
      risks: expected.risks === undefined ? null : score(document, of('risk'), expected.risks),
      owners: actionItems.found.filter(([note, { fields }]) => fields?.['owner'] === note.owner).length,
      dues: actionItems.found.filter(([note, { fields }]) => bareDue(fields?.['due'] ?? '') === bareDue(note.due ?? '')).length,
      taken: expected.notDecisions.filter((said) => of('decision').some((finding) => says(document, finding, said))).map(({ quote }) => quote),
    };
  });
}
