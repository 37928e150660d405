/**
 * Fitted by `npm run eval -- --fit` in November 2026 on public crosswalks with gold pairs, each as it is, with some
 * counterparts taken out, and against an edited copy of itself; every family of sets weighs the same, and the
 * pairs of a set as it is twice those of a variant:
 * - a published restatement of an application security standard (OWASP ASVS 4.0.3 to 5.0.0, chapters 1 to 7),
 * - a published crosswalk of a security framework's two versions (NIST CSF 1.1 to 2.0, leaf outcomes),
 * - four requirement-to-design traceability sets with expert links (CM1, GANNT, MODIS, WARC).
 * Logistic regression with a ridge of 0.002 on standardised features, ten candidates per source. The numbers are
 * weights of the named features and nothing else: no word of those sets is in them.
 */
import type { Logistic } from './logistic.ts';

export const PAIR_COEFFICIENTS: Logistic = {
  constant: -0.0673,
  weights: [
    0.513, // S
    0.4496, // ahead
    -0.1033, // logCosine
    0.667, // relative
    0.1439, // lead
  ],
};

export const COUNTERPART_COEFFICIENTS: Logistic = {
  constant: 1.7971,
  weights: [
    0.538, // detector
    0.8691, // S
    1.8433, // cosine
    -0.2724, // M
    0.4376, // relative
  ],
};
