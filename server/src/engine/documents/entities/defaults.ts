import { matched, type EntityFinder } from './entity.ts';

const CHOICE = String.raw`(?:elect(?:s|ed|ion|ing)?|select(?:s|ed|ion)?|choos(?:e|es|ing)|chosen|check(?:s|ed)|opt(?:s|ed)?|specif(?:y|ies|ied)|provid(?:e|es|ed)|designat(?:e|es|ed)|indicat(?:e|es|ed)|exclud(?:e|es|ed)|declin(?:e|es|ed)|waiv(?:e|es|ed))`;
/** The act of choosing: "when the election takes effect" chooses nothing. */
const CHOOSING = CHOICE.replace('elect(?:s|ed|ion|ing)?|select(?:s|ed|ion)?', String.raw`elect(?:s|ed|ing)?|elections?\s+(?:is|are|has\s+been|have\s+been)\s+made|select(?:s|ed)?`);
const CLAUSE = String.raw`[^.;:\n]{0,80}?`;
const OPT_OUT = new RegExp(String.raw`\b(?:unless|except\s+(?:as|to\s+the\s+extent|where|when|if))\b${CLAUSE}\b${CHOICE}\b(?:\s+(?:otherwise|not|out)\b)?|\b(?:in\s+the\s+absence\s+of|absent)\s+(?:an?\s+|any\s+)?(?:contrary\s+|such\s+|other\s+)?(?:election|selection|designation|choice)\b|\bif\s+no\s+(?:contrary\s+|such\s+|other\s+)?(?:election|selection|designation|choice)\s+(?:is|has\s+been)\s+made\b`, 'giu');
const OPT_IN = new RegExp(String.raw`\b(?:only\s+(?:if|when|where|to\s+the\s+extent)|if\s+and\s+only\s+if|provided\s+that|to\s+the\s+extent|in\s+the\s+event|in\s+case|if|where|when)\b${CLAUSE}\b(?:${CHOOSING})\b`, 'giu');

/** "Pay that is not available when the election is made": a moment, no condition. */
const MOMENT = /^(?:when|where)\b.*\belections?\s+(?:is|are|has\s+been|have\s+been)\s+made$/isu;

export const APPLIES_UNLESS = 'applies unless a choice is made';
export const APPLIES_ONLY_IF = 'applies only if a choice is made';

/**
 * Which way a provision goes when nobody ticks anything: "unless the Employer excludes" applies by default, "only if
 * the Employer elects" does not. The words after the choice word are not read: the direction stands in front of it.
 */
export const findDefaults: EntityFinder = (text) => {
  const unless = matched(text, OPT_OUT, 'default', () => APPLIES_UNLESS);
  const onlyIf = matched(text, OPT_IN, 'default', ([clause]) => (/\b(?:not|no|exclud\w*|declin\w*|waiv\w*)\b/iu.test(clause) || MOMENT.test(clause) ? null : APPLIES_ONLY_IF));
  const free = onlyIf.filter((one) => !unless.some((other) => one.start < other.end && other.start < one.end));
  return [...unless, ...free].sort((a, b) => a.start - b.start);
};
