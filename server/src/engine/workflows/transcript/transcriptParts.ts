/** A transcript in parts that a model reads one by one. */
import { textHash } from '../../documents/hash.ts';
import type { SpokenPart } from '../../models/tasks/notesQuestion.ts';
import type { TurnLine } from './spokenLines.ts';

export type TranscriptPart = SpokenPart<TurnLine>;

/** Tokens of the talk of a part at most, and at least where another one follows: models overlook more in longer texts. */
const MOST_TOKENS = 3_000;
const LEAST_TOKENS = 2_000;
/** Tokens of the turns that are shown before a part, and behind it. */
const AROUND_TOKENS = 400;
const AROUND_LINES = 8;
/** Tokens of the talk of half a part, at least: a model that cannot answer about so few will not about fewer. */
const LEAST_HALF_TOKENS = 500;

/**
 * Cut between turns, at the turn within reach whose words have the least hash: where turns are put in or taken out, the parts
 * further on stay the ones they were, and so do their answers. Every line is in exactly one part; the turns around it are
 * shown besides.
 */
export function transcriptParts(lines: readonly TurnLine[]): readonly TranscriptPart[] {
  const parts: TranscriptPart[] = [];
  for (let from = 0; from < lines.length; ) {
    const to = endOf(lines, from);
    parts.push({ before: around(lines.slice(0, from).toReversed()).toReversed(), lines: lines.slice(from, to), after: around(lines.slice(to, to + AROUND_LINES)) });
    from = to;
  }
  return parts;
}

function endOf(lines: readonly TurnLine[], from: number): number {
  let tokens = 0;
  let best: { readonly at: number; readonly hash: string } | null = null;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] as TurnLine;
    if (at > from && tokens + line.tokens > MOST_TOKENS) return best?.at ?? at;
    if (tokens >= LEAST_TOKENS) {
      const hash = textHash(`${line.speaker ?? ''}\n${line.words}`);
      if (best === null || hash < best.hash) best = { at, hash };
    }
    tokens += line.tokens;
  }
  return lines.length;
}

/**
 * Both halves of a part, cut between the lines nearest to its middle, each with what is shown around it; null where they would be
 * too small to be worth it.
 */
export function halvesOf({ before, lines, after }: TranscriptPart): readonly [TranscriptPart, TranscriptPart] | null {
  const whole = lines.reduce((sum, { tokens }) => sum + tokens, 0);
  if (lines.length < 2 || whole < 2 * LEAST_HALF_TOKENS) return null;
  let tokens = (lines[0] as TurnLine).tokens;
  let cut = 1;
  // The line across the middle goes where more of it lies.
  for (; cut < lines.length - 1 && tokens + (lines[cut] as TurnLine).tokens / 2 <= whole / 2; cut++) tokens += (lines[cut] as TurnLine).tokens;
  const [first, second] = [lines.slice(0, cut), lines.slice(cut)];
  return [
    { before, lines: first, after: around([...second, ...after].slice(0, AROUND_LINES)) },
    { before: around([...before, ...first].toReversed()).toReversed(), lines: second, after },
  ];
}

/** The lines nearest first, as far as they are to be shown. */
function around(nearest: readonly TurnLine[]): readonly TurnLine[] {
  let tokens = 0;
  const shown = nearest.slice(0, AROUND_LINES).findIndex((line) => (tokens += line.tokens) > AROUND_TOKENS);
  return nearest.slice(0, shown === -1 ? AROUND_LINES : shown);
}
