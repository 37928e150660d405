import type { SentenceRule } from './decisionRules.ts';
import { NAME } from './people.ts';

/** What is done after the moment, whoever says it. */
const STRONG =
  "send|draft|circulate|prepare|email|e-mail|schedule|write (?:up|it up|that up|this up)|put together|follow up|get back to|look into|find out|check with|confirm with|contact|distribute|revise|book|redline|file|forward|set up an?|arrange|finali[sz]e|compile|mock up|type (?:up|it up|that up)|reach out|let (?:him|her|them|everybody|everyone|people) know|get in touch|liaise|write to|work on|investigate|dig (?:you |that |it )?up|re-?run|try to (?:create|build|find|get hold|fix|reproduce)|ask(?=[.!]?$)|(?:come up|try to come up) with|go back and (?:check|look)|check (?:in|with|on|whether)|sort (?:it|that|this|them) out";
/** Done now as often as later: these need a date. */
const WEAK =
  'check|confirm|ask|add|update|bring|review|call|share|post|report|submit|talk to|write|get|pull|run|price|have|make|present|finish|deliver|complete|close|upload|read|document|provide|order|test|model|collect|survey|track|verify|walk|work|fix|redo|rewrite|rerun|sign|print|mail|pass|look at|look up|look|go through|fill in|speak to|tell|do|design|develop|think about|come up with|produce|create|build|install|let you know|copy|hand';
/** Said of what only takes place later, where it has an object. */
const LATER_WITH_OBJECT =
  "(?:let you know)|(?:ask|talk to|speak to|call|phone|ring) (?:him|the \\w+|my \\w+|our \\w+|her|them|__NAME__)|get (?:it|this|that|them) (?:to|over to|out to|round to)|get (?:him|her|them|__NAME__) to|(?:put|post|upload|save) (?:it|that|this|them|all|everything|the [\\w ]{1,25}?) (?:on|in|into|onto|to) (?:the|our|my) (?:[\\w-]+ ){0,2}?(?:folder|server|drive|calendar|minutes|wiki|web ?site|website|page|repository|list|directory|report|record)|put (?:it |that )?in the (?:report|minutes)|take (?:it|that|this) (?:away|offline)|bring (?:it|that|this|them|some|one) (?:along|back|with me|next time)";
const SOFT = "(?:also |still |have to |just |then |certainly |of course |personally |definitely |happily |gladly |try to |try and |make sure to |make sure that I |be able to |be sure to |(?:go|go ahead|look|check) and |take that(?: one)? and )*";

export interface ActionRule extends SentenceRule {
  /** Who owns it: the speaker, the person named in group 1, who is called by name in the sentence (`addressed`: or answers), or who answers; `nobody` where it is a task of all. */
  readonly owner: 'speaker' | 'named' | 'called' | 'addressed' | 'answerer' | 'nobody';
  /** Counts only with a due date, here or in the answer: the words alone are said in passing, too. */
  readonly needsDue: boolean;
  /** Counts only where the turn before asks for somebody to do something. */
  readonly needsRequest?: boolean;
  /** Counts only where it calls somebody by name, or somebody takes it on. */
  readonly needsTaker?: boolean;
  /** An offer: counts only where the next speaker takes it. */
  readonly needsYes?: boolean;
  /** `I'd be happy to` promises, and `if you could` asks, for all their "would" and "if". */
  readonly polite?: boolean;
}

/** What somebody who is called by name may be told to do. */
const IMPERATIVE = `${STRONG}|${WEAK}|put|take|give|try|move|change|cancel|remove|leave|submit|make|remind|tell (?:him|her|them|the)`;
/** Named work: with an object it is a task, not a remark. */
const WORK = 'change|update|redo|rewrite|rework|fix|move|cancel|order|print|text|rerun|correct|replace|renew|register|submit|chase|clean up|tidy up|organi[sz]e|invite|notify|inform|adjust|rename|amend|relabel|translate|summari[sz]e|sign';
const OBJECT = '(?:the|a|an|my|our|that|this|those|these|it|them|him|her|both|all|another|\\d+|two|three|everybody|everyone)';
/** Asked for on the spot. */
const ON_THE_SPOT = '(?!(?:take|walk|talk|bring|give|tell|show|remind|help|run|read|let) (?:us|me)\\b|(?:say|repeat|explain|start|speak|go|hear|see|confirm|describe|just say|be|remember|answer|respond|wait|comment|come in|respond|pick up|take that)\\b)';
const NAMED = `(${NAME})`;
const I_WILL = "\\bI(?:'ll| will|'m going to| am going to|'m gonna| can)";
const WE_WILL = "\\b[Ww]e(?:'ll| will|'re going to| are going to)";
const WILL = "(?:will|is going to|has to|needs to|to|should)";
const OPENING = '^(?:(?:so|and|then|okay|ok|yeah|yes|well|but|sure|right|now|also|all right|alright|oh|no|fine)[,.]? +)*';

