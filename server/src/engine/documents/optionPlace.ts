import type { ElectionOption, TextPlace } from '../../../../shared/model.ts';

/** An option with its box, whichever of box and words stands first. */
export function optionPlace({ box, words }: Pick<ElectionOption, 'box' | 'words'>): TextPlace {
  return { start: Math.min(box.start, words.start), end: Math.max(box.end, words.end) };
}
