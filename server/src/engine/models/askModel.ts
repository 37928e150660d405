import type { AnswerSchema } from './answerSchema.ts';
import type { CallFailure, CallResult, ChatMessage, Completion, CompletionCall, ModelUsage } from './modelPort.ts';
import { parseAnswer } from './parseAnswer.ts';
import type { AnswerProblem, ReadAnswer } from './readJson.ts';
import { repairCall } from './repair.ts';
import { addUsage, NO_USAGE } from './usage.ts';

/** One request to a model, on its way through limiter, cache and journal. */
export type AskCompletion = (call: CompletionCall, signal: AbortSignal) => Promise<CallResult<Completion>>;

export interface Prompt {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly maxTokensOut: number;
  readonly temperature?: number;
}

/**
 * Why there is no answer. `call`: the request failed. `cutOff`: at the limit of its length. `declined`: the model would
 * not. `filtered`: a filter of the provider stopped it. `unusable`: no JSON of the shape asked for, also when asked again.
 */
export type AskCause = 'call' | 'cutOff' | 'declined' | 'filtered' | 'unusable';
export interface AskFailure extends CallFailure {
  readonly cause: AskCause;
}
export type AskResult<T> = Extract<CallResult<T>, { readonly ok: true }> | { readonly ok: false; readonly failure: AskFailure };

/**
 * Asks until there is a checked answer: at most twice, the second time with what was wrong with the first. Usage is the
 * sum of both, also where it fails. An answer that was cut off, declined or filtered is never read, and never asked again
 * here: the same question would end alike.
 */
export async function askOnce<T>(ask: AskCompletion, prompt: Prompt, schema: AnswerSchema<T>, signal: AbortSignal): Promise<AskResult<T>> {
  let call: CompletionCall = { ...prompt, schema: { name: schema.name, json: schema.json } };
  let usage = NO_USAGE;
  for (let round = 1; ; round++) {
    if (signal.aborted) return failed('call', { code: 'cancelled', message: 'Cancelled.', retry: 'now' }, usage);
    const result = await ask(call, signal);
    if (!result.ok) return failed('call', result.failure, addUsage(usage, result.failure.usage));
    usage = addUsage(usage, result.usage);
    const { text, finish } = result.value;
    if (finish !== 'stop') return failed(...FINISHES[finish], usage);
    const read: ReadAnswer<T> = parseAnswer(text, schema);
    if (read.ok) return { ok: true, value: read.value, usage, ...(result.hints === undefined ? {} : { hints: result.hints }) };
    if (round === 2) return failed(...unusable(read.problem), usage);
    call = repairCall(call, text, read.problem);
  }
}

/** Halves were asked before anybody reads this: what is left is the model, or the server it runs on. */
const ROOM = 'Name a model that thinks less before it answers, or give one you run yourself a larger context.';

const FINISHES: Readonly<Record<Exclude<Completion['finish'], 'stop'>, readonly [AskCause, CallFailure]>> = {
  length: ['cutOff', { code: 'tooLarge', message: `The model's answer was cut off at its limit. ${ROOM}`, retry: 'now' }],
  refusal: ['declined', { code: 'refused', message: 'The model declined to answer.', retry: 'never' }],
  filtered: ['filtered', { code: 'refused', message: 'A content filter of the provider stopped the answer.', retry: 'never' }],
};

function unusable({ kind, detail }: AnswerProblem): readonly [AskCause, CallFailure] {
  if (kind === 'truncated') return ['cutOff', { code: 'tooLarge', message: `The model's answer broke off in the middle. ${ROOM}`, retry: 'now' }];
  return ['unusable', { code: 'badAnswer', message: `The model's answer cannot be used, also when it was asked again. ${detail}`, retry: 'later' }];
}

function failed(cause: AskCause, failure: CallFailure, usage: ModelUsage): { readonly ok: false; readonly failure: AskFailure } {
  return { ok: false, failure: { ...failure, cause, usage } };
}
