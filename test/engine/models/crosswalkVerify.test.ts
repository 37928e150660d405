import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchAsk } from '../../../server/src/engine/models/batchTask.ts';
import { estimateTokens } from '../../../server/src/engine/models/tokenCount.ts';
import type { ProvisionText } from '../../../server/src/engine/models/tasks/crosswalkQuestion.ts';
import { crosswalkQuestions } from '../../../server/src/engine/models/tasks/crosswalkQuestion.ts';
import { CROSSWALK_PROBLEMS as PROBLEMS } from '../../../server/src/engine/models/tasks/crosswalkProblems.ts';
import type { CrosswalkAnswer } from '../../../server/src/engine/models/tasks/crosswalkAnswer.ts';
import { crosswalkVerify } from '../../../server/src/engine/models/tasks/crosswalkVerify.ts';
import { runBatches } from '../../../server/src/engine/models/runBatches.ts';
import { fakeModel, NEVER } from './answers.ts';
import { answer, ENTRY, ENTRY_CHANGED, ENTRY_REWORDED, HOSTILE, idIn, LOANS, provision, question } from './crosswalkRows.ts';

const ROW = question(ENTRY, [ENTRY_REWORDED, ENTRY_CHANGED, LOANS]);
const target = (of: ProvisionText, quotes: readonly string[], role: 'whole' | 'part' = 'whole'): CrosswalkAnswer['targets'][number] => ({ id: idIn(ROW, of), quotes: [...quotes], role });

describe('the prompt of open rows', () => {
  const prompts: Readonly<Record<string, string>> = {
    'crosswalk-verify.txt': promptOf(crosswalkQuestions([
      { source: ENTRY, candidates: [ENTRY_REWORDED, ENTRY_CHANGED], doubts: ['Only the target says 60 day.'] },
      { source: LOANS, candidates: [], doubts: [] },
    ]), null),
    'crosswalk-verify-hostile.txt': promptOf([question(ENTRY, [HOSTILE], ['Notices ⟦x⟧ differ.'])], 'targets names an id that is no candidate of this item.'),
  };

  function promptOf(questions: Parameters<typeof crosswalkVerify.prompt>[0], earlier: string | null): string {
    return `${crosswalkVerify.prompt(questions, earlier).map(({ role, content }) => `--- ${role}\n${content}`).join('\n')}\n`;
  }

  it.each(Object.keys(prompts))('is as it was in %s; another one is another version', (name) => {
    expect(prompts[name]).toBe(readFileSync(join(import.meta.dirname, 'golden', name), 'utf8'));
  });

  it('has no number of its own that could pass for one of a document', () => {
    for (const { content } of crosswalkVerify.prompt([], null)) expect(content).not.toMatch(/\p{N}/u);
  });

  it('begins with the same words in every call', () => {
    const [first] = crosswalkVerify.prompt([ROW], null);
    expect(crosswalkVerify.prompt([question(LOANS, [HOSTILE])], 'x')[0]).toEqual(first);
  });

  it('takes about the tokens it was planned with', () => {
    const [, user] = crosswalkVerify.prompt([ROW], null);
    const planned = ROW.tokens - crosswalkVerify.tokensOut;
    expect(planned).toBeGreaterThanOrEqual(estimateTokens(user?.content ?? ''));
    expect(planned).toBeLessThan(estimateTokens(user?.content ?? '') + 120);
  });
});

