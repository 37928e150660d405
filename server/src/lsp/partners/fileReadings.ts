import { readFile, stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Settings } from '../../../../shared/settings.ts';
import { readFileBytes } from '../../engine/index.ts';
import { TextReading, type TextReadings } from '../textReadings.ts';

/** Readings of closed files kept in memory. */
const KEPT_READINGS = 16;
/** A longer file is not read for a link, in bytes: the largest plan document of the samples' kind has a tenth of it. */
const MAX_BYTES = 5_000_000;

interface Kept {
  readonly stamp: string;
  readonly reading: TextReading | null;
}

/** Documents beside the one that is asked about: as the editor shows them, otherwise as their file is. Opens no store. */
export class FileReadings {
  readonly #open: TextReadings;
  readonly #kept = new Map<string, Kept>();

  constructor(open: TextReadings) {
    this.#open = open;
  }

  /** Null where the document cannot be read. `mention`: a closed file without these words is not looked into. */
  async of(path: string, settings: Settings, signal: AbortSignal, mention: RegExp | null = null): Promise<TextReading | null> {
    const shown = await this.#open.of(pathToFileURL(path).href, signal);
    if (shown !== null) return shown;
    const file = await stat(path).catch(() => null);
    signal.throwIfAborted();
    if (file?.isFile() !== true || file.size > MAX_BYTES) return null;
    const { documentKinds, maxSizeMb } = settings;
    const stamp = JSON.stringify([file.mtimeMs, file.size, documentKinds, maxSizeMb, mention?.source]);
    const kept = this.#kept.get(path);
    this.#kept.delete(path);
    const now = kept?.stamp === stamp ? kept : { stamp, reading: await this.#read(path, settings, mention) };
    this.#kept.set(path, now);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_READINGS && oldest !== undefined) this.#kept.delete(oldest);
    signal.throwIfAborted();
    return now.reading;
  }

  async #read(path: string, settings: Settings, mention: RegExp | null): Promise<TextReading | null> {
    const bytes = await readFile(path).catch(() => null);
    if (bytes === null || (mention !== null && !mention.test(bytes.toString('latin1')))) return null;
    const read = readFileBytes({ key: path, path }, bytes, settings);
    return read.ok ? new TextReading(read.value) : null;
  }
}
