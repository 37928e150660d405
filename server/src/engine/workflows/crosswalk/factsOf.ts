import type { Entity } from '../../documents/entities/entity.ts';
import { extractEntities } from '../../documents/entities/extractEntities.ts';
import type { Provision } from './provisions.ts';

const KNOWN = new WeakMap<Provision, readonly Entity[]>();

/** The facts of a provision; read once, however many others it is held against. */
export function factsOf(provision: Provision): readonly Entity[] {
  const known = KNOWN.get(provision);
  if (known !== undefined) return known;
  const facts = extractEntities(provision.text);
  KNOWN.set(provision, facts);
  return facts;
}
