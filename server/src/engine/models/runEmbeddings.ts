/** Texts by meaning: a model is asked for the vector of each once, then it is known. */
import { ok, type Failure, type Result } from '../../../../shared/failure.ts';
import { cacheKey } from './cacheKey.ts';
import { directionOf, directionText, readDirection, type Direction } from './direction.ts';
import { embeddingLimits, embedTexts, ofOneLength, planEmbeddings } from './embeddingBatches.ts';
import { forecastTask } from './forecastTask.ts';
import type { Resource } from './modelResource.ts';
import type { PacedCalls } from './pacedCalls.ts';
import { costOf } from './prices.ts';
import type { Finished, Begun, RunCalls } from './runCalls.ts';
import type { ModelRuntimePorts, RunModelsOptions } from './runtimePorts.ts';
import { estimateTokens } from './tokenCount.ts';

/** What a workflow asks of the model of the role `embed`. */
export interface Embeddings {
  /** Says what will be asked, before it is: what a forecast is made of. Rejects when the run is stopped. */
  plan(operation: string, texts: readonly string[]): Promise<void>;
  /**
   * Where the meaning of each text points to, in order; all have one length, and a text that fails, fails alone. `operation` names
   * the metric; `told` hears of how many are known. Null where a forecast is made, unless all are known: nobody is asked. Rejects when the run is stopped.
   */
  of(operation: string, texts: readonly string[], told?: (known: number) => void): Promise<readonly Result<Direction>[] | null>;
}

/** What the run's models share. */
export interface RunEmbeddingsOptions {
  readonly run: RunModelsOptions;
  readonly ports: ModelRuntimePorts;
  readonly calls: RunCalls;
  readonly paced: PacedCalls;
  /** The model asked; null: none. */
  model(): string | null;
  resource(model: string, operation: string): Resource;
  /** Calls of an earlier process that may be paid twice. */
  repeated(calls: number): void;
  /** Remembers a write until it is on disk. */
  written(write: Promise<void>): Promise<void>;
}

/** Raised when the same text is to be asked about again. */
const VERSION = 'direction 1';
/** Texts whose keys are made in one go; a few milliseconds. */
const SLICE = 100;

const NO_WORDS: Failure = { code: 'unreadable', message: 'There are no words to compare by meaning.', retry: 'never' };
const NOT_KEPT: Failure = { code: 'badAnswer', message: 'What was kept of the model\'s vector cannot be read. Clear the cache and start a new run.', retry: 'later' };

function hasWords(text: string): boolean {
  return text.trim() !== '';
}

/** Each text once. */
function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter(hasWords);
}

function readKept(result: Result<unknown>): Result<Direction> {
  if (!result.ok) return result;
  const direction = readDirection(result.value);
  return direction === null ? { ok: false, failure: NOT_KEPT } : ok(direction);
}

export class RunEmbeddings implements Embeddings {
  readonly #options: RunEmbeddingsOptions;

  constructor(options: RunEmbeddingsOptions) {
    this.#options = options;
  }

