import type { AskCompletion } from '../../../server/src/engine/models/askModel.ts';
import type { CallFailure, CallResult, Completion, CompletionCall, ModelUsage } from '../../../server/src/engine/models/modelPort.ts';

export const USAGE: ModelUsage = { tokensIn: 100, tokensOut: 10, tokensCached: 7, estimated: false };

/** What a fake model does: says a text, ends otherwise than by itself, or fails. */
export type Reply = string | Completion | CallFailure;

/** Gives the replies one after the other, the last one again and again, and keeps the calls. */
export function fakeModel(...replies: readonly Reply[]): { readonly ask: AskCompletion; readonly calls: CompletionCall[] } {
  const calls: CompletionCall[] = [];
  const ask: AskCompletion = async (call) => {
    calls.push(call);
    return resultOf(replies[Math.min(calls.length, replies.length) - 1] as Reply);
  };
  return { ask, calls };
}

function resultOf(reply: Reply): CallResult<Completion> {
  if (typeof reply === 'string') return { ok: true, value: { text: reply, finish: 'stop' }, usage: USAGE };
  return 'finish' in reply ? { ok: true, value: reply, usage: USAGE } : { ok: false, failure: reply };
}

export const NEVER = new AbortController().signal;
