import type { Finding } from '../../../shared/model.ts';
import { meetingNotes } from '../../../server/src/engine/workflows/transcript/meetingNotes.ts';
import { read } from '../documents/read.ts';

/** `Dana Whitfield: words`, one turn a line; Dana, Lee and Sam take part even where they say nothing. */
export function notesOf(lines: readonly string[]): readonly Finding[] {
  const all = [...lines, 'Dana Whitfield: Good.', 'Lee Ito: Good.', 'Sam Roy: Good.'];
  return meetingNotes(read(all.map((line, i) => `[00:${String(i + 10)}] ${line}`).join('\n'), 'talk.txt'));
}

/** `kind`, and for an action item who and when: `actionItem Lee Ito / Friday`. */
export function brief({ kind, fields = {} }: Finding): string {
  return kind === 'actionItem' ? `actionItem ${fields.owner ?? 'nobody'} / ${fields.due ?? 'no date'}` : kind;
}
