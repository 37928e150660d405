import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Locator } from '../server/src/engine/documents/locator/locator.ts';

/** Another seed than the one the locator was written with. */
const SEED = '7';

interface Case {
  readonly case: string;
  readonly meeting: string;
  readonly kind: 'exact12' | 'exact5' | 'edit2' | 'drop3' | 'meaning' | 'absent';
  readonly quote: string;
}
interface KindScore {
  readonly n: number;
  readonly right: number;
  readonly iou: number | null;
  readonly absent: number;
}

/** What is asked, by kind: the share placed right, or said absent, and the least mean overlap (IoU). */
const ASKED: Readonly<Record<Case['kind'], { readonly figure: 'right' | 'absent'; readonly share: number; readonly iou?: number }>> = {
  exact12: { figure: 'right', share: 0.995 },
  exact5: { figure: 'right', share: 0.995 },
  edit2: { figure: 'right', share: 0.97, iou: 0.9 },
  drop3: { figure: 'right', share: 0.95, iou: 0.9 },
  meaning: { figure: 'absent', share: 0.99 },
  absent: { figure: 'absent', share: 0.99 },
};

/** Places the scorer's quotes in its meetings and prints its verdict. Returns true where a figure asked for was missed. */
export function scoreLocator(sets: string, seed = SEED): boolean {
  const scorer = join(sets, 'score_locator.py');
  const meetings = join(sets, 'qmsum', 'dev');
  const temporary = mkdtempSync(join(tmpdir(), 'collate-locator-'));
  try {
    execFileSync('python3', [scorer, 'make', seed, meetings, temporary]);
    const cases = readFileSync(join(temporary, 'cases.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case);
    const { rows, timing } = placed(cases, temporary);
    writeFileSync(join(temporary, 'placed.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
    const printed = execFileSync('python3', [scorer, 'score', seed, meetings, join(temporary, 'placed.jsonl')], { encoding: 'utf8' });
    return report(JSON.parse(printed) as Record<Case['kind'], KindScore>, cases.length, timing);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

interface Timing {
  readonly words: number;
  readonly indexMs: number;
  readonly quotesMs: number;
  readonly slowestMs: number;
}

function placed(cases: readonly Case[], folder: string): { readonly rows: readonly object[]; readonly timing: Timing } {
  const rows: object[] = [];
  const timing = { words: 0, indexMs: 0, quotesMs: 0, slowestMs: 0 };
  for (const [meeting, quotes] of Map.groupBy(cases, (each) => each.meeting)) {
    const text = readFileSync(join(folder, `${meeting}.txt`), 'utf8');
    timing.words += text.split(/\s+/).length;
    const before = performance.now();
    const locator = new Locator(text);
    timing.indexMs += performance.now() - before;
    for (const each of quotes) {
      const start = performance.now();
      const place = locator.locate(each.quote);
      const took = performance.now() - start;
      timing.quotesMs += took;
      timing.slowestMs = Math.max(timing.slowestMs, took);
      rows.push({ case: each.case, start: place?.start ?? null, end: place?.end ?? null });
    }
  }
  return { rows, timing };
}

function report(scores: Readonly<Record<Case['kind'], KindScore>>, count: number, timing: Timing): boolean {
  let missed = false;
  console.log(`\nlocator: ${count} quotes in ${timing.words.toLocaleString('en-US')} words; index ${(timing.indexMs / (timing.words / 20_000)).toFixed(0)} ms per 20,000 words, ${(timing.quotesMs / count).toFixed(3)} ms a quote, slowest ${timing.slowestMs.toFixed(1)} ms`);
  console.log('quotes    n     asked          reached  IoU');
  for (const [kind, asked] of Object.entries(ASKED) as [Case['kind'], (typeof ASKED)[Case['kind']]][]) {
    const score = scores[kind];
    const isMissed = score[asked.figure] < asked.share || (asked.iou !== undefined && (score.iou ?? 0) < asked.iou);
    missed ||= isMissed;
    console.log(`${kind.padEnd(9)} ${String(score.n).padEnd(5)} ${asked.figure.padEnd(7)}${asked.share.toFixed(3).padEnd(7)} ${score[asked.figure].toFixed(4).padEnd(8)} ${score.iou?.toFixed(3) ?? '-'}${isMissed ? '  MISSED' : ''}`);
  }
  return missed;
}
