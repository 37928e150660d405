/** Spots of one side: a row's place in the list of its run as one number, source rows before target rows, then by step and place. */
export const SIDE_SPOTS = 2 ** 50;
const STEP_SPOTS = 2 ** 32;
/** Rows whose searched words stand in one text. */
export const ROWS_A_TEXT = 256;

export function spotAt(side: 'source' | 'target', step: number, place: number): number {
  return (side === 'target' ? SIDE_SPOTS : 0) + step * STEP_SPOTS + place;
}

/** The same in SQL, of a row of `matchRows`. */
export function spotOf(table: string): string {
  return `((${table}.side = 'target') * ${String(SIDE_SPOTS)} + ${table}.step * ${String(STEP_SPOTS)} + ${table}.place)`;
}
