import type { RunIndex } from '../results/runIndex.ts';
import { findingMarks } from './findingMarks.ts';
import type { Mark } from './mark.ts';
import { matchMarks } from './matchMarks.ts';

/** Everything a run says of its documents, by document key, in the order of the text. */
export function marksOf(index: RunIndex): ReadonlyMap<string, readonly Mark[]> {
  const byDocument = new Map<string, Mark[]>();
  for (const mark of [...matchMarks(index), ...findingMarks(index)]) {
    const marks = byDocument.get(mark.at.document);
    if (marks === undefined) byDocument.set(mark.at.document, [mark]);
    else marks.push(mark);
  }
  for (const marks of byDocument.values()) marks.sort((a, b) => a.at.start - b.at.start);
  return byDocument;
}
