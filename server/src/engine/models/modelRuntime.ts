/** The one door for model work: every run of this process asks through it, so that they share limits and answers in flight. */
import { FailureError, type Result } from '../../../../shared/failure.ts';
import type { Metric, ModelWork } from '../../../../shared/model.ts';
import { modelFor, type ModelRole, type Settings } from '../../../../shared/settings.ts';
import { COMPARE_BY_MEANING } from '../../../../shared/words/modelWords.ts';
import { bindingVerdict, heldBetween, type Verdict } from '../scheduling/binding.ts';
import { askItems } from './askItems.ts';
import { measureDrift, type Answered } from './batchInvariance.ts';
import type { BatchItem } from './batchPlan.ts';
import { BATCH_ITEMS, BatchSizes, firstSample, sampleAgain } from './batchSizes.ts';
import { batchAsk, type AskedModel, type BatchTask } from './batchTask.ts';
import { Elsewhere } from './elsewhere.ts';
import { FirstAnswers } from './firstAnswers.ts';
import { forecastTask } from './forecastTask.ts';
import { itemKey, keyAgain } from './itemKey.ts';
import { ModelMeter } from './modelMeter.ts';
import type { Completion } from './modelPort.ts';
import type { Resource } from './modelResource.ts';
import { PacedCalls } from './pacedCalls.ts';
import { PageImages } from './pageImages.ts';
import { planTask } from './planTask.ts';
import { PRICES_AS_OF } from './prices.ts';
import { RunEmbeddings, type Embeddings } from './runEmbeddings.ts';
import { RunCalls, type Kept, type KeptAnswer } from './runCalls.ts';
import type { ModelRuntimePorts, RunModelsOptions } from './runtimePorts.ts';
import { MEASURED_ERROR } from './tokenCount.ts';

/** An answer no model in use cuts off below. Tokens. */
const MAX_TOKENS_OUT = 4_096;

/** What a run goes on without. */
const OPTIONAL: ReadonlySet<string> = new Set(['prefilter', COMPARE_BY_MEANING]);

/** How every model is asked: for the likeliest answer, so that the same question has the same one as far as the model lets it. */
function asking(model: string): AskedModel {
  return { model, maxTokensOut: MAX_TOKENS_OUT, temperature: 0 };
}

export interface ItemOutcome<T> {
  readonly id: string;
  readonly result: Result<T>;
  readonly from: 'model' | 'journal' | 'cache' | 'shared';
}

/** What a workflow asks. */
export interface Models {
  /** Texts by meaning, by the model of the role `embed`. */
  readonly embeddings: Embeddings;
  /** The model that does a role, or null: then rules are all there is. */
  modelFor(role: ModelRole): string | null;
  /**
   * Says what a task will be asked, before it is: what a forecast is made of. `assumes`: a sentence on what is not known of it yet.
   * Rejects when the run is stopped.
   */
  plan<I extends BatchItem, T>(operation: string, role: ModelRole, task: BatchTask<I, T>, items: readonly I[], assumes?: string): Promise<void>;
  /** What is kept of answers given before, in order, without asking anybody; null: none, or none that counts today. */
  known<I extends BatchItem, T>(role: ModelRole, task: BatchTask<I, T>, items: readonly I[]): Promise<readonly (T | null)[]>;
  /**
   * One outcome for each item, in order, each as soon as it is kept; a failed item fails alone. `operation` names the
   * metric. What is not there yet rejects when the run is stopped.
   */
  ask<I extends BatchItem, T>(operation: string, role: ModelRole, task: BatchTask<I, T>, items: readonly I[]): readonly Promise<ItemOutcome<T>>[];
}

export class ModelRuntime {
  readonly #ports: ModelRuntimePorts;
  readonly #inFlight = new Map<string, Promise<Result<unknown>>>();
  readonly #batchSizes: BatchSizes;

  constructor(ports: ModelRuntimePorts) {
    this.#ports = ports;
    this.#batchSizes = new BatchSizes(ports.answers);
  }

