import { setTimeout as pause } from 'node:timers/promises';
import { FailureError } from '../../../shared/failure.ts';
import type { Unit } from '../../../shared/model.ts';
import type { Settings } from '../../../shared/settings.ts';
import { documentReferences, numberingOf, pageFurniture, readEditorText, type CollateDocument, type Correction, type DocumentReference, type Numbering } from '../engine/index.ts';
import { correctionsFolder, savedCorrections } from '../conversions/savedCorrections.ts';
import { UsageError } from '../usageError.ts';
import { valueOf } from './answer.ts';
import type { Engines } from './engines.ts';
import { documentKey, pathOf } from './home.ts';
import type { OpenDocuments } from './openDocuments.ts';
import { MAX_RESULT_TEXT } from './results/results.ts';
import { innermost } from './results/runIndex.ts';
import type { SettingsReader } from './settingsReader.ts';
import { TextPositions } from './text/textPositions.ts';

/** Readings of open documents kept in memory. */
const KEPT_READINGS = 8;
/** A longer text is read again only once nobody types, in UTF-16 code units: reading one of 500,000 takes 0.2 s. */
const LONG_TEXT = 100_000;
/** Milliseconds without an edit after which a long text is read again. */
const PAUSE_MS = 300;

/** An open document as Collate reads it, with its own positions. Needs no run. */
export class TextReading {
  readonly document: CollateDocument;
  readonly positions: TextPositions;
  #references: readonly DocumentReference[] | null = null;
  #furniture: readonly { readonly start: number; readonly end: number }[] | null = null;

  #numbering: Numbering | null = null;
  #stretches: readonly { readonly unit: Unit; readonly start: number; readonly end: number }[] | null = null;

  constructor(document: CollateDocument) {
    this.document = document;
    this.positions = new TextPositions(document.text);
  }

  get references(): readonly DocumentReference[] {
    return (this.#references ??= documentReferences(this.document));
  }

  get numbering(): Numbering {
    return (this.#numbering ??= numberingOf(this.document.units));
  }

  /** The innermost unit that holds an offset. */
  unitAt(offset: number): Unit | null {
    this.#stretches ??= this.document.units.map((unit) => ({ unit, start: unit.span.start, end: unit.span.end })).sort((a, b) => a.start - b.start || b.end - a.end);
    return innermost(this.#stretches, offset)?.unit ?? null;
  }

  get furniture(): readonly { readonly start: number; readonly end: number }[] {
    return (this.#furniture ??= pageFurniture(this.document.text));
  }
}

interface Kept {
  readonly stamp: string;
  readonly reading: Promise<TextReading | null>;
}

/** What open documents are read as, once per version: outline, folding, links and definitions share it. Opens no store. */
export class TextReadings {
  readonly #documents: OpenDocuments;
  readonly #engines: Engines;
  readonly #settings: SettingsReader;
  readonly #kept = new Map<string, Kept>();

  constructor(documents: OpenDocuments, engines: Engines, settings: SettingsReader) {
    this.#documents = documents;
    this.#engines = engines;
    this.#settings = settings;
  }

  /** Null where the document is not open, cannot be read, or is read as another text than the editor shows (JSON). */
  async of(uri: string, signal: AbortSignal): Promise<TextReading | null> {
    const version = this.#documents.version(uri);
    if (version === null) return null;
    const { documentKinds, maxSizeMb } = await this.#settings(uri);
    signal.throwIfAborted();
    const corrections = await this.#corrections(uri);
    signal.throwIfAborted();
    const stamp = JSON.stringify([version, documentKinds, maxSizeMb, corrections]);
    const kept = this.#kept.get(uri);
    this.#kept.delete(uri);
    const now = kept?.stamp === stamp ? kept : { stamp, reading: this.#read(uri, version, { documentKinds, maxSizeMb }, corrections, kept !== undefined) };
    this.#kept.set(uri, now);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_READINGS && oldest !== undefined) this.#kept.delete(oldest);
    const reading = await now.reading;
    signal.throwIfAborted();
    return reading;
  }

  /** What readers said of its cut. A file of them that is not understood is told by what changes it and by runs: an outline is still given. */
  async #corrections(uri: string): Promise<readonly Correction[]> {
    const path = pathOf(uri);
    if (path === null) return [];
    const { root } = await this.#engines.home(uri);
    try {
      return (await savedCorrections(correctionsFolder(root, path))).get(path) ?? [];
    } catch (thrown) {
      if (thrown instanceof UsageError) return [];
      throw thrown;
    }
  }

  async #read(uri: string, version: number, settings: Pick<Settings, 'documentKinds' | 'maxSizeMb'>, corrections: readonly Correction[], again: boolean): Promise<TextReading | null> {
    const text = this.#documents.normalisedText(uri);
    if (text === null || text.length > MAX_RESULT_TEXT || text.trim() === '') return null;
    if (again && text.length > LONG_TEXT) {
      await pause(PAUSE_MS);
      if (this.#documents.version(uri) !== version) {
        throw new FailureError({ code: 'cancelled', message: 'The text was edited again.', retry: 'now' });
      }
    }
    const key = documentKey(uri, await this.#engines.home(uri));
    const read = readEditorText({ key, path: pathOf(uri) ?? key, text, corrections }, settings);
    // A table of records, or JSON that is no transcript: nothing to outline, and a run says why it cannot be read.
    if (!read.ok && (read.failure.code === 'unreadable' || read.failure.code === 'tooLarge')) return null;
    const document = valueOf(read);
    return document.text === text ? new TextReading(document) : null;
  }
}
