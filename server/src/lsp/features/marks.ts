import type { Output, RunSnapshot } from '../../../../shared/model.ts';
import { findingMarks } from './findingMarks.ts';
import type { Mark } from './mark.ts';
import { matchMarks } from './matchMarks.ts';

/** Everything a run says of its documents, by document key, in the order of the text. */
export function marksOf(output: Output, snapshot: RunSnapshot): ReadonlyMap<string, readonly Mark[]> {
  const byDocument = new Map<string, Mark[]>();
  for (const run of output.runs) {
    for (const mark of [...matchMarks(run, snapshot), ...findingMarks(run)]) {
      const marks = byDocument.get(mark.at.document);
      if (marks === undefined) byDocument.set(mark.at.document, [mark]);
      else marks.push(mark);
    }
  }
  for (const marks of byDocument.values()) marks.sort((a, b) => a.at.start - b.at.start);
  return byDocument;
}
