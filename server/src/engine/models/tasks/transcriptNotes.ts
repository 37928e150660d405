import type { BatchTask } from '../batchTask.ts';
import { NOTES_ANSWER } from './notesAnswer.ts';
import { checkNotesAnswer, type NotesVerdict } from './notesCheck.ts';
import { notesPrompt } from './notesPrompt.ts';
import { ANSWER_TOKENS, type NotesQuestion } from './notesQuestion.ts';

/** Parts of a transcript, read by a model for what the notes of the meeting must hold. */
export const transcriptNotes: BatchTask<NotesQuestion, NotesVerdict> = {
  name: 'transcript-notes',
  version: 1,
  item: NOTES_ANSWER,
  tokensOut: ANSWER_TOKENS,
  alone: true,
  prompt: notesPrompt,
  check: checkNotesAnswer,
  equal: (a, b) => found(a) === found(b),
};

function found({ notes }: NotesVerdict): string {
  return notes.map(({ kind, line, start, end }) => [kind, line, start, end].join(' ')).join('\n');
}
