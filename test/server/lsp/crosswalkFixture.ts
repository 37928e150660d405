import type { Match } from '../../../shared/model.ts';
import type { RowReview } from '../../../shared/protocol/reviews.ts';
import { matchOf, snapshotOf, spanOf, summaryOf, targetOf, unitsOf, type FakeEngine } from './fakeEngine.ts';
import { ScriptedClient, type ClientOptions } from './scriptedClient.ts';

export const SOURCE = [
  '1.1 Eligibility\nAn employee is eligible at age 21.',
  '1.2 Vesting\nVesting takes 3 years of service, counted from hire.',
  '1.3 Loans\nLoans are permitted.',
  '1.4 Forfeitures\nForfeitures pay expenses.',
].join('\n\n');
export const TARGET = [
  '4.1 Eligibility\nAn employee is eligible at age 21.',
  '4.2 Vesting\nVesting takes 5 years of service.',
  '4.3 Forfeitures\nForfeitures may pay expenses or be reallocated.',
  '4.4 Hardship\nHardship withdrawals are permitted.',
].join('\n\n');

export const MATCHES: readonly Match[] = [
  matchOf({ sourceId: 'old.md#1.1', targets: [targetOf('new.md#4.1')], confidence: 0.99 }),
  matchOf({
    sourceId: 'old.md#1.2', relation: 'changed', moved: true, variance: 'design', impact: 'high', confidence: 0.93,
    targets: [{ targetId: 'new.md#4.2', role: 'whole', evidence: { source: [spanOf('old.md', SOURCE, 'Vesting takes')], target: [spanOf('new.md', TARGET, 'Vesting takes')] } }],
    why: [{ rule: 'entity.period.differs', detail: 'A longer period for the same right.' }],
    differences: [
      {
        kind: 'period', rule: 'entity.period.differs', sourceValue: '3 years', targetValue: '5 years',
        source: spanOf('old.md', SOURCE, '3 years'), target: spanOf('new.md', TARGET, '5 years'),
      },
    ],
  }),
  matchOf({
    sourceId: 'old.md#1.3', outcome: 'abstained', reason: 'the next candidate is as likely', relation: null, variance: null, impact: null, confidence: null,
    candidates: [{ targetId: 'new.md#4.4', score: 1, claimed: false }],
  }),
  matchOf({ sourceId: 'old.md#1.4', relation: 'changed', variance: 'administrative', impact: 'low', targets: [targetOf('new.md#4.3')] }),
];

/** Two open documents, compared: `old.md` is the source, `new.md` the target. */
export async function comparedDocuments(
  { matches = MATCHES, source = SOURCE, target = TARGET, reviews }: {
    readonly matches?: readonly Match[]; readonly source?: string; readonly target?: string; readonly reviews?: ReadonlyMap<string, RowReview>;
  } = {},
  options?: ClientOptions,
): Promise<{ readonly client: ScriptedClient; readonly engine: FakeEngine }> {
  const client = await ScriptedClient.start(options);
  const engine = client.engine();
  engine.runs.set('r', {
    snapshot: snapshotOf({ id: 'r', workflow: 'crosswalk', state: 'done', startedAt: 5, endedAt: 9, documents: [summaryOf('old.md'), summaryOf('new.md')] }),
    texts: new Map([['old.md', source], ['new.md', target]]),
    units: [...unitsOf('old.md', source), ...unitsOf('new.md', target)],
    matches,
    newTargets: [{ targetId: 'new.md#4.4', outcome: 'decided', relation: 'new', variance: 'design', impact: 'medium' }],
    ...(reviews === undefined ? {} : { reviews }),
  });
  await client.open('ws/old.md', source);
  await client.open('ws/new.md', target);
  return { client, engine };
}

/** 0-based position of words in a text, `into` them. */
export function positionOf(text: string, words: string, into = 1): { readonly line: number; readonly character: number } {
  const lines = text.slice(0, text.indexOf(words) + into).split('\n');
  return { line: lines.length - 1, character: (lines.at(-1) ?? '').length };
}

/** The words a range of a text covers. */
export function wordsIn(text: string, { start, end }: { readonly start: Position; readonly end: Position }): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: Position): number => lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, character);
  return text.slice(offset(start), offset(end));
}
interface Position {
  readonly line: number;
  readonly character: number;
}

export function reviewOf(some: Partial<RowReview>): RowReview {
  return { state: 'accepted', standing: 'stands', reviewer: 'M. Okafor', at: Date.UTC(2026, 0, 6, 9), ...some };
}
