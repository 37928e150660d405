/**
 * Runs every bench in a fresh process, one after the other, and prints what was asked for beside what was reached:
 * `npm run bench`, or `npm run bench -- NAME...` for some of them.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BENCHES, type BenchResult } from './benches.ts';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(', ')}. There are: ${BENCHES.map((bench) => bench.name).join(', ')}.`);
  process.exit(2);
}

let missed = false;
for (const { name, file, asked } of BENCHES) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const child = spawnSync(process.execPath, ['--expose-gc', fileURLToPath(new URL(file, import.meta.url))], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const result = child.status === 0 ? lastLine(child.stdout) : null;
  if (result === null) {
    missed = true;
    console.log(`${name}: failed, exit code ${child.status ?? child.signal}`);
    continue;
  }
  const isMissed = result.seconds > (asked.seconds ?? Infinity) || result.peakMegabytes > (asked.peakMegabytes ?? Infinity) || (result.ratio ?? Infinity) < (asked.ratio ?? 0);
  missed ||= isMissed;
  const memory = `${result.peakMegabytes.toFixed(0)} MB peak${asked.peakMegabytes === undefined ? '' : ` (asked < ${asked.peakMegabytes})`}`;
  const ratio = result.ratio === undefined ? '' : `${result.ratio.toFixed(2)} x the baseline's speed (asked >= ${asked.ratio ?? 0}), `;
  console.log(`${name}: ${ratio}${result.seconds.toFixed(2)} s${asked.seconds === undefined ? '' : ` (asked < ${asked.seconds})`}, ${memory}${result.note === '' ? '' : `, ${result.note}`}${isMissed ? '  MISSED' : ''}`);
  for (const row of result.rows ?? []) {
    missed ||= row.isMissed;
    console.log(`  ${row.name}: ${row.reached} (asked ${row.asked})${row.isMissed ? '  MISSED' : ''}`);
    if (row.baseline !== undefined) console.log(`    beside it ${row.baseline}`);
  }
}
process.exitCode = missed ? 1 : 0;

function lastLine(output: string): BenchResult | null {
  const line = output.trim().split('\n').at(-1);
  return line === undefined || line === '' ? null : (JSON.parse(line) as BenchResult);
}
