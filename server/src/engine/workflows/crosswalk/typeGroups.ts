/** Provision types, by group, that may answer each other. JSON-safe: it is part of a run's settings. */
export type TypeGroups = readonly (readonly string[])[];

/**
 * The table where a conversion has none of its own (`typeGroups`). Types of one group may answer each other; one that
 * stands in no group (`definition`, `administration`, `other`) says how a provision is written rather than what it is
 * about, and may answer any. schemas/conversion.schema.json repeats it as the default.
 */
export const DEFAULT_TYPE_GROUPS: TypeGroups = [
  ['eligibility', 'automaticEnrollment', 'employeeDeferral'],
  ['employeeDeferral', 'employerContribution', 'coverageTesting', 'topHeavy', 'compensationDefinition'],
  ['employerContribution', 'forfeiture'],
  ['vestingSchedule', 'forfeiture', 'topHeavy', 'normalRetirementAge'],
  ['distributionTrigger', 'hardshipWithdrawal', 'loan', 'normalRetirementAge'],
  ['planYear', 'compensationDefinition'],
];

/** Says whether provisions of two types may answer each other; a provision without a type may answer any. */
export type TypesMatch = (source: string | undefined, target: string | undefined) => boolean;

export function typesMatch(groups: TypeGroups): TypesMatch {
  const places = new Map<string, Set<number>>();
  groups.forEach((group, at) => {
    for (const type of group) places.set(type, (places.get(type) ?? new Set()).add(at));
  });
  return (source, target) => {
    if (source === undefined || target === undefined || source === target) return true;
    const [own, other] = [places.get(source), places.get(target)];
    return own === undefined || other === undefined || [...own].some((group) => other.has(group));
  };
}
