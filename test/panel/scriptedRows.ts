import type { ComparedRow, RunComparison } from '../../shared/comparison.ts';
import type { Finding, RunSnapshot, Span } from '../../shared/model.ts';
import type { MatchDetail, MatchRow } from '../../shared/protocol/results.ts';

/** Made-up runs, rows and findings as a real server gives them. */
const entry = (decided: number, abstained: number, skipped: number, failed: number, pending = 0) => ({
  total: decided + abstained + skipped + failed + pending, decided, abstained, skipped, failed,
  reasons: { ...(abstained > 0 ? { 'the next candidate is as likely': abstained } : {}), ...(skipped > 0 ? { 'heading only, no text to compare': skipped } : {}), ...(failed > 0 ? { 'the provision could not be read': failed } : {}) },
});

export function runOf(over: Partial<RunSnapshot>): RunSnapshot {
  const document = (path: string) => ({ key: path, path, kind: 'basicPlanDocument' as const, hash: 'h', units: 946, problems: [] });
  const metric = (operation: string, startedAt: number, endedAt: number, items: number) => ({
    operation, startedAt, endedAt, items, calls: 0, tokensIn: 0, tokensOut: 0, tokensCached: 0, costUsd: 0, estimated: false, meanConcurrency: 1, errors: 0, retries: 0, rateLimited: 0,
  });
  return {
    id: 'run', workflow: 'crosswalk', title: 'alder.md to birch.md', state: 'done', resumable: false, provider: 'local', settings: { crosswalkAcceptAt: 0.7 },
    startedAt: 1_000_000, endedAt: 1_002_380, documents: [document('plans/alder.md'), document('plans/birch.md')],
    ledger: { sourceProvision: entry(871, 38, 26, 11), targetProvision: entry(900, 0, 20, 0), document: entry(2, 0, 0, 0) },
    progress: null, metrics: [metric('read', 1_000_000, 1_000_120, 2), metric('score', 1_000_130, 1_001_900, 894_916), metric('decide', 1_001_910, 1_002_380, 946)],
    counts: { matches: 946, newTargets: 31, findings: 0 }, analyses: [], speakers: [], stored: true, ...over,
  };
}

const SHAPES = ['same', 'reworded', 'changed', 'split', 'merged', 'covered', 'missing', 'new', 'abstained', 'skipped', 'failed'] as const;
const HEADINGS = [
  'Employees of a Participating Affiliate', 'Vesting', 'Permissible withdrawals of automatic deferrals', 'Plan Year', 'Loans', 'Minimum age and service', 'Rehired Employees', 'Match true-up after year end',
  'Hardship: deemed needs', 'Annuity Starting Date', 'Spousal consent to a loan', 'Top-heavy minimum contribution', 'Use of Forfeitures', 'Long-term part-time Employees',
] as const;
const ARTICLES = ['ARTICLE I DEFINITIONS', 'ARTICLE II ELIGIBILITY', 'ARTICLE III CONTRIBUTIONS', 'ARTICLE IV VESTING', 'ARTICLE V DISTRIBUTIONS'] as const;
const VARIANCES = ['design', 'regulatory', 'administrative'] as const;
const IMPACTS = ['high', 'medium', 'low'] as const;

/** The heading a row stands under. */
export function sectionOf(row: MatchRow): string {
  return ARTICLES[(Number(row.number.split('.')[0]) - 1) % ARTICLES.length] ?? 'Without a heading';
}

/** One row of every shape, over and over. */
export function rowOf(index: number): MatchRow {
  const shape = SHAPES[index % SHAPES.length] ?? 'same';
  const title = HEADINGS[index % HEADINGS.length] ?? '';
  const number = `${Math.floor(index / 20) + 1}.${String((index % 20) + 1).padStart(2, '0')}`;
  const base = { id: `alder.md#${index}`, side: 'source' as const, number, title, moved: index % 7 === 3 && shape !== 'missing' && shape !== 'new' };
  const target = { id: `birch.md#${index}`, number: `${index + 1}`, title: `${title} of the Plan`, more: 0 };
  if (shape === 'abstained') return { ...base, outcome: 'abstained', reason: 'the next candidate is as likely', relation: null, variance: null, impact: null, confidence: 0.64, target: null };
  if (shape === 'skipped') return { ...base, outcome: 'skipped', reason: 'heading only, no text to compare', relation: null, variance: null, impact: null, confidence: null, target: null };
  if (shape === 'failed') return { ...base, outcome: 'failed', reason: 'the provision could not be read', relation: null, variance: null, impact: null, confidence: null, target: null };
  if (shape === 'missing') return { ...base, outcome: 'decided', relation: 'missing', variance: 'design', impact: 'high', confidence: 0.91, target: null };
  if (shape === 'new') return { ...base, id: `birch.md#n${index}`, side: 'target', outcome: 'decided', relation: 'new', variance: 'design', impact: 'medium', confidence: null, target: null };
  const changed = shape === 'changed';
  return {
    ...base, outcome: 'decided', relation: shape, variance: changed || shape === 'split' ? (VARIANCES[index % 3] ?? 'design') : 'none', impact: changed || shape === 'split' ? (IMPACTS[Math.floor(index / 11) % 3] ?? 'high') : 'none', confidence: index === 2 ? 0.78 : 0.7 + ((index * 37) % 30) / 100,
    target: { ...target, more: shape === 'split' ? 2 : 0 },
  };
}

