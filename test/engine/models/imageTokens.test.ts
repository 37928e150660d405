import { expect, it } from 'vitest';
import { imageTokens } from '../../../server/src/engine/models/imageTokens.ts';

/** Examples of the provider's own page, and what follows from its rules. */
const CASES: readonly (readonly [model: string, width: number, height: number, tokens: number])[] = [
  ['gpt-4o', 1_024, 1_024, 765],
  ['gpt-4o', 2_048, 4_096, 1_105],
  ['gpt-4o', 300, 400, 255],
  ['a-model-of-one-s-own', 1_024, 1_024, 765],
  ['gpt-4o-mini', 1_024, 1_024, 2_833 + 4 * 5_667],
  ['gpt-5', 1_024, 1_024, 70 + 4 * 140],
  ['o3', 1_024, 1_024, 75 + 4 * 150],
  ['gpt-4.1-mini', 1_024, 1_024, Math.ceil(1_024 * 1.62)],
  ['gpt-5-nano', 1_800, 2_400, Math.ceil(1_536 * 2.46)],
];

it.each(CASES)('%s counts a picture of %i x %i as %i tokens', (model, width, height, tokens) => {
  expect(imageTokens(model, { width, height })).toBe(tokens);
});
