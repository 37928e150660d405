import type { CollateDocument } from '../server/src/engine/documents/document.ts';
import { spokenText } from '../server/src/engine/documents/spokenText.ts';
import type { Finding } from '../shared/model.ts';

/** Words of a turn, which is named by its printed time. */
export interface Said {
  readonly turn: string;
  readonly quote: string;
}

/** What a note-taker writes down once; `also` are other places that say it, which are right, but no second entry. */
export interface ExpectedNote extends Said {
  readonly also?: readonly Said[];
}

export interface ExpectedAction extends ExpectedNote {
  readonly owner: string;
  readonly due: string | null;
}

export interface ExpectedNotes {
  readonly transcript: string;
  readonly speakers: readonly string[];
  readonly decisions: readonly ExpectedNote[];
  readonly actionItems: readonly ExpectedAction[];
  readonly openQuestions: readonly ExpectedNote[];
  readonly risks?: readonly ExpectedNote[];
  readonly notDecisions: readonly (Said & { readonly why: string })[];
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where the words are in the document; null where the turn or the words are not there, or the turn is there twice. */
export function placeOf(document: CollateDocument, { turn, quote }: Said): Place | null {
  const units = document.units.filter(({ time }) => time !== undefined && (turn === time || turn === `[${time}]`));
  const [unit] = units;
  if (unit === undefined || units.length > 1) return null;
  const spoken = spokenText(document.text, unit);
  const at = spoken.text.indexOf(quote);
  const first = spoken.offsets[at];
  const last = spoken.offsets[at + quote.length - 1];
  return at === -1 || first === undefined || last === undefined ? null : { start: first, end: last + 1 };
}

const overlap = (finding: Finding, place: Place | null): boolean => {
  const words = finding.evidence[0];
  return words !== undefined && place !== null && words.start < place.end && place.start < words.end;
};

/** True where the finding's sentence holds some of the words. */
export function says(document: CollateDocument, finding: Finding, said: Said): boolean {
  return overlap(finding, placeOf(document, said));
}

export interface Score<T> {
  /** What was expected and found, with the finding. */
  readonly found: readonly (readonly [expected: T, finding: Finding])[];
  readonly missed: readonly T[];
  readonly wrong: readonly Finding[];
  /** Findings of the kind. */
  readonly claimed: number;
  /** Of the findings, the share that is right; of what was expected, the share that is found. */
  readonly precision: number;
  readonly recall: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/** Every finding answers one expected note at most, so that a summary of all of them does not count as each. */
export function score<T extends ExpectedNote>(document: CollateDocument, findings: readonly Finding[], expected: readonly T[]): Score<T> {
  const open = new Set(expected);
  const found: (readonly [T, Finding])[] = [];
  const wrong: Finding[] = [];
  for (const finding of findings) {
    const right = expected.filter((note) => [note, ...(note.also ?? [])].some((said) => says(document, finding, said)));
    const note = right.find((each) => open.has(each));
    if (right.length === 0) wrong.push(finding);
    if (note === undefined) continue;
    open.delete(note);
    found.push([note, finding]);
  }
  return {
    found, missed: [...open], wrong, claimed: findings.length,
    precision: share(findings.length - wrong.length, findings.length),
    recall: share(found.length, expected.length),
  };
}

/** A due date without the words that lead to it and without its case: `by the 24th` is `24th`. */
export function bareDue(words: string): string {
  return words.toLowerCase().replace(/^(?:(?:by|before|on|until|the) )+/, '');
}
