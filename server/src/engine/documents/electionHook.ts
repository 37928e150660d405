const DONE = '(?:elected|selected|chosen|specified|provided|designated|indicated|named|stated|excluded|included|set forth)';
const FORM = '(?:in|on|under) (?:the|its|an) Adoption Agreement';

/** Where a plan leaves something to the adoption agreement: "as elected in the Adoption Agreement", "unless the Employer elects". */
export const ELECTION_HOOK = new RegExp(
  [
    String.raw`\b(?:as|if|to the extent|unless(?: otherwise)?|except as|in the manner|at the time)(?: (?:otherwise|so))?(?: is| are)? ${DONE}(?: by the [A-Z]\w+)? ${FORM}\b`,
    String.raw`\b${DONE} (?:by the [A-Z]\w+ )?${FORM}\b`,
    String.raw`\b(?:unless|only if) the (?:Employer|Plan Sponsor) (?:(?:so |otherwise )?elects|has elected)\b`,
    String.raw`\belects ${FORM}\b`,
  ].join('|'),
  'g',
);
