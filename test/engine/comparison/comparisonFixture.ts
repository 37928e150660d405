import type { RunComparison } from '../../../shared/comparison.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/engine/index.ts';
import { compareRuns } from '../../../server/src/engine/runs/comparison/compareRuns.ts';
import { provision } from '../carryOver/plan.ts';
import { crosswalkFacts } from './facts.ts';

/** Two runs with a row of every state, a changed setting and other rules. */
export function comparison(): RunComparison {
  const [a, b, c, d] = [1, 2, 3, 4].map((n) => provision(n)) as [ReturnType<typeof provision>, ReturnType<typeof provision>, ReturnType<typeof provision>, ReturnType<typeof provision>];
  const before = crosswalkFacts('r1', { source: [a, b, c], target: [a, b, d], rows: [[c, []]], run: { title: 'old.md to new.md', startedAt: Date.UTC(2026, 0, 5, 9) } });
  const after = crosswalkFacts('r2', {
    source: [d, a, provision(2, 99)], target: [a, b], rows: [[d, []], [b, [b], { relation: 'changed', variance: 'design', impact: 'medium' }]],
    run: { title: 'old.md to new.md', startedAt: Date.UTC(2026, 0, 6, 9), settings: { ...DEFAULT_SETTINGS, crosswalkLead: 0.2 }, rulesVersion: '1.2' },
  });
  return compareRuns(before, after);
}

/** The same text analysed twice. */
export function nothingMoved(): RunComparison {
  const [a, b] = [1, 2].map((n) => provision(n)) as [ReturnType<typeof provision>, ReturnType<typeof provision>];
  const facts = (id: string, day: number) => crosswalkFacts(id, { source: [a, b], target: [a, b], run: { startedAt: Date.UTC(2026, 0, day, 9) } });
  return compareRuns(facts('r1', 5), facts('r2', 6));
}
