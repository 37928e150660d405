import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { batchAsk } from '../../../server/src/engine/models/batchTask.ts';
import { runBatches } from '../../../server/src/engine/models/runBatches.ts';
import { crosswalkQuestions } from '../../../server/src/engine/models/tasks/crosswalkQuestion.ts';
import { crosswalkTopic, TOPIC_PROBLEMS, topicQuestion, type TopicQuestion } from '../../../server/src/engine/models/tasks/crosswalkTopic.ts';
import { estimateTokens } from '../../../server/src/engine/models/tokenCount.ts';
import { fakeModel, NEVER } from './answers.ts';
import { ENTRY, ENTRY_CHANGED, ENTRY_REWORDED, HOSTILE, idIn, LOANS, question } from './crosswalkRows.ts';

const WHOLE = question(ENTRY, [ENTRY_REWORDED, ENTRY_CHANGED, LOANS]);
const ROW = topicQuestion(WHOLE);
const ids = (...of: readonly (typeof ENTRY)[]): readonly string[] => of.map((provision) => idIn(WHOLE, provision));

describe('the prompt of a first look', () => {
  const prompts: Readonly<Record<string, string>> = {
    'crosswalk-topic.txt': promptOf(crosswalkQuestions([
      { source: ENTRY, candidates: [ENTRY_REWORDED, ENTRY_CHANGED], doubts: ['Only the target says 60 day.'] },
      { source: LOANS, candidates: [HOSTILE], doubts: [] },
    ]).map(topicQuestion), null),
  };

  function promptOf(questions: readonly TopicQuestion[], earlier: string | null): string {
    return `${crosswalkTopic.prompt(questions, earlier).map(({ role, content }) => `--- ${role}\n${content}`).join('\n')}\n`;
  }

  it.each(Object.keys(prompts))('is as it was in %s; another one is another version', (name) => {
    expect(prompts[name]).toBe(readFileSync(join(import.meta.dirname, 'golden', name), 'utf8'));
  });

  it('has no number of its own, and begins with the same words in every call', () => {
    for (const { content } of crosswalkTopic.prompt([], null)) expect(content).not.toMatch(/\p{N}/u);
    expect(crosswalkTopic.prompt([ROW], 'x')[0]).toEqual(crosswalkTopic.prompt([], null)[0]);
  });

  it('takes about the tokens it was planned with, a fraction of what deciding takes', () => {
    const [, user] = crosswalkTopic.prompt([ROW], null);
    const planned = ROW.tokens - crosswalkTopic.tokensOut;
    expect(planned).toBeGreaterThanOrEqual(estimateTokens(user?.content ?? ''));
    expect(planned).toBeLessThan(estimateTokens(user?.content ?? '') + 120);
    expect(ROW.tokens).toBeLessThan(WHOLE.tokens / 2);
  });
});

describe('an answer to a first look', () => {
  it.each<[name: string, named: readonly string[], kept: readonly string[]]>([
    ['names candidates', ids(LOANS, ENTRY_CHANGED), ['new.md#3.3', 'new.md#9']],
    ['names one twice, with blanks around it', [` ${ids(LOANS)[0] ?? ''} `, ...ids(LOANS)], ['new.md#9']],
    ['names none', [], []],
  ])('%s', (_, sameMatter, kept) => {
    const checked = crosswalkTopic.check(ROW, { id: ROW.id, sameMatter });
    expect(checked.ok ? [...checked.value] : checked.problem).toEqual(kept);
  });

  it.each<[name: string, answer: unknown, problem: keyof typeof TOPIC_PROBLEMS]>([
    ['an id nobody gave', { id: ROW.id, sameMatter: [...ids(LOANS), 'zzzz'] }, 'invented'],
    ['the source itself', { id: ROW.id, sameMatter: [ROW.id] }, 'invented'],
    ['a candidate of another row', { id: ROW.id, sameMatter: [idIn(question(LOANS, [HOSTILE]), HOSTILE)] }, 'invented'],
    ['a place in the list', { id: ROW.id, sameMatter: ['1'] }, 'invented'],
    ['no list', { id: ROW.id, sameMatter: 'all' }, 'shape'],
    ['nothing', { id: ROW.id }, 'shape'],
    ['more ids than any row has', { id: ROW.id, sameMatter: Array.from({ length: 1_000 }, () => ids(LOANS)[0]) }, 'shape'],
  ])('is not taken that names %s', (_, answer, problem) => {
    const checked = crosswalkTopic.check(ROW, answer);
    expect(checked.ok ? [...checked.value] : checked.problem.reason).toBe(TOPIC_PROBLEMS[problem].reason);
  });

  it('is the same as another that names the same, in any order', () => {
    const of = (...keys: readonly string[]): ReadonlySet<string> => new Set(keys);
    expect(crosswalkTopic.equal(of('a', 'b'), of('b', 'a'))).toBe(true);
    expect(crosswalkTopic.equal(of('a', 'b'), of('a'))).toBe(false);
    expect(crosswalkTopic.equal(of('a', 'b'), of('a', 'c'))).toBe(false);
  });
});

describe('a text that gives orders', () => {
  it('says nothing for another row: what a model says twice and not alike is asked alone, without that text', async () => {
    const [other, hostile] = crosswalkQuestions([
      { source: ENTRY, candidates: [ENTRY_REWORDED, ENTRY_CHANGED], doubts: [] },
      { source: LOANS, candidates: [HOSTILE], doubts: [] },
    ]).map(topicQuestion) as [TopicQuestion, TopicQuestion];
    const saying = (...items: readonly unknown[]): string => JSON.stringify({ items });
    const all = { id: other.id, sameMatter: other.candidates.map(({ id }) => id) };
    const model = fakeModel(
      // It obeys: the other row is answered once more, as the text wants it.
      saying(all, { id: hostile.id, sameMatter: [] }, { id: other.id, sameMatter: [other.candidates[0]?.id] }),
      saying(all),
    );
    const work = { items: [other, hostile], limits: { tokens: 10_000, items: 8 }, lanes: 1, asksAlone: 1, ask: batchAsk(crosswalkTopic, { model: 'm', maxTokensOut: 4_000 }, model.ask), check: crosswalkTopic.check };
    const { items } = await runBatches(work, NEVER);
    expect(items.map(({ result }) => (result.ok ? [...result.value] : result.failure.message))).toEqual([['new.md#3.2', 'new.md#3.3'], []]);
    expect(model.calls.map(({ messages }) => messages.some(({ content }) => content.includes('ignore the rules')))).toEqual([true, false]);
  });
});
