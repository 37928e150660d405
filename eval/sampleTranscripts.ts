import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../shared/model.ts';
import type { CollateDocument } from '../server/src/engine/documents/document.ts';
import { readText } from '../server/src/engine/documents/readDocument.ts';
import { meetingNotes } from '../server/src/engine/workflows/transcript/meetingNotes.ts';

/** A sentence a note-taker writes down; `also` are sentences that say the same, any of which counts. */
interface ExpectedNote {
  /** As printed, with or without brackets. */
  readonly turn: string;
  /** A part of the sentence. */
  readonly quote: string;
  readonly also?: readonly { readonly turn: string; readonly quote: string }[];
}

/** What a note-taker says of a sample transcript. */
export interface ExpectedNotes {
  readonly transcript: string;
  readonly speakers: readonly string[];
  readonly decisions: readonly ExpectedNote[];
  readonly actionItems: readonly (ExpectedNote & { readonly owner: string; readonly due: string | null })[];
  readonly openQuestions: readonly ExpectedNote[];
  /** Sentences that sound like a decision and are none. */
  readonly notDecisions: readonly ExpectedNote[];
}

export interface NoteFigures {
  readonly expected: number;
  /** Of the expected ones. */
  readonly found: number;
  /** What was found and is not expected. */
  readonly wrong: readonly string[];
}

export interface TranscriptFigures {
  readonly name: string;
  readonly document: CollateDocument;
  readonly expected: ExpectedNotes;
  readonly decisions: NoteFigures;
  readonly actionItems: NoteFigures;
  /** Of the action items found rightly, those with the right owner, and with the right due date. */
  readonly owners: number;
  readonly due: number;
  /** Sentences that sound like a decision and are none, and were taken for one. */
  readonly taken: readonly string[];
}

const SAMPLES = new URL('../samples/transcripts/', import.meta.url);

function saysIt({ fields, text }: Finding, note: ExpectedNote): boolean {
  return [note, ...(note.also ?? [])].some(({ turn, quote }) => fields?.['time'] === turn.replace(/[[\]]/g, '') && (text.includes(quote) || quote.includes(text)));
}

function figuresOf(found: readonly Finding[], expected: readonly ExpectedNote[]): NoteFigures {
  return {
    expected: expected.length,
    found: expected.filter((note) => found.some((finding) => saysIt(finding, note))).length,
    wrong: found.filter((finding) => !expected.some((note) => saysIt(finding, note))).map(({ text }) => text),
  };
}

/** Runs the rules over the sample transcripts and holds them against what a note-taker says. */
export function scoreTranscripts(): readonly TranscriptFigures[] {
  const names = readdirSync(fileURLToPath(SAMPLES)).filter((name) => name.endsWith('.expected.json'));
  return names.toSorted().map((name) => {
    const expected = JSON.parse(readFileSync(fileURLToPath(new URL(name, SAMPLES)), 'utf8')) as ExpectedNotes;
    const read = readText({ key: expected.transcript, path: expected.transcript, text: readFileSync(fileURLToPath(new URL(expected.transcript, SAMPLES)), 'utf8') });
    if (!read.ok) throw new Error(read.failure.message);
    const notes = meetingNotes(read.value);
    const of = (kind: string): readonly Finding[] => notes.filter((finding) => finding.kind === kind);
    const actions = expected.actionItems.flatMap((note) => of('actionItem').filter((finding) => saysIt(finding, note)).map((finding) => ({ note, finding })));
    return {
      name: expected.transcript,
      document: read.value,
      expected,
      decisions: figuresOf(of('decision'), expected.decisions),
      actionItems: figuresOf(of('actionItem'), expected.actionItems),
      owners: actions.filter(({ note, finding }) => finding.fields?.['owner'] === note.owner).length,
      due: actions.filter(({ note, finding }) => (finding.fields?.['due'] ?? null) === note.due).length,
      taken: expected.notDecisions.filter((note) => of('decision').some((finding) => saysIt(finding, note))).map(({ quote }) => quote),
    };
  });
}
