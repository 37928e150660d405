/** A provider over the official SDK: any server that speaks the OpenAI API. Loaded on first need, from a bundle of its own. */
import OpenAI, { APIConnectionTimeoutError, APIError } from 'openai';
import type { Result } from '../../../shared/failure.ts';
import type {
  CallFailure, CallResult, Completion, CompletionCall, EmbeddingCall, ModelCapabilities, ModelProvider, ModelUsage, PageImageCall,
} from '../engine/ports.ts';
import type { Endpoint } from '../models/endpoint.ts';
import type { OpenedProvider } from '../models/openedProvider.ts';
import { estimatedUsage } from './estimatedUsage.ts';
import { createModelFetch } from './modelFetch.ts';
import { readCompletion, readJson, readPage, readUsage, readVectors, type Read } from './openaiAnswers.ts';
import { Dialects, type Form, type Refusal } from './openaiDialect.ts';
import { badAnswer, brokenKeyFailure, CANCELLED, connectionFailure, missingKeyFailure, otherForm, paramOf, statusFailure, timeoutFailure, wordsOf, type CallContext, type ErrorAnswer } from './openaiFailures.ts';
import { completionBody, embeddingBody, pageImageBody } from './openaiRequests.ts';
import { rateHints } from './rateHeaders.ts';
import { withoutKey } from './redactKey.ts';

export interface OpenaiOptions {
  readonly endpoint: Endpoint;
  /** The key of the endpoint's origin, asked for with each call. */
  keyOf(origin: string): Promise<Result<string | null>>;
  /** The key was not accepted. */
  keyRefused(origin: string): void;
  /** Milliseconds of one request, from its start to the end of its answer. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Most texts and tokens of one embedding request, by OpenAI's documentation; servers that copy it take as many or fewer. */
const EMBEDDING_INPUTS = 2_048;
const EMBEDDING_TOKENS = 300_000;

/** What a header can carry. */
const KEY = /^[\x21-\x7e]+$/;

type Sent =
  | { readonly ok: true; readonly text: string; readonly headers: Headers; readonly key: string | null }
  | { readonly ok: false; readonly failure: CallFailure; readonly refusal: Refusal | null };

/** What a request is and how its answer is read. */
interface Exchange<T> {
  readonly path: string;
  readonly model: string;
  readonly schemaName: string | null;
  readonly mostTokensOut: number;
  readonly signal: AbortSignal;
  body(form: Form): object;
  read(body: Readonly<Record<string, unknown>>): Read<T>;
  readonly estimate: (value: T | null) => ModelUsage;
}

class OpenaiProvider implements ModelProvider {
  readonly name = 'openai';
  readonly endpoint: string;
  readonly #options: OpenaiOptions;
  readonly #client: OpenAI;
  readonly #dialects: Dialects;

