import { APPLIES_ONLY_IF, APPLIES_UNLESS } from '../../../documents/entities/defaults.ts';
import type { Entity } from '../../../documents/entities/entity.ts';
import type { EntityDifference } from '../entityDifference.ts';
import type { FactText } from './recastFacts.ts';
import { likeness, roleWords, type RoleWords } from './roleWords.ts';

/** What holds when nobody chooses, as words: the sentence without its condition, turned round by "if". */
interface Standing {
  readonly entity: Entity;
  readonly holds: boolean;
  /** Words of the sentence without its condition. */
  readonly about: RoleWords;
}

/** Two sentences are about the same thing where words of this weight stand in both. */
const ALIKE = 1.5;

/**
 * The default of two texts in other words throughout: "included unless the Employer elects" leaves a group in, "counts only
 * if the Employer elects" leaves it out, and "excluded unless the Employer elects" leaves it out as well. Told where each
 * text has one condition that hangs on an election of the plan, its sentence plainly takes in or leaves out, and the two
 * come to the opposite.
 */
export function recastDefaults(source: FactText, target: FactText): readonly EntityDifference[] {
  const [here, there] = [standingOf(source), standingOf(target)];
  if (here === null || there === null || here.holds === there.holds) return [];
  if (likeness(here.about, there.about) < ALIKE) return [];
  return [{ kind: 'default', source: here.entity, target: there.entity }];
}

function standingOf({ text, entities }: FactText): Standing | null {
  const defaults = entities.filter(({ kind }) => kind === 'default');
  const [entity] = defaults;
  if (entity === undefined || defaults.length > 1) return null;
  const [start, end] = sentenceAround(text, entity);
  const condition = text.slice(entity.start, end);
  // The choice is the plan's, made once in its form; what a Participant chooses is no default of the plan.
  if (!BY_PLAN.test(condition) || OTHERWISE.test(text.slice(start, end))) return null;
  const front = text.slice(start, entity.start);
  const main = /\p{L}{3}/u.test(front) ? front : condition.slice(condition.indexOf(',') + 1);
  const [takesIn, leavesOut] = [IN.test(main), OUT.test(main)];
  const denials = main.match(DENIAL)?.length ?? 0;
  // A denial of something else, as in "who has no election in force", says nothing of what holds.
  if (takesIn === leavesOut || denials > 1 || (denials === 1 && !DENIED.test(main.trim()))) return null;
  const says = takesIn === (denials === 0);
  const holds = (entity.value === APPLIES_UNLESS) === says;
  return { entity: { ...entity, value: holds ? APPLIES_UNLESS : APPLIES_ONLY_IF }, holds, about: roleWords(main, { start: 0, end: 0 }) };
}

const BY_PLAN = /\badoption\s+agreement\b|\b(?:the|an?)\s+(?:adopting\s+|sponsoring\s+)?(?:employer|sponsor|company)\s+(?:so\s+|has\s+(?:so\s+)?)?(?:elect|select|choose|chose|check|exclude|include|specif|provide|opt)/iu;
/** "Unless it elects another definition" leaves nothing out. */
const OTHERWISE = /\b(?:different|another|other)\s+(?!purpose)\p{L}/iu;
const DENIAL = /\b(?:not|no|never|none|neither|nor)\b/giu;
const VERB_IN = String.raw`(?:includ(?:es?|ed|ing)|counts?|counted|participates?|eligible|covered|extends?|appl(?:y|ies)|permit(?:s|ted)?|allowed|available|enters?|shares?|taken\s+into\s+account|accepts?|accepted|offers?|offered|may|receives?|enrolled)`;
const IN = new RegExp(String.raw`\b${VERB_IN}\b`, 'iu');
const VERB_OUT = String.raw`(?:exclud(?:es?|ed|ing)|disregard(?:s|ed)?|ineligible|left\s+out|kept\s+out|barred|prohibit(?:s|ed)?|forbidden|ignored|unavailable|without)`;
const OUT = new RegExp(String.raw`\b${VERB_OUT}\b`, 'iu');
/** "Does not apply", "shall not be included", "no leased employee participates". */
const DENIED = new RegExp(String.raw`\b(?:not|never)\s+(?:be\s+|so\s+)?(?:${VERB_IN}|${VERB_OUT})\b|\bmay\s+not\b|^(?:no|none|neither)\b`, 'iu');

/** From the end of the sentence before to the end of its own. */
function sentenceAround(text: string, { start, end }: Entity): readonly [start: number, end: number] {
  const before = [...text.slice(0, start).matchAll(/[.;:](?=\s)/gu)].at(-1);
  const after = /[.;](?=\s|$)/u.exec(text.slice(end));
  return [before === undefined ? 0 : before.index + 1, after === null ? text.length : end + after.index];
}
