import type { BatchItem } from '../batchPlan.ts';
import { itemIds } from '../itemIds.ts';
import { estimateTokens } from '../tokenCount.ts';

/** A turn as a model is shown it, or a stretch of a long one: on one line. */
export interface SpokenLine {
  /** As printed; undefined where nobody is named. */
  readonly speaker: string | undefined;
  readonly words: string;
  /** In another language than English: which edits of a quote change its meaning is not known there. */
  readonly foreign: boolean;
}

/** Lines of a transcript that are asked about together, with those around them. */
export interface SpokenPart<L extends SpokenLine = SpokenLine> {
  /** The last lines before it and the first behind it: only so that it can be understood. */
  readonly before: readonly L[];
  readonly lines: readonly L[];
  readonly after: readonly L[];
}

export interface AskedLine extends SpokenLine {
  /** In prompt and answer. */
  readonly id: string;
}

export interface NotesQuestion extends BatchItem, SpokenPart<AskedLine> {}

/** Tokens of the answer to a part. */
export const ANSWER_TOKENS = 2_500;
/** Tokens of the id and the signs of a line. */
const LINE_TOKENS = 6;

export function lineTokens({ speaker = '', words }: SpokenLine): number {
  return estimateTokens(words) + estimateTokens(speaker) + LINE_TOKENS;
}

const content = ({ speaker = '', words }: SpokenLine): string => `${speaker}\n${words}`;

/** The same for the same words in the same order, so that a part asks the same wherever it stands in its file. */
function counted(keys: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return `${key}\n${String(times)}`;
  });
}

/** The questions of the parts, in their order. Ids of turns are unique in their part. */
export function notesQuestions(parts: readonly SpokenPart[]): readonly NotesQuestion[] {
  const ids = itemIds(counted(parts.map(({ before, lines, after }) => [before, lines, after].map((some) => some.map(content).join('\n')).join('\n\n'))));
  return parts.map(({ before, lines, after }, at) => {
    const all = [...before, ...lines, ...after];
    const lineIds = itemIds(counted(all.map(content)));
    const asked = all.map((line, k): AskedLine => ({ speaker: line.speaker, words: line.words, foreign: line.foreign, id: lineIds[k] as string }));
    return {
      id: ids[at] as string,
      tokens: ANSWER_TOKENS + all.reduce((sum, line) => sum + lineTokens(line), 0),
      before: asked.slice(0, before.length),
      lines: asked.slice(before.length, before.length + lines.length),
      after: asked.slice(before.length + lines.length),
    };
  });
}
