import type { SentenceRule } from './decisionRules.ts';

/** Sentences that say that something may go wrong. */
export const RISK_RULES: readonly SentenceRule[] = [
  { name: 'risk.named', pattern: /\b(?:(?:the|a|an|another|one|big|main|biggest|real|only|serious|some) (?:[\w-]+ )?risks?\b(?! (?:assessment|management|factor|register))|at risk\b|risky|(?:we|it|that|they|you)(?:'d| would|'ll)?(?: be)? risk(?:s|ing)?\b|(?:put|puts|putting) [\w ]{1,30} (?:at risk|in danger|in jeopardy)|jeopardi[sz]e|dangerous)\b/i },
  { name: 'risk.worry', pattern: /\b(?:(?:i'm|i am|we're|we are) (?:a bit |a little |really |very |quite |slightly |also )?(?:worried|concerned|nervous|anxious) (?:about|that|with)|(?:my|our|the|one|another|main|biggest) (?:[\w-]+ )?(?:worry|concern|fear) (?:is|was|with|about)|worries me|(?:i'm|i am) afraid (?:that|of|we|they|it)\b|i worry (?:about|that))/i },
  { name: 'risk.mayFail', pattern: /\b(?:might|may|could|can easily|is likely to|are likely to|is going to|are going to) (?:not (?:work|be able|make|have|get|fit)|fail|break|slip|go wrong|miss|lose|run out|be (?:late|delayed|too (?:late|expensive|slow|big|small|complicated))|backfire|fall (?:apart|behind|over)|bite|cost us|hurt us)\b/i },
  { name: 'risk.ifThen', pattern: /\bif (?:(?:we|it|that|they|this|he|she|you|the [\w-]+(?: [\w-]+)?|\p{Lu}[\w-]+) )(?:doesn't|don't|fails?|lapses?|isn't|aren't|slips?|can't|goes? wrong|breaks?|miss(?:es)?|lose|run out)\b.{0,120}\b(?:we|it|they|nobody|you|that|everything) (?:can't|won't|cannot|lose|need|have to|'re|are|will|don't|would|'ll)\b/iu },
  { name: 'risk.ifLoss', pattern: /\bif [\w' ]{3,60}?,? (?:then )?(?:we|i|they) (?:lose|can't|cannot|won't|miss|get a (?:finding|fine|penalty|complaint)|have no|have nobody|are in trouble|'re (?:out|late|stuck|short|in trouble))\b/i },
  { name: 'risk.shortOf', pattern: /\b(?:run(?:ning)? out of (?:time|money|budget|space|memory|people|room)|behind schedule|over budget|not enough (?:time|money|people|budget|staff|capacity|room)|(?:have|has|got|there's|there is|'s) (?:no|nothing) (?:spare|backup|back-up|fallback|slack|margin|plan b)\b|(?:single point of failure|bottleneck|worst case|show ?stopper)|won't have (?:time|enough)|(?:expires?|lapses?) (?:on|in|before|at the))\b/i },
];

/** What is denied or only asked is no risk that somebody sees. */
export const NO_RISK = /\b(?:no|not|without|isn't|don't see|little|minimal|reduces?|lower(?:s|ed)?|avoid(?:s|ed)?) (?:a |any |the |much |of a )?(?:real |big |great )?(?:risks?|dangers?|worr(?:y|ies)|concerns?|worried|concerned|afraid|risky|dangerous)\b/i;
