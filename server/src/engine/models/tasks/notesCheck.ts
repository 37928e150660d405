import type { CheckedItem } from '../batchAnswers.ts';
import { groundText, placeQuotes, type GroundText } from '../groundedAnswer.ts';
import { checkShape } from '../parseAnswer.ts';
import { NOTES_ANSWER, type ModelNoteKind, type NotesAnswer } from './notesAnswer.ts';
import type { AskedLine, NotesQuestion } from './notesQuestion.ts';

/** A note of a model, with the place of its words. */
export interface PlacedNote {
  readonly kind: ModelNoteKind;
  /** Index among the lines of the question: those before it, its own, those behind it. */
  readonly line: number;
  /** UTF-16 offsets into the words of the line; end exclusive. */
  readonly start: number;
  readonly end: number;
  /** As the model wrote them, not yet looked up. */
  readonly owner: string | null;
  readonly due: string | null;
}

export interface NotesVerdict {
  /** In the order of their places. */
  readonly notes: readonly PlacedNote[];
  /** Notes whose words stand in no turn they could be of. */
  readonly unplaced: number;
}

/** A model that takes the turn beside it for the one it quotes is wrong about the turn, not about the words. Turns. */
const NEIGHBOURS = 1;

/** Turns an answer into notes with located words. What has no place in the turns is dropped, and counted. */
export function checkNotesAnswer(question: NotesQuestion, raw: unknown): CheckedItem<NotesVerdict> {
  const shape = checkShape(raw, NOTES_ANSWER);
  if (!shape.ok) return { ok: false, problem: { reason: 'The model\'s answer has not the shape asked for.', detail: `the answer has not the shape asked for: ${shape.problem.detail}.` } };
  const grounds = [...question.before, ...question.lines, ...question.after].map((line) => ({ line, ground: groundText(line.words) }));
  const placed = shape.value.notes.flatMap((note) => placedNote(note, grounds) ?? []);
  return {
    ok: true,
    value: {
      notes: placed.toSorted((a, b) => a.line - b.line || a.start - b.start || a.end - b.end || (a.kind < b.kind ? -1 : 1)),
      unplaced: shape.value.notes.length - placed.length,
    },
  };
}

type Grounds = readonly { readonly line: AskedLine; readonly ground: GroundText }[];

function placedNote({ turn, quote, kind, owner, due }: NotesAnswer['notes'][number], grounds: Grounds): PlacedNote | null {
  const cited = grounds.findIndex(({ line }) => line.id === turn.trim());
  if (cited === -1) return null;
  for (let away = 0; away <= NEIGHBOURS; away++) {
    for (const at of away === 0 ? [cited] : [cited - away, cited + away]) {
      const place = placeIn(quote, grounds[at]);
      if (place !== null) return { kind, line: at, ...place, owner, due };
    }
  }
  return null;
}

function placeIn(quote: string, looked: Grounds[number] | undefined): { readonly start: number; readonly end: number } | null {
  if (looked === undefined) return null;
  const placed = placeQuotes([quote], looked.ground);
  const [place] = placed.ok ? placed.places : [];
  if (place === undefined || (looked.line.foreign && place.match === 'approximate')) return null;
  return { start: place.start, end: place.end };
}
