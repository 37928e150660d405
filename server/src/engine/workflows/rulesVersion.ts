/**
 * Raised when rules, scores or thresholds give another answer on an equal text, so that a comparison of two runs can
 * say that the rules changed and not the documents. Readers have a version of their own.
 */
export const RULES_VERSION = '3';
