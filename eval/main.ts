/**
 * Measures the crosswalk on public sets with gold answers: `npm run eval`.
 * `--fit` fits the coefficients of confidence instead and prints them; `--seed N` shows the planted differences of one seed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calibrations } from './calibration.ts';
import { changeFigures, type ChangeFigures } from './changeType.ts';
import { accepted, confidenceLine } from './accepted.ts';
import { fit } from './fit.ts';
import { CALIBRATION, FLOORS, type Figures, type Floor } from './floors.ts';
import { scoreLocator } from './locator.ts';
import { loadSet, PUBLIC_SETS, setsFolder, type LoadedSet } from './publicSets.ts';
import { reportPlanted, reportSeed } from './mutate/report.ts';
import { recordsDocument } from './recordsDocument.ts';
import { runCrosswalk, scorerJson } from './runCrosswalk.ts';
import { printPackages } from './samplePackages.ts';
import { scoreSamples } from './samples.ts';
import { scoreTalks } from './talks.ts';

const folder = setsFolder();
const seed = process.argv.indexOf('--seed');
let failed = false;
if (seed !== -1) {
  await reportSeed(Number(process.argv[seed + 1]));
} else if (folder === null) {
  console.log('The public sets are not here (../shared/eval, or the folder COLLATE_EVAL_SETS names), so only the samples of this project are scored.');
} else if (process.argv.includes('--fit')) {
  fit(folder);
} else {
  failed = await scoreSets(folder);
  failed = scoreLocator(folder) || failed;
  failed = scoreTalks(folder) || failed;
}
if (seed === -1 && !process.argv.includes('--fit')) {
  failed = (await scoreSamples()) || failed;
  await printPackages();
  failed = (await reportPlanted()) || failed;
}
process.exitCode = failed ? 1 : 0;

async function scoreSets(sets: string): Promise<boolean> {
  const temporary = mkdtempSync(join(tmpdir(), 'collate-eval-'));
  try {
    const figures = new Map<string, Figures>();
    console.log('set                 units        R@1   R@10  MRR   F1    label-free F1  AUC   seconds');
    for (const set of PUBLIC_SETS) {
      const loaded = loadSet(sets, set);
      const source = recordsDocument('source.jsonl', loaded.source);
      const target = recordsDocument('target.jsonl', loaded.target);
      const result = await runCrosswalk(source, target);
      const run = join(temporary, 'run.json');
      writeFileSync(run, scorerJson(result, source, target));
      const change = set.family === 'asvs' ? changeFigures(result, source, join(sets, set.folder)) : null;
      const figure = { ...scored(sets, loaded, run), ...(change === null ? {} : { changeType: change.accuracy }) };
      figures.set(set.name, figure);
      const size = `${loaded.source.length} x ${loaded.target.length}`;
      const cells = [figure.R1, figure.R10, figure.MRR, figure.bestF1].map((value) => value.toFixed(3)).join(' ');
      console.log(`${set.name.padEnd(19)} ${size.padEnd(12)} ${cells} ${shown(figure.claimedF1).padEnd(14)} ${shown(figure.no_match_AUC)} ${(result.milliseconds / 1000).toFixed(2)}`);
      if (set.family !== 'reqtrace') for (const line of confidenceLine(accepted(result, loaded, target))) console.log(`    ${line}`);
      if (change !== null) console.log(`    ${changeLine(change)}`);
    }
    const missed = printFloors(figures);
    return printCalibration(sets) || missed;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function scored(sets: string, { set }: LoadedSet, run: string): Figures {
  const file = (name: string): string => join(sets, set.folder, name);
  const options = ['--run', run, ...(set.leaf ? ['--leaf'] : [])];
  const printed = execFileSync('python3', [join(sets, 'score_crosswalk.py'), file('source.jsonl'), file('target.jsonl'), file('gold.csv'), ...options], { encoding: 'utf8' });
  return JSON.parse(printed) as Figures;
}

function printFloors(figures: ReadonlyMap<string, Figures>): boolean {
  let missed = false;
  console.log('\nfigure                            asked   goal    reached');
  for (const floor of FLOORS) {
    const reached = valueOf(floor, figures);
    const isMissed = reached < floor.floor;
    missed ||= isMissed;
    const goal = floor.goal === undefined ? '' : floor.goal.toFixed(3);
    console.log(`${`${floor.set} ${floor.label}`.padEnd(33)} ${floor.floor.toFixed(3)}   ${goal.padEnd(5)}   ${reached.toFixed(3)}${isMissed ? '  MISSED' : ''}`);
  }
  return missed;
}

function changeLine({ accuracy, coverage, decidedAccuracy, byType }: ChangeFigures): string {
  const types = [...byType].map(([type, { total, right }]) => `${type} ${right} of ${total}`).join(', ');
  return `change type right ${accuracy.toFixed(3)} (${types}); of the ${(coverage * 100).toFixed(0)} % decided ${decidedAccuracy.toFixed(3)}`;
}

function printCalibration(sets: string): boolean {
  let missed = false;
  console.log(`\nconfidence, family left out of the fit: error asked <= ${CALIBRATION.error}, at p >= .90 right asked >= ${CALIBRATION.right}, coverage of asvs >= ${CALIBRATION.coverage}`);
  for (const { family, error, coverage, right } of calibrations(sets)) {
    const isMissed = error > CALIBRATION.error || right < CALIBRATION.right || (family === 'asvs' && coverage < CALIBRATION.coverage);
    missed ||= isMissed;
    console.log(`${family.padEnd(33)} error ${error.toFixed(3)}   at p >= .90: right ${right.toFixed(3)}, coverage ${coverage.toFixed(3)}${isMissed ? '  MISSED' : ''}`);
  }
  return missed;
}

/** A set's figure, or the mean over the sets whose name starts so. */
function valueOf({ set, figure }: Floor, figures: ReadonlyMap<string, Figures>): number {
  const values = [...figures].filter(([name]) => name.startsWith(set)).map(([, each]) => each[figure] ?? 0);
  return Math.round((values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)) * 1000) / 1000;
}

function shown(value: number | null): string {
  return value === null ? '-    ' : value.toFixed(3);
}