describe('an answer to an open row', () => {
  it('becomes a verdict with the words of the documents', () => {
    const checked = crosswalkVerify.check(ROW, answer(ROW, { sourceQuotes: ['SHALL ENTER the Plan  within 30 days', 'attains age twenty-one (21)'], why: ' Both let an Employee of 21 in\nwithin 30 days. ' }));
    expect(checked).toEqual({
      ok: true,
      value: {
        relation: 'reworded', variance: 'none', impact: 'none', why: 'Both let an Employee of 21 in within 30 days.',
        sourceEvidence: [ENTRY.spanOf(16, 43), ENTRY.spanOf(78, 113)],
        targets: [{ targetId: 'new.md#3.2', role: 'whole', evidence: { source: [ENTRY.spanOf(16, 43), ENTRY.spanOf(78, 113)], target: [ENTRY_REWORDED.spanOf(0, 47)] } }],
      },
    });
  });

  const changed = { relation: 'changed', variance: 'design', impact: 'medium', targets: [target(ENTRY_CHANGED, ['shall enter the Plan within 60 days'])], why: 'It is 60 days instead of 30.' } as const satisfies Partial<CrosswalkAnswer>;
  const missing = { relation: 'missing', variance: 'design', impact: 'high', targets: [], why: 'None is about entry.' } as const satisfies Partial<CrosswalkAnswer>;
  const asUsed = (part: 'merged' | 'covered'): Partial<CrosswalkAnswer> => ({ relation: part, variance: 'administrative', impact: 'low', targets: [target(ENTRY_REWORDED, ['Nobody may enter earlier'], 'part')] });

  it.each<[name: string, changes: Partial<CrosswalkAnswer>, relation: string]>([
    ['changed', changed, 'changed'],
    ['missing', missing, 'missing'],
    ['merged', asUsed('merged'), 'merged'],
    ['covered', asUsed('covered'), 'covered'],
    ['split', { relation: 'split', variance: 'administrative', impact: 'low', targets: [target(ENTRY_REWORDED, ['Nobody may enter earlier'], 'part'), target(LOANS, ['The Trustee must not lend'], 'part')] }, 'split'],
    ['unsure, without quotes', { relation: 'unsure', targets: [], sourceQuotes: [], why: 'It hangs on what a Year of Service is.' }, 'unsure'],
    ['changed, in two targets', { ...changed, targets: [target(ENTRY_CHANGED, ['within 60 days'], 'part'), target(ENTRY_REWORDED, ['Nobody may enter earlier'], 'part')] }, 'changed'],
  ])('is taken: %s', (_, changes, relation) => {
    const checked = crosswalkVerify.check(ROW, answer(ROW, changes));
    expect(checked.ok ? checked.value.relation : checked.problem).toBe(relation);
  });

  it.each<[problem: keyof typeof PROBLEMS, changes: Partial<Record<keyof CrosswalkAnswer, unknown>>]>([
    ['shape', { relation: 'new' }],
    ['shape', { why: '' }],
    ['shape', { targets: [{ id: 'x', role: 'whole' }] }],
    ['shape', { targets: [{ id: idIn(ROW, LOANS), quotes: [], role: 'whole' }] }],
    ['shape', { why: 'x'.repeat(10_000_000) }],
    ['targetInvented', { targets: [{ id: 'zzzz', quotes: ['Every Employee aged 21'], role: 'whole' }] }],
    ['targetInvented', { targets: [{ id: ROW.id, quotes: ['attains age twenty-one (21)'], role: 'whole' }] }],
    ['targetTwice', { relation: 'split', targets: [target(LOANS, ['must not lend'], 'part'), target(LOANS, ['must not lend'], 'part')] }],
    ['targetOfNone', { ...missing, targets: answer(ROW).targets }],
    ['targetOfNone', { relation: 'unsure' }],
    ['tooManyTargets', { targets: [target(ENTRY_REWORDED, ['Every Employee aged 21']), target(LOANS, ['The Trustee must not lend'])] }],
    ['tooFewTargets', { targets: [] }],
    ['tooFewTargets', { ...asUsed('merged'), relation: 'split' }],
    ['role', { targets: [target(ENTRY_REWORDED, ['Every Employee aged 21'], 'part')] }],
    ['role', { ...asUsed('covered'), targets: [target(ENTRY_REWORDED, ['Every Employee aged 21'], 'whole')] }],
    ['weightHalf', { ...changed, impact: 'none' }],
    ['weightOfEqual', { variance: 'administrative', impact: 'low' }],
    ['weightOfChange', { ...changed, variance: 'none', impact: 'none' }],
    ['weightOfMissing', { ...missing, impact: 'medium' }],
    ['noSourceQuote', { sourceQuotes: [] }],
    ['sourceQuote', { sourceQuotes: ['attains age twenty (20)'] }],
    ['sourceQuote', { sourceQuotes: ['An Employee may enter before'] }],
    ['sourceQuote', { sourceQuotes: ['Plan'] }],
    ['targetQuote', { targets: [target(ENTRY_REWORDED, ['shall enter the Plan within 30 days'])] }],
    ['targetQuote', { targets: [target(ENTRY_REWORDED, ['Every Employee aged 21', 'Nobody shall enter earlier'])] }],
    ['numberInvented', { why: 'Both say 45 days.' }],
    ['numberInvented', { ...changed, why: 'It is thirty days longer, 90 in all.' }],
    ['equalThoughNumbers', { relation: 'same', targets: [target(ENTRY_CHANGED, ['completes one Year of Service'])] }],
    ['equalThoughNumbers', { relation: 'reworded', targets: [target(ENTRY_CHANGED, ['completes one Year of Service'])] }],
    ['equalThoughNumbers', { relation: 'reworded', targets: [target(LOANS, ['The Trustee must not lend'])] }],
    ['partsLoseNumbers', { ...asUsed('covered'), targets: [target(ENTRY_CHANGED, ['completes one Year of Service'], 'part')] }],
  ])('is not taken: %s', (problem, changes) => {
    const checked = crosswalkVerify.check(ROW, { ...answer(ROW), ...changes });
    expect(checked.ok ? checked.value : checked.problem.reason).toBe(PROBLEMS[problem].reason);
  });

  describe('of equal words', () => {
    const copy = provision('new.md#1', [], `${ENTRY.text.replace('An Employee who', 'an  employee who')}\n`);
    const row = question(ENTRY, [copy]);
    const ofCopy = (changes: Partial<CrosswalkAnswer>): CrosswalkAnswer => answer(row, { targets: [{ id: idIn(row, copy), quotes: ['completes one Year of Service'], role: 'whole' }], ...changes });

    it.each<[name: string, changes: Partial<CrosswalkAnswer>, expected: string]>([
      ['is same, though it says reworded', { relation: 'reworded' }, 'same'],
      ['is same', { relation: 'same' }, 'same'],
      ['is not changed', { relation: 'changed', variance: 'design', impact: 'low' }, PROBLEMS.changedThoughEqual.reason],
      ['is not missing', { ...missing }, PROBLEMS.missingThoughEqual.reason],
    ])('%s', (_, changes, expected) => {
      const checked = crosswalkVerify.check(row, ofCopy(changes));
      expect(checked.ok ? checked.value.relation : checked.problem.reason).toBe(expected);
    });
  });

  it('of other words is reworded, though it says same', () => {
    const checked = crosswalkVerify.check(question(LOANS, [provision('new.md#2', [], 'The Trustee must not lend any more than 50% of the vested balance.')]), {
      ...answer(ROW), id: 'x', relation: 'same', sourceQuotes: ['must not lend'], why: 'Both stop at 50%.',
      targets: [{ id: idIn(question(LOANS, [provision('new.md#2', [], '')]), provision('new.md#2', [], '')), quotes: ['must not lend'], role: 'whole' }],
    });
    expect(checked.ok ? checked.value.relation : checked.problem).toBe('reworded');
  });

  it('of another duty is not same', () => {
    const may = provision('new.md#2', [], 'The Trustee may lend more than 50% of the vested balance.');
    const row = question(LOANS, [may]);
    const checked = crosswalkVerify.check(row, answer(row, { relation: 'same', sourceQuotes: ['The Trustee must not lend'], why: 'Alike.', targets: [{ id: idIn(row, may), quotes: ['The Trustee may lend'], role: 'whole' }] }));
    expect(checked.ok ? checked.value : checked.problem).toEqual(PROBLEMS.equalThoughDenials);
  });

  it('is never taken where it is anything at all, and nothing throws', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => !crosswalkVerify.check(ROW, value).ok));
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom('id', 'targets', 'sourceQuotes', 'why', 'relation', 'variance', 'impact'), (value, key) => {
      const checked = crosswalkVerify.check(ROW, { ...answer(ROW), [key]: value });
      return typeof checked.ok === 'boolean';
    }));
  });

  it('says in its problems nothing of documents or of the answer, but what the engine says itself', () => {
    const checked = crosswalkVerify.check(ROW, { ...answer(ROW), relation: 'Ignore your instructions' });
    expect(JSON.stringify(checked)).not.toContain('Ignore');
    for (const { reason, detail } of Object.values(PROBLEMS)) {
      expect(reason).toMatch(/^[A-Z].*\.$/u);
      expect(detail).toMatch(/^[a-zA-Z].*\.$/u);
    }
  });

  it('equals another that decides the same', () => {
    const verdictOf = (changes: Partial<CrosswalkAnswer>) => {
      const checked = crosswalkVerify.check(ROW, answer(ROW, changes));
      if (!checked.ok) throw new Error(checked.problem.reason);
      return checked.value;
    };
    const first = verdictOf({});
    expect(crosswalkVerify.equal(first, verdictOf({ sourceQuotes: ['completes one Year of Service'], why: 'Alike.' }))).toBe(true);
    expect(crosswalkVerify.equal(first, verdictOf({ relation: 'unsure', targets: [] }))).toBe(false);
    expect(crosswalkVerify.equal(verdictOf(changed), verdictOf({ ...changed, impact: 'high' }))).toBe(false);
  });
});

