import { clauseBefore, isQuoted } from './clauseBefore.ts';
import {
  ASSENTS, BUT, CLOSES, DECIDED_EARLIER, DECISION_RULES, EARLIER_BEFORE, MAX_RULING_WORDS, MOVES_ON, NO_RULING, ONLY_LISTENS_WORDS, PUT_TO_THE_GROUP, RULINGS, TOLD_AT_LENGTH_WORDS, UNDECIDED_AFTER, UNDECIDED_BEFORE, type DecisionRule,
} from './decisionRules.ts';
import type { People } from './people.ts';
import type { SaidSentence, Talk } from './talk.ts';

/** The assent comes in one of so many turns. */
const ASSENT_TURNS = 2;
/** `Timing, Devin.` calls on somebody in so few words. */
const MAX_CALL_WORDS = 4;
/** `the buttons we agreed on`: the deciding is told of, not done. */
const TOLD_OF = /\b(?:the|a|an|these|those|this|that|two|three|all|some|everything|things?|points?|one|ones) (?:[\w-]+ ){0,3}$/i;
/** A sentence with fewer words, put to the group, says too little to be what was decided. */
const MIN_PUT_WORDS = 4;
/** And one with more is a speech. */
const MAX_PUT_WORDS = 40;

/** The speaker closes the matter in the same turn: asks whether anybody objects, says that it is done, or calls on somebody. */
function isClosed({ after }: SaidSentence, people: People): boolean {
  const [next = ''] = after;
  if (CLOSES.test(next) || MOVES_ON.test(next)) return true;
  if (next.split(' ').length <= MAX_CALL_WORDS && people.calledIn(next) !== undefined) return true;
  return after.some((sentence) => PUT_TO_THE_GROUP.test(sentence));
}

/** Somebody else goes along, without a reservation, or the speaker closes the matter. */
function isAssented(sentence: SaidSentence, talk: Talk, people: People): boolean {
  if (isClosed(sentence, people)) return true;
  if (!sentence.last && sentence.after[0]?.endsWith('?') !== true) return false;
  for (const { text } of talk.answersTo(sentence).slice(0, ASSENT_TURNS)) {
    if (BUT.test(text) || /^[^.!]{0,80}\?/.test(text)) return false;
    if (ASSENTS.test(text)) return true;
    if (text.split(' ').length > ONLY_LISTENS_WORDS) return false;
  }
  return false;
}

function holds(rule: DecisionRule, sentence: SaidSentence, talk: Talk, people: People): boolean | 'undecided' {
  const found = rule.pattern.exec(sentence.text);
  if (found === null) return false;
  if (EARLIER_BEFORE.test(sentence.text.slice(0, found.index))) return 'undecided';
  if (isQuoted(sentence.text, found.index)) return 'undecided';
  const before = clauseBefore(sentence.text, found.index);
  const after = sentence.text.slice(found.index + found[0].length);
  if (rule.name === 'decision.decidedTo' && sentence.speech.text.split(' ', TOLD_AT_LENGTH_WORDS + 1).length > TOLD_AT_LENGTH_WORDS) return 'undecided';
  if (rule.name === 'decision.haveDecided' && TOLD_OF.test(before)) return 'undecided';
  if (UNDECIDED_BEFORE.test(before) || UNDECIDED_AFTER.test(after)) return 'undecided';
  return !rule.needsAssent || isAssented(sentence, talk, people);
}

/** `... Everybody okay with that?` puts the sentence before it to the group; nobody who answers is against it. */
function isPutToTheGroup(sentence: SaidSentence, talk: Talk): boolean {
  if (!PUT_TO_THE_GROUP.test(sentence.after[0] ?? '') || sentence.text.endsWith('?')) return false;
  const words = sentence.text.split(' ').length;
  if (words < MIN_PUT_WORDS || words > MAX_PUT_WORDS || UNDECIDED_BEFORE.test(clauseBefore(sentence.text, sentence.text.length))) return false;
  const [answer] = talk.answersTo(sentence);
  return answer !== undefined && (ASSENTS.test(answer.text) || /^no\b[^.]{0,20}(?:please|objection|problem)/i.test(answer.text)) && !BUT.test(answer.text);
}

/** The one who chairs says how it is, in few words. */
function rulingIn({ text }: SaidSentence): string | null {
  if (text.split(' ', MAX_RULING_WORDS + 1).length > MAX_RULING_WORDS || NO_RULING.test(text)) return null;
  return RULINGS.find(({ pattern }) => pattern.test(text))?.name ?? null;
}

/** The name of the rule by which a sentence settles something for the group, or null. */
export function decisionIn(sentence: SaidSentence, talk: Talk, people: People, chair: string | null): string | null {
  if (DECIDED_EARLIER.test(sentence.text) || sentence.text.endsWith('?')) return null;
  for (const rule of DECISION_RULES) {
    const held = holds(rule, sentence, talk, people);
    if (held === 'undecided') return null;
    if (held) return rule.name;
  }
  if (isPutToTheGroup(sentence, talk)) return 'decision.putToTheGroup';
  return chair !== null && sentence.unit.speaker === chair ? rulingIn(sentence) : null;
}