function unitText(document: string, number: string, title: string, text: string) {
  const span = spanOf(document, `${number} ${title}\n${text}`, 0, number.length + 1 + title.length + 1 + text.length);
  const start = number.length + 1 + title.length + 1;
  return {
    unit: { key: `${document}#${number}`, kind: 'provision' as const, span, number, title, path: ['ARTICLE III ELIGIBILITY'], textStart: start, textEnd: start + text.length, contentHash: 'h' },
    text, truncated: false, path: document,
  };
}

export function spanOf(document: string, text: string, start: number, end: number): Span {
  return { document, start, end, line: 12, column: 1, quote: text.slice(start, end) };
}

const NEAR: readonly (readonly [number: string, title: string, score: number])[] = [['2.3.1', 'Affiliate Employees', -0.02], ['2.3.4', 'Employees of acquired businesses', -3.91], ['14.2', 'Adoption by an affiliate', -4.52], ['2.1.8', 'Participating Affiliate', -5.1], ['2.5', 'Return after a break in service', -5.34], ['13.25', 'Related Employer', -6.02]];

/** Both sides of a row, with two differences in fact and words on one side only. */
export function detailOf(row: MatchRow, texts?: { readonly source: string; readonly target: string }): MatchDetail {
  const sourceText = texts?.source ?? 'Each Employee who has attained age 21 shall enter on the first day of the following quarter, unless excluded.';
  const targetText = texts?.target ?? 'Each Employee who has attained age 18 shall enter on the first day of the following month.';
  const source = unitText('plans/alder.md', row.number, row.title, sourceText);
  const target = unitText('plans/birch.md', row.target?.number ?? '9.9', row.target?.title ?? 'Loans', targetText);
  const at = (side: typeof source, words: string): Span => {
    const start = side.unit.span.quote.indexOf(words);
    return { document: side.path, start, end: start + words.length, line: 12, column: 3, quote: words };
  };
  const decided = row.outcome === 'decided' && row.relation !== 'missing' && row.relation !== 'new';
  const changed = decided && row.relation === 'changed' && texts === undefined;
  return {
    row,
    source: row.side === 'target' ? null : source,
    targets: row.side === 'target' || decided ? [{ role: 'whole', text: target, sourceEvidence: [], targetEvidence: [] }] : [],
    candidates: row.side === 'target' || row.outcome === 'skipped' || row.outcome === 'failed' ? [] : NEAR.map(([number, title, score], at) => ({ targetId: `birch.md#${number}`, score, claimed: decided && at === 0, number, title, span: { ...target.unit.span, quote: target.unit.span.quote.slice(0, 120) } })),
    differences: !changed ? [] : [
      { kind: 'age', rule: 'entity.age.differs', source: at(source, 'age 21'), target: at(target, 'age 18'), sourceValue: '21', targetValue: '18' },
      { kind: 'period', rule: 'entity.period.differs', source: at(source, 'quarter'), target: at(target, 'month'), sourceValue: 'quarter', targetValue: 'month' },
      { kind: 'words', rule: 'words.removed', source: at(source, ', unless excluded') },
      { kind: 'words', rule: 'words.replaced', source: at(source, '21'), target: at(target, '18') },
    ],
    equalFacts: changed ? { total: 2, facts: [{ kind: 'modality', value: 'must', source: at(source, 'shall'), target: at(target, 'shall') }, { kind: 'period', value: '1st day', source: at(source, 'first day'), target: at(target, 'first day') }] } : { total: 0, facts: [] },
    why: [{ rule: 'entity.age.differs', detail: 'An age differs: design, medium.' }, { rule: 'candidate.best', detail: 'Best of 507 by words and place: probability 78 %, word similarity 0.84; next 2 %.' }],
  };
}

