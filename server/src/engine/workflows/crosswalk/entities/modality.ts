import { matched, type EntityFinder } from './entity.ts';

const ADVERB = String.raw`(?:\s+(?:also|only|then|always|thereafter|in\s+no\s+event|under\s+no\s+circumstances))?`;
const MODAL = new RegExp(
  [
    String.raw`\b(?:shall|must|may|will|can)${ADVERB}\s+(?:not|never|in\s+no\s+event|under\s+no\s+circumstances)\b|\bcannot\b|\b(?:can|won|mustn|shan)['’]t\b`,
    String.raw`\b(?:is|are|was|were|be|been)\s+(?:not\s+(?:permitted|allowed|entitled|eligible)|prohibited|forbidden|precluded|barred)\b`,
    String.raw`\b(?:is|are|was|were|be|been)\s+not\s+(?:required|obligated|obliged)\b|\bneed\s+not\b`,
    String.raw`\bshould\s+not\b`,
    String.raw`\bshould\b|\bought\s+to\b`,
    String.raw`\bshall\b|\bmust\b|\bwill\b|\b(?:is|are|was|were|be|been)\s+(?:required|obligated|obliged)\b|\bha(?:s|ve)\s+to\b`,
    String.raw`\bmay\b|\bcan\b|\b(?:is|are|was|were|be|been)\s+(?:permitted|allowed|entitled)\b`,
  ]
    .map((source) => `(${source})`)
    .join('|'),
  'giu',
);

export const MODALITIES = ['must not', 'must not', 'need not', 'should not', 'should', 'must', 'may'] as const;
export type Modality = (typeof MODALITIES)[number];

/** What is asked or allowed: "shall", "must", "will" and "is required to" ask the same. */
export const findModality: EntityFinder = (text) =>
  matched(text, MODAL, 'modality', (match) => MODALITIES[match.slice(1).findIndex((group) => group !== undefined)] ?? null);

const NEGATION = /\b(?:not|no|never|none|neither|nor|without)\b|\b\w+n['’]t\b/giu;
/** "whether or not", "not only", "no later than": words of denial that deny nothing. */
const IDLE = /\b(?:whether\s+or\s+not|not\s+only|no\s+later\s+than|not\s+later\s+than|no\s+earlier\s+than|not\s+earlier\s+than|no\s+less\s+than|not\s+less\s+than|no\s+more\s+than|not\s+more\s+than|not\s+limited\s+to|without\s+limitation|without\s+regard\s+to)\b/giu;

/** Words of denial outside modal verbs. */
export const findNegation: EntityFinder = (text) => {
  const idle = [...text.matchAll(IDLE)].map((match) => [match.index, match.index + match[0].length] as const);
  return matched(text, NEGATION, 'negation', (match) =>
    idle.some(([start, end]) => match.index >= start && match.index < end) ? null : 'not',
  );
};
