/** What the scorer prints, as far as it is asked for here. */
export interface Figures {
  readonly R1: number;
  readonly R10: number;
  readonly MRR: number;
  readonly bestF1: number;
  readonly claimedF1: number | null;
  readonly no_match_AUC: number | null;
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
  { set: 'ASVS 4 to 5', figure: 'R1', label: 'R@1', floor: 0.7, goal: 0.74 },
  { set: 'ASVS 4 to 5', figure: 'R10', label: 'R@10', floor: 0.94 },
  { set: 'ASVS 4 to 5', figure: 'bestF1', label: 'F1', floor: 0.67, goal: 0.71 },
  { set: 'ASVS 4 to 5', figure: 'claimedF1', label: 'label-free F1', floor: 0.65, goal: 0.68 },
  { set: 'ASVS 4 to 5', figure: 'no_match_AUC', label: 'no-counterpart AUC', floor: 0.9, goal: 0.91 },
  { set: 'CSF 1.1 to 2.0', figure: 'bestF1', label: 'leaf F1', floor: 0.53, goal: 0.56 },
  { set: 'reqtrace', figure: 'bestF1', label: 'mean F1 of four', floor: 0.45, goal: 0.48 },
];
