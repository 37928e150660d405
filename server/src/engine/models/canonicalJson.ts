/** Anything JSON can say. `undefined` as a property is the same as no property. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue | undefined };

/** JSON without spaces, names in the order of their code units. Throws on a number JSON cannot say. */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} cannot be part of a key.`);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const parts = Object.keys(value).sort().flatMap((name) => {
    const part = value[name];
    return part === undefined ? [] : `${JSON.stringify(name)}:${canonicalJson(part)}`;
  });
  return `{${parts.join(',')}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
