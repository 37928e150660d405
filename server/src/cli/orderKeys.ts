/** The parts of a JSON Schema that say in which order keys stand. */
export interface KeyOrder {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, KeyOrder>>;
  readonly items?: KeyOrder;
  readonly anyOf?: readonly KeyOrder[];
  readonly $defs?: Readonly<Record<string, KeyOrder>>;
  /** Other keywords of the schema. */
  readonly [keyword: string]: unknown;
}

function resolved(order: KeyOrder | undefined, root: KeyOrder): KeyOrder | undefined {
  const reference = order?.$ref ?? order?.anyOf?.find((one) => one.$ref !== undefined)?.$ref;
  return reference === undefined ? order : root.$defs?.[reference.slice('#/$defs/'.length)];
}

/** A copy whose keys stand in the order of the schema; keys the schema does not name follow by name. */
export function orderKeys(value: unknown, order: KeyOrder | undefined, root: KeyOrder): unknown {
  const own = resolved(order, root);
  if (Array.isArray(value)) return value.map((item: unknown) => orderKeys(item, own?.items, root));
  if (typeof value !== 'object' || value === null) return value;
  const rank = new Map(Object.keys(own?.properties ?? {}).map((key, at) => [key, at]));
  const entries = Object.entries(value).sort(([a], [b]) => {
    const byRank = (rank.get(a) ?? Infinity) - (rank.get(b) ?? Infinity);
    return Number.isNaN(byRank) || byRank === 0 ? (a < b ? -1 : 1) : byRank;
  });
  return Object.fromEntries(entries.map(([key, item]) => [key, orderKeys(item, own?.properties?.[key], root)]));
}
