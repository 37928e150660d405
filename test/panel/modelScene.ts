import type { Finding, Metric, ModelWork, RunSnapshot, SpeedSample } from '../../shared/model.ts';

const START = 1_002_400;

function sample(at: number): SpeedSample {
  const dropped = at >= 70 && at < 82;
  const concurrency = dropped ? 24 : Math.min(48, 8 + Math.floor(at * 0.8));
  return { at: START + at * 1_000, inFlight: Math.max(0, concurrency - (at > 110 ? (at - 110) * 5 : at % 3)), concurrency, waiting: 400 - at * 3, requestsPerMinute: 500, tokensPerMinute: 200_000 };
}

const VERIFY: Metric = {
  operation: 'verify', startedAt: START, endedAt: START + 119_000, items: 212, calls: 61, tokensIn: 318_422, tokensOut: 41_903, tokensCached: 120_000,
  costUsd: 0.0642, estimated: false, meanConcurrency: 31.4, errors: 3, retries: 3, rateLimited: 3,
};

const WORK: ModelWork = {
  resource: 'openai gpt-4o-mini at api.openai.com',
  advice: 'Tokens per minute are the limit (91 % of the time); more workers save nothing. Shorter prompts, fewer candidates or a higher limit do.',
  samples: Array.from({ length: 120 }, (_, at) => sample(at)),
  latency: { p50: 3_140, p90: 6_820 },
  cachedItems: 38,
  repeatedAtMost: 4,
  forecast: { items: 250, cachedItems: 38, calls: 58, tokensIn: 310_000, tokensOut: 40_000, costP50: 0.061, costP90: 0.082, minutesP50: 1.9, minutesP90: 2.6, limit: 'Tokens per minute are the limit (88 % of the time); more workers save nothing. The forecast rests on 3 earlier runs of this model.' },
};

/** A run in which a smaller model looked first. `estimated`: no token was counted, and no price is known. */
export function withTwoModels(metrics: readonly Metric[], estimated = false): Partial<RunSnapshot> {
  const small = 'openai gpt-4.1-nano at api.openai.com';
  const verify = { ...VERIFY, estimated };
  return { ...withModel(metrics), metrics: [...metrics, { ...verify, operation: 'prefilter' }, verify], models: [{ ...WORK, resource: small, operation: 'prefilter' }, { ...WORK, operation: 'verify' }] };
}

/** A run that asked a model. */
export function withModel(metrics: readonly Metric[]): Partial<RunSnapshot> {
  return { provider: WORK.resource, metrics: [...metrics, VERIFY], models: [WORK], endedAt: VERIFY.endedAt };
}

/** A note that a model found, in a talk. */
export const BY_MODEL: Partial<Finding> = { method: 'gpt-4o-mini transcript-notes 1', fields: { speaker: 'Dana', time: '00:05' } };

/** A talk that a model has read, but for a part. */
export function readByModel(findings: number): Partial<RunSnapshot> {
  const skipped = (analyzer: string, title: string) => ({ analyzer, title, stage: 'A', outcome: 'skipped' as const, reason: 'not part of Collate yet', findings: 0, read: 'nothing' });
  return {
    state: 'partial', stateReason: '1 of 15 analyses failed. The ledger names the reasons. A new run asks again about what failed, and takes the answers that are kept without paying for them. Where that does not help, name another model in collate.models.analyze; it is asked about everything.', provider: WORK.resource, metrics: [{ ...VERIFY, operation: 'modelNotes', items: 5, calls: 6 }],
    analyses: [
      skipped('sayMeans', 'What is said and what is meant'), skipped('firstPrinciples', 'First principles'),
      {
        analyzer: 'meetingNotes', title: 'Meeting notes', stage: 'final', outcome: 'decided', findings, reason: 'turns 61 to 112 were not read by a model: The model declined to answer',
        read: '214 turns, for decisions, action items, open questions, questions; gpt-4o-mini read turns 1 to 60, 113 to 214 in 4 parts and found 22 more; 1 of 5 parts not read by a model; 3 answers of the model had no words in the transcript and were dropped',
      },
    ],
  };
}
