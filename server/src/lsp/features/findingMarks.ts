import type { Finding, Span } from '../../../../shared/model.ts';
import { innermost, type RunIndex } from '../results/runIndex.ts';
import type { Mark, MarkSeverity } from './mark.ts';

const SEVERITY = { info: 'information', warning: 'warning', error: 'error' } as const satisfies Record<Finding['severity'], MarkSeverity>;

/** Said of many provisions and wrong with none: they are hints, so that what needs a look stands out. */
const QUIET: ReadonlySet<string> = new Set(['definition', 'election.depends', 'question', 'definitionCandidate', 'causeCandidate', 'argumentCandidate', 'hedging']);

function words({ title, text, outcome, reason }: Finding): string {
  const statement = text === '' || text === title ? title : `${title}: ${text}`;
  return outcome === 'abstained' && reason !== undefined ? `${statement} (left for review: ${reason})` : statement;
}

/** Marks of findings at the words they rest on; one without evidence has no place in the text. */
export function findingMarks(index: RunIndex): readonly Mark[] {
  const { run } = index;
  const homes = new Map(index.snapshot.documents.map(({ key }) => [key, index.unitsOf(key).map(({ span }) => span)]));
  const unitAt = (span: Span): Span => innermost(homes.get(span.document) ?? [], span.start) ?? span;
  return run.findings.flatMap((finding): readonly Mark[] => {
    const [at, ...further] = finding.evidence;
    if (at === undefined || finding.outcome === 'skipped' || finding.outcome === 'failed') return [];
    return [
      {
        code: finding.kind,
        severity: QUIET.has(finding.kind) ? 'hint' : SEVERITY[finding.severity],
        impact: null,
        message: words(finding),
        at,
        unit: unitAt(at),
        holds: [],
        rests: finding.evidence.map((span) => ({ at: span, unit: unitAt(span) })),
        related: further.map((span) => ({ at: span, unit: unitAt(span), message: span.quote.split('\n', 1)[0] ?? '' })),
        data: { runId: run.id, id: finding.key, targets: [] },
      },
    ];
  });
}
