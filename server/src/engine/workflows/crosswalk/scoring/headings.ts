/** `ARTICLE IV`, `Section 3.01(c):`. */
const NAMED_LABEL = /^\s*(?:article|section|sec\.|chapter|part|appendix|exhibit|schedule|attachment)\s+(?:\d[\w.()-]*|[ivxlc]+|[a-z])(?![\p{L}\p{N}])[\s.:)\u2013\u2014-]*/iu;
/** `2.1.3`, `(a)`, `B.`, `IV.`, `§ 401(k)`. */
const BARE_LABEL = /^\s*(?:§+\s*\d[\w.()-]*|\d[\w.()-]*|\([\p{L}\d]{1,4}\)|(?:[A-Za-z]|[IVXLC]+)[.):])[\s.:)\u2013\u2014-]*/u;
/** Codes of standards, as `AB.CD-2`: capitals in front of a word of its own. */
const CODE_LABEL = /^\s*[A-Z]{1,3}(?:[.-][A-Z\d]{1,4})*\s+(?=[A-Z][A-Za-z]{2})/;

/** The words of a heading without the label printed before them: printed numbers are never a feature. */
export function headingWords(heading: string): string {
  for (const label of [NAMED_LABEL, BARE_LABEL, CODE_LABEL]) {
    const words = heading.replace(label, '');
    if (words !== heading) return words;
  }
  return heading;
}
