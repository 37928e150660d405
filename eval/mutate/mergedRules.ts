/** A rule that a plan may print with its value, or leave to a blank of the adoption agreement. VALUE stands for the value. */
export interface MergedRule {
  readonly title: string;
  /** The plan's words where the form has the value. */
  readonly hook: string;
  /** The plan's words with the value printed. */
  readonly printed: string;
  readonly item: string;
  readonly values: readonly [string, string];
}

export const MERGED_RULES: readonly MergedRule[] = [
  { title: 'Waiting Period for Loans', hook: 'A Participant may take a first loan after the number of months of participation elected in the Adoption Agreement.', printed: 'A Participant may take a first loan after VALUE months of participation.', item: 'A first loan may be taken after __VALUE__ months of participation.', values: ['6', '12'] },
  { title: 'Least Installment', hook: 'An installment shall not be less than the amount specified in the Adoption Agreement.', printed: 'An installment shall not be less than $VALUE.', item: 'An installment is at least $__VALUE__.', values: ['100', '250'] },
  { title: 'Notice of Blackout', hook: 'Participants receive a notice of each blackout period the number of days before its start that is stated in the Adoption Agreement.', printed: 'Participants receive a notice of each blackout period VALUE days before its start.', item: 'Notice of a blackout period is given __VALUE__ days before its start.', values: ['30', '45'] },
  { title: 'Matching of Bonus Deferrals', hook: 'Deferrals out of a bonus are matched at the percentage elected by the Employer in the Adoption Agreement.', printed: 'Deferrals out of a bonus are matched at VALUE%.', item: 'Deferrals out of a bonus are matched at __VALUE__%.', values: ['25', '50'] },
  { title: 'Age for Phased Retirement', hook: 'Phased retirement is open to a Participant who has reached the age designated in the Adoption Agreement.', printed: 'Phased retirement is open to a Participant who has reached age VALUE.', item: 'Phased retirement is open from age __VALUE__.', values: ['55', '60'] },
  { title: 'Hours of Seasonal Workers', hook: 'A seasonal worker is covered upon completing the Hours of Service selected in the Adoption Agreement.', printed: 'A seasonal worker is covered upon completing VALUE Hours of Service.', item: 'A seasonal worker is covered upon completing __VALUE__ Hours of Service.', values: ['500', '750'] },
];
