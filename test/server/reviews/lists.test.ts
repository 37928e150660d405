import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Match, NewTarget, RunSnapshot, Unit } from '../../../shared/model.ts';
import { MATCH_FILTERS, type MatchQuery, type MatchRow } from '../../../shared/protocol/results.ts';
import { MATCH_GROUPS, REVIEW_FILTERS, REVIEW_SORTS, type RowReview } from '../../../shared/protocol/reviews.ts';
import type { RunStore, StepRows } from '../../../server/src/engine/ports.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { openIn, temporaryFolder } from '../store/storeFolder.ts';

const RELATIONS = ['same', 'reworded', 'changed', 'split', 'merged', 'covered', 'missing'] as const;
const IMPACTS = ['none', 'low', 'medium', 'high'] as const;

function unit(document: string, n: number, section: number): Unit {
  const key = `${document}#${String(n)}`;
  const span = { document, start: n * 10, end: n * 10 + 5, line: n + 1, column: 1, quote: `words ${String(n % 3)}` };
  return { key, kind: 'provision', span, number: `${String(n)}.1`, title: `Title ${String(n)}`, path: section === 0 ? [] : [`ARTICLE ${String(section)}`], textStart: n * 10, textEnd: n * 10 + 5, contentHash: key };
}

const decidedRow = fc.record({
  relation: fc.constantFrom(...RELATIONS), impact: fc.constantFrom(...IMPACTS), moved: fc.boolean(),
  confidence: fc.option(fc.constantFrom(0.1, 0.5, 0.9, 0.95)), target: fc.option(fc.nat(7)), section: fc.nat(2), isDecided: fc.boolean(), reason: fc.constantFrom('too long', 'too few words'),
});
const state = fc.option(fc.record({
  state: fc.constantFrom('open', 'accepted', 'rejected', 'overridden'), again: fc.boolean(), noted: fc.boolean(), exception: fc.constantFrom('open', 'closed', null),
}));
const query = fc.record({
  offset: fc.nat(4), limit: fc.integer({ min: 1, max: 20 }), filter: fc.constantFrom(...MATCH_FILTERS), search: fc.constantFrom('', 'words 1', 'TITLE'),
  relation: fc.option(fc.constantFrom(...RELATIONS), { nil: undefined }), impact: fc.option(fc.constantFrom(...IMPACTS), { nil: undefined }),
  moved: fc.option(fc.boolean(), { nil: undefined }), review: fc.option(fc.constantFrom(...REVIEW_FILTERS), { nil: undefined }),
  reason: fc.option(fc.constantFrom('', 'too long', 'nowhere'), { nil: undefined }),
  sort: fc.constantFrom(...REVIEW_SORTS), descending: fc.boolean(), group: fc.constantFrom(...MATCH_GROUPS),
});

const given = fc.record({ rows: fc.array(fc.tuple(decidedRow, state), { maxLength: 12 }), newTargets: fc.array(state, { maxLength: 3 }) });
type Given = typeof given extends fc.Arbitrary<infer T> ? T : never;
const targets = Array.from({ length: 12 }, (_, n) => unit('new.md', n, 1 + (n % 2)));

function rowsOf({ rows, newTargets }: Given): StepRows {
  const source = rows.map(([{ section }], n) => unit('old.md', n, section));
  const named = ({ key, number, title }: Unit) => ({ id: key, number: number ?? '', title: title ?? '' });
  const matches = rows.map(([row], n) => {
    const own = source[n]!;
    const target = row.target === null ? null : targets[row.target]!;
    const line: MatchRow = {
      ...named(own), side: 'source', outcome: row.isDecided ? 'decided' : 'abstained', ...(row.isDecided ? {} : { reason: row.reason }), relation: row.isDecided ? row.relation : null, moved: row.moved,
      variance: row.isDecided ? 'none' : null, impact: row.isDecided ? row.impact : null, confidence: row.confidence, target: target === null ? null : { ...named(target), more: 0 },
    };
    return { match: { sourceId: own.key, targets: [] } as unknown as Match, row: line, searchText: `${own.title ?? ''} ${own.span.quote}` };
  });
  const added = newTargets.map((_, n) => {
    const own = targets[8 + n]!;
    const row: MatchRow = { ...named(own), side: 'target', outcome: 'decided', relation: 'new', moved: false, variance: 'design', impact: 'medium', confidence: null, target: null };
    return { newTarget: { targetId: own.key } as unknown as NewTarget, row, searchText: own.span.quote };
  });
  return { units: [{ documentKey: 'old.md', side: 'source', units: source }, { documentKey: 'new.md', side: 'target', units: targets }], matches, newTargets: added };
}

