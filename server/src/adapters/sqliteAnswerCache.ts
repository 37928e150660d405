import type { CachedAnswer, CacheStats, KeptAnswers } from '../engine/ports.ts';
import type { CacheFile } from './cacheFile.ts';
import { KeptTexts, type KeptLimits } from './keptTexts.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** About 300,000 answers of a page. A model behind one name changes over the months, and what it said with it. */
export const ANSWER_LIMITS: KeptLimits = { maxBytes: 500_000_000, maxAgeMs: 90 * DAY_MS, grouping: { waitMs: 50, most: 256 } };

/** Usage on the first line, because JSON has no line feed of its own; the answer is the rest. */
function textOf({ answer, usage }: CachedAnswer): string {
  return `${JSON.stringify(usage)}\n${answer}`;
}

function answerOf(text: string): CachedAnswer {
  const end = text.indexOf('\n');
  return { usage: JSON.parse(text.slice(0, end)) as CachedAnswer['usage'], answer: text.slice(end + 1) };
}

/** Answers of models, in cache.db. */
export class SqliteAnswerCache implements KeptAnswers {
  readonly #texts: KeptTexts;

  constructor(file: CacheFile, limits: KeptLimits = ANSWER_LIMITS, now: () => number = Date.now) {
    this.#texts = new KeptTexts(file, 'answer', limits, now);
  }

  async get(keys: readonly string[]): Promise<readonly (CachedAnswer | null)[]> {
    return (await this.#texts.get(keys)).map((text) => (text === null ? null : answerOf(text)));
  }

  put(entries: readonly { readonly key: string; readonly value: CachedAnswer }[]): Promise<void> {
    return this.#texts.put(entries.map(({ key, value }) => ({ key, value: textOf(value) })));
  }

  stats(): Promise<CacheStats> {
    return this.#texts.stats();
  }

  clear(): Promise<number> {
    return this.#texts.clear();
  }

  generation(): Promise<number> {
    return this.#texts.generation();
  }

  version(): Promise<number> {
    return this.#texts.version();
  }

  flush(): Promise<void> {
    return this.#texts.flush();
  }
}