export const ACTION_RULES: readonly ActionRule[] = [
  { name: 'action.item', pattern: new RegExp(`^(?:so,? |and |ok(?:ay)?,? )?(?:the )?action(?: item)?s?(?: for ${NAMED})?(?: is)?\\s*[:\\u2013-]`, 'iu'), owner: 'named', needsDue: false },
  { name: 'action.iWill', pattern: new RegExp(`${I_WILL} ${SOFT}(?:${STRONG})\\b`, 'u'), owner: 'speaker', needsDue: false },
  { name: 'action.iWillLater', pattern: new RegExp(`${I_WILL} ${SOFT}(?:${LATER_WITH_OBJECT.replaceAll('__NAME__', NAME)})\\b`, 'u'), owner: 'speaker', needsDue: false },
  { name: 'action.iWillBy', pattern: new RegExp(`${I_WILL} ${SOFT}(?:${WEAK})\\b`), owner: 'speaker', needsDue: true },
  { name: 'action.iWillWork', pattern: new RegExp(`${I_WILL.replace('| can', '')} ${SOFT}(?:${WORK}) ${OBJECT}\\b`, 'u'), owner: 'speaker', needsDue: false },
  { name: 'action.offer', pattern: new RegExp(`\\bI (?:can|could) ${SOFT}(?:${STRONG}|${WEAK}|${WORK}) (?:${OBJECT}|${NAME})`, 'u'), owner: 'speaker', needsDue: false, needsYes: true },
  { name: 'action.iWillDoThat', pattern: new RegExp(`${OPENING}I(?:'ll| will| can) (?:happily |gladly )?(?:do|take|handle|cover|redo|check|fix|ask) (?:that|it|this|them|those)(?: one| on)?\\b`, 'iu'), owner: 'speaker', needsDue: false, needsRequest: true },
  { name: 'action.weWill', pattern: new RegExp(`${WE_WILL} ${SOFT}(?:get back to (?:you|them|him|her)|follow up|circulate|write to|forward|email|e-mail|contact|look into (?:that|it|this)|send (?:you|it|that|them|this|out|a|the)|(?:provide|share) (?:you|them|the committee|that (?:information|data|in writing|to you)|it to you|those)|get (?:a copy of |copies of )?(?:that|it|them|those|this|these)(?: [\\w-]+){0,3} to (?:you|the committee))\\b`, 'u'), owner: 'speaker', needsDue: false },
  { name: 'action.weCan', pattern: new RegExp(`\\b[Ww]e can ${SOFT}(?:send|provide|email|share|circulate|write|forward|get|submit) (?:[\\w-]+ ){0,4}?(?:you|the committee|in writing)\\b`, 'u'), owner: 'speaker', needsDue: false },
  { name: 'action.happyTo', pattern: /\b(?:I'm|I am|I'd be|I would be|we're|we are|we'd be|we would be|more than) (?:very |more than |quite |certainly |absolutely )?happy to (?:send|provide|share|write|follow up|get back|circulate|forward|submit)\b/i, owner: 'speaker', needsDue: false, polite: true },
  { name: 'action.letMe', pattern: new RegExp(`\\blet me ${SOFT}(?:send|draft|circulate|prepare|follow up|get back to|look into|find out|check with|confirm with|(?:talk|speak) to ${NAME}|look and)\\b`, 'iu'), owner: 'speaker', needsDue: false },
  { name: 'action.youWillHave', pattern: /\byou(?:'ll| will) (?:have|get|receive) (?:it|that|them|the|an?)\b/i, owner: 'speaker', needsDue: true },
  { name: 'action.nameWill', pattern: new RegExp(`\\b${NAMED} ${WILL} ${SOFT}(?:${STRONG})\\b`, 'u'), owner: 'named', needsDue: false },
  { name: 'action.nameWillBy', pattern: new RegExp(`\\b${NAMED} ${WILL} ${SOFT}(?:be )?(?:${WEAK})\\b`, 'u'), owner: 'named', needsDue: true },
  { name: 'action.nameCanYou', pattern: new RegExp(`\\b${NAMED},? (?:can|could|would|will) you (?:please )?${SOFT}${ON_THE_SPOT}[a-z]+ `, 'u'), owner: 'named', needsDue: false },
  { name: 'action.namePlease', pattern: new RegExp(`\\b${NAMED}, (?:please )?${SOFT}${ON_THE_SPOT}(?:${IMPERATIVE})\\b`, 'u'), owner: 'named', needsDue: false },
  { name: 'action.nameNeeds', pattern: new RegExp(`\\b${NAMED}, you(?:'ll| will)? (?:need|have) to ${SOFT}${ON_THE_SPOT}[a-z]+ `, 'u'), owner: 'named', needsDue: false },
  { name: 'action.pleaseName', pattern: new RegExp(`\\b${NAMED}, please ${ON_THE_SPOT}[a-z]+ `, 'u'), owner: 'named', needsDue: false },
  { name: 'action.wouldYou', pattern: new RegExp(`${OPENING}(?:${NAME}, )?(?:${IMPERATIVE})\\b[^?]{0,100}, (?:would|will|can|could) you\\?$`, 'iu'), owner: 'addressed', needsDue: false, needsTaker: true },
  { name: 'action.verbName', pattern: new RegExp(`${OPENING}(?:please )?(?:${IMPERATIVE})\\b[^.?!]{0,120}, [\\p{L}'\\u2019-]+(?:,? please|, and [^.?!]{2,60}|, the [^.?!]{2,30})?[.!]$`, 'iu'), owner: 'called', needsDue: false },
  { name: 'action.canYou', pattern: new RegExp(`\\b(?:can|could|would|will) you (?:please )?${SOFT}(?:${STRONG})\\b.*\\?`, 'i'), owner: 'answerer', needsDue: false },
  { name: 'action.canYouBy', pattern: new RegExp(`\\b(?:can|could|would|will) you (?:please )?${SOFT}(?:${WEAK})\\b.*\\?`, 'i'), owner: 'answerer', needsDue: true },
  { name: 'action.youWill', pattern: new RegExp(`\\byou(?:'ll| will|'re going to| are going to|'re gonna) (?:also |just |then |both |all )*(?:look into|work (?:together )?on|be working on|prepare|investigate|dig (?:you |that |it )?up|re-?run|try to (?:create|build|find|get hold|fix|reproduce)|ask(?=[.!]?$)|draft|be looking (?:at|into|for))\\b`, 'i'), owner: 'addressed', needsDue: false },
  { name: 'action.youWillBy', pattern: new RegExp(`\\byou(?:'ll| will|'re going to| are going to|'re gonna| need to| have to) ${SOFT}(?:be )?(?!have\\b)(?:${STRONG}|${WEAK}|working|looking|doing|designing|preparing)\\b`, 'i'), owner: 'addressed', needsDue: true },
  { name: 'action.ifYouCould', pattern: new RegExp(`${OPENING}(?:(?:${NAME}),? )?if (?:you|you guys|you two) (?:could|would) (?:please |just |also |maybe )*(?:${STRONG}|${WEAK}|figure out|give)\\b(?! [^.]*(?:, | )(?:then|it|that|we|i|this) (?:is|'s|would|will|could|can|'d|'ll)\\b)`, 'iu'), owner: 'addressed', needsDue: false, polite: true, needsTaker: true },
  { name: 'action.weNeedBy', pattern: new RegExp(`\\b(?:[Ww]e|everybody|everyone|somebody|someone)(?:'ll| will)? (?:all |both )?(?:need|needs|have|has) to ${SOFT}(?:${STRONG}|${WEAK})\\b`, 'u'), owner: 'nobody', needsDue: true },
  { name: 'action.dated', pattern: /\b(?:I|[Ww]e)(?:'ll| will|'m going to| am going to|'m gonna|'re going to| are going to|'re gonna) (?:also |just |then |all |[a-z]+ly )*(?![a-z]+ly\b|be\b|have\b|see\b|know\b|need\b|say\b|get\b|talk about\b|discuss\b|look at\b|continue\b|come\b|go\b|not\b|show\b|start\b|begin\b|move\b|take (?:a|the)\b|hear\b|learn\b|find\b|wait\b|explain\b|probably\b|suspend\b|resume\b)[a-z]+/, owner: 'speaker', needsDue: true },
];

/** The turn before asks who does it, or says that somebody has to. */
export const ASKS_FOR_SOMEBODY =
  /\b(?:some(?:body|one) (?:has|needs|ought|should|must|will|would|could|can|to)|who(?:'s going| is going| will| can| could| wants| would| checks| does| do we)|(?:can|could|would|will) (?:you|some(?:body|one))\b[^.]*\?|(?:needs?|has|have) to be \w+|do you (?:want|mind)|is that you|any volunteers)/i;

/** A promise under a condition, anywhere before it in the sentence. */
export const ON_CONDITION = /\b(?:if (?:i|you|we|they|he|she|it|that|this|there)|(?:if|whether|when|once|until) [\p{L}'\u2019-]+(?: [\p{L}'\u2019-]+)? (?:will|is going to|has to|needs to|should)|unless|whenever|hopefully|(?:i|we) hope|my goal)\b/iu;
/** In the clause of the promise: a denial, a reason, a report, or what somebody only imagines. */
export const NOT_PROMISED =
  /\b(?:i wish|i would|i'd|would have|might|maybe|perhaps|not|never|won't|can't|cannot|don't|didn't|used to|what|how|why|where|which|that i can|so i can|so that|because|hope|thought|said|says|think i|things? (?:i|we)|all (?:i|we)|everything i|before (?:i|we)|when (?:i|we)|where i|until (?:i|we)|after (?:i|we)|something (?:i|we)|i guess|i suppose|like)\b/i;
/** After the promise: done at once, or only shown. */
export const DONE_NOW = /^[^.?!]{0,50}\b(?:right now|now\b|quickly|real quick|in a (?:second|moment|minute)|a (?:second|moment|minute|bit) later|just a (?:second|moment|minute)|first[.,]?$|again|briefly|at this point|later(?! today| this week|\w))\b/i;
/** The answer that takes an offer. */
export const TAKES_OFFER = /^(?:(?:oh|well),? )?(?:yes|yeah|yep|please|great|lovely|thanks|thank you|do that|do\b|perfect|ok(?:ay)?|good|wonderful|would you|that would|ask\b|sure|excellent)\b(?!,? but\b)/i;
/** The answer that takes a task on. */
export const TAKES_IT_ON = /^(?:yes|yeah|yep|yup|sure|will do|okay|ok|of course|absolutely|certainly|no problem|happy to|i can|i will|i'll|can do|done|on it|got it|leave it with me|gladly|doing it|perfect|fine|right)\b/i;

/** How soon or how much it matters, as said. */
export const PRIORITY =
  /\b(?:as soon as (?:possible|you can|i can|we can)|asap|urgent(?:ly)?|right away|immediately|straight away|(?:top|high|highest|first|low|lowest) priority|no rush|no hurry|not urgent|when(?:ever)? (?:you|i) (?:get|have) (?:a chance|time))\b/i;

/** First-person promises that name no task of their own. */
export const COMMITMENT_RULES: readonly SentenceRule[] = [
  { name: 'commitment.promise', pattern: /\b(?:I|we) (?:do |can |hereby )?(?:promise|guarantee|commit (?:to|ourselves|myself)|pledge|undertake to|swear)\b|\b(?:you have|I give you|you've got) (?:my|our) (?:word|promise|commitment)\b|\b(?:I am|I'm|we are|we're) committed to\b/i },
  { name: 'commitment.makeSure', pattern: /\b(?:I|we)(?:'ll| will|'m going to|'re going to) (?:certainly |definitely |always |also |personally )?(?:make sure|ensure|see to it|take care of|take responsibility|keep (?:you|them|everybody|everyone|him|her) (?:posted|informed|updated)|do (?:my|our) best|be there|stand by|look after|keep an eye on)\b/i },
  { name: 'commitment.dated', pattern: /\b(?:I|we)(?:'ll| will|'m going to| am going to|'re going to| are going to|'m gonna|'re gonna) (?!(?:[a-z]+ly )?(?:see|say|show|start|begin|talk about|go|move|find|probably|also|be more|be able|have to|need)\b)[a-z]+/i },
];
/** Rules whose words alone are a plan or a remark, and which need a date. */
export const COMMITMENT_NEEDS_DATE: ReadonlySet<string> = new Set(['commitment.dated']);
