import type { SentenceRule } from './decisionRules.ts';

export const OPEN_QUESTION_RULES: readonly SentenceRule[] = [
  { name: 'openQuestion.named', pattern: /\b(?:open|outstanding|unresolved|unanswered) (?:question|issue|point|item)s?\b/i },
  { name: 'openQuestion.needToKnow', pattern: /\b(?:we|i|someone|somebody)(?:'ll| will)? (?:still |also )?(?:need|have) to (?:find out|figure out|know|understand|clarify|establish|check) (?:who|what|whether|how|if|when|why|where|which)\b/i },
  { name: 'openQuestion.notSure', pattern: /\b(?:(?:we're|we are)(?: still)? not (?:sure|certain|clear)|we (?:still )?(?:don't|do not) (?:yet |actually )?know|i(?:'m| am) still not (?:sure|certain|clear)|i still (?:don't|do not) know|nobody knows|no one knows|(?:it's|it is) (?:still )?(?:not clear|unclear)|(?:we|i) (?:still )?(?:haven't|have not) (?:established|determined|figured out)) (?:yet )?(?:who|what|whether|how|if|when|why|where|which)\b/i },
  { name: 'openQuestion.undetermined', pattern: /\b(?:remains to be (?:seen|decided|determined)|to be determined|still (?:an )?open\b|leave (?:it|that|this|(?:the|that|this) (?:(?!door|window|floor)[\w-]+ ){1,4}?) ?open\b|left open|park (?:that|this|it)\b)/i },
  { name: 'openQuestion.putOff', pattern: /\b(?:let's not|let us not|we (?:can't|cannot|won't|don't have to|are not going to|aren't going to)|i don't think we can) (?:decide|settle|resolve|answer) (?:on )?(?:that|this|it)\b|\b(?:let's|we should|we'll|we have to) (?:hold off on|put off|postpone|defer|come back to (?:that|this|it) (?:next|another|later))\b/i },
];

/** `right?`, `okay?`, `isn't it?`: asks for a nod. */
export const TAG_QUESTION = /(?:^|,\s*|\s)(?:right|okay|ok|yeah|no|huh|hm+|you know|isn't (?:it|that)|aren't (?:they|we|you)|don't (?:we|you|they)|doesn't it|didn't (?:we|you|it)|correct|eh|see|really)\s*\?$/i;
export const INFORMATION_QUESTION = /^(?:(?:so|and|but|well|then|okay|ok|now|um|uh|just|or|also|because)[,.]? +)*(?:(?:with|for|to|from|at|by|in|on|of|until|since|under) (?:\w+ ){0,3}?(?:whom?|what|which|when)|who|what|when|where|why|which|how|whose|is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|shall|may|might)\b/i;
/** The answer to a question that stays open. */
export const ANSWER_IS_UNKNOWN =
  /^[^?]{0,60}?\b(?:(?:i|we)(?: honestly| really| actually| just| still)? (?:don't|do not) (?:honestly |really |actually )?know\b(?! (?:him|her|them|you|of)\b)|(?:i'm|i am|we're|we are)(?: really| honestly)? not (?:sure|certain)|no idea|(?:nobody|no one) knows|(?:the \w+ |it )(?:doesn't|does not) say|(?:it's|it is|that's|that is) (?:not clear|unclear|ambiguous|arguable|hard to say)|(?:i|we)(?:'d| would|'ll| will) have to (?:look|check|find out|ask|see)|(?:let me|we'll|i'll) (?:think about (?:it|that)|find out|get back))/i;
/** A second speaker does not know either. */
export const STARTS_UNKNOWN = /^(?:well,? |no,? )?(?:(?:i|we)(?: honestly| really| actually| just| still)? (?:don't|do not) (?:honestly |really |actually )?know(?! (?:him|her|them|you|of)\b)|(?:i'm|i am|we're|we are) not (?:sure|certain)|no idea|(?:nobody|no one) knows)\b/i;
/** The answer puts the question off. */
export const ANSWER_PUTS_OFF = /^[^?]{0,40}?\b(?:we(?:'ll| will| can) (?:come back to|get to|discuss) (?:that|this|it) (?:later|another|next)|not (?:today|now)|let's (?:park|leave|postpone|not (?:decide|settle))|(?:put|add) (?:it|that) (?:on|to) the (?:list|agenda))\b/i;
/** A question of fewer words asks for a word to be said again, or is answered by the next nod. */
export const MIN_QUESTION_WORDS = 5;
/** A question that nobody knows the answer to may be shorter. */
export const MIN_OPEN_WORDS = 3;
