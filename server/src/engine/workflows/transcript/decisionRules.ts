/** A pattern that a sentence must hold. All of them are tried on sentences of bounded length. */
export interface SentenceRule {
  readonly name: string;
  readonly pattern: RegExp;
}

export interface DecisionRule extends SentenceRule {
  /** The words alone only propose: they decide when somebody else assents, or the speaker closes the matter. */
  readonly needsAssent: boolean;
}

const GROUP = "(?:we|the (?:committee|board|team|group|council|panel|trustees))";
const ABOUT = '(?: more or less| basically| pretty much| kind of| sort of)';
const DECIDED = "(?:decided|agreed|resolved|voted|settled|concluded|chosen)(?! (?:with|if|whether|what|how|yet|it was|him|her|you|not sure|earlier)\\b| [a-z]+ already\\b)";
const OPENING = String.raw`^(?:(?:and|well|yeah|yes|no|oh|right|fine|good|ok(?:ay)?|so|then|alright|all right|now)[,.]? +)*`;
const WE_WILL = "we(?:'ll| will|'re going to| are going to|'re gonna)";
/** What opens a sentence that draws a line under a discussion. */
const CLOSING = String.raw`^(?:(?:and|but|well|yeah|yes|no|oh|good|fine|great|cool|right|i mean|now)[,.]? +)*(?:(?:ok(?:ay)?|so|then|alright|all right)[,.]? +)+(?:(?:and|yeah|then|well|i think|basically|just)[,.]? +)*`;
const KEEPS = String.raw`(?:keep(?! up\b| on\b| going\b| [a-z]+ing\b| in mind\b)|use|leave(?! here\b)|drop|skip|adopt|retain|remove|take out|stay (?:with|at|on)|stick (?:with|to)|go (?:for|with|ahead with)|choose|pick|do without|get rid of)`;

