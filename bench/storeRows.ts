import type { Match, NewTarget, RunSnapshot, Unit } from '../shared/model.ts';
import type { MatchRow } from '../shared/protocol/results.ts';
import type { RowReview } from '../shared/protocol/reviews.ts';
import type { RunStore, StepRows } from '../server/src/engine/ports.ts';

/** Words a made-up text is drawn from; the first ones are common, as in any language. */
const VOCABULARY = 5_000;
const WORDS_A_UNIT = 120;
const RELATIONS = ['same', 'reworded', 'changed', 'split', 'merged', 'covered', 'missing'] as const;
const IMPACTS = ['none', 'low', 'medium', 'high'] as const;
const STATES = ['accepted', 'rejected', 'overridden', 'open'] as const;
const SYLLABLES = ['ba', 'do', 'fi', 'gu', 'ka', 'le', 'mo', 'nu', 'pi', 'ra', 'so', 'tu', 've', 'wi', 'xo', 'ze'];

/** The same numbers for the same seed, in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

export function wordOf(n: number): string {
  return [n % 16, (n >> 4) % 16, (n >> 8) % 16, (n >> 12) % 16].map((at) => SYLLABLES[at]).join('');
}

function unitOf(document: string, n: number, next: () => number): Unit {
  const words = Array.from({ length: WORDS_A_UNIT }, () => wordOf(Math.floor(VOCABULARY * next() ** 3)));
  const section = Math.floor(n / 40);
  const key = `${document}#Article ${String(section)}/${String(section)}.${String(n % 40)}:1`;
  const quote = words.join(' ');
  return {
    key, kind: 'provision', span: { document, start: n * 1_000, end: n * 1_000 + quote.length, line: n + 1, column: 1, quote },
    number: `${String(section)}.${String(n % 40)}`, title: words.slice(0, 4).join(' '), path: [`ARTICLE ${String(section)} ${wordOf(section)}`],
    textStart: n * 1_000, textEnd: n * 1_000 + quote.length, contentHash: key,
  };
}

const named = ({ key, number, title }: Unit) => ({ id: key, number: number ?? '', title: title ?? '' });
const searchText = ({ number, title, span }: Unit): string => [number, title, span.quote].join('\n');

/** Rows of a crosswalk between two documents of made-up provisions; one in ten is new in the second. */
export function storeRows(rows: number): StepRows {
  const next = numbers(7);
  const added = Math.floor(rows / 10);
  const source = Array.from({ length: rows - added }, (_, n) => unitOf('old.md', n, next));
  const target = Array.from({ length: rows }, (_, n) => unitOf('new.md', n, next));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const matches = source.map((own, n) => {
    const other = target[Math.min(rows - 1, Math.floor(n * 1.1 + next() * 50))] as Unit;
    const isDecided = next() < 0.7;
    const line: MatchRow = {
      ...named(own), side: 'source', outcome: isDecided ? 'decided' : 'abstained', ...(isDecided ? {} : { reason: 'closeCandidates' as const }), relation: isDecided ? pick(RELATIONS) : null, moved: next() < 0.1,
      variance: isDecided ? 'none' : null, impact: isDecided ? pick(IMPACTS) : null, confidence: Math.floor(next() * 1_000) / 1_000, target: { ...named(other), more: 0 },
    };
    const evidence = { source: [own.span], target: [other.span] };
    const match = { sourceId: own.key, outcome: line.outcome, targets: [{ targetId: other.key, role: 'whole', evidence }], candidates: [{ targetId: other.key, score: 1, claimed: true }] } as unknown as Match;
    return { match, row: line, searchText: searchText(own) };
  });
  const newTargets = target.slice(0, added).map((own) => {
    const row: MatchRow = { ...named(own), side: 'target', outcome: 'decided', relation: 'new', moved: false, variance: 'design', impact: 'medium', confidence: null, target: null };
    return { newTarget: { targetId: own.key } as unknown as NewTarget, row, searchText: searchText(own) };
  });
  return { units: [{ documentKey: 'old.md', side: 'source', units: source }, { documentKey: 'new.md', side: 'target', units: target }], matches, newTargets };
}

/** Every second row has been looked at. */
export function storeStates(rows: StepRows): ReadonlyMap<string, RowReview> {
  const ids = [...(rows.matches ?? []), ...(rows.newTargets ?? [])].map(({ row }) => row.id);
  return new Map(ids.filter((_, n) => n % 2 === 0).map((id, n) => [id, { state: STATES[n % 4] ?? 'open', standing: n % 4 === 3 ? 'reviewAgain' : 'stands', reviewer: 'dana', at: 1 } as RowReview]));
}

export function storeSnapshot(runId: string, rows: StepRows): RunSnapshot {
  const documents = [{ key: 'old.md', hash: 'old' }, { key: 'new.md', hash: 'new' }];
  const counts = { matches: rows.matches?.length ?? 0, newTargets: rows.newTargets?.length ?? 0, findings: 0 };
  return { id: runId, workflow: 'crosswalk', title: runId, state: 'done', startedAt: 1, endedAt: 2, documents, counts, ledger: {}, settings: {}, metrics: [], analyses: [], speakers: [], progress: null, resumable: false, stored: true } as unknown as RunSnapshot;
}

/** Keeps a run with these rows. */
export async function fillStore(store: RunStore, runId: string, rows: StepRows): Promise<void> {
  const snapshot = storeSnapshot(runId, rows);
  const kept = [
    await store.createRun(snapshot, '{}', 'bench'),
    await store.commitStep(runId, 'bench', { step: 'all', ordinal: 0, value: 'null', finishedAt: 1 }, rows, snapshot),
    await store.endRun(snapshot, 'bench'),
  ];
  for (const one of kept) if (!one.ok) throw new Error(one.failure.message);
}
