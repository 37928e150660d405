import { matched, type Entity, type EntityFinder } from './entity.ts';

const ADVERB = String.raw`(?:\s+(?:also|only|then|always|thereafter|in\s+no\s+event|under\s+no\s+circumstances))?`;
const MODAL = new RegExp(
  [
    String.raw`\b(?:shall|will|must)\s+not\s+be\s+(?:required|obligated|obliged)\b|\b(?:is|are|was|were|be|been)\s+not\s+(?:required|obligated|obliged)\b|\bneed\s+not\b`,
    String.raw`\b(?:shall|must|may|will|can)${ADVERB}\s+(?:not|never|in\s+no\s+event|under\s+no\s+circumstances)\b|\bcannot\b|\b(?:can|won|mustn|shan)['’]t\b`,
    String.raw`\b(?:is|are|was|were|be|been)\s+(?:not\s+(?:permitted|allowed|entitled|eligible)|prohibited|forbidden|precluded|barred)\b|\bineligible\b`,
    String.raw`\bshould\s+not\b`,
    String.raw`\bshould\b|\bought\s+to\b`,
    String.raw`\b(?:(?:shall|will|must)\s+be|is|are|was|were|be|been)\s+(?:required|obligated|obliged)\b|\bshall\b|\bmust\b|\bwill\b|\bha(?:s|ve)\s+to\b`,
    String.raw`\b(?:(?:shall|will)\s+be|is|are|was|were|be|been)\s+(?:permitted|allowed|entitled)\b|\bmay\b|\bcan\b`,
  ]
    .map((source) => `(${source})`)
    .join('|'),
  'giu',
);

export const MODALITIES = ['need not', 'must not', 'must not', 'should not', 'should', 'must', 'may'] as const;
export type Modality = (typeof MODALITIES)[number];

/** "No loan shall", "neither of them may": the subject is denied, and with it the duty. Nothing that ends a clause may stand between. */
const DENIED_SUBJECT = /\b(?:no|none|neither)\b[^.;:,\n\u0001]{1,60}$/iu;
/** Of the text in front of a modal verb so much is looked at. */
const SUBJECT_LENGTH = 70;

/** What is asked or allowed: "shall", "must", "will" and "is required to" ask the same; "no loan shall" and "a loan shall not" forbid the same. */
export const findModality: EntityFinder = (text) =>
  matched(text, MODAL, 'modality', (match) => MODALITIES[match.slice(1).findIndex((group) => group !== undefined)] ?? null).map((entity) => deniedSubject(entity, text));

function deniedSubject(entity: Entity, text: string): Entity {
  if (entity.value !== 'must' && entity.value !== 'may') return entity;
  const before = text.slice(Math.max(0, entity.start - SUBJECT_LENGTH), entity.start);
  const subject = DENIED_SUBJECT.exec(before);
  if (subject === null || IDLE_SUBJECT.test(subject[0]) || OTHER_MODAL.test(subject[0])) return entity;
  return { ...entity, value: 'must not', start: entity.start - subject[0].length };
}

const IDLE_SUBJECT = /^no\s+(?:later|earlier|less|more|fewer|longer|event)\b/iu;
const OTHER_MODAL = /\b(?:shall|must|may|will|can|not|is|are|has|have)\b/iu;

const NEGATION = /\b(?:not|no|never|none|neither|nor|without)\b|\b\w+n['’]t\b|\bfail(?:s|ed|ing)?\s+to\b|\b(?:non-?vested|unvested|unpaid|undistributed|uncashed|nonforfeitable|inapplicable|unavailable|unmarried)\b/giu;
/** "Whether or not", "not only", "no later than": words of denial that deny nothing. */
const IDLE = /\b(?:whether\s+or\s+not|not\s+only|no\s+later\s+than|not\s+later\s+than|no\s+earlier\s+than|not\s+earlier\s+than|no\s+less\s+than|not\s+less\s+than|no\s+fewer\s+than|not\s+fewer\s+than|no\s+more\s+than|not\s+more\s+than|not\s+to\s+exceed|not\s+exceeding|not\s+in\s+excess\s+of|not\s+limited\s+to|without\s+limitation|without\s+regard\s+to)\b/giu;

/** Words of denial outside modal verbs. */
export const findNegation: EntityFinder = (text) => {
  const idle = [...text.matchAll(IDLE)].map((match) => [match.index, match.index + match[0].length] as const);
  return matched(text, NEGATION, 'negation', (match) =>
    idle.some(([start, end]) => match.index >= start && match.index < end) ? null : 'not',
  );
};
