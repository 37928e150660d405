/** Pictures of pages as text: asked of a model once, then known. */
import type { Result } from '../../../../shared/failure.ts';
import { bytesHash } from '../documents/hash.ts';
import type { PagePicture } from '../documents/pictures/pagePicture.ts';
import type { PlannedCall } from '../scheduling/forecast.ts';
import { base64 } from '../report/base64.ts';
import { cacheKey } from './cacheKey.ts';
import { forecastTask } from './forecastTask.ts';
import { imageTokens } from './imageTokens.ts';
import type { Resource } from './modelResource.ts';
import type { PacedCalls } from './pacedCalls.ts';
import { costOf } from './prices.ts';
import type { RunCalls } from './runCalls.ts';
import type { ModelRuntimePorts, RunModelsOptions } from './runtimePorts.ts';
import { checkedPage, PAGE_TOKENS_OUT, pageText, READ_PAGE_INSTRUCTION, READ_PAGE_VERSION } from './tasks/readPage.ts';
import { estimateTokens } from './tokenCount.ts';
import { NO_USAGE } from './usage.ts';

/** Names the metric and the forecast. */
export const READ_PAGES = 'readPages';

/** What the run's models share. */
export interface PageImagesOptions {
  readonly run: RunModelsOptions;
  readonly ports: ModelRuntimePorts;
  readonly calls: RunCalls;
  readonly paced: PacedCalls;
  resource(model: string, operation: string): Resource;
  /** Calls of an earlier process that may be paid twice. */
  repeated(calls: number): void;
  /** Remembers a write until it is on disk. */
  written(write: Promise<void>): Promise<void>;
}

export class PageImages {
  readonly #options: PageImagesOptions;
  /** Calls a forecast was made of, and pictures that are known. */
  readonly #planned: PlannedCall[] = [];
  #known = 0;

  constructor(options: PageImagesOptions) {
    this.#options = options;
  }

  /** The text of a picture by `model`, or why there is none. Rejects when the run is stopped. */
  async read(picture: PagePicture, model: string): Promise<Result<string>> {
    const { run, ports, calls, paced, resource: resourceOf, repeated, written } = this.#options;
    const { signal } = run;
    const resource = resourceOf(model, READ_PAGES);
    repeated(await calls.load());
    const [kept] = await calls.each([this.#key(picture, model)], async (_, finished, begun) => {
      let attempts = 0;
      const begin = async (): Promise<void> => {
        attempts = 1;
        await begun([0]);
      };
      const call = { model, mimeType: picture.type, base64: base64(picture.bytes), instruction: READ_PAGE_INSTRUCTION, maxTokensOut: PAGE_TOKENS_OUT, imageTokens: imageTokens(model, picture) };
      const answer = await paced.readPage(READ_PAGES, resource, call, tokensIn(picture, model), { begin, answered: () => Promise.resolve(null) }, signal);
      const usage = (answer.ok ? answer.usage : answer.failure.usage) ?? NO_USAGE;
      await written(finished(0, { result: resultOf(answer, model), usage, costUsd: resource.price === null ? 0 : costOf(usage, resource.price), attempts }));
    }, signal);
    if (kept === undefined) throw new Error('A picture was asked for and has no answer.');
    if (kept.from !== 'model') resource.cachedItems += 1;
    resource.meter.items(READ_PAGES, ports.now(), 1);
    run.changed();
    return kept.result.ok ? pageText(String(kept.result.value), model) : kept.result;
  }

  /** Says what reading a picture will take, before it is read: its text where that is known. Rejects when the run is stopped. */
  async plan(picture: PagePicture, model: string): Promise<string | null> {
    const { run: { signal, limits, changed }, ports, resource: resourceOf } = this.#options;
    const resource = resourceOf(model, READ_PAGES);
    const [known] = await ports.answers.get([this.#key(picture, model)]);
    signal.throwIfAborted();
    const read = known === null || known === undefined ? null : pageText(String(JSON.parse(known.answer)), model);
    if (read?.ok === true) this.#known += 1;
    else this.#planned.push({ items: 1, tokensIn: tokensIn(picture, model) });
    const earlier = await ports.historyOf(resource.name, READ_PAGES);
    signal.throwIfAborted();
    const plan = {
      operation: READ_PAGES, model, items: this.#known + this.#planned.length, cachedItems: this.#known, askedTwice: 0, mostTokensOut: PAGE_TOKENS_OUT,
      // One after the other, as a run reads them.
      phases: this.#planned.map((call) => [call]),
    };
    resource.forecast = await forecastTask(plan, earlier, { ...limits, startConcurrency: resource.limiter.snapshot().concurrency }, resource.price, ports.yieldToHost, signal);
    changed();
    return read?.ok === true ? read.value : null;
  }

  #key(picture: PagePicture, model: string): string {
    return cacheKey({
      kind: 'pageImage', endpoint: this.#options.run.provider.endpoint, model, promptVersion: READ_PAGE_VERSION, content: bytesHash(picture.bytes), context: READ_PAGE_INSTRUCTION,
      schema: null, parameters: { maxTokensOut: PAGE_TOKENS_OUT },
    });
  }
}

function tokensIn(picture: PagePicture, model: string): number {
  return imageTokens(model, picture) + estimateTokens(READ_PAGE_INSTRUCTION);
}

/** What is kept: no usage, no hints. */
function resultOf(answer: Awaited<ReturnType<PacedCalls['readPage']>>, model: string): Result<string> {
  if (answer.ok) return checkedPage(answer.value, model);
  const { code, message, retry } = answer.failure;
  return { ok: false, failure: { code, message, retry } };
}
