import type { Finding, Match, NewTarget, RunSnapshot, Span, Unit, WorkflowName } from '../../../shared/model.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/engine/index.ts';
import type { CollateDocument } from '../../../server/src/engine/documents/document.ts';
import { documentSummary } from '../../../server/src/engine/runs/documentSummary.ts';
import type { RunFacts } from '../../../server/src/engine/runs/comparison/runFacts.ts';
import { planText, type Provision } from '../carryOver/plan.ts';
import { read } from '../documents/read.ts';

/** A plan of one article whose heading is no unit of the test; numbers start at 1.1. */
export function planOf(provisions: readonly Provision[], path: string): CollateDocument {
  return read(`Front page of the plan.\n\n${planText(provisions, 1000)}`, path);
}

/** The unit with this heading. */
export function unitOf({ units }: CollateDocument, { title }: Provision): Unit {
  const unit = units.find((one) => one.title === title);
  if (unit === undefined) throw new Error(`There is no ${title}.`);
  return unit;
}

function snapshotOf(id: string, workflow: WorkflowName, documents: readonly CollateDocument[], fields: Partial<RunSnapshot>): RunSnapshot {
  return {
    id, workflow, title: id, state: 'done', resumable: false, provider: 'local', settings: { ...DEFAULT_SETTINGS }, startedAt: 0, endedAt: 1,
    documents: documents.map(documentSummary), ledger: {}, progress: null, metrics: [], counts: { matches: 0, newTargets: 0, findings: 0 },
    analyses: [], speakers: [], stored: true, rulesVersion: '1.1', ...fields,
  };
}

/** The words without number and heading, as a crosswalk rests on them. */
function ownSpan({ span, textStart, textEnd }: Unit): Span {
  return { ...span, start: textStart, end: textEnd, quote: span.quote.slice(textStart - span.start, textEnd - span.start) };
}

function matchOf(source: Unit, targets: readonly Unit[], fields: Partial<Match>): Match {
  const isDecided = (fields.outcome ?? 'decided') === 'decided';
  return {
    sourceId: source.key, outcome: 'decided', relation: isDecided ? (targets.length === 0 ? 'missing' : 'same') : null, moved: false,
    variance: isDecided ? 'none' : null, impact: isDecided ? 'none' : null, confidence: null, counterpartScore: null,
    targets: targets.map((target) => ({ targetId: target.key, role: 'whole', evidence: { source: [ownSpan(source)], target: [ownSpan(target)] } })),
    candidates: targets.map(({ key }, at) => ({ targetId: key, score: 9 - at, claimed: true })), differences: [], why: [], ...fields,
  };
}

export interface CrosswalkGiven {
  readonly source: readonly Provision[];
  readonly target: readonly Provision[];
  /** Source, its targets, and what else is said of the match; a source that is not named goes to the target of its heading. */
  readonly rows?: readonly (readonly [Provision, readonly Provision[], Partial<Match>?])[];
  /** Headings of candidates that are not claimed, by source. */
  readonly candidates?: readonly (readonly [Provision, readonly Provision[]])[];
  readonly run?: Partial<RunSnapshot>;
  readonly paths?: readonly [string, string];
}

/** A finished crosswalk with the matches that are given; targets nobody claims are new. */
export function crosswalkFacts(id: string, { source, target, rows = [], candidates = [], run = {}, paths = ['old.md', 'new.md'] }: CrosswalkGiven): RunFacts {
  const left = planOf(source, paths[0]);
  const right = planOf(target, paths[1]);
  const claimed = new Set<string>();
  const matches = source.map((provision): Match => {
    const [, targets = target.filter(({ title }) => title === provision.title), fields = {}] = rows.find(([{ title }]) => title === provision.title) ?? [];
    const units = targets.map((one) => unitOf(right, one));
    for (const { key } of units) claimed.add(key);
    const more = candidates.find(([{ title }]) => title === provision.title)?.[1].map((one) => ({ targetId: unitOf(right, one).key, score: 1, claimed: false })) ?? [];
    const match = matchOf(unitOf(left, provision), units, fields);
    return { ...match, candidates: [...match.candidates, ...more] };
  });
  const newTargets = target.map((provision) => unitOf(right, provision)).filter(({ key }) => !claimed.has(key))
    .map(({ key }): NewTarget => ({ targetId: key, outcome: 'decided', relation: 'new', variance: 'design', impact: 'medium' }));
  return {
    snapshot: snapshotOf(id, 'crosswalk', [left, right], run),
    documents: [left, right].map((document) => ({ summary: documentSummary(document), units: document.units })),
    matches, newTargets, findings: [],
  };
}

/** A finished analysis whose findings are the given words, of one kind. */
export function analysisFacts(id: string, provisions: readonly Provision[], words: readonly string[], run: Partial<RunSnapshot> = {}): RunFacts {
  const document = planOf(provisions, 'plan.md');
  const counts = new Map<string, number>();
  const findings = words.map((quote): Finding => {
    const start = document.text.indexOf(quote);
    const unit = document.units.find(({ span }) => span.start <= start && start < span.end);
    if (start === -1 || unit === undefined) throw new Error(`${quote} is not in the plan.`);
    const ordinal = (counts.get(unit.key) ?? 0) + 1;
    counts.set(unit.key, ordinal);
    const span = { ...unit.span, start, end: start + quote.length, quote };
    return {
      key: `document:${unit.key}:crossReference.unresolved:${String(ordinal)}`, kind: 'crossReference.unresolved', severity: 'warning', title: 'Reference points nowhere',
      text: `${quote} is not in this document.`, evidence: [span], confidence: null, method: 'rules', outcome: 'decided',
    };
  });
  return { snapshot: snapshotOf(id, 'document', [document], run), documents: [{ summary: documentSummary(document), units: document.units }], matches: [], newTargets: [], findings };
}
