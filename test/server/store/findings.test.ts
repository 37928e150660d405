import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OUTCOMES, type Finding, type RunSnapshot } from '../../../shared/model.ts';
import { FINDERS, type FindingQuery } from '../../../shared/protocol/results.ts';
import type { RunStore } from '../../../server/src/engine/ports.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { openIn, temporaryFolder } from './storeFolder.ts';

const KINDS = ['decision', 'actionItem', 'number.disagrees'] as const;
const ANALYZERS = ['meetingNotes', 'numbers'] as const;

const findings = fc.array(fc.record({
  kind: fc.constantFrom(...KINDS), analyzer: fc.constantFrom(...ANALYZERS), outcome: fc.constantFrom(...OUTCOMES), title: fc.constantFrom('Decision', 'Ünits'), text: fc.constantFrom('We vest', 'at 65'),
  method: fc.constantFrom('rules', 'gpt-4o-mini transcript-notes 1', 'o\'s model "x" transcript-notes 1'),
}), { maxLength: 12 });
const query = fc.record({
  offset: fc.nat(3), limit: fc.integer({ min: 1, max: 20 }), analyzer: fc.constantFrom('', ...ANALYZERS, 'nobody'), search: fc.constantFrom('', 'VEST', 'ünits'),
  kind: fc.option(fc.constantFrom(...KINDS, 'nothing'), { nil: undefined }), outcome: fc.option(fc.constantFrom(...OUTCOMES), { nil: undefined }), finder: fc.option(fc.constantFrom(...FINDERS), { nil: undefined }),
});

async function fill(store: RunStore, id: string, all: readonly Finding[]): Promise<void> {
  const snapshot = { id, startedAt: 1, documents: [] } as unknown as RunSnapshot;
  value(await store.createRun(snapshot, '{}', 'me'));
  value(await store.commitStep(id, 'me', { step: 'a', ordinal: 0, value: 'null', finishedAt: 1 }, { findings: all }, snapshot));
  value(await store.endRun(snapshot, 'me'));
}

it('findings of the file store are those the fakes give, whatever they are narrowed to, and so are their counts', async () => {
  const [file, memory] = [(await openIn(temporaryFolder())).runs, memoryStore()];
  let last = 0;
  await fc.assert(fc.asyncProperty(findings, fc.array(query, { minLength: 1, maxLength: 6 }), async (given, queries) => {
    const runId = `run${String(++last)}`;
    const all = given.map((one, n) => ({ ...one, key: `${runId}:${String(n)}`, severity: 'info', evidence: [], confidence: null }) satisfies Finding);
    await fill(file, runId, all);
    await fill(memory, runId, all);
    for (const one of queries) {
      const asked = { ...(JSON.parse(JSON.stringify(one)) as Omit<FindingQuery, 'runId'>), runId };
      expect(value(await file.findings(asked))).toEqual(value(await memory.findings(asked)));
      expect(value(await file.findingFacets(runId, one.analyzer))).toEqual(value(await memory.findingFacets(runId, one.analyzer)));
    }
  }), { numRuns: 60 });
});