export function findingOf(index: number, over: Partial<Finding> = {}): Finding {
  const quote = `We decided to move the entry date to month ${index}.`;
  return {
    key: `transcript:${index}`, kind: index % 3 === 0 ? 'decision' : 'actionItem', analyzer: 'meetingNotes', severity: 'info', title: index % 3 === 0 ? 'Decision' : 'Action item', text: quote,
    fields: { speaker: 'Dana', time: '00:05', rule: 'decision.decidedTo', ...(index % 3 === 0 ? {} : { owner: 'Lee', due: 'Friday' }) },
    evidence: [{ document: 'meeting.txt', start: index, end: index + quote.length, line: index + 1, column: 1, quote }],
    confidence: null, method: 'rules', outcome: 'decided', ...over,
  };
}

export function transcriptOf(findings: number, over: Partial<RunSnapshot> = {}): RunSnapshot {
  const skipped = (analyzer: string, title: string) => ({ analyzer, title, stage: 'A', outcome: 'skipped' as const, reason: 'needs a language model', findings: 0, read: 'nothing' });
  return runOf({
    workflow: 'transcript', title: 'meeting.txt', documents: [{ key: 'meeting.txt', path: 'meeting.txt', kind: 'transcript', hash: 'h', units: 214, problems: [] }],
    ledger: { turn: entry(214, 0, 0, 0), analysis: { ...entry(1, 0, 8, 0), reasons: { 'needs a language model': 8 } } },
    counts: { matches: 0, newTargets: 0, findings },
    analyses: [
      skipped('sayMeans', 'What is said and what is meant'), skipped('firstPrinciples', 'First principles'),
      { analyzer: 'meetingNotes', title: 'Meeting notes', stage: 'final', outcome: 'decided', findings, read: '214 turns, for decisions, action items, open questions, questions' },
    ],
    speakers: [{ speaker: 'Dana', turns: 120, words: 2_400, questions: 9, share: 0.61, firstTurn: 'meeting.txt#1' }, { speaker: 'Lee', turns: 94, words: 1_534, questions: 2, share: 0.39, firstTurn: 'meeting.txt#2' }],
    ...over,
  });
}

/** What a comparison with the run before says, and its rows. */
export function comparisonOf(counts: RunComparison['counts']): Omit<RunComparison, 'rows'> {
  const run = { title: 'alder.md to birch.md', state: 'done' as const };
  return {
    schemaVersion: 1, workflow: 'crosswalk', before: { ...run, id: 'before', startedAt: '2026-11-20T09:12:00Z' }, after: { ...run, id: 'run', startedAt: '2026-11-24T14:09:00Z' },
    documents: [{ before: { key: 'plans/alder.md', hash: 'h' }, after: { key: 'plans/alder.md', hash: 'h' }, how: 'same', units: { equal: 946, aligned: 0, gone: 0, added: 0 } }, { before: { key: 'plans/birch.md', hash: 'h' }, after: { key: 'plans/birch.md', hash: 'i' }, how: 'edited', units: { equal: 500, aligned: 6, gone: 1, added: 2 } }],
    settings: [], rules: { before: '4', after: '4' }, counts,
  };
}

const CHANGE_STATES = ['changed', 'new', 'gone', 'unchanged'] as const;

export function comparedRowOf(index: number): ComparedRow {
  const state = CHANGE_STATES[index % 4] ?? 'changed';
  const row = rowOf(index);
  const unit = { key: row.id, number: row.number, title: row.title, span: spanOf('plans/alder.md', row.title, 0, row.title.length) };
  return {
    key: `crosswalk ${row.id} match`, kind: 'match', state, before: state === 'new' ? null : unit, after: state === 'gone' ? null : unit, carried: 'equal', similarity: 1,
    changes: state === 'changed' ? [{ field: 'relation', before: 'same', after: 'changed' }, { field: 'targets', before: '6.2 Loans to Participants', after: '6.3 Number of loans' }] : [],
    causes: state === 'unchanged' ? [] : [{ cause: 'targetFree', sentence: 'Target 6.3 Number of loans became free.', units: ['birch.md#6.3'] }],
  };
}
