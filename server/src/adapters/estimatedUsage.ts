import type { ModelUsage } from '../engine/ports.ts';

/** Characters of an English token, by OpenAI's rule of thumb. */
const CHARACTERS_PER_TOKEN = 4;

const tokensOf = (length: number): number => Math.ceil(length / CHARACTERS_PER_TOKEN);

/** Usage of a call whose provider reported none: never shown as exact. `imageTokens`: of pictures beside the texts. */
export function estimatedUsage(textsIn: readonly string[], textOut: string, imageTokens = 0): ModelUsage {
  return { tokensIn: imageTokens + tokensOf(textsIn.reduce((sum, { length }) => sum + length, 0)), tokensOut: tokensOf(textOut.length), tokensCached: 0, estimated: true };
}