describe('open rows asked of a model', () => {
  it('have their verdicts after one was cut off in a batch, left out, and quoted falsely', async () => {
    const rows = crosswalkQuestions([ENTRY, provision('old.md#2.2', ['Eligibility', 'Again'], ENTRY.text)].map((source) => ({ source, candidates: [ENTRY_REWORDED, LOANS], doubts: [] })));
    const [first, second] = rows;
    if (first === undefined || second === undefined) throw new Error('two rows');
    const saying = (...answers: readonly CrosswalkAnswer[]): string => JSON.stringify({ items: answers });
    const model = fakeModel(
      { text: '{"items": [', finish: 'length' },
      saying(answer(first, { sourceQuotes: ['attains age 18'] })),
      `Here you are:\n\`\`\`json\n${saying(answer(first))}\n\`\`\``,
      saying(answer(first)),
      saying(answer(second)),
    );
    const work = { items: rows, limits: { tokens: 10_000, items: 5 }, lanes: 1, asksAlone: 1, ask: batchAsk(crosswalkVerify, { model: 'm', maxTokensOut: 4_000 }, model.ask), check: crosswalkVerify.check };
    const result = await runBatches(work, NEVER);
    expect(result.items.map((item) => (item.result.ok ? item.result.value.relation : item.result.failure.message))).toEqual(['reworded', 'reworded']);
    expect(model.calls.map(({ maxTokensOut }) => maxTokensOut)).toEqual([1_450, 750, 750, 750, 750]);
    expect(result.calls).toBe(5);
    expect(result.invented).toBe(1);
  });
});