  constructor(options: OpenaiOptions, fetch: NonNullable<ConstructorParameters<typeof OpenAI>[0]>['fetch']) {
    this.#options = options;
    this.endpoint = options.endpoint.shown;
    this.#dialects = new Dialects(options.endpoint.official);
    // Everything the SDK would otherwise take from the environment is said; the key goes with each request, and only there.
    this.#client = new OpenAI({
      baseURL: options.endpoint.baseUrl, apiKey: 'none', adminAPIKey: null, organization: null, project: null, webhookSecret: null,
      defaultHeaders: { authorization: null }, maxRetries: 0, timeout: options.timeoutMs, logLevel: 'off', ...(fetch === undefined ? {} : { fetch }),
    });
  }

  get capabilities(): ModelCapabilities {
    return {
      structured: this.#dialects.structured, embeddings: true, images: true, reportsUsage: true,
      embeddingInputs: EMBEDDING_INPUTS, embeddingTokens: EMBEDDING_TOKENS,
    };
  }

  async ready(): Promise<Result<void>> {
    const key = await this.#keyOf();
    return key.ok ? { ok: true, value: undefined } : key;
  }

  complete(call: CompletionCall, signal: AbortSignal): Promise<CallResult<Completion>> {
    return this.#exchange({
      path: '/chat/completions', model: call.model, schemaName: call.schema.name, mostTokensOut: call.maxTokensOut, signal,
      body: (form) => completionBody(call, form),
      read: readCompletion,
      estimate: (value) => estimatedUsage(call.messages.map(({ content }) => content), value?.text ?? ''),
    });
  }

  readPageImage(call: PageImageCall, signal: AbortSignal): Promise<CallResult<Completion>> {
    return this.#exchange({
      path: '/chat/completions', model: call.model, schemaName: null, mostTokensOut: call.maxTokensOut, signal,
      body: (form) => pageImageBody(call, form),
      read: readPage,
      estimate: (value) => estimatedUsage([call.instruction], value?.text ?? '', call.imageTokens),
    });
  }

  async embed(call: EmbeddingCall, signal: AbortSignal): Promise<CallResult<readonly (readonly number[])[]>> {
    if (call.texts.length === 0) return { ok: true, value: [], usage: { tokensIn: 0, tokensOut: 0, tokensCached: 0, estimated: false } };
    return this.#exchange({
      path: '/embeddings', model: call.model, schemaName: null, mostTokensOut: 0, signal,
      body: (form) => embeddingBody(call, form),
      read: (body) => readVectors(body, call.texts.length),
      estimate: () => estimatedUsage(call.texts, ''),
    });
  }

  /** One request on the wire. Where the server refuses the form of it, that is learned, and the next one is put otherwise. */
  async #exchange<T>(exchange: Exchange<T>): Promise<CallResult<T>> {
    const { model, schemaName } = exchange;
    const form = this.#dialects.form(model, schemaName);
    const sent = await this.#send(exchange, exchange.body(form));
    if (sent.ok) return this.#read(exchange, sent);
    const { failure, refusal } = sent;
    const isLearned = refusal !== null && this.#dialects.learn(model, schemaName, form, refusal);
    return { ok: false, failure: isLearned ? otherForm(failure) : failure };
  }

  #read<T>(exchange: Exchange<T>, { text, headers, key }: Extract<Sent, { readonly ok: true }>): CallResult<T> {
    const { endpoint } = this.#options;
    const hints = rateHints(headers);
    const more = hints === undefined ? {} : { hints };
    // A server that repeats the key must not get it into an answer that is kept.
    const json = readJson(withoutKey(text, key));
    // A web page is not of the API; whatever else cannot be read was answered, and so it was paid.
    if ('wrong' in json) return { ok: false, failure: badAnswer(endpoint, json.wrong, { ...more, ...(json.everyCall === undefined ? { usage: unreadUsage(exchange, text) } : { everyCall: true }) }) };
    const read = exchange.read(json.value);
    const usage = readUsage(json.value);
    if ('wrong' in read) return { ok: false, failure: badAnswer(endpoint, read.wrong, { ...more, usage: usage ?? unreadUsage(exchange, text) }) };
    return { ok: true, value: read.value, usage: usage ?? exchange.estimate(read.value), ...more };
  }

  async #send({ path, model, signal }: Pick<Exchange<unknown>, 'path' | 'model' | 'signal'>, body: object): Promise<Sent> {
    const { endpoint, timeoutMs, now } = this.#options;
    const context = (key: string | null): CallContext => ({ endpoint, model, key, now: now(), timeoutMs });
    const failed = (failure: CallFailure, refusal: Refusal | null = null): Sent => ({ ok: false, failure, refusal });
    let key: string | null = null;
    try {
      if (signal.aborted) return failed(this.#aborted(signal));
      const known = await this.#keyOf();
      if (!known.ok) return failed(known.failure);
      key = known.value;
      const response = await this.#client.post(path, { body, signal, headers: this.#authorization(key) }).asResponse();
      return { ok: true, text: await response.text(), headers: response.headers, key };
    } catch (thrown) {
      if (signal.aborted) return failed(this.#aborted(signal));
      if (thrown instanceof APIConnectionTimeoutError) return failed(timeoutFailure(endpoint.shown, timeoutMs));
      if (!(thrown instanceof APIError) || thrown.status === undefined) return failed(connectionFailure(thrown, context(key)));
      const answer = errorAnswer(thrown);
      if (answer.status === 401) this.#options.keyRefused(endpoint.origin);
      return failed(statusFailure(answer, context(key)), { status: answer.status, param: paramOf(answer), words: wordsOf(answer) });
    }
  }

  #aborted(signal: AbortSignal): CallFailure {
    const timedOut = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    return timedOut ? timeoutFailure(this.endpoint, this.#options.timeoutMs) : CANCELLED;
  }

  async #keyOf(): Promise<Result<string | null>> {
    const { endpoint, keyOf } = this.#options;
    const key = await keyOf(endpoint.origin);
    if (key.ok && key.value === null && endpoint.official) return { ok: false, failure: missingKeyFailure(endpoint) };
    return key.ok && key.value !== null && !KEY.test(key.value) ? { ok: false, failure: brokenKeyFailure(endpoint) } : key;
  }

  #authorization(key: string | null): Record<string, string> {
    if (key === null) return {};
    return this.#options.endpoint.azure ? { 'api-key': key } : { authorization: `Bearer ${key}` };
  }
}

/** Of an answer whose usage cannot be read. */
function unreadUsage<T>({ estimate, mostTokensOut }: Exchange<T>, text: string): ModelUsage {
  return { ...estimate(null), tokensOut: Math.min(mostTokensOut, estimatedUsage([], text).tokensOut) };
}

function errorAnswer(error: APIError): ErrorAnswer {
  // The SDK puts the status before a text that is not JSON, and says so where there is none.
  const text = error.error === undefined ? error.message.replace(/^\d{3} (status code \(no body\)$)?/, '') : '';
  return { status: error.status as number, headers: error.headers ?? new Headers(), body: error.error, text };
}

export function openOpenaiProvider(options: OpenaiOptions): OpenedProvider {
  const { fetch, close } = createModelFetch({ idleTimeoutMs: options.timeoutMs, proxies: !options.endpoint.loopback });
  return { provider: new OpenaiProvider(options, fetch), close };
}
