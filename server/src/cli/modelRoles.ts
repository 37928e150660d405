/** `--model`, as it was typed: `NAME` for what decides, `ROLE=NAME` for another role; a name may itself hold `=` and `:`. */
import { MODEL_ROLES, type ModelRole } from '../../../shared/settings.ts';
import { Usage } from './usage.ts';

const ROLES: readonly string[] = MODEL_ROLES;
/** Letters that are wrong, missing or too many in a word that is still taken for a role. */
const SLIPS = 2;

function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1];
    for (let at = 1; at <= other.length; at += 1) {
      line.push(Math.min((line[at - 1] ?? 0) + 1, (above[at] ?? 0) + 1, (above[at - 1] ?? 0) + (letter === other[at - 1] ? 0 : 1)));
    }
    above = line;
  }
  return above[other.length] ?? 0;
}

/** The role that was probably meant; null: the word is a part of a model's name. */
function meantRole(word: string): ModelRole | null {
  const plain = word.trim().toLowerCase();
  const [nearest] = MODEL_ROLES.map((role) => ({ role, slips: editDistance(plain, role) })).toSorted((a, b) => a.slips - b.slips);
  return nearest !== undefined && nearest.slips <= SLIPS ? nearest.role : null;
}

function roleOf(typed: string): readonly [ModelRole, string] {
  const at = typed.indexOf('=');
  const word = typed.slice(0, Math.max(at, 0));
  const [asked, name] = ROLES.includes(word) ? [word as ModelRole, typed.slice(at + 1)] : (['verify', typed] as const);
  if (name.trim() === '') throw new Usage(`--model is "${typed}"; it is NAME, or ROLE=NAME with one of ${MODEL_ROLES.join(', ')}.`);
  const meant = name === typed ? meantRole(word) : null;
  if (meant !== null) {
    throw new Usage(`--model is "${typed}", and "${word}" is no role: type ${meant}=${typed.slice(at + 1)}, or verify=${typed} where that is the name of the model.`);
  }
  return [asked, name.trim()];
}

/** Throws `Usage` where two models are given for one role, or one for a first look and for what decides: nobody would look first. */
export function modelsByRole(typed: readonly string[]): Readonly<Partial<Record<ModelRole, string>>> {
  const models: Partial<Record<ModelRole, string>> = {};
  for (const [role, name] of typed.map(roleOf)) {
    const before = models[role] ?? name;
    if (before !== name) {
      throw new Usage(role === 'verify'
        ? `--model was given twice for what decides: ${before} and ${name}. Name a role before the second, as prefilter=NAME.`
        : `--model was given twice for ${role}: ${before} and ${name}. Leave one out.`);
    }
    models[role] = name;
  }
  const { prefilter, verify } = models;
  if (prefilter !== undefined && prefilter === verify) {
    throw new Usage(`--model names ${verify} for prefilter and for what decides, and a first look by the model that decides saves nothing. Name a cheaper one, or leave prefilter=${prefilter} out.`);
  }
  return models;
}
