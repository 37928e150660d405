import type { Election, TextPlace } from '../../../../shared/model.ts';

/**
 * An election whose places were found in another text (one without page marks, say), at its places in the document.
 * `place` leads from a range of that text to the document's; values and labels stay as they were read.
 */
export function placedElection(election: Election, place: (start: number, end: number) => TextPlace): Election {
  const at = <T extends TextPlace>(one: T): T => {
    const { start, end } = place(one.start, one.end);
    return { ...one, start, end };
  };
  return {
    ...election,
    options: election.options.map((option) => ({ ...option, box: at(option.box), words: at(option.words), fillIns: option.fillIns.map(at) })),
    blanks: election.blanks.map(at),
    citations: election.citations.map(at),
  };
}
