/** Finding the turns that bear on a question or support an answer, as a figure of how transcripts are read: no part of the product. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spokenText } from '../server/src/engine/documents/spokenText.ts';
import { isStopWord, stemOf, wordsOf } from '../server/src/engine/workflows/crosswalk/scoring/tokens.ts';
import { publicMeetings, type PublicMeeting } from './qmsum.ts';

/** Turns of a window and of a step, as in the scorer's own baseline. */
const WINDOW = 8;
const STEP = 4;
/** BM25's saturation and length normalisation, as usual. */
const K1 = 1.2;
const B = 0.75;
/** So many windows are named, best first. */
const WINDOWS = 8;
/** Share of a meeting's turns that the scorer counts for a question. */
const SELECTED_SHARE = 0.1;
/** A question is about a stretch of the talk: turns are scored over stretches of these lengths, in turns, with their weights. */
const STRETCHES = [[8, 1], [24, 1], [64, 1]] as const;

interface Question {
  readonly meeting: string;
  readonly n: number;
  readonly kind: 'query' | 'answer';
  readonly text: string;
}

const termsOf = (text: string): readonly string[] => wordsOf(text).filter((word) => !isStopWord(word)).map(stemOf);

/** BM25 over windows of one meeting's turns. */
class Windows {
  readonly #windows: readonly { readonly first: number; readonly last: number; readonly counts: ReadonlyMap<string, number>; readonly length: number }[];
  readonly #holding = new Map<string, number>();
  readonly #meanLength: number;

  constructor(turns: readonly (readonly string[])[], size: number, step: number) {
    const windows = [];
    for (let first = 0; first < Math.max(1, turns.length - size + step); first += step) {
      const last = Math.min(turns.length, first + size) - 1;
      const counts = new Map<string, number>();
      const terms = turns.slice(first, last + 1).flat();
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
      for (const term of counts.keys()) this.#holding.set(term, (this.#holding.get(term) ?? 0) + 1);
      windows.push({ first, last, counts, length: terms.length });
    }
    this.#windows = windows;
    this.#meanLength = windows.reduce((sum, { length }) => sum + length, 0) / Math.max(1, windows.length);
  }

  /** Windows with their score, in the order of the talk. */
  scores(query: readonly string[]): readonly { readonly first: number; readonly last: number; readonly score: number }[] {
    const total = this.#windows.length;
    return this.#windows.map(({ first, last, counts, length }) => {
      let score = 0;
      for (const term of new Set(query)) {
        const count = counts.get(term) ?? 0;
        if (count === 0) continue;
        const holding = this.#holding.get(term) ?? 0;
        const weight = Math.log(1 + (total - holding + 0.5) / (holding + 0.5));
        score += (weight * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / Math.max(1, this.#meanLength)));
      }
      return { first, last, score };
    });
  }

  /** The score of every turn: the mean over the windows it is in. */
  turnScores(query: readonly string[], turns: number): readonly number[] {
    const sums = new Float64Array(turns);
    const counts = new Float64Array(turns);
    for (const { first, last, score } of this.scores(query)) {
      for (let turn = first; turn <= last; turn += 1) {
        sums[turn] = (sums[turn] ?? 0) + score;
        counts[turn] = (counts[turn] ?? 0) + 1;
      }
    }
    const means = [...sums].map((sum, turn) => sum / Math.max(1, counts[turn] ?? 0));
    const highest = Math.max(...means, 1e-9);
    return means.map((mean) => mean / highest);
  }
}

function turnTerms({ document, lines }: PublicMeeting): readonly (readonly string[])[] {
  const terms: (readonly string[])[] = lines.map(() => []);
  for (const unit of document.units) terms[unit.span.line - 1] = termsOf(`${unit.speaker ?? ''} ${spokenText(document.text, unit).text}`);
  return terms;
}

function answered(meeting: PublicMeeting, questions: readonly Question[]): readonly object[] {
  const turns = turnTerms(meeting);
  const windows = new Windows(turns, WINDOW, STEP);
  const stretches = STRETCHES.map(([size, weight]) => ({ weight, windows: new Windows(turns, size, size / 2) }));
  const limit = Math.ceil(turns.length * SELECTED_SHARE);
  return questions.map(({ meeting: name, n, kind, text }) => {
    const query = termsOf(text);
    const best = windows.scores(query).toSorted((a, b) => b.score - a.score).slice(0, WINDOWS);
    const sums = new Float64Array(turns.length);
    for (const { weight, windows: stretch } of stretches) stretch.turnScores(query, turns.length).forEach((score, turn) => { sums[turn] = (sums[turn] ?? 0) + weight * score; });
    const selected = [...sums.keys()].toSorted((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0) || a - b).slice(0, limit);
    return { meeting: name, n, kind, windows: best.map(({ first, last }) => [first, last]), selected };
  });
}

/** What the scorer says of windows and turns found without a model. */
export function scoreRetrieval(sets: string): { readonly questions: number; readonly answerTop1: number; readonly answerTop3: number; readonly queryF1: number } {
  const folder = mkdtempSync(join(tmpdir(), 'collate-turns-'));
  try {
    const scorer = join(sets, 'score_transcript.py');
    const meetings = join(sets, 'qmsum', 'dev');
    const asked = join(folder, 'questions.jsonl');
    execFileSync('python3', [scorer, meetings, '--questions', asked]);
    const questions = readFileSync(asked, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Question);
    const rows = publicMeetings(sets).flatMap((meeting) => answered(meeting, questions.filter(({ meeting: name }) => name === meeting.name)));
    const predicted = join(folder, 'predicted.jsonl');
    writeFileSync(predicted, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return JSON.parse(execFileSync('python3', [scorer, meetings, predicted], { encoding: 'utf8' })) as ReturnType<typeof scoreRetrieval>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints them beside the scorer's own baseline: BM25 over the same windows on the other half of the set. */
export function printRetrieval(sets: string): void {
  const { questions, answerTop1, answerTop3, queryF1 } = scoreRetrieval(sets);
  console.log(`\nturns that bear on ${questions} questions: answer in the first window ${answerTop1} (baseline .922), in the first three ${answerTop3} (.971), query F1 ${queryF1} (.240)`);
}
