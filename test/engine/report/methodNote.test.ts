import { describe, expect, it } from 'vitest';
import type { LedgerEntry, Match, Metric, RunOutput } from '../../../shared/model.ts';
import { methodNote } from '../../../server/src/engine/report/methodNote.ts';
import { crosswalkOutput, run } from './reportFixture.ts';

const NO_WORK: Metric = {
  operation: '', startedAt: 0, endedAt: 1, items: 0, calls: 0, tokensIn: 0, tokensOut: 0, tokensCached: 0, costUsd: 0, estimated: false, meanConcurrency: 1, errors: 0, retries: 0, rateLimited: 0,
};
const work = (operation: string, items: number, calls: number, errors = 0): Metric => ({ ...NO_WORK, operation, items, calls, errors });
const [MATCH] = crosswalkOutput().runs[0]?.matches ?? [];
const row = (...rules: readonly string[]): Match => ({ ...(MATCH as Match), why: rules.map((rule) => ({ rule, detail: 'So it is.' })) });
const settings = { models: { verify: 'large', prefilter: 'small', embed: 'vectors', vision: 'eyes', analyze: '' } };
const provider = 'openai large at api.openai.com/v1';
const told = (fields: Partial<RunOutput>, isRead = false): string => methodNote(run('crosswalk', { settings, provider, ...fields }), 'method', isRead).markup;
const VERIFIED = work('verify', 3, 2);
const ANSWERED = row('large', 'rules.open');

describe('the method of a crosswalk', () => {
  it.each<[name: string, fields: Partial<RunOutput>, says: string]>([
    ['whose rows a model decided', { metrics: [VERIFIED], matches: [ANSWERED] }, `the rest was asked of ${provider}. Quotes`],
    ['whose rows were answered before', { metrics: [work('verify', 3, 0)], matches: [ANSWERED] }, `the rest was asked of ${provider}. Quotes`],
    ['whose rows no answer decided', { state: 'partial', metrics: [work('verify', 3, 2, 2)], matches: [row('rules.open')] }, `the rest was asked of ${provider}, and no answer could be used.`],
    ['that was stopped while it asked', { state: 'paused', metrics: [work('verify', 0, 2)] }, `the rest was asked of ${provider}. Quotes`],
    ['of which no row was asked', { matches: [row('words.equal')] }, `Rules decided what they could; ${provider} was asked about no row.`],
    ['with a first look', { metrics: [work('prefilter', 3, 2), VERIFIED], matches: [row('large', 'rules.open', 'firstLook.aside')] }, 'small was asked first which candidates are about the same matter. The model that decides read those'],
    ['with a first look and no verdict', { metrics: [work('prefilter', 3, 2), VERIFIED], matches: [row('rules.open', 'firstLook.aside')] }, 'The model that decides was asked about those'],
    ['with a first look that failed here and there', { metrics: [work('prefilter', 3, 2), VERIFIED], matches: [row('large', 'rules.open', 'firstLook.aside'), row('large', 'rules.open', 'firstLook.failed')] }, 'Where it gave no answer that could be used, all candidates were shown.'],
    ['with a first look that failed', { metrics: [work('prefilter', 3, 2, 2), VERIFIED], matches: [row('large', 'rules.open', 'firstLook.failed')] }, 'small was asked first which candidates are about the same matter, and gave no answer that could be used: all candidates were shown.'],
    ['with a first look that named none', { metrics: [work('prefilter', 3, 2), VERIFIED], matches: [row('large', 'rules.open', 'firstLook.none')] }, 'It named none of them, so that all candidates were shown.'],
    ['stopped in a first look', { state: 'paused', metrics: [work('prefilter', 0, 2)] }, 'small was asked first which candidates are about the same matter.<'],
    ['with a comparison by meaning', { metrics: [work('compareByMeaning', 9, 1), VERIFIED] }, 'vectors was asked for the meaning of provisions that rules left open or call missing and of those of the target. A row'],
    ['with a comparison that failed', { metrics: [work('compareByMeaning', 9, 2, 2), VERIFIED] }, 'of those of the target, and no call was answered: nothing was compared by meaning.'],
    ['with pictures nobody could read', { metrics: [work('readPages', 1, 1, 1)] }, 'eyes was asked for the text of pictures, and gave none that could be used.'],
  ])('%s', (_, fields, says) => expect(told(fields)).toContain(says));

  it('with pictures names who read them', () => expect(told({ metrics: [work('readPages', 1, 1), VERIFIED] }, true)).toContain('eyes read the text of pictures.'));

  it('names no model that was not asked', () => expect(told({ metrics: [VERIFIED], matches: [ANSWERED] })).not.toMatch(/small|vectors|eyes/u));

  it('does not claim that what failed was read', () => {
    expect(told({ metrics: [work('prefilter', 3, 2, 2), VERIFIED], matches: [row('large', 'rules.open', 'firstLook.failed')] })).not.toContain('read those');
  });
});

const entry = (decided: number, failed: number): LedgerEntry => ({ total: decided + failed, decided, abstained: 0, skipped: 0, failed, reasons: {} });
const analyses: RunOutput['analyses'] = [{ analyzer: 'meetingNotes', stage: 'notes', title: 'Meeting notes', outcome: 'decided', findings: 1, read: '9 turns' }];
const meeting = (decided: number, failed: number, metrics: readonly Metric[]): string => told({ workflow: 'transcript', metrics, analyses, ledger: { analysis: entry(1 + decided, failed) } });

describe('the method of a transcript', () => {
  it('says that a model read it', () => {
    const read = meeting(2, 0, [work('modelNotes', 2, 2)]);
    expect(read).toContain(`Rules found what they could; ${provider} was asked for more.`);
    expect(read).toContain('A language model then read the transcript in parts and listed what rules may have missed. A note');
  });

  it('counts the parts it did not read', () => expect(meeting(2, 1, [work('modelNotes', 3, 3, 1)])).toContain('1 of 3 parts was not read by it.'));

  it('does not say so where all parts failed', () => {
    const failed = meeting(0, 2, [work('modelNotes', 2, 2, 2)]);
    expect(failed).toContain(`Everything here was found by rules on this machine. ${provider} was asked for more, and gave no answer that could be used.`);
    expect(failed).toContain('A language model was asked to read the transcript in parts, and gave no answer that could be used.');
    expect(failed).not.toContain('then read');
  });

  it('does not say so where nobody was asked', () => {
    const alone = meeting(0, 0, []);
    expect(alone).toContain(`${provider} was not asked.`);
    expect(alone).not.toContain('language model');
  });
});

it('the method of a document says whether its picture was read', () => {
  const pictured = (metrics: readonly Metric[], isRead: boolean): string => told({ workflow: 'document', provider: 'rules; pictures read by openai eyes', metrics }, isRead);
  expect(pictured([work('readPages', 1, 1)], true)).toContain('in text that openai eyes read from a picture.');
  expect(pictured([work('readPages', 1, 1, 1)], false)).toContain('openai eyes was asked for the text of a picture, and gave none that could be used.');
  expect(pictured([], false)).toContain('openai eyes was asked for nothing.');
  expect(pictured([], false)).not.toContain('was cut at its outline');
});