function statesOf(runId: string, { rows, newTargets }: Given): ReadonlyMap<string, RowReview> {
  const all = [...rows.map(([, one], n) => [`old.md#${String(n)}`, one] as const), ...newTargets.map((one, n) => [`new.md#${String(8 + n)}`, one] as const)];
  return new Map(all.flatMap(([id, one]) => (one === null ? [] : [[id, {
    state: one.again ? 'open' : one.state, standing: one.again ? 'reviewAgain' : 'stands', reviewer: runId, at: 1,
    ...(one.noted ? { note: 'n' } : {}), ...(one.exception === null ? {} : { exception: one.exception }),
  } as RowReview]])));
}

async function fill(store: RunStore, runId: string, all: Given): Promise<void> {
  const snapshot = { id: runId, startedAt: 1, documents: [] } as unknown as RunSnapshot;
  value(await store.createRun(snapshot, '{}', 'me'));
  value(await store.commitStep(runId, 'me', { step: 'a', ordinal: 0, value: 'null', finishedAt: 1 }, rowsOf(all), snapshot));
  value(await store.endRun(snapshot, 'me'));
  value(await store.reviews.write({ seen: 0, run: { run: runId, workflow: 'crosswalk', documents: [] }, lines: [], states: statesOf(runId, all), mark: 1 }));
}

describe('lists of the file store', () => {
  it('are those the fakes give, whatever is filtered, sorted and grouped', async () => {
    const [file, memory] = [(await openIn(temporaryFolder())).runs, memoryStore()];
    let last = 0;
    await fc.assert(fc.asyncProperty(given, fc.array(query, { minLength: 1, maxLength: 8 }), async (all, queries) => {
      const runId = `run${String(++last)}`;
      await fill(file, runId, all);
      await fill(memory, runId, all);
      for (const one of queries) {
        const asked = { ...JSON.parse(JSON.stringify(one)) as object, runId } as MatchQuery;
        const page = value(await memory.matchRows(asked));
        expect(value(await file.matchRows(asked))).toEqual(page);
        expect(value(await file.reviews.groups(asked))).toEqual(value(await memory.reviews.groups(asked)));
        for (const id of ['old.md#1', 'new.md#8']) expect(value(await file.reviews.index(asked, id))).toBe(value(await memory.reviews.index(asked, id)));
      }
      expect(value(await file.reviews.facets(runId))).toEqual(value(await memory.reviews.facets(runId)));
      expect(value(await file.reviews.exceptional(runId))).toEqual(value(await memory.reviews.exceptional(runId)));
      for (const atLeast of [0, 0.5, 1]) {
        const offer = value(await memory.reviews.offer(runId, atLeast));
        expect(value(await file.reviews.offer(runId, atLeast))).toEqual({ ...offer, expectedWrong: expect.closeTo(offer.expectedWrong) as number });
        expect(value(await file.reviews.openAbove(runId, atLeast))).toEqual(value(await memory.reviews.openAbove(runId, atLeast)));
      }
    }), { numRuns: 60 });
  });

  it.each([[undefined, 4], ['', 3], ['too long', 2], ['too few words', 1], ['nowhere', 0]])('for the reason %j are %i rows, of which a page is a part', async (reason, total) => {
    const row = (isDecided: boolean, why: 'too long' | 'too few words'): Given['rows'][number] => [{ relation: 'same', impact: 'none', moved: false, confidence: 0.5, target: null, section: 0, isDecided, reason: why }, null];
    const { runs } = await openIn(temporaryFolder());
    await fill(runs, 'run', { rows: [row(false, 'too long'), row(true, 'too long'), row(false, 'too few words'), row(false, 'too long')], newTargets: [] });
    const page = value(await runs.matchRows({ runId: 'run', offset: 1, limit: 1, filter: 'all', search: '', ...(reason === undefined ? {} : { reason }) }));
    expect([page.total, page.rows.length]).toEqual([total, total > 1 ? 1 : 0]);
  });
});
