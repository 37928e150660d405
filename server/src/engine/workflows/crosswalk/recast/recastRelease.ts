import type { Entity } from '../../../documents/entities/entity.ts';
import type { EntityDifference } from '../entityDifference.ts';
import type { FactText } from './recastFacts.ts';
import { likeness, roleWords } from './roleWords.ts';

const ALIKE = 2;
/** Words of a side that put a condition. */
const ASKS = /\b(?:only\s+if|provided(?:,?\s+that)?|if|must|shall|is\s+required|are\s+required)\b/iu;
const DENIES = /\b(?:not|no|never|none|neither|nor|without|unless|except)\b/iu;

/**
 * What one side asks and the other says is not asked: "shares if employed on the last day" against "employment on the last
 * day is not required". Told where that is the only denial of both, and both name the same fact.
 */
export function recastRelease(source: FactText, target: FactText): readonly EntityDifference[] {
  const [here, there] = [releases(source), releases(target)];
  if (here.length + there.length !== 1) return [];
  const [own, other] = here.length === 1 ? [source, target] : [target, source];
  const release = (here[0] ?? there[0]) as Entity;
  const rest = `${own.text.slice(0, release.start)} ${own.text.slice(release.end)}`;
  if (DENIES.test(rest) || DENIES.test(other.text)) return [];
  const fact = own.entities.find(({ kind, value }) => NAMED.has(kind) && other.entities.some((each) => each.kind === kind && each.value === value));
  if (fact === undefined || likeness(roleWords(own.text, fact), roleWords(other.text, other.entities.find(({ kind, value }) => kind === fact.kind && value === fact.value) as Entity)) < ALIKE) return [];
  const asked = clauseAround(other.text);
  if (asked === null) return [];
  const condition: Entity = { kind: 'modality', value: 'must', ...asked };
  return [here.length === 1 ? { kind: 'modality', source: release, target: condition } : { kind: 'modality', source: condition, target: release }];
}

const NAMED: ReadonlySet<string> = new Set(['date', 'hours', 'age', 'service', 'period']);

function releases({ entities }: FactText): readonly Entity[] {
  return entities.filter(({ kind, value }) => kind === 'modality' && value === 'need not');
}

/** From the word that asks to the end of its clause. */
function clauseAround(text: string): { readonly start: number; readonly end: number } | null {
  const asks = ASKS.exec(text);
  if (asks === null) return null;
  const end = /[.;,]|$/u.exec(text.slice(asks.index))?.index ?? 0;
  return { start: asks.index, end: asks.index + end };
}
