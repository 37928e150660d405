import type { FillIn, TextPlace } from '../../../../shared/model.ts';

/** A label is short and no sentence; so is an answer typed behind it. */
const MAX_ANSWER = 90;
const MAX_ANSWER_WORDS = 12;
/** A longer item is no label with its answer, in UTF-16 code units. */
const LOOKED_AT = 400;
/** `Telephone:` with nothing behind it, in a block of labels. */
const BARE_LABEL = /^[ \t]*[*_]{0,2}[A-Z][^:.?!\n]{1,60}:[*_]{0,2}[ \t]*$/;
/** Bullet and number or letter of an item. */
const LEAD = /^[ \t]*(?:[-*+\u2022][ \t]+)?(?:\*\*)?(?:(?:[A-Z]{1,2}[-.]?)?\d{1,3}(?:[.-]\d{1,3}){0,3}[a-z]?(?:[.):]|(?<=[-.]\d{1,3}))?[*]{0,2}[ \t]+|\(?[A-Za-z]{1,4}[.)][*]{0,2}[ \t]+)?/;
const LABELLED = /^((?:[*_]{2})?[A-Z][^:.?!;_[\]()|]{1,70}(?:\([^()\n]{1,40}\))?(?:[*_]{2})?:(?:[*_]{2})?)[ \t]+(\S[^\n]*?)[ \t]*$/;
/** What is said of a form, no label of an answer. */
const NO_LABEL = /^[*_]*(?:note|caution|example|important|instructions?|warning|reminder|if|when|unless|the following|part|article|section|appendix|schedule|exhibit)\b/i;
/** Words of a rule or an instruction; an answer has none. */
const SENTENCE = /\b(?:shall|must|will|may|means|is|are|be|been|has|have|was|were|does|do|can|cannot|not|if|unless|select|choose|check|see|complete|refer|describe|specify|enter|insert)\b|[?;]/i;
/** A full stop at the end is that of a sentence, unless a short form stands before it. */
const SHORT_FORM = /(?:\b(?:Inc|Co|Corp|Ltd|Bros|Jr|Sr|St|Ave|Blvd|Rd|No|Esq)|(?:^|[\s.])[A-Z])\.$/;

/**
 * The answer typed behind a label without a blank, `Name of Employer: Acme Tools, Inc.`, on a line of its own; null where
 * what follows the colon reads like a rule or an instruction. `start` and `end` are the whole item; labels without an
 * answer may stand below.
 */
export function typedAnswer(text: string, { start, end }: TextPlace): FillIn | null {
  const [line = '', ...below] = text.slice(start, Math.min(end, start + LOOKED_AT)).trimEnd().split('\n');
  if (end - start > LOOKED_AT || below.some((one) => one.trim() !== '' && !BARE_LABEL.test(one))) return null;
  const lead = LEAD.exec(line)?.[0].length ?? 0;
  const [, label, value] = LABELLED.exec(line.slice(lead).trimEnd()) ?? [];
  if (label === undefined || value === undefined || NO_LABEL.test(label)) return null;
  const isSentence = SENTENCE.test(value) || (value.endsWith('.') && !SHORT_FORM.test(value)) || /[,:]$/.test(value);
  if (isSentence || value.length > MAX_ANSWER || value.split(/\s+/).length > MAX_ANSWER_WORDS || !/[\p{L}\p{N}]/u.test(value)) return null;
  const at = start + lead + line.slice(lead).lastIndexOf(value);
  return { start: at, end: at + value.length, value };
}
