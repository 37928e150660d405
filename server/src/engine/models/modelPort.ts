/**
 * What a provider of language models lends the engine. One call is one request on the wire: no retry, no waiting for a
 * turn, no cache. Those are the engine's, so that one place counts attempts.
 */
import type { Failure, Result } from '../../../../shared/failure.ts';

/** A JSON Schema (2020-12) as a plain object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Tokens of one call. `estimated`: counted by the engine, because the provider reported none. */
export interface ModelUsage {
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Part of `tokensIn` that the provider had in its own prompt cache. */
  readonly tokensCached: number;
  readonly estimated: boolean;
}

/** What a provider says of its limits, from the headers of an answer. Absent: not said. */
export interface RateHints {
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  readonly requestsRemaining?: number;
  readonly tokensRemaining?: number;
  /** Milliseconds until the window is whole again. */
  readonly requestsResetMs?: number;
  readonly tokensResetMs?: number;
}

/**
 * Why a call failed. `rateLimited`: 429, heals by waiting. `quota`: the day's or the account's allowance is spent.
 * `unreachable`: 5xx or no connection. `timeout`: no answer in time. `refused`: the request itself is not accepted, or a
 * filter of the provider stopped it. `badAnswer`: not what the protocol promises.
 */
export interface CallFailure extends Failure {
  /** Milliseconds the provider asks to wait, from now. */
  readonly retryAfterMs?: number;
  readonly hints?: RateHints;
  /** What was paid all the same. */
  readonly usage?: ModelUsage;
  /** Refused for how it was put, not for what it asks: the provider puts the next attempt otherwise. It needs no pause. */
  readonly otherForm?: true;
  /** Every call of this model would end so, whatever it asks: the address or the name of the model is wrong. */
  readonly everyCall?: true;
  /** Nothing listens at an address of this machine: it was not started, and waiting does not start it. */
  readonly notThere?: true;
}

export type CallResult<T> =
  | { readonly ok: true; readonly value: T; readonly usage: ModelUsage; readonly hints?: RateHints }
  | { readonly ok: false; readonly failure: CallFailure };

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface CompletionCall {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** What the answer must be. A provider that cannot bind its model to it sends it in words. */
  readonly schema: { readonly name: string; readonly json: JsonSchema };
  readonly maxTokensOut: number;
  /** Absent: the model's own. */
  readonly temperature?: number;
}

export interface Completion {
  readonly text: string;
  /** `length`: cut off at the limit. `refusal`: the model declined. `filtered`: a content filter stopped it. */
  readonly finish: 'stop' | 'length' | 'refusal' | 'filtered';
}

export interface EmbeddingCall {
  readonly model: string;
  readonly texts: readonly string[];
}

export interface PageImageCall {
  readonly model: string;
  readonly mimeType: 'image/png' | 'image/jpeg';
  readonly base64: string;
  readonly instruction: string;
  readonly maxTokensOut: number;
  /** Of the picture, estimated: what is told where a provider reports no usage. */
  readonly imageTokens?: number;
}

/** What a provider can do, as far as is known before it is asked. */
export interface ModelCapabilities {
  /** `strict`: the provider binds its model to a schema; `json`: to JSON; `text`: to nothing. */
  readonly structured: 'strict' | 'json' | 'text';
  readonly embeddings: boolean;
  readonly images: boolean;
  /** False where token counts are never reported, so that they are estimates. */
  readonly reportsUsage: boolean;
  /** Most texts and most tokens of one embedding request. */
  readonly embeddingInputs: number;
  readonly embeddingTokens: number;
}

export interface ModelProvider {
  readonly name: 'openai' | 'vscode';
  /** Where calls go, for messages and keys of caches: an origin and path, never a secret. */
  readonly endpoint: string;
  readonly capabilities: ModelCapabilities;
  /** Whether a call can be made at all, as far as that is known without one: not without a key that is always asked for. */
  ready?(): Promise<Result<void>>;
  complete(call: CompletionCall, signal: AbortSignal): Promise<CallResult<Completion>>;
  /** One vector for each text, in order. */
  embed(call: EmbeddingCall, signal: AbortSignal): Promise<CallResult<readonly (readonly number[])[]>>;
  /** The text of a page image. */
  readPageImage(call: PageImageCall, signal: AbortSignal): Promise<CallResult<Completion>>;
}
