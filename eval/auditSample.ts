/**
 * Hits of the meeting notes on public meetings, for a person to judge, and what a person has judged of them.
 * `node eval/auditSample.ts` compares the kept verdicts with what is found now; `--sample N --seed S` prints N hits
 * with their turns, to be judged; `--all` prints all of them. Nothing that is said in a meeting is kept in the project.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { meetingNotes } from '../server/src/engine/workflows/transcript/meetingNotes.ts';
import { setsFolder } from './publicSets.ts';
import { publicMeetings, type PublicMeeting } from './qmsum.ts';

const VERDICTS = fileURLToPath(new URL('audit/qmsum-decisions-actions.csv', import.meta.url));
/** Kinds a figure is asked of, and all that were judged. */
const ASKED_KINDS: readonly string[] = ['decision', 'actionItem'];
export const AUDITED_KINDS = ['decision', 'actionItem', 'openQuestion', 'commitment'] as const;

export interface Hit {
  readonly meeting: string;
  /** Number of the turn, from 0. */
  readonly turn: number;
  readonly kind: string;
  /** Which of its kind in the turn, from 1. */
  readonly ordinal: number;
  readonly words: string;
}

export interface Verdict extends Omit<Hit, 'words'> {
  readonly right: boolean;
}

const keyOf = ({ meeting, turn, kind, ordinal }: Omit<Hit, 'words'>): string => `${meeting} ${turn} ${kind} ${ordinal}`;

export function hitsIn(meetings: readonly PublicMeeting[]): readonly Hit[] {
  return meetings.flatMap(({ name, document }) => {
    const counts = new Map<string, number>();
    return meetingNotes(document).flatMap(({ kind, evidence, text }): readonly Hit[] => {
      const turn = (evidence[0]?.line ?? 0) - 1;
      if (!AUDITED_KINDS.some((audited) => audited === kind)) return [];
      const ordinal = (counts.get(`${turn} ${kind}`) ?? 0) + 1;
      counts.set(`${turn} ${kind}`, ordinal);
      return [{ meeting: name, turn, kind, ordinal, words: text }];
    });
  });
}

export function verdicts(): readonly Verdict[] {
  const [, ...rows] = readFileSync(VERDICTS, 'utf8').trim().split('\n');
  return rows.map((row) => {
    const [meeting = '', turn = '', kind = '', ordinal = '', verdict = ''] = row.split(',');
    return { meeting, turn: Number(turn), kind, ordinal: Number(ordinal), right: verdict === 'right' };
  });
}

const percent = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(3).replace(/^0/, ''));

/** Of decisions and action items that are found and were judged, so many must be right. */
const ASKED_PRECISION = 0.8;

/** Prints how much of what was judged is still found and right, and how much of what is found nobody has judged; true where too little is right. */
export function printAudit(sets: string): boolean {
  const hits = hitsIn(publicMeetings(sets));
  const judged = new Map(verdicts().map((verdict) => [keyOf(verdict), verdict]));
  const judgedOf = (kinds: readonly string[]): { readonly found: number; readonly known: number; readonly right: number } => {
    const found = hits.filter(({ kind }) => kinds.includes(kind));
    const known = found.flatMap((hit) => judged.get(keyOf(hit)) ?? []);
    return { found: found.length, known: known.length, right: known.filter((verdict) => verdict.right).length };
  };
  const found = new Set(hits.map(keyOf));
  const still = [...judged.keys()].filter((key) => found.has(key)).length;
  console.log(`\naudit by hand on public meetings: ${judged.size} hits judged, ${still} of them still found`);
  for (const kinds of [ASKED_KINDS, ...AUDITED_KINDS.map((kind) => [kind])]) {
    const { found: all, known, right } = judgedOf(kinds);
    console.log(`    ${kinds.join(' + ')}: ${all} found, ${known} of them judged, ${right} right, precision ${percent(right, known)}`);
  }
  const asked = judgedOf(ASKED_KINDS);
  const missed = asked.right < ASKED_PRECISION * asked.known;
  if (missed) console.log('    MISSED: the precision asked of decisions and action items');
  return missed;
}

/** A small generator of numbers in [0, 1), so that a seed gives the same sample everywhere (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function sampleOf<T>(items: readonly T[], size: number, seed: number): readonly T[] {
  const next = numbers(seed);
  return items.map((item) => ({ item, rank: next() })).toSorted((a, b) => a.rank - b.rank).slice(0, size).map(({ item }) => item);
}

function printForJudging(sets: string, size: number | null, seed: number): void {
  const meetings = publicMeetings(sets);
  const all = hitsIn(meetings).filter(({ kind }) => size === null || ASKED_KINDS.includes(kind));
  for (const { meeting, turn, kind, ordinal, words } of size === null ? all : sampleOf(all, size, seed)) {
    const lines = meetings.find(({ name }) => name === meeting)?.lines ?? [];
    console.log(`\n${meeting},${turn},${kind},${ordinal}\n  ${words}`);
    for (let at = Math.max(0, turn - 1); at <= turn + 1; at += 1) console.log(`    ${at} ${lines[at] ?? ''}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name: string): number | null => {
    const at = process.argv.indexOf(name);
    return at === -1 ? null : Number(process.argv[at + 1]);
  };
  const sets = setsFolder();
  if (sets === null) console.log('The public sets are not here (../shared/eval, or the folder COLLATE_EVAL_SETS names).');
  else if (process.argv.includes('--all')) printForJudging(sets, null, 0);
  else if (option('--sample') !== null) printForJudging(sets, option('--sample'), option('--seed') ?? 1);
  else printAudit(sets);
}
