/**
 * Fitted by `npm run eval -- --fit` in November 2026 on public crosswalks with gold pairs, each as it is, with some
 * counterparts taken out, and against an edited copy of itself; every family of sets weighs the same:
 * - a published restatement of an application security standard (OWASP ASVS 4.0.3 to 5.0.0, chapters 1 to 7),
 * - a published crosswalk of a security framework's two versions (NIST CSF 1.1 to 2.0, leaf outcomes),
 * - four requirement-to-design traceability sets with expert links (CM1, GANNT, MODIS, WARC).
 * Logistic regression with a ridge of 0.002 on standardised features, ten candidates per source. The numbers are
 * weights of the named features and nothing else: no word of those sets is in them.
 */
import type { Logistic } from './logistic.ts';

export const PAIR_COEFFICIENTS: Logistic = {
  constant: -0.086,
  weights: [
    0.3859, // S
    -0.0088, // M
    0.9516, // cosine
    0.2484, // ahead
    0.0415, // behind
    -0.2665, // logRank
    0.155, // lead
    0.0188, // detector
    0.6375, // relative
  ],
};

export const COUNTERPART_COEFFICIENTS: Logistic = {
  constant: 1.8381,
  weights: [
    0.3681, // detector
    0.8315, // S
    2.2423, // cosine
    -0.2005, // M
    0.5972, // relative
  ],
};
