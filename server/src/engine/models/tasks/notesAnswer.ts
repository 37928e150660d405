import * as z from 'zod';

/** What a model may find in a transcript. Questions that are answered are left to the rules. */
export const MODEL_NOTE_KINDS = ['decision', 'actionItem', 'commitment', 'risk', 'openQuestion'] as const;
export type ModelNoteKind = (typeof MODEL_NOTE_KINDS)[number];

/** Entries for one part: more than anybody says in so few words. */
const MOST_NOTES = 60;

/** The words come before what is made of them: a model writes in this order. */
export const NOTES_ANSWER = z.object({
  id: z.string(),
  notes: z.array(z.object({
    turn: z.string(),
    quote: z.string().min(1),
    kind: z.enum(MODEL_NOTE_KINDS),
    owner: z.string().nullable(),
    due: z.string().nullable(),
  })).max(MOST_NOTES),
});
export type NotesAnswer = z.infer<typeof NOTES_ANSWER>;
