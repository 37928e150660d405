export const ENTITY_KINDS = [
  'link', 'codeReference', 'sectionReference', 'schedule', 'date', 'time', 'money', 'percentage', 'age', 'hours', 'service', 'period',
  'frequency', 'number', 'default', 'decider', 'modality', 'negation',
] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** A fact in a text that two provisions of the same effect must share. */
export interface Entity {
  readonly kind: EntityKind;
  /** Equal for equal facts, however they are written: `30 day` for "thirty (30) days". */
  readonly value: string;
  /** Offsets into the text it was found in. */
  readonly start: number;
  readonly end: number;
}

/** Finds entities of one kind, in order of their place. */
export type EntityFinder = (text: string) => readonly Entity[];

/** Entities from the matches of a global expression; `valueOf` returns null for a match that is none after all. */
export function matched(
  text: string,
  pattern: RegExp,
  kind: EntityKind,
  valueOf: (match: RegExpExecArray) => string | null,
): Entity[] {
  const found: Entity[] = [];
  for (const match of text.matchAll(pattern)) {
    const value = valueOf(match);
    if (value !== null) found.push({ kind, value, start: match.index, end: match.index + match[0].length });
  }
  return found;
}
