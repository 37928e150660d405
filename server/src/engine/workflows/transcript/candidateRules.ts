/** A sign in the words that a model, or a person, would look at. A candidate: it says what stands there, not that it is so. */
export interface CandidateRule {
  readonly name: string;
  /** Group 1, where there is one, is the term that is defined. */
  readonly pattern: RegExp;
}

export type CandidateKind = 'definitionCandidate' | 'causeCandidate' | 'argumentCandidate' | 'hedging';

export const CANDIDATE_TITLES: Readonly<Record<CandidateKind, string>> = {
  definitionCandidate: 'Definition, candidate',
  causeCandidate: 'Cause, candidate',
  argumentCandidate: 'Argument, candidate',
  hedging: 'Hedging',
};

/** What was looked for, as the analysis names it. */
export const CANDIDATES_LOOKED_FOR: Readonly<Record<CandidateKind, string>> = {
  definitionCandidate: 'words that define',
  causeCandidate: 'words that give a cause',
  argumentCandidate: 'words that argue',
  hedging: 'words of hedging',
};

const TERM = String.raw`["'\u201c\u2018]?([A-Za-z][\w'-]*(?: [\w'-]+){0,4}?)["'\u201d\u2019]?`;

export const CANDIDATE_RULES: Readonly<Record<CandidateKind, readonly CandidateRule[]>> = {
  definitionCandidate: [
    { name: 'definition.byMean', pattern: new RegExp(String.raw`\b(?:by|with) ${TERM},? (?:I|we) (?:simply |just |really |actually )?mean\b`, 'i') },
    { name: 'definition.whatMean', pattern: new RegExp(String.raw`\bwhat (?:I|we) (?:mean|understand) (?:by|under|with) ${TERM} is\b`, 'i') },
    { name: 'definition.isDefined', pattern: new RegExp(String.raw`\b${TERM} (?:is|are) defined (?:as|to be|by)\b`, 'i') },
    { name: 'definition.standsFor', pattern: new RegExp(String.raw`\b${TERM} (?:stands for|refers to|is short for|is the (?:term|word|name) for)\b`, 'i') },
    { name: 'definition.weCall', pattern: /\b(?:(?:what|which) (?:we|I|they) (?:would )?call(?:ed)?|(?:we|I)(?:'ll| will)? call (?:this|that|it|these|those|them)) (?!(?:tomorrow|today|tonight|later|back|again|now|then|up|in|on|off|out|about|when|once|if|and|or|to|for|from|before|after|at|by|this|next|every|first|directly|myself|ourselves|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)["'\u201c]?([A-Za-z][\w'-]*(?: [\w'-]+){0,3})/i },
    { name: 'definition.term', pattern: /\bthe (?:term|word) ["'\u201c]?([A-Za-z][\w'-]*(?: [\w'-]+){0,3}?)["'\u201d]? (?:means|is used|covers|includes)\b/i },
  ],
  causeCandidate: [
    { name: 'cause.because', pattern: /\b(?:because(?: of)?|'?cause (?=(?:we|i|it|they|you|he|she|the|that)\b)|due to|owing to|thanks to|on account of)\b/i },
    { name: 'cause.leadsTo', pattern: /\b(?:leads?|led) to\b|\b(?:results?|resulted) in\b|\b(?:is|was|are|were|been) caused by\b|\b(?:causes|caused)\b|\bbrings? about\b|\bgives? rise to\b/i },
    { name: 'cause.thatIsWhy', pattern: /\b(?:that's|that is|this is|which is) why\b|\bthe reason (?:is|was|why|that|for|we|i|they)\b|\bas a (?:result|consequence)\b|\bwhich means (?:that|we|you|it|they)\b/i },
    { name: 'cause.since', pattern: /(?:^|, )since (?:we|i|it|they|you|he|she|the|that|there|this)\b(?! then\b)/i },
  ],
  argumentCandidate: [
    { name: 'argument.conclusion', pattern: /\b(?:therefore|thus|hence|consequently|it follows that|(?:that|this|which) (?:implies|shows|suggests|proves) that|in conclusion|so my (?:point|conclusion) is)\b/i },
    { name: 'argument.premise', pattern: /\b(?:given that|provided that|assuming(?: that)?|suppose(?: that)?|based on the (?:fact|assumption)|the (?:fact|point) is(?: that)?|considering that)\b/i },
    { name: 'argument.contrast', pattern: /\b(?:however|nevertheless|nonetheless|on the other hand|on the contrary|even though|although|whereas|despite|in spite of|that said|I (?:disagree|don't agree|do not agree))\b/i },
    { name: 'argument.example', pattern: /\b(?:for (?:example|instance)|such as|a good example|to give (?:you )?an example)\b/i },
    { name: 'argument.agreement', pattern: /\b(?:I (?:totally |completely |fully |quite )?agree(?: with)?|good point|fair point|that's a (?:good|fair|valid) (?:point|argument))\b/i },
  ],
  hedging: [
    { name: 'hedging.words', pattern: /\b(?:I (?:think|guess|suppose|believe|imagine|assume)|maybe|perhaps|probably|possibly|presumably|apparently|roughly|more or less|kind of|sort of|I'm not (?:sure|certain)|as far as I (?:know|can tell|remember)|it (?:seems|looks like|appears)|might be|could be|I would say|I'd say|in a way|somewhat)\b/gi },
  ],
};
