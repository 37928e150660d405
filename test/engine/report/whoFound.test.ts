import { expect, it } from 'vitest';
import type { Finding, Metric, RunOutput } from '../../../shared/model.ts';
import { finderOf, foundBy } from '../../../shared/words/foundBy.ts';
import { renderMeetingNotes } from '../../../server/src/engine/report/notesMarkdown.ts';
import { transcriptOutput } from './reportFixture.ts';

const OUTPUT = transcriptOutput();
const [RUN] = OUTPUT.runs as [RunOutput];
const AT = 'openai reader at gateway.example/v1';
const METRIC: Metric = {
  operation: 'modelNotes', startedAt: 0, endedAt: 1, items: 2, calls: 2, tokensIn: 0, tokensOut: 0, tokensCached: 0, costUsd: 0, estimated: false, meanConcurrency: 1, errors: 0, retries: 0, rateLimited: 0,
};
const byModel = (method: string, at: number): readonly Finding[] => RUN.findings.map((finding, k) => (k === at ? { ...finding, method } : finding));
const entry = (decided: number, failed: number): RunOutput['ledger'] => ({ analysis: { total: decided + failed, decided, abstained: 0, skipped: 0, failed, reasons: {} } });

/** The line below the title, without when; with how often a note names its model. */
function told(fields: Partial<RunOutput>, problems: RunOutput['findings'][number]['title'][] = []): readonly [head: string, named: number] {
  const documents = OUTPUT.documents.map((document) => ({ ...document, problems: problems.map((message) => ({ code: 'picture.read', message, severity: 'warning' as const })) }));
  const notes = renderMeetingNotes({ ...OUTPUT, documents }, { ...RUN, analyses: [], ...fields });
  return [notes.split('\n\n').slice(1, problems.length + 2).join(' ').replace(/^.*? UTC\. /u, ''), notes.split('; found by reader').length - 1];
}

it.each<[what: string, fields: Partial<RunOutput>, head: string, named: number]>([
  ['rules', { provider: 'local' }, 'Found by rules, without a language model.', 0],
  ['rules and a model', { provider: AT, findings: byModel('reader transcript-notes 1', 1) }, 'Found by rules, unless a note says “found by reader”: that is reader at gateway.example/v1.', 1],
  ['a model of the editor', { provider: 'vscode gpt-4o', findings: byModel('gpt-4o transcript-notes 1', 0) }, 'Found by rules, unless a note says “found by gpt-4o”: that is gpt-4o of this editor.', 0],
  ['rules, where a model found nothing', { provider: AT, metrics: [METRIC], ledger: entry(2, 0) }, 'Found by rules. reader at gateway.example/v1 read it, too, and found nothing more.', 0],
  ['rules, where no answer could be used', { provider: AT, metrics: [METRIC], ledger: entry(0, 2) }, 'Found by rules. reader at gateway.example/v1 was asked for more, and gave no answer that could be used.', 0],
  ['rules, where nobody was asked', { provider: AT, metrics: [], ledger: entry(0, 0) }, 'Found by rules. reader at gateway.example/v1 was not asked.', 0],
])('the notes say that they were found by %s', (_, fields, head, named) => {
  expect(told(fields)).toEqual([head, named]);
});

it('the notes of a picture say who read it', () => {
  const message = 'Read by eyes from a picture: check the quotes against it.';
  expect(told({ provider: 'rules; pictures read by openai eyes at gateway.example/v1' }, [message])).toEqual([`Found by rules. > ${message}`, 0]);
});

it.each([['rules', 'rules', ''], ['gpt-4o-mini transcript-notes 1', 'gpt-4o-mini', 'found by gpt-4o-mini'], ['llama 3 transcript-notes 12', 'llama 3', 'found by llama 3'], ['the editor\'s model transcript-notes 1', 'the editor\'s model', 'found by the editor\'s model']])('%s is told by its name alone', (method, finder, words) => {
  expect([finderOf({ method }), foundBy({ method })]).toEqual([finder, words]);
});
