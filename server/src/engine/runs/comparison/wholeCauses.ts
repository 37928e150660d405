import type { Cause, SettingChange } from '../../../../../shared/comparison.ts';
import type { Unit } from '../../../../../shared/model.ts';
import type { Carry } from '../../documents/carryOver/carryUnits.ts';
import { carryKeys, carryName, carryNames } from './unitNames.ts';
import { movesInWords, type Version } from './versions.ts';

/** What two runs differ in as a whole; causes that no single row has for itself. */
export interface Whole {
  readonly versions: readonly Version[];
  readonly settings: readonly SettingChange[];
  readonly rules: { readonly before: string; readonly after: string };
}

export function isCarried(carry: Carry): boolean {
  return carry.before !== null && carry.after !== null;
}

/** What happened to the row's own unit. In a text that is the same, it was the reader that cut otherwise. */
export function ownCauses(carry: Carry, version: Version, role: string): readonly Cause[] {
  if (carry.how === 'equal') return [];
  const name = carryName(carry);
  const units = carryKeys([carry]);
  if (version.before.hash === version.after.hash) {
    return [{ cause: 'rulesChanged', sentence: `The text of ${version.after.key} is the same, but Collate cut ${name} in another way than it did before.`, units }];
  }
  if (carry.how === 'added') return [{ cause: 'unitAdded', sentence: `${name} was added to ${role}.`, units }];
  if (carry.how === 'gone') return [{ cause: 'unitGone', sentence: `${name} is no longer in ${role}.`, units }];
  return [{ cause: 'ownTextChanged', sentence: `The text of ${name} changed.`, units }];
}

/** Settings and rules that differ between the runs, for a row that they may have changed. */
export function runCauses({ settings, rules }: Whole): readonly Cause[] {
  const causes: Cause[] = settings.map(({ setting, before, after }) => ({ cause: 'settingsChanged', sentence: `${setting} was ${before} and is ${after}.`, units: [] }));
  if (rules.before !== '' && rules.after !== '' && rules.before !== rules.after) {
    causes.push({ cause: 'rulesChanged', sentence: `The rules of Collate changed between the runs (version ${rules.before}, now ${rules.after}).`, units: [] });
  }
  return causes;
}

/** Units of the sections a row stands in that changed; scores are learned section by section. */
function sectionCause(units: readonly Carry[], versions: readonly Version[]): readonly Cause[] {
  const section = (unit: Unit | null): string | null => (unit?.path?.[0] === undefined ? null : `${unit.span.document}\n${unit.path[0]}`);
  const sections = new Set(units.flatMap(({ before, after }) => [section(before), section(after)]));
  sections.delete(null);
  return versions.flatMap(({ carryOver }, at): readonly Cause[] => {
    const moved = carryOver.carries.filter(({ how, before, after }) => how !== 'equal' && (sections.has(section(before)) || sections.has(section(after))));
    if (moved.length === 0) return [];
    const where = at === 0 ? 'in its section' : 'in the section of its target';
    const sentence = `Its own words are as they were; ${where} ${carryNames(moved)} ${moved.length === 1 ? 'was' : 'were'} added, left out or changed, and sections weigh in the choice of a counterpart.`;
    return [{ cause: 'sectionChanged', sentence, units: carryKeys(moved) }];
  });
}

/**
 * The cause of a row that has none of its own: its section, then the documents, then the settings; where all of them are
 * the same, the rules must have changed, because equal inputs give equal results.
 */
export function remoteCauses(units: readonly Carry[], whole: Whole, note = ''): readonly Cause[] {
  const given = runCauses(whole);
  if (given.length > 0) return given;
  const section = sectionCause(units, whole.versions);
  if (section.length > 0) return section;
  const moves = movesInWords(whole.versions);
  if (moves !== '') {
    return [{ cause: 'documentsChanged', sentence: `Its own words are as they were; elsewhere ${moves}, and what is found depends on the whole${note}.`, units: [] }];
  }
  if (whole.versions.some(({ before, after }) => before.hash !== after.hash)) {
    return [{ cause: 'documentsChanged', sentence: `Its own words are as they were; spaces, numbers or order changed elsewhere${note}.`, units: [] }];
  }
  return [{ cause: 'rulesChanged', sentence: 'Documents and settings are the same: the rules of Collate changed between the runs.', units: [] }];
}
