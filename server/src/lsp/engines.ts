import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FailureError, type Failure } from '../../../shared/failure.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { StoreStatus } from '../../../shared/protocol/lsp.ts';
import type { Engine } from '../engine/index.ts';
import { pathOf, rootOf, storeDirOf, STORE_FILE, type Home } from './home.ts';
import type { SettingsReader } from './settingsReader.ts';

/** An engine over the store of one home. Closing the engine's runs closes the store. */
export interface OpenedEngine {
  readonly engine: Engine;
  /** Where results are kept now; a file store that breaks goes on in memory. */
  store(): StoreStatus;
  /** Frees what the engine was lent: threads, handles. */
  close(): Promise<void>;
}
export type OpenEngine = (home: Home) => Promise<OpenedEngine>;

export interface HomeEngine extends OpenedEngine {
  readonly home: Home;
}

export interface EngineEvents {
  progress(snapshot: RunSnapshot): void;
  /** A store was opened, or no longer keeps what it is given. */
  storeChanged(status: StoreStatus): void;
  /** These runs or their rows stand otherwise than they did, by what another process wrote. */
  reviewsChanged(runIds: readonly string[]): void;
}

const NO_SUCH_RUN = (runId: string): Failure => ({
  code: 'unreadable',
  message: `There is no run ${runId} in the stores of this window. It may belong to another folder, or its store was moved or removed. "Collate: Show Results" lists the runs that are here.`,
  retry: 'never',
});

/** One engine per store: each workspace folder has its own, documents outside of every folder share one. */
export class Engines {
  readonly #open: OpenEngine;
  readonly #settings: SettingsReader;
  readonly #fallbackStore: string | undefined;
  readonly #events: EngineEvents;
  readonly #opened = new Map<string, Promise<HomeEngine>>();
  readonly #ofRun = new Map<string, HomeEngine>();
  #roots: readonly string[];

  constructor(open: OpenEngine, settings: SettingsReader, roots: readonly string[], fallbackStore: string | undefined, events: EngineEvents) {
    this.#open = open;
    this.#settings = settings;
    this.#roots = roots;
    this.#fallbackStore = fallbackStore;
    this.#events = events;
  }

  set roots(roots: readonly string[]) {
    this.#roots = roots;
  }

  /** Where the runs of a document are kept; opens nothing. */
  async home(uri: string): Promise<Home> {
    const path = pathOf(uri);
    // An unsaved document belongs to the window, so to its first folder where it has one.
    const root = path === null ? (this.#roots[0] ?? null) : rootOf(path, this.#roots);
    const { store } = await this.#settings(root === null ? uri : pathToFileURL(root).href);
    return { root, storeDir: storeDirOf(root, store, this.#fallbackStore) };
  }

  /** The engine of a document's home, opened when it is not. */
  async forDocument(uri: string): Promise<HomeEngine> {
    return this.#engine(await this.home(uri));
  }

  /** The engine of a document's home where it has ever run, otherwise null: reading leaves no files behind. */
  async existingForDocument(uri: string): Promise<HomeEngine | null> {
    const home = await this.home(uri);
    return this.#used(home) ? this.#engine(home) : null;
  }

  /** Every engine of this window whose store has been used. */
  async existing(): Promise<readonly HomeEngine[]> {
    const folders = await Promise.all(this.#roots.map((root) => this.home(pathToFileURL(root).href)));
    const outside: Home = { root: null, storeDir: storeDirOf(null, '', this.#fallbackStore) };
    const homes = [...folders, outside].filter((home) => this.#used(home));
    await Promise.all(homes.map((home) => this.#engine(home)));
    return Promise.all(this.#opened.values());
  }

  /** The engine that has the run. Throws a Failure where none has. */
  async forRun(runId: string): Promise<HomeEngine> {
    const known = this.#ofRun.get(runId);
    if (known !== undefined) return known;
    for (const engine of await this.existing()) {
      const run = await engine.engine.runs.get(runId);
      if (run.ok) return this.adopt(runId, engine);
      if (run.failure.code === 'storeUnavailable') throw new FailureError(run.failure);
    }
    throw new FailureError(NO_SUCH_RUN(runId));
  }

  /** Remembers which engine a run belongs to. */
  adopt(runId: string, engine: HomeEngine): HomeEngine {
    this.#ofRun.set(runId, engine);
    return engine;
  }

  /** Runs of one engine that this window has looked at. */
  runsOf(engine: HomeEngine): readonly string[] {
    return [...this.#ofRun].filter(([, { home }]) => home.storeDir === engine.home.storeDir).map(([runId]) => runId);
  }

  forget(runId: string): void {
    this.#ofRun.delete(runId);
  }

  async close(): Promise<void> {
    const engines = await Promise.allSettled(this.#opened.values());
    await Promise.all(
      engines.map(async (opened) => {
        if (opened.status === 'rejected') return;
        await opened.value.engine.runs.close();
        await opened.value.close();
      }),
    );
  }

  #used({ storeDir }: Home): boolean {
    return this.#opened.has(storeDir) || existsSync(join(storeDir, STORE_FILE));
  }

  #engine(home: Home): Promise<HomeEngine> {
    const known = this.#opened.get(home.storeDir);
    if (known !== undefined) return known;
    const opening = this.#open(home).then(
      (opened) => {
        const engine = { ...opened, home };
        let told = opened.store();
        this.#events.storeChanged(told);
        // What was said of one run shows in every run over the same words.
        opened.engine.runs.reviews.onElsewhere((runIds) => this.#events.reviewsChanged([...new Set([...runIds, ...this.runsOf(engine)])]));
        opened.engine.runs.onProgress((snapshot) => {
          this.adopt(snapshot.id, engine);
          const store = opened.store();
          if (store.mode !== told.mode || store.message !== told.message) {
            told = store;
            this.#events.storeChanged(store);
          }
          this.#events.progress(snapshot);
        });
        return engine;
      },
      (thrown: unknown) => {
        // A store that could not be opened is tried again on the next request.
        this.#opened.delete(home.storeDir);
        throw thrown;
      },
    );
    this.#opened.set(home.storeDir, opening);
    return opening;
  }
}