  forRun(options: RunModelsOptions): RunModels {
    const { runId } = options;
    const { owner, calls: journal, answers: cache, now } = this.#ports;
    const calls = new RunCalls({ runId, owner, journal, cache, inFlight: this.#inFlight, now });
    return new RunModels(options, this.#ports, calls, this.#batchSizes);
  }
}

/** One answer for each item, from wherever it is to be had; `most` items of a call are asked together. */
type AskAll<I extends BatchItem> = (items: readonly I[], keys: readonly string[], most: () => Promise<number>, kept: (key: string, answer: KeptAnswer) => void) => Promise<readonly KeptAnswer[]>;

/** What limited the speed; nothing of a model that has not answered, where no limit held it back or there is something else to tell. */
function speedWords({ binding, sentence }: Verdict, hasAnswered: boolean, words: string): string {
  return hasAnswered || (binding !== null && words === '') ? sentence : '';
}

/** What was kept of an item, as the task reads it now. */
function checkedAgain<I extends BatchItem, T>(task: BatchTask<I, T>, item: I, result: Result<unknown>): Answered<T> {
  if (!result.ok) return { id: item.id, result };
  const checked = task.check(item, result.value);
  if (checked.ok) return { id: item.id, result: { ok: true, value: checked.value } };
  return { id: item.id, result: { ok: false, failure: { code: 'badAnswer', message: checked.problem.reason, retry: 'later' } } };
}

export class RunModels implements Models {
  readonly embeddings: RunEmbeddings;
  /** Pictures of pages, before a workflow gets their text. */
  readonly pages: PageImages;
  readonly #options: RunModelsOptions;
  readonly #ports: ModelRuntimePorts;
  readonly #calls: RunCalls;
  readonly #batchSizes: BatchSizes;
  readonly #settings: Settings;
  /** By model and operation; operations of one model share its limiter. */
  readonly #resources = new Map<string, Resource>();
  readonly #operations = new Set<string>();
  readonly #paced: PacedCalls;
  readonly #elsewhere: Elsewhere;
  /** Answers on their way to the disk. */
  readonly #writes = new Set<Promise<void>>();
  /** Ends of what is heard from limiters. */
  readonly #watched: (() => void)[] = [];
  #repeatedNow = 0;
  #attempts = 0;
  #givenUp: string | null = null;

  constructor(options: RunModelsOptions, ports: ModelRuntimePorts, calls: RunCalls, batchSizes: BatchSizes) {
    this.#options = options;
    this.#ports = ports;
    this.#calls = calls;
    this.#batchSizes = batchSizes;
    this.#settings = options.settings;
    this.#elsewhere = new Elsewhere(ports.answers, () => ports.now());
    this.#paced = new PacedCalls(options, ports, () => calls.spentUsd());
    const shared = {
      run: options, ports, calls, paced: this.#paced,
      resource: (model: string, operation: string): Resource => {
        this.#operations.add(operation);
        return this.#resource(model, operation);
      },
      repeated: (before: number): void => void (this.#repeatedNow = Math.max(this.#repeatedNow, before)),
      written: (write: Promise<void>): Promise<void> => this.#written(write),
    };
    this.embeddings = new RunEmbeddings({ ...shared, model: () => this.modelFor('embed') });
    this.pages = new PageImages(shared);
  }

  /** The run is at rest, or about to be. Resolves when what was answered is on disk, or cannot be. */
  async close(): Promise<void> {
    for (const end of this.#watched) end();
    this.#paced.close();
    await Promise.allSettled([...this.#writes]);
  }

  modelFor(role: ModelRole): string | null {
    if (role === 'embed' && !this.#options.provider.capabilities.embeddings) return null;
    const named = modelFor(this.#settings, role);
    // The editor has a model of its own choice for whoever names none.
    return named ?? (this.#options.provider.name === 'vscode' && (role === 'verify' || role === 'analyze') ? '' : null);
  }

  /** What stood in the way of calls, whatever they asked, and what to do about it. */
  get trouble(): string | null {
    return this.#givenUp ?? this.#paced.trouble;
  }

  /** True where the metric of an operation counts its own calls. */
  counts(operation: string): boolean {
    return this.#operations.has(operation);
  }

  /** Metrics of what was asked since the last time. */
  takeMetrics(): readonly Metric[] {
    return [...this.#resources.values()].flatMap(({ meter }) => meter.take());
  }

  /** How many attempts of calls the metrics hold that were taken by now. */
  get attempts(): number {
    return this.#attempts;
  }

  /** What it took is on disk before the answers it brought; where that fails, so does writing them. */
  #attempted(attempt: Metric, begun: number): void {
    this.#attempts += 1;
    void this.#written(this.#ports.addAttempt(this.#options.runId, this.#attempts, attempt, begun));
  }

  work(): readonly ModelWork[] {
    const repeatedAtMost = this.#options.repeatedBefore + this.#repeatedNow;
    return [...this.#resources.values()].map(({ name, operation, limiter, meter, cachedItems, words, forecast, before }, at) => ({
      resource: name,
      operation,
      advice: [speedWords(bindingVerdict(heldBetween(before, limiter.totals())), meter.latency !== null, words), words].filter((part) => part !== '').join(' '),
      ...(forecast === null ? {} : { forecast }),
      samples: meter.samples,
      ...(meter.latency === null ? {} : { latency: meter.latency }),
      cachedItems,
      // It is about the calls of the run, and told once.
      ...(repeatedAtMost === 0 || at > 0 ? {} : { repeatedAtMost }),
    }));
  }

  async plan<I extends BatchItem, T>(operation: string, role: ModelRole, task: BatchTask<I, T>, items: readonly I[], assumes?: string): Promise<void> {
    const { signal, limits } = this.#options;
    const model = this.modelFor(role);
    if (model === null || items.length === 0) return;
    const resource = this.#resource(model, operation);
    const ahead = (total: number, asked: number): ReturnType<BatchSizes['ahead']> =>
      task.alone === true ? Promise.resolve({ items: 1, looks: false }) : this.#batchSizes.ahead(resource.name, task, total, asked);
    const planned = await planTask(operation, model, task, items, this.#keys(model, task, items), this.#ports.answers, ahead);
    const earlier = await this.#ports.historyOf(resource.name, operation);
    signal.throwIfAborted();
    resource.forecast = await forecastTask(assumes === undefined ? planned : { ...planned, assumes }, earlier, { ...limits, startConcurrency: resource.limiter.snapshot().concurrency }, resource.price, this.#ports.yieldToHost, signal);
    this.#options.changed();
  }

  async known<I extends BatchItem, T>(role: ModelRole, task: BatchTask<I, T>, items: readonly I[]): Promise<readonly (T | null)[]> {
    const model = this.modelFor(role);
    if (model === null || items.length === 0) return items.map(() => null);
    const kept = await this.#ports.answers.get(this.#keys(model, task, items));
    this.#options.signal.throwIfAborted();
    return items.map((item, at) => {
      const answer = kept[at] ?? null;
      if (answer === null) return null;
      const { result } = checkedAgain(task, item, { ok: true, value: JSON.parse(answer.answer) as unknown });
      return result.ok ? result.value : null;
    });
  }

  #keys<I extends BatchItem, T>(model: string, task: BatchTask<I, T>, items: readonly I[]): readonly string[] {
    return items.map((item) => itemKey(task, item, { ...asking(model), endpoint: this.#options.provider.endpoint }));
  }

  ask<I extends BatchItem, T>(operation: string, role: ModelRole, task: BatchTask<I, T>, items: readonly I[]): readonly Promise<ItemOutcome<T>>[] {
    const outcomes = items.map(() => Promise.withResolvers<ItemOutcome<T>>());
    // Whoever awaits one of them after a stop hears of it; the others are nobody's.
    for (const { promise } of outcomes) promise.catch(() => undefined);
    const kept: Kept = (at, { result, from }) => outcomes[at]?.resolve({ ...checkedAgain(task, items[at] as I, result), from });
    this.#askAll(operation, role, task, items, kept).catch((thrown: unknown) => {
      for (const { reject } of outcomes) reject(thrown);
    });
    return outcomes.map(({ promise }) => promise);
  }

  async #askAll<I extends BatchItem, T>(operation: string, role: ModelRole, task: BatchTask<I, T>, items: readonly I[], onKept: Kept): Promise<void> {
    const { signal, limits } = this.#options;
    const model = this.modelFor(role);
    if (model === null) throw new Error(`No model is named for ${role}.`);
    if (items.length === 0) return;
    this.#operations.add(operation);
    const resource = this.#resource(model, operation);
    const keys = this.#keys(model, task, items);
    this.#repeatedNow = Math.max(this.#repeatedNow, await this.#calls.load());
    await this.#elsewhere.begin();
    const places = Map.groupBy(keys.keys(), (at) => keys[at] as string);
    const failures: string[] = [];
    const count = (key: string, answer: KeptAnswer): void => places.get(key)?.forEach((at, k) => {
      if (!answer.result.ok) failures.push(answer.result.failure.message);
      const own: KeptAnswer = k > 0 && answer.from === 'model' ? { ...answer, from: 'shared' } : answer;
      if (own.from !== 'model') resource.cachedItems++;
      onKept(at, own);
    });
    const firstAnswers = new FirstAnswers(false, task.alone === true);
    const askAll: AskAll<I> = (asked, keysOf, most, kept) => this.#calls.each(keysOf, async (missing, finished, begun) => {
      const place = new Map(missing.map((at) => [(asked[at] as I).id, at]));
      const placeOf = (id: string): number => place.get(id) as number;
      await askItems({
        task, items: missing.map((at) => asked[at] as I), most: await most(), lanes: limits.maxConcurrency, price: resource.price, firstAnswers,
        ask: (batch, earlier, inner) => {
          const own = batch.map(({ id }) => placeOf(id));
          const paced = { begin: () => begun(own), answered: () => this.#meanwhile(resource, own.map((at) => keysOf[at] as string)) };
          return batchAsk(task, asking(model), (call, signalOf) => this.#paced.complete(operation, resource, call, paced, signalOf))(batch, earlier, inner);
        },
        finished: (id, answer) => this.#written(finished(placeOf(id), answer)),
      }, signal);
    }, signal, (at, answer) => kept(keysOf[at] as string, answer));
    const unique = new Map([...places].map(([key, [at]]) => [key, items[at as number] as I]));
    if (task.alone !== true) for (const key of await this.#look(resource, task, unique, askAll, count)) unique.delete(key);
    await askAll([...unique.values()], [...unique.keys()], async () => {
      if (task.alone === true) return 1;
      const { items: most, words } = await this.#batchSizes.of(resource.name, task);
      resource.words = words;
      return most;
    }, count);
    if (firstAnswers.givenUp !== null) {
      this.#givenUp ??= firstAnswers.givenUp.message;
      // Where nothing failed by it, as with a first look, it is told with the model.
      resource.words = firstAnswers.givenUp.message;
    } else if (role === 'prefilter' && failures[0] !== undefined) {
      const failed = `${failures.length} of ${items.length} items have no answer that can be used: ${failures[0]}`;
      resource.words = [resource.words, failed].filter((part) => part !== '').join(' ');
    }
    this.#options.changed();
  }

  /**
   * Finds out whether answers depend on their batch, where it is worth it and nobody has: the keys of what was asked. Which
   * ones these are, and what they say the second time, is the same when a run is taken up again.
   */
  async #look<I extends BatchItem, T>(
    resource: Resource, task: BatchTask<I, T>, unique: ReadonlyMap<string, I>, askAll: AskAll<I>, count: (key: string, answer: KeptAnswer) => void,
  ): Promise<readonly string[]> {
    const looked: string[] = [];
    await this.#batchSizes.find(resource.name, task, unique.size, () => this.#calls.uncached([...unique.keys()]), async () => {
      const first = firstSample([...unique]);
      const items = first.map(([, item]) => item);
      const keyOf = new Map(first.map(([key, { id }]) => [id, key]));
      const again = sampleAgain(items);
      const most = (): Promise<number> => Promise.resolve(BATCH_ITEMS);
      const answers = await askAll(items, first.map(([key]) => key), most, count);
      looked.push(...keyOf.values());
      const second = await askAll(again, again.map(({ id }) => keyAgain(keyOf.get(id) as string)), most, () => undefined);
      const checked = (of: readonly I[], kept: readonly KeptAnswer[]): readonly Answered<T>[] => of.map((item, at) => checkedAgain(task, item, (kept[at] as KeptAnswer).result));
      return measureDrift(checked(items, answers), checked(again, second), (a, b) => task.equal(a, b));
    }, this.#options.signal);
    if (looked.length > 0) resource.words = (await this.#batchSizes.of(resource.name, task)).words;
    return looked;
  }

  /** The answers that another process on the same store has put into the cache since this run looked there, as a model says them. */
  async #meanwhile(resource: Resource, keys: readonly string[]): Promise<Completion | null> {
    const items = await this.#elsewhere.answersTo(keys);
    if (items === null) return null;
    resource.cachedItems += keys.length;
    return { text: JSON.stringify({ items }), finish: 'stop' };
  }

  #written(write: Promise<void>): Promise<void> {
    const settled = (): void => void this.#writes.delete(write);
    this.#writes.add(write);
    write.then(settled, settled);
    return write;
  }

  #resource(model: string, operation: string): Resource {
    const { provider, limits } = this.#options;
    const shown = model === '' ? 'the editor\'s model' : model;
    const name = provider.name === 'vscode' ? `vscode ${shown}` : `${provider.name} ${shown} at ${provider.endpoint.replace(/^https?:\/\//, '')}`;
    const key = JSON.stringify([name, operation]);
    const known = this.#resources.get(key);
    if (known !== undefined) return known;
    const price = this.#ports.priceOf(model, provider.endpoint, this.#settings);
    if (price === null && this.#settings.budgetPerRun > 0 && provider.name === 'openai') {
      throw new FailureError({
        code: 'refused',
        message: `No price is known for ${shown} (list of ${PRICES_AS_OF}), so the budget of a run cannot be kept. Give its price in collate.models.prices, or set collate.budget.perRun to 0.`,
        retry: 'never',
      });
    }
    const limiter = this.#ports.limiterOf(name, limits);
    this.#watched.push(limiter.onWaiting((words) => this.#options.waiting?.(this.#paced.isAsking ? words : null)));
    const resource: Resource = { name, operation, limiter, meter: new ModelMeter((attempt, begun) => this.#attempted(attempt, begun)), price, optional: OPTIONAL.has(operation), mostTokensIn: 1 + MEASURED_ERROR, cachedItems: 0, words: '', forecast: null, before: limiter.totals() };
    this.#resources.set(key, resource);
    return resource;
  }
}
