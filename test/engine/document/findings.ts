import type { Finding } from '../../../shared/model.ts';
import { documentFindings } from '../../../server/src/engine/workflows/document/documentRules.ts';
import { read } from '../documents/read.ts';

/** What the rules find in a document of these lines, by one analyzer or all. */
export function findingsIn(lines: readonly string[], analyzer?: string): readonly Finding[] {
  return documentFindings(read(`${lines.join('\n\n')}\n`, 'plan.md')).filter((finding) => analyzer === undefined || finding.analyzer === analyzer);
}

/** `kind: the words it points at`. */
export function brief({ kind, evidence }: Finding): string {
  return `${kind}: ${evidence[0]?.quote ?? ''}`;
}
