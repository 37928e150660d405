import type { Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import type { SpokenText } from '../../documents/spokenText.ts';
import { plainSpeech } from './plainSpeech.ts';
import { sentencesOf, type Sentence } from './sentences.ts';

/** So many turns after a question are looked at for its answer. */
export const ANSWER_TURNS = 3;
/** Sentences after a sentence that may close what it says. */
export const AFTER_SENTENCES = 3;
/** An answer is read so far, in UTF-16 code units. */
const ANSWER_LOOKED_AT = 160;
/** Speech kept for the turns that are looked at again as answers. */
const KEPT_TURNS = 2 * ANSWER_TURNS;

export interface Answer {
  readonly speaker: string | undefined;
  readonly text: string;
  readonly speech: SpokenText;
}

/** A sentence of a turn. Its offsets are in the speech of the turn, which knows the places in the document. */
export interface SaidSentence extends Sentence {
  readonly unit: Unit;
  /** Index of the turn in the document. */
  readonly turn: number;
  readonly speech: SpokenText;
  /** The sentence before it in the same turn, or an empty string. */
  readonly before: string;
  /** The sentences after it in the same turn, at most AFTER_SENTENCES. */
  readonly after: readonly string[];
  readonly last: boolean;
}

/** Words of the turn before are looked at so far back, in UTF-16 code units. */
const PREVIOUS_LOOKED_AT = 240;

/** The turns of a document as the rules read them. */
export class Talk {
  readonly document: CollateDocument;
  readonly #kept = new Map<number, SpokenText>();

  constructor(document: CollateDocument) {
    this.document = document;
  }

  #speechOf(turn: number, unit: Unit): SpokenText {
    const kept = this.#kept.get(turn);
    if (kept !== undefined) return kept;
    const speech = plainSpeech(this.document.text, unit);
    this.#kept.set(turn, speech);
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_TURNS) break;
      this.#kept.delete(old);
    }
    return speech;
  }

  /** The sentences of a turn, in order. */
  sentencesOf(turn: number): readonly SaidSentence[] {
    const unit = this.document.units[turn];
    if (unit === undefined) return [];
    const speech = this.#speechOf(turn, unit);
    const sentences = sentencesOf(speech.text, 0, speech.text.length);
    return sentences.map((sentence, at) => ({
      ...sentence, unit, turn, speech, before: sentences[at - 1]?.text ?? '', after: sentences.slice(at + 1, at + 1 + AFTER_SENTENCES).map(({ text }) => text), last: at === sentences.length - 1,
    }));
  }

  /** How the turns after a turn begin, where somebody else speaks; at most ANSWER_TURNS, up to the first that the same person takes. */
  answersTo({ turn, unit }: SaidSentence): readonly Answer[] {
    const answers: Answer[] = [];
    for (let at = turn + 1; at <= turn + ANSWER_TURNS; at += 1) {
      const next = this.document.units[at];
      if (next === undefined || (unit.speaker !== undefined && next.speaker === unit.speaker)) break;
      const speech = this.#speechOf(at, next);
      if (speech.text === '') continue;
      answers.push({ speaker: next.speaker, text: speech.text.slice(0, ANSWER_LOOKED_AT), speech });
    }
    return answers;
  }

  /** How the turn before ends, where somebody else spoke. */
  previousTo({ turn, unit }: SaidSentence): string {
    const previous = this.document.units[turn - 1];
    if (previous === undefined || (unit.speaker !== undefined && previous.speaker === unit.speaker)) return '';
    return this.#speechOf(turn - 1, previous).text.slice(-PREVIOUS_LOOKED_AT);
  }
}