export const DECISION_RULES: readonly DecisionRule[] = [
  { name: 'decision.haveDecided', pattern: new RegExp(`\\b${GROUP}(?:'ve| have| has)(?: all| now| just| then|${ABOUT})* ${DECIDED}`, 'i'), needsAssent: false },
  { name: 'decision.decidedTo', pattern: new RegExp(`${OPENING}${GROUP}(?:'re| are)?(?: all| now| just| then|${ABOUT})* ${DECIDED}`, 'i'), needsAssent: false },
  { name: 'decision.isDecided', pattern: /\b(?:it'?s|it is|that'?s|that is|this is|so|then that'?s|consider (?:it|that)) (?:now |all )?(?:decided|agreed|settled|approved|resolved)\b/i, needsAssent: false },
  { name: 'decision.theDecision', pattern: /\b(?:the|our) decision (?:is|was)\b|^decision(?: is)?\s*[:,]|\bso the decision\b/i, needsAssent: false },
  { name: 'decision.goWith', pattern: /\b(?:let'?s|let us|we'll|we will|we are going to|we're going to|we're gonna|we shall) (?:just |then )?(?:go|stick|proceed) with\b|\blet'?s move (?:ahead|forward) with\b/i, needsAssent: false },
  { name: 'decision.goingWith', pattern: /\bwe(?:'re| are) (?:going|sticking|proceeding|staying) with\b/i, needsAssent: false },
  { name: 'decision.thenWeGo', pattern: /\b(?:then|so|ok(?:ay)?,?|all right,?) we (?:go|stick|stay|proceed) with\b/i, needsAssent: false },
  { name: 'decision.itIs', pattern: /^(?:(?:ok(?:ay)?|so|then|all right|alright|right|well|fine|good)[,.]? +)*(?!.*\b(?:and|but|or|yes|yeah|no|oh|like|of|course|now|sure|i|you|we|they|he|she|when|remember|don't|wasn't|was|were|do|does|see|say|what|who|how|as|than|that|where|whatever|which|if|because|think|know|is|are|it|here|there|this|maybe)\b.* it is\b)(?:[\w'$%-]+ ){1,5}it is(?=[,.!]|$| then)/i, needsAssent: false },
  { name: 'decision.motion', pattern: /\b(?:motion|resolution|amendment|recommendation)\b.{0,60}?\b(?:is |was |has been )?(?:carried|carries|passes|passed|approved|adopted|agreed to)\b/i, needsAssent: false },
  { name: 'decision.approved', pattern: /\b(?:is|are|stands?) (?:hereby |then )?(?:approved|adopted)\b(?! by\b)|\bapproved unanimously\b|\bso (?:moved|ordered|resolved)\b/i, needsAssent: false },
  { name: 'decision.final', pattern: /\b(?:that's|that is|then that's) (?:the|our) (?:final )?(?:decision|plan of record)\b|\bwe(?:'ll| will) (?:adopt|keep|drop|remove|retain|move to)\b.{0,80}\b(?:agreed|decided|settled)\b/i, needsAssent: false },
  { name: 'decision.agreedThat', pattern: /^(?:ok(?:ay)?,? |so,? |all right,? |right,? )*agreed[,.:;]? (?!with\b|to\b|that's\b|but\b|i\b|and i\b)[\w$]/i, needsAssent: false },
  { name: 'decision.allAgree', pattern: new RegExp(`(?:${CLOSING}|\\bso )we(?:'re| are)?(?: all|${ABOUT})* (?:(?:in )?agree(?:ing|ment)?|agreed|all agreed) (?:on|that|to)\\b|\\b(?:the|our) (?:consensus|conclusion) is\\b|\\bwe(?:'ve| have) come to the conclusion\\b`, 'i'), needsAssent: false },
  { name: 'decision.letUs', pattern: new RegExp(`\\blet'?s (?:just |all |also |then )*(?:${KEEPS}|make (?:it|that|this|them|the)|call it)\\b(?! (?:a|another|one|the) (?:look|break|minute|second|moment|step|vote|seat|peek)\\b| going\\b| (?:it|this|that) (?:in mind|simple|short|brief)\\b| that in mind)`, 'i'), needsAssent: true },
  { name: 'decision.weWill', pattern: new RegExp(`\\b${WE_WILL}(?: just| also| all| then| not)* ${KEEPS}\\b`, 'i'), needsAssent: true },
  { name: 'decision.soWeWill', pattern: new RegExp(`${CLOSING}${WE_WILL}(?: just| also| all| then| not)* (?:be using|make (?:it|that|this|them)|do (?:that|it|this|[a-z-]+s)\\b(?! (?:now|next|later|again|in a|at the end|after)\\b))`, 'i'), needsAssent: true },
  { name: 'decision.weKeep', pattern: new RegExp(`${CLOSING}we (?:just |all |also |then |don't |do not |won't )*(?:${KEEPS})\\b`, 'i'), needsAssent: true },
  { name: 'decision.leaveIt', pattern: new RegExp(`${CLOSING}(?:leave|keep|make|cut) (?:it|that|them|this|the [\\w-]+(?: [\\w-]+)?) (?:at|as|in|out|off|where|to|for|on)\\b`, 'i'), needsAssent: true },
  { name: 'decision.stays', pattern: new RegExp(`${CLOSING}(?:[\\w'$%,-]+ ){1,8}(?:stays?(?: in| out| put| the same| (?:where|as) (?:it|they) (?:is|are))?|(?:doesn't|don't|does not|do not) change|(?:is|are) (?:in|out))(?=[,.]|$| and\\b| for\\b)`, 'i'), needsAssent: true },
];

/** In the clause before what decides, these turn it into something else: a question, a condition, a report, a denial. */
export const UNDECIDED_BEFORE =
  /\b(?:if|whether|unless|suppose|assuming|should|could|would|might|may|maybe|perhaps|when|once|until|till|before|had|what|how|why|where|which|who|as|like|since|because|whatever|not|never|no|nothing|nobody|hardly|haven't|hasn't|didn't|don't|isn't|wasn't|aren't|weren't|can't|cannot|won't|i think|i thought|i guess|i believe|i suppose|i wonder|someone said|did|do|does|they|said|says|told|want|wanted|wants|hope|need|needs|able)\b/i;
export const UNDECIDED_AFTER = /^[^.?!]{0,40}\b(?:yet|or not|i think|i guess|right\?|didn't we|haven't we|for the moment and see|and see)\b|\?/i;

/** What was decided at another time is told, not decided. */
export const DECIDED_EARLIER = /\b(?:last (?:year|month|week|quarter|time|meeting|spring|summer|fall|autumn|winter)|(?:years?|months?|weeks?|days?) ago|yesterday|previously|earlier (?:this|in the) (?:year|week|month)|at the time|back (?:in|then)|(?:the )?(?:previous|prior|first) meeting|originally|remember\?)/i;
/** Who tells at length what "we decided" tells of another time: a turn of more words is no settling. */
export const TOLD_AT_LENGTH_WORDS = 70;
/** A month or year says when it was decided where it stands before; after, it is what was decided on. */
export const EARLIER_BEFORE = /\bin,? (?:(?:um|uh|er|like),? )?(?:(?:19|20)\d\d|january|february|march|april|may|june|july|august|september|october|november|december)\b/i;

/** Somebody else goes along. */
export const ASSENTS =
  /^(?:(?:um|uh|oh|ah|well|hm+|mm)[, .]+)*(?:yeah|yes|yep|yup|yah|ya|okay|ok|agreed|i agree|sure|fine|good|great|right|all right|alright|exactly|perfect|sounds|mm-hmm|mm hmm|mhm|works|cool|no objections?|aye|second|seconded|that's (?:fine|good|right|true|a good idea|great)|absolutely|definitely|same|lovely|excellent|true|of course|thank you)\b(?!\?)/i;
/** Going along with a reservation. */
export const BUT = /^[^.?!]{0,60}\b(?:but|however|though|although|except|or (?:maybe|should|do)|instead|not really|i don't|no)\b/i;
/** Somebody else speaks, but only to show that they listen. */
export const ONLY_LISTENS_WORDS = 5;
/** The same person closes the matter in the next sentence. */
export const CLOSES = /^(?:ok(?:ay)?|good|agreed|fine|done|great|perfect|settled|all right|alright|that's (?:it|settled|decided|done)|so decided|no objections?|any objections?|any objection|everybody (?:okay|happy|good|agree)|everyone (?:okay|happy|good|agree)s?|all agreed|are we all agreed|agree|agreed)\b[^.?!]{0,60}[.?!]/i;
/** The same person goes on to the next matter. */
export const MOVES_ON = /^(?:(?:ok(?:ay)?|so|right|and|now)[,.]? )*(?:next(?: one| item| point| up)?(?=[.,:])|moving on(?![a-z])|on to (?:the )?next|let's move on|anything else|what else)(?![a-z])/i;
/** A question that puts what was just said to the group. */
export const PUT_TO_THE_GROUP =
  /^(?:(?:so|is|are|and|okay|ok|right|does|do|can we|have)[, ]+)*(?:(?:everybody|everyone|anybody|anyone|all|we all|you all)(?: (?:is|all|else))?[, ]+(?:ok(?:ay)?|all ?right|happy|good|fine|agreed?|agrees|object|on board|in favou?r|comfortable)|any (?:objections?|opposed)|agreed|all in favou?r|we (?:all )?agreed|objections)\b[^.!]{0,40}\?/i;

/** What settles a matter when the one who chairs says it, in a short statement. */
export const RULINGS: readonly SentenceRule[] = [
  { name: 'decision.ruling.keep', pattern: new RegExp(`${OPENING}(?:until [^,]{3,60}, ?)?(?:${WE_WILL}|we)(?: just| also| all| then| not|'re not| won't| don't)* ${KEEPS}\\b`, 'i') },
  { name: 'decision.ruling.stays', pattern: new RegExp(`${OPENING}(?:[\\w'$%-]+,? ){1,8}(?:stays?(?: in| out| put| the same| (?:where|as) (?:it|they) (?:is|are))?|(?:doesn't|don't|does not|do not) change|(?:is|are) (?:in|out))(?=[,.]|$| and\\b| for\\b)`, 'i') },
  { name: 'decision.ruling.then', pattern: new RegExp(`${CLOSING}(?:we|they|it|he|she|those|these|this|that one|the [\\w-]+)(?: just| all)* (?:do|use|take|go|tell|pay|move|start|stop|make|put|give|buy|order|come|goes|comes|starts|stops|gets|get|don't|doesn't|won't)\\b`, 'i') },
  { name: 'decision.ruling.letUs', pattern: new RegExp(`${OPENING}let'?s (?:just )?(?!see\\b|say\\b|look\\b|hear\\b|talk\\b|move\\b|start\\b|go\\b|discuss\\b|come\\b|get\\b|not\\b|begin\\b|hold\\b|wait\\b|think\\b|put\\b|give\\b|have\\b|leave\\b|turn\\b)[a-z]+ (?:it|that|this|them)\\b(?! (?:later|another|next|first|again))`, 'i') },
  { name: 'decision.ruling.fromNow', pattern: /\b(?:from now on|until (?:then|further notice|we know|we hear))\b.{0,40}\b(?:we|they|those|these|nobody|everybody|everyone)\b/i },
  { name: 'decision.ruling.noMore', pattern: new RegExp(`${CLOSING}no more [\\w -]{3,40}\\.$`, 'i') },
];
/** What is no ruling for all that: what might be, what depends, what is asked of somebody. */
export const NO_RULING = /\b(?:would|could|should|might|may|maybe|perhaps|if|probably|i think|i guess|i suppose|what|how|why|who|which|when|because|used to|already|usually|always|normally|still|open|later)\b|\?/i;
/** A ruling is short, in words. */
export const MAX_RULING_WORDS = 24;
