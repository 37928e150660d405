import type { Unit } from '../shared/model.ts';

/** What a person calls each unit, by its key: the printed number; a table goes by the provision it stands in, as `8.02 table`. */
export function unitNumbers(units: readonly Pick<Unit, 'key' | 'number' | 'table'>[]): ReadonlyMap<string, string> {
  let above = '';
  return new Map(
    units.map(({ key, number, table }) => {
      if (table === undefined) above = number ?? '';
      return [key, table === undefined ? above : `${above} table`.trim()] as const;
    }),
  );
}
