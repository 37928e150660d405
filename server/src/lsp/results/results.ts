import type { RunSnapshot } from '../../../../shared/model.ts';
import { asReadUri } from '../../../../shared/asRead.ts';
import { isReadFromPicture } from '../../../../shared/pictures.ts';
import type { RowReview } from '../../../../shared/protocol/reviews.ts';
import { valueOf } from '../answer.ts';
import type { CurrentTexts } from '../currentTexts.ts';
import type { Engines, HomeEngine } from '../engines.ts';
import { documentKey, documentUri } from '../home.ts';
import type { OpenDocuments } from '../openDocuments.ts';
import { NewestRuns } from './newestRuns.ts';
import type { PlacedDocument } from './placedDocument.ts';
import { PlacedDocuments } from './placedDocuments.ts';
import type { RunIndex } from './runIndex.ts';
import { RunIndexes } from './runIndexes.ts';

/** UTF-16 code units. Above it every keystroke would compare more text than an editor can wait for. */
export const MAX_RESULT_TEXT = 10_000_000;

export type RowReviews = ReadonlyMap<string, RowReview>;
/** What people said of the rows of a run, by the row's id. */
export type ReadReviews = (runId: string, engine: HomeEngine) => Promise<RowReviews>;

/** What one run says of one open document. */
export interface DocumentResult {
  readonly engine: HomeEngine;
  /** Key of the document in the run. */
  readonly key: string;
  readonly run: RunSnapshot;
  readonly index: RunIndex;
  readonly here: PlacedDocument;
}

/** What runs say of open documents, in their texts of now: what every feature that shows results asks. */
export class Results {
  readonly #engines: Engines;
  readonly #documents: OpenDocuments;
  readonly #texts: CurrentTexts;
  readonly #readReviews: ReadReviews;
  readonly #newest = new NewestRuns();
  readonly #indexes = new RunIndexes();
  readonly #placed = new PlacedDocuments();
  readonly #reviews = new Map<string, Promise<RowReviews>>();

  constructor(engines: Engines, documents: OpenDocuments, texts: CurrentTexts, readReviews: ReadReviews) {
    this.#engines = engines;
    this.#documents = documents;
    this.#texts = texts;
    this.#readReviews = readReviews;
  }

  /** Forgets what other processes or a person may have changed. */
  changed(): void {
    this.#newest.clear();
    this.#reviews.clear();
  }

  /** True where a run has something to say of the document. */
  async hasRuns(uri: string): Promise<boolean> {
    const engine = await this.#engines.existingForDocument(uri);
    return engine !== null && (await this.#newest.of(engine, documentKey(uri, engine.home))).length > 0;
  }

  /**
   * The newest crosswalk and the newest analysis of an open document, newest first. None where its home has no run:
   * asking opens no store.
   */
  async of(uri: string, signal: AbortSignal): Promise<readonly DocumentResult[]> {
    const seen = new Set<boolean>();
    return this.#results(uri, signal, (run) => {
      const isCrosswalk = run.workflow === 'crosswalk';
      const isFirst = !seen.has(isCrosswalk);
      seen.add(isCrosswalk);
      return isFirst;
    });
  }

  /** The newest crosswalk of an open document with each other document. */
  async crosswalks(uri: string, signal: AbortSignal): Promise<readonly DocumentResult[]> {
    const seen = new Set<string>();
    return this.#results(uri, signal, (run) => {
      const pair = run.documents.map(({ key }) => key).join('\n');
      if (run.workflow !== 'crosswalk' || seen.has(pair)) return false;
      seen.add(pair);
      return true;
    });
  }

  /** A document of a result's run as it is now; null where it cannot be read. */
  async place({ engine, run, key, here }: DocumentResult, document: string, signal: AbortSignal): Promise<PlacedDocument | null> {
    return document === key ? here : this.#place(engine, run, document, documentUri(document, engine.home), signal);
  }

  reviews({ run, engine }: DocumentResult): Promise<RowReviews> {
    const known = this.#reviews.get(run.id);
    if (known !== undefined) return known;
    const reading = this.#readReviews(run.id, engine);
    this.#reviews.set(run.id, reading);
    reading.catch(() => this.#reviews.delete(run.id));
    return reading;
  }

  async #results(uri: string, signal: AbortSignal, wanted: (run: RunSnapshot) => boolean): Promise<readonly DocumentResult[]> {
    const text = this.#documents.normalisedText(uri);
    if (text === null || text.length > MAX_RESULT_TEXT) return [];
    const engine = await this.#engines.existingForDocument(uri);
    if (engine === null) return [];
    const key = documentKey(uri, engine.home);
    const results: DocumentResult[] = [];
    for (const run of (await this.#newest.of(engine, key)).filter(wanted)) {
      signal.throwIfAborted();
      const here = await this.#place(engine, run, key, uri, signal);
      if (here !== null) results.push({ engine, key, run, index: await this.#indexes.of(run, engine), here });
    }
    signal.throwIfAborted();
    return results;
  }

  async #place(engine: HomeEngine, run: RunSnapshot, key: string, uri: string, signal: AbortSignal): Promise<PlacedDocument | null> {
    const summary = run.documents.find((document) => document.key === key);
    if (summary === undefined) return null;
    const picture = isReadFromPicture(summary) ? asReadUri({ runId: run.id, document: key }) : null;
    // A picture has no text of now but the one that was read from it.
    const now = await (picture === null ? this.#texts.read(uri, engine, signal) : engine.engine.runs.text(summary));
    signal.throwIfAborted();
    if (!now.ok) return null;
    const before = valueOf(await engine.engine.runs.text(summary));
    signal.throwIfAborted();
    return this.#placed.of(picture ?? uri, `${engine.home.storeDir} ${key} ${summary.hash}`, before, now.value);
  }
}
