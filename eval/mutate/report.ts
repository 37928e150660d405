import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { mutatedCase, type Base } from './case.ts';
import { readForm } from './form.ts';
import { mergedCase } from './mergedCase.ts';
import { mutatedFormCase } from './formCase.ts';
import type { Planted } from './mutatePlan.ts';
import { readPlan } from './plan.ts';
import { scoreCase, VERDICTS, type CaseScore } from './score.ts';
import { scoreMergedCase, type MergedFared, type MergedVerdict } from './scoreMerged.ts';
import { scoreFormCase, STATES } from './scoreForm.ts';

const SEEDS = 20;
/** `--no-pages` leaves page marks and running headers out of the targets, to tell their reading from the rest. */
const PAGES = !process.argv.includes('--no-pages');
/** Asked: share of planted differences found, and most false differences as a share of unchanged pairs. */
const LEAST_FOUND = 0.9;
const MOST_FALSE = 0.05;

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

const PACKAGES = join(SAMPLES, 'packages');

function folders(): readonly string[] {
  return existsSync(PACKAGES) ? readdirSync(PACKAGES, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : [];
}

/** Plan documents in Markdown among the samples; the vendor's name is the first heading. */
export function bases(): readonly Base[] {
  const packaged = folders().flatMap((folder) => readdirSync(join(PACKAGES, folder)).filter((file) => /plan[^/]*\.md$/u.test(file)).map((file) => [folder, join(PACKAGES, folder, file)] as const));
  return [['alder', join(SAMPLES, 'plans', 'alder-basic-plan.md')] as const, ...packaged].flatMap(([name, file]) => {
    const markdown = readFileSync(file, 'utf8');
    return readPlan(name, markdown).articles.length === 0 ? [] : [{ name, vendor: vendorOf(markdown) ?? name, markdown }];
  });
}

/** Adoption agreements among the sample packages that are written as the mutator reads them. */
export function formBases(): readonly Base[] {
  return folders().flatMap((name) => {
    const file = join(PACKAGES, name, 'adoption-agreement.md');
    if (!existsSync(file)) return [];
    const markdown = readFileSync(file, 'utf8');
    return readForm(name, markdown).parts.length === 0 ? [] : [{ name, vendor: vendorOf(markdown) ?? name, markdown }];
  });
}

/** The first heading in capitals, as a name. */
function vendorOf(markdown: string): string | undefined {
  return /^# ([A-Z][A-Z &]+)$/mu.exec(markdown)?.[1]?.toLowerCase().replace(/\b[a-z]/gu, (letter) => letter.toUpperCase());
}

/** One seed, every planted difference with how it fared. */
export async function reportSeed(seed: number): Promise<void> {
  for (const base of bases()) printSeed(`${base.name}, seed ${seed}`, await scoreCase(mutatedCase(base, seed, PAGES)));
  for (const base of formBases()) printSeed(`${base.name} adoption agreement, seed ${seed}`, await scoreFormCase(mutatedFormCase(base, seed)));
  for (const [plan, form] of packages()) {
    console.log(`\n${plan.name} plan and adoption agreement, seed ${seed}`);
    for (const { planted, verdict } of await scoreMergedCase(mergedCase(plan, form, seed))) console.log(`  merged ${planted.kind.padEnd(17)} ${verdict.padEnd(13)} ${planted.source.join()} "${planted.sourceValue}" / "${planted.targetValue}"`);
  }
}

function packages(): readonly (readonly [plan: Base, form: Base])[] {
  return formBases().flatMap((form) => bases().filter(({ name }) => name === form.name).map((plan) => [plan, form] as const));
}

function printSeed(title: string, score: CaseScore): void {
  console.log(`\n${title}`);
  for (const { planted, verdict, detail } of score.fared) {
    const values = [planted.sourceValue, planted.targetValue].map((value) => (value === undefined ? '-' : `"${value}"`)).join(' / ');
    console.log(`  ${planted.tag} ${planted.kind.padEnd(17)} ${verdict.padEnd(13)} ${planted.source.join('+') || '-'} ${values === '- / -' ? '' : values} ${detail.slice(0, 260)}`);
  }
  for (const line of score.falseDifferences) console.log(`  false difference  ${line.slice(0, 400)}`);
  console.log(`  unchanged ${score.unchanged}, of them ${score.unchangedAbstained} left for review`);
}

/** Twenty seeds over every base, by tag and kind. Returns true where a figure asked for was missed. */
export async function reportPlanted(): Promise<boolean> {
  const plans: CaseScore[] = [];
  for (const base of bases()) for (let seed = 1; seed <= SEEDS; seed++) plans.push(await scoreCase(mutatedCase(base, seed, PAGES)));
  const isMissed = printTag('bpd', bases(), plans, true);
  const forms: CaseScore[] = [];
  for (const base of formBases()) for (let seed = 1; seed <= SEEDS; seed++) forms.push(await scoreFormCase(mutatedFormCase(base, seed)));
  printTag('aa', formBases(), forms, false);
  return (await printMerged()) || isMissed;
}

/** What can be judged before plan and form are put together: no pair that hangs on another election is settled in silence. */
async function printMerged(): Promise<boolean> {
  const pairs = packages();
  const told: MergedFared[] = [];
  for (const [plan, form] of pairs) for (let seed = 1; seed <= SEEDS; seed++) told.push(...(await scoreMergedCase(mergedCase(plan, form, seed))));
  console.log(`\nplanted differences, tag merged, ${SEEDS} seeds over ${pairs.map(([{ name }]) => name).join(', ') || 'no base'}; what the row of the plan says`);
  const count = (kind: string, verdict: MergedVerdict): number => told.filter((one) => one.planted.kind === kind && one.verdict === verdict).length;
  const differs = told.filter(({ planted }) => planted.kind === 'election differs').length;
  const silent = count('election differs', 'silent');
  console.log(`election differs   ${differs}: ${count('election differs', 'saysDepends')} same words that say they depend on an election, ${count('election differs', 'abstained')} left for review, ${count('election differs', 'decidedOther')} decided otherwise; ${silent} the same without a word on it (asked 0)${silent > 0 ? '  MISSED' : ''}`);
  for (const kind of ['value into plan', 'value into form']) console.log(`${kind.padEnd(18)} ${told.filter(({ planted }) => planted.kind === kind).length}: not scored, the merged instance is not built`);
  return silent > 0;
}

function printTag(tag: Planted['tag'], from: readonly Base[], scores: readonly CaseScore[], hasFloor: boolean): boolean {
  console.log(`\nplanted differences, tag ${tag}, ${SEEDS} seeds over ${from.map(({ name }) => name).join(', ') || 'no base'}`);
  const all = scores.flatMap((score) => score.fared);
  console.log(`${'kind'.padEnd(18)} planted ${VERDICTS.map((verdict) => verdict.padStart(14)).join('')}`);
  for (const [kind, own] of [...Map.groupBy(all, ({ planted }) => planted.kind)].sort()) {
    console.log(`${kind.padEnd(18)} ${String(own.length).padStart(7)} ${VERDICTS.map((verdict) => String(own.filter((each) => each.verdict === verdict).length || '').padStart(14)).join('')}`);
  }
  // A form without an answer, or with two, is never decided: those rows are told apart.
  const fared = all.filter(({ planted }) => STATES[planted.kind] === undefined);
  const states = all.filter(({ planted }) => STATES[planted.kind] !== undefined);
  const share = (verdict: string, of = fared): number => of.filter((each) => each.verdict === verdict).length / Math.max(1, of.length);
  const unchanged = scores.reduce((sum, score) => sum + score.unchanged, 0);
  const wrong = scores.reduce((sum, { falseDifferences }) => sum + falseDifferences.length, 0) / Math.max(1, unchanged);
  const abstained = scores.reduce((sum, score) => sum + score.unchangedAbstained, 0) / Math.max(1, unchanged);
  const asked = (words: string): string => (hasFloor ? words : '');
  const rows: readonly (readonly [string, string, number, boolean])[] = [
    ['planted found', asked(`>= ${LEAST_FOUND.toFixed(3)}`), share('found'), hasFloor && share('found') < LEAST_FOUND],
    ['planted left for review', '', share('abstained'), false],
    ['planted called the same', '', share('calledSame', all), false],
    ...(states.length === 0 ? [] : [['no answer, or two: left, and told', '', share('found', states), false] as const]),
    ['false differences', asked(`<= ${MOST_FALSE.toFixed(3)}`), wrong, hasFloor && wrong > MOST_FALSE],
    ['unchanged left for review', '', abstained, false],
  ];
  for (const [name, floor, reached, isMissed] of rows) console.log(`${name.padEnd(33)} ${floor.padEnd(8)}  ${reached.toFixed(3)}${isMissed ? '  MISSED' : ''}`);
  return rows.some(([, , , isMissed]) => isMissed);
}
