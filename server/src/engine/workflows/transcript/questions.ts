import {
  ANSWER_IS_UNKNOWN, ANSWER_PUTS_OFF, INFORMATION_QUESTION, MIN_OPEN_WORDS, MIN_QUESTION_WORDS, OPEN_QUESTION_RULES, STARTS_UNKNOWN, TAG_QUESTION,
} from './questionRules.ts';
import { AFTER_SENTENCES, type SaidSentence, type Talk } from './talk.ts';

export interface AskedQuestion {
  readonly kind: 'openQuestion' | 'question';
  readonly rule: string;
}

/** Words that may follow a question in its turn before somebody answers it. */
const MAX_WORDS_AFTER = 16;

/** The next speaker answers what a turn ends with: its last question, those just before it, and a few words on them. */
function isAnsweredNext({ after, last }: SaidSentence): boolean {
  if (last) return true;
  const said = after.filter((sentence) => !sentence.endsWith('?')).join(' ');
  return after.length < AFTER_SENTENCES && said.split(' ').length <= MAX_WORDS_AFTER;
}

/**
 * A question stays open where one of the next two speakers says that it is not known or puts it off. A question that nobody takes up
 * is listed as a question: whether what follows answers it, these rules cannot tell.
 */
export function questionIn(sentence: SaidSentence, talk: Talk): AskedQuestion | null {
  const { text } = sentence;
  const open = OPEN_QUESTION_RULES.find((rule) => rule.pattern.test(text));
  if (open !== undefined) return { kind: 'openQuestion', rule: open.name };
  if (!text.endsWith('?') || TAG_QUESTION.test(text) || !INFORMATION_QUESTION.test(text)) return null;
  const words = text.split(' ').length;
  const [answer, second] = isAnsweredNext(sentence) ? talk.answersTo(sentence) : [];
  if (answer !== undefined && words >= MIN_OPEN_WORDS) {
    if (ANSWER_IS_UNKNOWN.test(answer.text)) return { kind: 'openQuestion', rule: 'openQuestion.unanswered' };
    if (second !== undefined && STARTS_UNKNOWN.test(second.text) && !/^(?:yes|yeah|no|it did|it is)\b/i.test(answer.text)) return { kind: 'openQuestion', rule: 'openQuestion.unanswered' };
    if (ANSWER_PUTS_OFF.test(answer.text)) return { kind: 'openQuestion', rule: 'openQuestion.postponed' };
  }
  return words < MIN_QUESTION_WORDS ? null : { kind: 'question', rule: 'question.information' };
}