  async plan(operation: string, texts: readonly string[]): Promise<void> {
    const { run: { signal, limits, provider, changed }, ports, resource: resourceOf, model: modelOf } = this.#options;
    const model = modelOf();
    if (model === null || texts.length === 0) return;
    const resource = resourceOf(model, operation);
    const worded = distinct(texts);
    const known = await ports.answers.get(await this.#keys(worded, model));
    const missing = worded.filter((_, at) => (known[at] ?? null) === null);
    const calls = planEmbeddings(missing, embeddingLimits(provider.capabilities)).map((places) => ({
      items: places.length, tokensIn: places.reduce((sum, place) => sum + estimateTokens(missing[place] as string), 0),
    }));
    const earlier = await ports.historyOf(resource.name, operation);
    signal.throwIfAborted();
    resource.forecast = await forecastTask(
      { operation, model, items: worded.length, cachedItems: worded.length - missing.length, askedTwice: 0, mostTokensOut: 0, phases: calls.length === 0 ? [] : [calls] },
      earlier, { ...limits, startConcurrency: resource.limiter.snapshot().concurrency }, resource.price, ports.yieldToHost, signal,
    );
    changed();
  }

  async of(operation: string, texts: readonly string[], told: (known: number) => void = () => undefined): Promise<readonly Result<Direction>[]> {
    const { run: { signal, changed }, calls, resource: resourceOf, model: modelOf, repeated } = this.#options;
    const model = modelOf();
    if (model === null) throw new Error('No model is named for embed.');
    const resource = resourceOf(model, operation);
    repeated(await calls.load());
    const worded = distinct(texts);
    const keys = await this.#keys(worded, model);
    let known = 0;
    const kept = await calls.each(keys, (missing, finished, begun) => this.#ask(worded, missing, model, resource, finished, begun), signal, (_, { from }) => {
      told(++known);
      if (from !== 'model') resource.cachedItems += 1;
    });
    const found = ofOneLength(kept.map(({ result }) => readKept(result)));
    const failures = found.flatMap((one) => (one.ok ? [] : [one.failure.message]));
    if (failures[0] !== undefined) resource.words = `${failures.length} of ${found.length} texts have no vector: ${failures[0]}`;
    changed();
    return this.#inOrder(texts, worded, found);
  }

  /** Where all of them are known: the same as `of`, of a run nobody is asked for. */
  async known(texts: readonly string[]): Promise<readonly Result<Direction>[] | null> {
    const { run: { signal }, ports, model: modelOf } = this.#options;
    const model = modelOf();
    if (model === null) return null;
    const worded = distinct(texts);
    const kept = await ports.answers.get(await this.#keys(worded, model));
    signal.throwIfAborted();
    if (!kept.every((answer) => answer !== null)) return null;
    return this.#inOrder(texts, worded, ofOneLength(kept.map(({ answer }) => readKept(ok(JSON.parse(answer))))));
  }

  #inOrder(texts: readonly string[], worded: readonly string[], found: readonly Result<Direction>[]): readonly Result<Direction>[] {
    const byText = new Map(worded.map((text, at) => [text, found[at] as Result<Direction>]));
    return texts.map((text) => byText.get(text) ?? { ok: false, failure: NO_WORDS });
  }

  async #keys(texts: readonly string[], model: string): Promise<readonly string[]> {
    const { run: { provider, signal }, ports } = this.#options;
    const keys: string[] = [];
    for (const [at, content] of texts.entries()) {
      keys.push(cacheKey({ kind: 'embedding', endpoint: provider.endpoint, model, promptVersion: VERSION, content, context: null, schema: null, parameters: {} }));
      if (at % SLICE !== SLICE - 1) continue;
      await ports.yieldToHost();
      signal.throwIfAborted();
    }
    return keys;
  }

  /** Resolves when each has its last word on disk; rejects when the run is stopped, once what came is. */
  async #ask(texts: readonly string[], missing: readonly number[], model: string, resource: Resource, finished: Finished, begun: Begun): Promise<void> {
    const { run: { signal, limits, provider }, paced, written } = this.#options;
    const { price, operation } = resource;
    const writes: Promise<void>[] = [];
    await embedTexts({
      texts: missing.map((at) => texts[at] as string), limits: embeddingLimits(provider.capabilities), lanes: limits.maxConcurrency,
      embed: (places, inner) => {
        const asked = places.map((place) => missing[place] as number);
        return paced.embed(operation, resource, { model, texts: asked.map((at) => texts[at] as string) }, { begin: () => begun(asked), answered: () => Promise.resolve(null) }, inner);
      },
      onText: (place, { result, usage, calls }) => {
        if (!result.ok && result.failure.code === 'cancelled') return;
        const own = result.ok ? ok(directionText(directionOf(result.value))) : result;
        const write = written(finished(missing[place] as number, { result: own, usage, costUsd: price === null ? 0 : costOf(usage, price), attempts: calls }));
        // Awaited below; a rejection must not be nobody's until then.
        write.catch(() => undefined);
        writes.push(write);
      },
    }, signal);
    await Promise.all(writes);
    signal.throwIfAborted();
  }
}
