import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { mutatedCase, type Base } from './case.ts';
import { readPlan } from './plan.ts';
import { scoreCase, VERDICTS, type CaseScore } from './score.ts';

const SEEDS = 20;
/** `--no-pages` leaves page marks and running headers out of the targets, to tell their reading from the rest. */
const PAGES = !process.argv.includes('--no-pages');
/** Asked: share of planted differences found, and most false differences as a share of unchanged pairs. */
const LEAST_FOUND = 0.9;
const MOST_FALSE = 0.05;

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

/** Plan documents in Markdown among the samples; the vendor's name is the first heading. */
export function bases(): readonly Base[] {
  const packages = join(SAMPLES, 'packages');
  const folders = existsSync(packages) ? readdirSync(packages, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : [];
  const packaged = folders.flatMap((folder) => readdirSync(join(packages, folder)).filter((file) => /plan[^/]*\.md$/u.test(file)).map((file) => [folder, join(packages, folder, file)] as const));
  return [['alder', join(SAMPLES, 'plans', 'alder-basic-plan.md')] as const, ...packaged].flatMap(([name, file]) => {
    const markdown = readFileSync(file, 'utf8');
    const vendor = /^# ([A-Z][A-Z &]+)$/mu.exec(markdown)?.[1]?.toLowerCase().replace(/\b[a-z]/gu, (letter) => letter.toUpperCase()) ?? name;
    return readPlan(name, markdown).articles.length === 0 ? [] : [{ name, vendor, markdown }];
  });
}

/** One seed, every planted difference with how it fared. */
export async function reportSeed(seed: number): Promise<void> {
  for (const base of bases()) {
    const score = await scoreCase(mutatedCase(base, seed, PAGES));
    console.log(`\n${base.name}, seed ${seed}`);
    for (const { planted, verdict, detail } of score.fared) {
      const values = [planted.sourceValue, planted.targetValue].map((value) => (value === undefined ? '-' : `"${value}"`)).join(' / ');
      console.log(`  ${planted.tag} ${planted.kind.padEnd(17)} ${verdict.padEnd(13)} ${planted.source.join('+') || '-'} ${values === '- / -' ? '' : values} ${detail.slice(0, 260)}`);
    }
    for (const line of score.falseDifferences) console.log(`  false difference  ${line.slice(0, 400)}`);
    console.log(`  unchanged ${score.unchanged}, of them ${score.unchangedAbstained} left for review`);
  }
}

/** Twenty seeds over every base, by kind. Returns true where a figure asked for was missed. */
export async function reportPlanted(): Promise<boolean> {
  const scores: CaseScore[] = [];
  for (const base of bases()) for (let seed = 1; seed <= SEEDS; seed++) scores.push(await scoreCase(mutatedCase(base, seed, PAGES)));
  const fared = scores.flatMap((score) => score.fared);
  console.log(`\nplanted differences, tag bpd, ${SEEDS} seeds over ${bases().map(({ name }) => name).join(', ')}`);
  console.log('aa: no adoption agreement is planted by this version');
  console.log('merged: not done by this version');
  console.log(`${'kind'.padEnd(18)} planted ${VERDICTS.map((verdict) => verdict.padStart(13)).join('')}`);
  for (const [kind, own] of [...Map.groupBy(fared, ({ planted }) => planted.kind)].sort()) {
    console.log(`${kind.padEnd(18)} ${String(own.length).padStart(7)} ${VERDICTS.map((verdict) => String(own.filter((each) => each.verdict === verdict).length || '').padStart(13)).join('')}`);
  }
  const share = (verdict: string): number => fared.filter((each) => each.verdict === verdict).length / Math.max(1, fared.length);
  const unchanged = scores.reduce((sum, score) => sum + score.unchanged, 0);
  const wrong = scores.reduce((sum, { falseDifferences }) => sum + falseDifferences.length, 0) / Math.max(1, unchanged);
  const abstained = scores.reduce((sum, score) => sum + score.unchangedAbstained, 0) / Math.max(1, unchanged);
  const rows: readonly (readonly [string, string, number, boolean])[] = [
    ['planted found', `>= ${LEAST_FOUND.toFixed(3)}`, share('found'), share('found') < LEAST_FOUND],
    ['planted left for review', '', share('abstained'), false],
    ['planted called the same', '', share('calledSame'), false],
    ['false differences', `<= ${MOST_FALSE.toFixed(3)}`, wrong, wrong > MOST_FALSE],
    ['unchanged left for review', '', abstained, false],
  ];
  for (const [name, asked, reached, isMissed] of rows) console.log(`${name.padEnd(33)} ${asked.padEnd(8)}  ${reached.toFixed(3)}${isMissed ? '  MISSED' : ''}`);
  return rows.some(([, , , isMissed]) => isMissed);
}
