import { NAME } from './people.ts';

/** A pattern that a sentence must hold. All of them are tried on sentences of bounded length. */
export interface SentenceRule {
  readonly name: string;
  readonly pattern: RegExp;
}

const GROUP = "(?:we|the (?:committee|board|team|group|council|panel|trustees))";

export const DECISION_RULES: readonly SentenceRule[] = [
  { name: 'decision.decidedTo', pattern: new RegExp(`\\b${GROUP}(?:'ve| have| has|'re| are)?(?: all| now| just| already)? (?:decided|agreed|resolved|voted|settled)(?! (?:with|if|whether|what|how|yet|it was|him|her|you|not sure)\\b)`, 'i') },
  { name: 'decision.isDecided', pattern: /\b(?:it'?s|it is|that'?s|that is|this is|so|then that'?s|consider (?:it|that)) (?:now )?(?:decided|agreed|settled|approved|resolved)\b/i },
  { name: 'decision.theDecision', pattern: /\b(?:the|our) decision (?:is|was)\b|^decision(?: is)?\s*[:,]|\bso the decision\b/i },
  { name: 'decision.goWith', pattern: /\b(?:let'?s|let us|we'll|we will|we are going to|we're going to|we shall) (?:just )?(?:go|stick|proceed|move (?:ahead|forward)) with\b/i },
  { name: 'decision.goingWith', pattern: /\bwe(?:'re| are) (?:going|sticking|proceeding) with\b/i },
  { name: 'decision.thenWeGo', pattern: /\b(?:then|so|ok(?:ay)?,?|all right,?) we (?:go|stick|stay|proceed) with\b/i },
  { name: 'decision.itIs', pattern: /^(?:(?:ok(?:ay)?|so|then|all right|alright|right|well|fine|good)[,.]? +)+(?!.*\b(?:what|who|how|as|than|that|where|whatever|if|because|think|know|is|are|it|here|there|this|maybe)\b.* it is\b)(?:[\w'$%-]+ ){1,5}it is(?=[,.!]|$)/i },
  { name: 'decision.motion', pattern: /\b(?:motion|resolution|amendment|recommendation)\b.{0,60}?\b(?:is |was |has been )?(?:carried|carries|passes|passed|approved|adopted|agreed to)\b/i },
  { name: 'decision.approved', pattern: /\b(?:is|are|stands?) (?:hereby |then )?(?:approved|adopted)\b(?! by\b)|\bapproved unanimously\b|\bso (?:moved|ordered|resolved)\b/i },
  { name: 'decision.final', pattern: /\b(?:that's|that is|then that's) (?:the|our) (?:final )?(?:decision|plan of record)\b|\bwe(?:'ll| will) (?:adopt|keep|drop|remove|retain|move to)\b.{0,80}\b(?:agreed|decided|settled)\b/i },
];

/** In the clause before what decides, these turn it into something else: a question, a condition, a report, a denial. */
export const UNDECIDED_BEFORE =
  /\b(?:if|whether|unless|suppose|assuming|should|could|would|might|may|maybe|perhaps|when|once|until|before|had|what|how|why|where|which|as|like|since|because|whatever|not|never|no|nothing|hardly|haven't|hasn't|didn't|don't|isn't|wasn't|aren't|weren't|can't|cannot|won't|i think|i thought|i guess|i believe|i suppose|i wonder|someone said|did|do|does)\b/i;
export const UNDECIDED_AFTER = /^[^.?!]{0,40}\b(?:yet|or not|i think|i guess|right\?|didn't we|haven't we)\b|\?/i;

/** What was decided at another time is told, not decided. */
export const DECIDED_EARLIER = /\b(?:last (?:year|month|week|quarter|time|meeting|spring|summer|fall|autumn|winter)|(?:years?|months?|weeks?|days?) ago|yesterday|previously|at the time|back (?:in|then))\b/i;
/** A month or year says when it was decided where it stands before; after, it is what was decided on. */
export const EARLIER_BEFORE = /\bin,? (?:(?:um|uh|er|like),? )?(?:(?:19|20)\d\d|january|february|march|april|may|june|july|august|september|october|november|december)\b/i;

const STRONG = "send|draft|circulate|prepare|email|e-mail|schedule|write up|put together|follow up|get back to|look into|find out|check with|confirm with|contact|distribute|revise|book|redline|file|forward|set up a|arrange|finalize|finalise|compile|mock up|type up|reach out";
const WEAK = 'check|confirm|ask|add|update|bring|review|call|share|post|report|talk to|write|get|pull|run|price|have|make|present|finish|deliver|complete|close|upload|read|document|provide|order|test|model|collect|survey|track|verify|walk|work|fix|redo|rewrite|sign|print|mail|pass|look at|look up|go through|fill in|speak to|tell';
const SOFT = "(?:also |just |then |personally |definitely |happily |try to |make sure to |be able to |(?:go|go ahead|look|check) and |take that(?: one)? and )*";

export interface ActionRule extends SentenceRule {
  /** Who owns it: the speaker, the person named in group 1, or who answers. */
  readonly owner: 'speaker' | 'named' | 'answerer';
  /** Counts only with a due date, here or in the answer: the words alone are said in passing, too. */
  readonly needsDue: boolean;
}

const NAMED = `(${NAME})`;

export const ACTION_RULES: readonly ActionRule[] = [
  { name: 'action.item', pattern: new RegExp(`^(?:so,? |and |ok(?:ay)?,? )?(?:the )?action(?: item)?s?(?: for ${NAMED})?(?: is)?\\s*[:\\u2013-]`, 'iu'), owner: 'named', needsDue: false },
  { name: 'action.iWill', pattern: new RegExp(`\\bI(?:'ll|\\u2019ll| will|'m going to| am going to| can) ${SOFT}(?:${STRONG})\\b`), owner: 'speaker', needsDue: false },
  { name: 'action.iWillBy', pattern: new RegExp(`\\bI(?:'ll|\\u2019ll| will|'m going to| am going to| can) ${SOFT}(?:${WEAK})\\b`), owner: 'speaker', needsDue: true },
  { name: 'action.letMe', pattern: new RegExp(`\\blet me ${SOFT}(?:send|draft|circulate|prepare|follow up|get back to|look into|find out|check with|confirm with)\\b`, 'i'), owner: 'speaker', needsDue: false },
  { name: 'action.nameWill', pattern: new RegExp(`\\b${NAMED} (?:will|is going to|has to|needs to|to|should) ${SOFT}(?:${STRONG})\\b`, 'u'), owner: 'named', needsDue: false },
  { name: 'action.nameWillBy', pattern: new RegExp(`\\b${NAMED} (?:will|is going to|has to|needs to|to|should) ${SOFT}(?:${WEAK})\\b`, 'u'), owner: 'named', needsDue: true },
  { name: 'action.nameCanYou', pattern: new RegExp(`\\b${NAMED}, (?:can|could|would|will) you (?:please )?${SOFT}(?:${STRONG}|${WEAK})\\b`, 'u'), owner: 'named', needsDue: false },
  { name: 'action.namePlease', pattern: new RegExp(`\\b${NAMED}, please ${SOFT}(?:${STRONG}|${WEAK})\\b`, 'u'), owner: 'named', needsDue: false },
  { name: 'action.canYou', pattern: new RegExp(`\\b(?:can|could|would|will) you (?:please )?${SOFT}(?:${STRONG})\\b.*\\?`, 'i'), owner: 'answerer', needsDue: false },
  { name: 'action.canYouBy', pattern: new RegExp(`\\b(?:can|could|would|will) you (?:please )?${SOFT}(?:${WEAK})\\b.*\\?`, 'i'), owner: 'answerer', needsDue: true },
];

/** A promise under a condition, a denial, or one that somebody only imagines. */
export const NOT_PROMISED = /\b(?:if i|(?:if|whether|when|once|until) [\p{L}'\u2019-]+(?: [\p{L}'\u2019-]+)? (?:will|is going to|has to|needs to|should)|i wish|i would|i'd|would have|might|maybe|perhaps|not|never|won't|can't|cannot|don't|used to|unless)\b/iu;
/** The answer that takes a task on. */
export const TAKES_IT_ON = /^(?:yes|yeah|yep|yup|sure|will do|okay|ok|of course|absolutely|certainly|no problem|happy to|i can|i will|i'll|can do|done|on it|got it|gladly)\b/i;

export const OPEN_QUESTION_RULES: readonly SentenceRule[] = [
  { name: 'openQuestion.named', pattern: /\b(?:open|outstanding|unresolved|unanswered) (?:question|issue|point|item)s?\b/i },
  { name: 'openQuestion.needToKnow', pattern: /\b(?:we|i|someone|somebody)(?:'ll| will)? (?:still |also )?(?:need|have) to (?:find out|figure out|know|understand|clarify|establish|check) (?:who|what|whether|how|if|when|why|where|which)\b/i },
  { name: 'openQuestion.notSure', pattern: /\b(?:(?:we're|we are)(?: still)? not (?:sure|certain|clear)|we (?:still )?(?:don't|do not) (?:yet |actually )?know|i(?:'m| am) still not (?:sure|certain|clear)|i still (?:don't|do not) know|nobody knows|no one knows|(?:it's|it is) (?:still )?(?:not clear|unclear)|(?:we|i) (?:still )?(?:haven't|have not) (?:established|determined|figured out)) (?:yet )?(?:who|what|whether|how|if|when|why|where|which)\b/i },
  { name: 'openQuestion.undetermined', pattern: /\b(?:remains to be (?:seen|decided|determined)|to be determined|still (?:an )?open\b|leave (?:it|that|this|(?:the|that|this) (?:(?!door|window|floor)[\w-]+ ){1,4}?) ?open\b|left open|park (?:that|this|it)\b)/i },
  { name: 'openQuestion.putOff', pattern: /\b(?:let's not|let us not|we (?:can't|cannot|won't|don't have to|are not going to|aren't going to)|i don't think we can) (?:decide|settle|resolve|answer) (?:on )?(?:that|this|it)\b/i },
];

/** `right?`, `okay?`, `isn't it?`: asks for a nod. */
export const TAG_QUESTION = /(?:^|,\s*|\s)(?:right|okay|ok|yeah|no|huh|hm+|you know|isn't (?:it|that)|aren't (?:they|we|you)|don't (?:we|you|they)|doesn't it|didn't (?:we|you|it)|correct|eh|see|really)\s*\?$/i;
export const INFORMATION_QUESTION = /^(?:(?:so|and|but|well|then|okay|ok|now|um|uh|just|or|also|because)[,.]? +)*(?:(?:with|for|to|from|at|by|in|on|of|until|since|under) (?:\w+ ){0,3}?(?:whom?|what|which|when)|who|what|when|where|why|which|how|whose|is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|shall|may|might)\b/i;
/** The answer to a question that stays open. */
export const ANSWER_IS_UNKNOWN =
  /^[^?]{0,60}?\b(?:(?:i|we)(?: honestly| really| actually| just| still)? (?:don't|do not) (?:honestly |really |actually )?know\b(?! (?:him|her|them|you|of)\b)|(?:i'm|i am|we're|we are)(?: really| honestly)? not (?:sure|certain)|no idea|(?:nobody|no one) knows|(?:the \w+ |it )(?:doesn't|does not) say|(?:it's|it is|that's|that is) (?:not clear|unclear|ambiguous))\b/i;
/** A question of fewer words asks for a word to be said again. */
export const MIN_QUESTION_WORDS = 5;
