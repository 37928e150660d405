import type { Entity, EntityFinder } from './entity.ts';

const PARTY = String.raw`(?:plan\s+administrator|plan\s+sponsor|administrator|committee|employer|company|sponsor|trustee|custodian|participant|employee|beneficiary|(?:surviving\s+)?spouse|recordkeeper|board(?:\s+of\s+directors)?|investment\s+manager)s?`;
const VERB = String.raw`(?:elects?|determines?|decides?|directs?|approves?|consents?|designates?|selects?|chooses?|specifies|prescribes?|establishes|authorizes|requires|permits|allows|so\s+elects|shall|will|must|may|can|has\s+(?:the\s+)?(?:sole\s+|full\s+)?(?:discretion|authority|power|right)|in\s+(?:its|his|her|their)\s+(?:sole\s+)?discretion)`;
const CHOSEN = String.raw`(?:determined|decided|elected|selected|approved|designated|directed|prescribed|established|specified|authorized|permitted|chosen|appointed|required|made|adopted)`;
const ACT = String.raw`(?:discretion|consent|approval|direction|election|determination|judgment|judgement|decision|option|designation)`;

/** `the Trustee may`, `approved by the Trustee`, `at the discretion of the Trustee`, `the Trustee's consent`, `satisfactory to the Trustee`. */
const DECIDER = new RegExp(
  [
    String.raw`\b(${PARTY})(?=\s+(?:(?:so|also|then|otherwise|hereby|has|have|in\s+(?:its|his|her|their)\s+(?:sole\s+)?discretion)\s+)?${VERB}\b)`,
    String.raw`(?<=\b${CHOSEN}\s+by\s+(?:the\s+|an?\s+|such\s+)?)\b(${PARTY})\b`,
    String.raw`(?<=\b${ACT}\s+of\s+(?:the\s+|an?\s+|such\s+)?)\b(${PARTY})\b`,
    String.raw`(?<=\b(?:satisfactory|acceptable)\s+to\s+(?:the\s+|an?\s+|such\s+)?)\b(${PARTY})\b`,
    String.raw`\b(${PARTY})(?=['’]s?\s+(?:sole\s+|written\s+|prior\s+){0,2}${ACT}\b)`,
  ].join('|'),
  'giu',
);

/** Who decides or acts: `administrator` for "Plan Administrator". The words overlap those of other facts. */
export const findDeciders: EntityFinder = (text) =>
  [...text.matchAll(DECIDER)].map((match): Entity => ({
    kind: 'decider',
    value: partyOf(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));

/** One name for a party in singular and plural, with and without "plan" in front of it. */
export function partyOf(words: string): string {
  return words.toLowerCase().replace(/\s+/gu, ' ').replace(/^(?:plan|surviving) /u, '').replace(/ of directors$/u, '').replace(/ies$/u, 'y').replace(/s$/u, '');
}

/** Names that plans give one and the same party; only a definition tells whether two of them are one. */
const MAYBE_ONE: readonly ReadonlySet<string>[] = [
  new Set(['employer', 'company', 'sponsor']), new Set(['administrator', 'committee', 'sponsor']), new Set(['participant', 'employee']),
  new Set(['trustee', 'custodian']),
];

/** True for two names that may be the same party's. */
export function mayBeOneParty(a: string, b: string): boolean {
  return MAYBE_ONE.some((names) => names.has(a) && names.has(b));
}
