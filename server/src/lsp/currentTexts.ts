import { stat } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/failure.ts';
import type { HomeEngine } from './engines.ts';
import { documentKey, pathOf } from './home.ts';
import type { OpenDocuments } from './openDocuments.ts';
import type { SettingsReader } from './settingsReader.ts';

/** Texts of closed files kept to spare reading them again; a crosswalk needs one, a few windows side by side a few. */
const KEPT_TEXTS = 8;

interface Kept {
  readonly version: string;
  readonly text: string;
}

/** The normalised text of a document as it is now: what the editor shows, otherwise what the file holds. */
export class CurrentTexts {
  readonly #documents: OpenDocuments;
  readonly #settings: SettingsReader;
  /** By path, the least recently used first. */
  readonly #kept = new Map<string, Kept>();

  constructor(documents: OpenDocuments, settings: SettingsReader) {
    this.#documents = documents;
    this.#settings = settings;
  }

  async read(uri: string, engine: HomeEngine, signal: AbortSignal): Promise<Result<string>> {
    const open = this.#documents.normalisedText(uri);
    if (open !== null) return ok(open);
    const path = pathOf(uri);
    if (path === null) {
      return fail('unreadable', `${uri} was never saved and is closed. Read its words in the results panel.`);
    }
    const version = await stat(path).then(
      ({ mtimeMs, size }) => `${mtimeMs}:${size}`,
      () => null,
    );
    const kept = this.#kept.get(path);
    if (version !== null && kept?.version === version) {
      this.#kept.delete(path);
      this.#kept.set(path, kept);
      return ok(kept.text);
    }
    const read = await engine.engine.read({ key: documentKey(uri, engine.home), path }, await this.#settings(uri), signal);
    if (!read.ok) return read;
    if (version !== null) this.#keep(path, { version, text: read.value.text });
    return ok(read.value.text);
  }

  #keep(path: string, kept: Kept): void {
    this.#kept.delete(path);
    this.#kept.set(path, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_TEXTS && oldest !== undefined) this.#kept.delete(oldest);
  }
}
