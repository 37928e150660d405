import type { Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { spokenText, type SpokenText } from '../../documents/spokenText.ts';
import { lineTokens, type SpokenLine } from '../../models/tasks/notesQuestion.ts';
import { foreignTurns } from './english.ts';
import { sentencesOf } from './sentences.ts';

/** A turn as a model reads it, or a stretch of a long one, with the way back to the document. */
export interface TurnLine extends SpokenLine {
  readonly unit: Unit;
  /** Index of the turn in the document. */
  readonly turn: number;
  readonly speech: SpokenText;
  /** Where `words` begins in the speech of the turn. */
  readonly start: number;
  readonly tokens: number;
}

/** A turn of more tokens is shown in stretches of whole sentences, each of about so many. */
const LONG_TURN = 1_000;

/** What was said, in order. A turn without words has no line. */
export function spokenLines(document: CollateDocument): readonly TurnLine[] {
  const foreign = foreignTurns(document);
  return document.units.flatMap((unit, turn) => {
    const speech = spokenText(document.text, unit);
    return stretches(speech.text).map(([start, end]): TurnLine => {
      const line: SpokenLine = { speaker: unit.speaker, words: speech.text.slice(start, end), foreign: foreign.has(unit.key) };
      return { ...line, unit, turn, speech, start, tokens: lineTokens(line) };
    });
  });
}

function stretches(words: string): readonly (readonly [start: number, end: number])[] {
  if (words === '') return [];
  const tokens = (start: number, end: number): number => lineTokens({ speaker: undefined, words: words.slice(start, end), foreign: false });
  if (tokens(0, words.length) <= LONG_TURN) return [[0, words.length]];
  const found: (readonly [number, number])[] = [];
  let [from, to, sum] = [0, 0, 0];
  for (const { start, end } of sentencesOf(words, 0, words.length)) {
    const own = tokens(start, end);
    if (to > from && sum + own > LONG_TURN) {
      found.push([from, to]);
      [from, sum] = [start, 0];
    }
    [to, sum] = [end, sum + own];
  }
  return [...found, [from, to]];
}
