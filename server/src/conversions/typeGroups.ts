import { oneLine, PROVISION_TYPES, type Correction, type TypeGroups } from '../engine/index.ts';
import { UsageError } from '../usageError.ts';

function isGroup(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((type) => typeof type === 'string' && type.trim() !== '');
}

/** Reads the type groups of a conversion file as they are typed. A type is one of the reader's, or one a correction gives. */
export function readTypeGroups(value: unknown, typed: string, corrections: readonly Correction[]): TypeGroups {
  if (!Array.isArray(value) || !value.every(isGroup)) {
    throw new UsageError(`${typed}: "typeGroups" is a list of groups, each a list of provision types that may answer each other: [["loan", "hardshipWithdrawal"]].`);
  }
  const known = new Set<string>([...PROVISION_TYPES, ...corrections.flatMap((one) => (one.action === 'type' ? [one.type] : []))]);
  const stranger = value.flat().find((type) => !known.has(type));
  if (stranger !== undefined) {
    throw new UsageError(`${typed}: "typeGroups" names "${oneLine(stranger)}", which no provision has. Types are ${PROVISION_TYPES.join(', ')}, and those that corrections give.`);
  }
  return value;
}
