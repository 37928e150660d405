/** What the scorer prints, as far as it is asked for here. */
export interface Figures {
  readonly R1: number;
  readonly R10: number;
  readonly MRR: number;
  readonly bestF1: number;
  readonly claimedF1: number | null;
  readonly no_match_AUC: number | null;
  /** Accuracy of the change type, where the publisher names one; not from the scorer. */
  readonly changeType?: number;
}

/** A figure that must be reached; below it the evaluation fails. Goals are looked at, not required. */
export interface Floor {
  readonly set: string;
  readonly figure: keyof Figures;
  readonly label: string;
  readonly floor: number;
  readonly goal?: number;
}

export const FLOORS: readonly Floor[] = [
  { set: 'ASVS 4 to 5', figure: 'R1', label: 'R@1', floor: 0.74, goal: 0.78 },
  { set: 'ASVS 4 to 5', figure: 'R10', label: 'R@10', floor: 0.94 },
  { set: 'ASVS 4 to 5', figure: 'bestF1', label: 'F1', floor: 0.71, goal: 0.75 },
  { set: 'ASVS 4 to 5', figure: 'claimedF1', label: 'label-free F1', floor: 0.68, goal: 0.72 },
  { set: 'ASVS 4 to 5', figure: 'no_match_AUC', label: 'no-counterpart AUC', floor: 0.91, goal: 0.93 },
  { set: 'ASVS 4 to 5', figure: 'changeType', label: 'change type', floor: 0.6, goal: 0.65 },
  { set: 'CSF 1.1 to 2.0', figure: 'bestF1', label: 'leaf F1', floor: 0.56, goal: 0.6 },
  { set: 'reqtrace', figure: 'bestF1', label: 'mean F1 of four', floor: 0.48, goal: 0.52 },
];

/** What is asked of confidence, judged on each family of sets with that family left out of the fit. */
export const CALIBRATION = { error: 0.08, right: 0.9, /** Of ASVS. */ coverage: 0.25 } as const;
