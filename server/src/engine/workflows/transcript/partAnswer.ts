/** What a model read in a part of a talk. Where its answer does not fit, the halves of the part are asked in its place. */
import type { Result } from '../../../../../shared/failure.ts';
import type { NotesVerdict, PlacedNote } from '../../models/tasks/notesCheck.ts';
import type { TurnLine } from './spokenLines.ts';
import { halvesOf, type TranscriptPart } from './transcriptParts.ts';

/** Lines of a part that were not read: indexes among its own, `to` exclusive. */
export interface UnreadLines {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

export interface PartAnswer {
  /** In the order of their places. */
  readonly notes: readonly PlacedNote[];
  /** Notes whose words stand in no turn they could be of. */
  readonly unplaced: number;
  /** In order; empty where all was read. */
  readonly unread: readonly UnreadLines[];
}

/** Asks about parts, in order. */
export type AskParts = (parts: readonly TranscriptPart[]) => Promise<readonly Result<NotesVerdict>[]>;

/** `result`: what was answered to the whole part. Rejects when the run is stopped. */
export async function partAnswer(part: TranscriptPart, result: Result<NotesVerdict>, ask: AskParts): Promise<PartAnswer> {
  if (result.ok) return { ...result.value, unread: [] };
  const { code, message } = result.failure;
  const halves = code === 'tooLarge' ? halvesOf(part) : null;
  if (halves === null) return { notes: [], unplaced: 0, unread: [{ from: 0, to: part.lines.length, reason: message.replace(/\.$/u, '') }] };
  const results = await ask(halves);
  const answers = await Promise.all(halves.map(async (half, at) => inWhole(part, half, await partAnswer(half, results[at] as Result<NotesVerdict>, ask))));
  return {
    notes: answers.flatMap(({ notes }) => notes).toSorted((a, b) => a.line - b.line || a.start - b.start || a.end - b.end || (a.kind < b.kind ? -1 : 1)),
    unplaced: answers.reduce((sum, { unplaced }) => sum + unplaced, 0),
    unread: answers.flatMap(({ unread }) => unread),
  };
}

function linesOf({ before, lines, after }: TranscriptPart): readonly TurnLine[] {
  return [...before, ...lines, ...after];
}

/** The answer to a half, with its lines counted as in the whole: a half shows no others. */
function inWhole(part: TranscriptPart, half: TranscriptPart, { notes, unplaced, unread }: PartAnswer): PartAnswer {
  const [whole, own] = [linesOf(part), linesOf(half)];
  const offset = part.lines.indexOf(half.lines[0] as TurnLine);
  return {
    notes: notes.map((note) => ({ ...note, line: whole.indexOf(own[note.line] as TurnLine) })),
    unplaced,
    unread: unread.map(({ from, to, reason }) => ({ from: from + offset, to: to + offset, reason })),
  };
}
