/** What an estimate has read need not be read again by the run that follows it, where the text is the same. */
import type { Result } from '../../../../shared/failure.ts';
import type { CollateDocument } from '../documents/document.ts';
import type { Readers, TextSource } from './readInputs.ts';

/** Documents of one run. */
const MOST_KEPT = 2;

interface Reading {
  readonly text: string;
  /** All else that decides what is read. */
  readonly names: string;
  readonly document: CollateDocument;
}

/** Holds a reading, or lets go of it when memory is wanted. */
export type Hold = (reading: Reading) => () => Reading | undefined;

const weakly: Hold = (reading) => {
  const held = new WeakRef(reading);
  return () => held.deref();
};

function namesOf({ text: _, ...names }: TextSource, doubt: string | undefined): string {
  return JSON.stringify([names.key, names.path, names.kind ?? '', names.corrections ?? [], doubt ?? '']);
}

export class ReadBefore {
  /** Readers that remember what they read. */
  readonly remembering: Readers;
  /** Readers that take what was remembered. */
  readonly recalling: Readers;
  readonly #kept: (() => Reading | undefined)[] = [];

  constructor(readers: Readers, hold: Hold = weakly) {
    this.remembering = {
      ...readers,
      readText: (source, doubt) => {
        const read = readers.readText(source, doubt);
        if (!read.ok) return read;
        this.#kept.push(hold({ text: source.text, names: namesOf(source, doubt), document: read.value }));
        if (this.#kept.length > MOST_KEPT) this.#kept.shift();
        return read;
      },
    };
    this.recalling = { ...readers, readText: (source, doubt) => this.#recalled(source, doubt) ?? readers.readText(source, doubt) };
  }

  #recalled(source: TextSource, doubt: string | undefined): Result<CollateDocument> | null {
    const names = namesOf(source, doubt);
    const found = this.#kept.map((held) => held()).find((reading) => reading?.names === names && reading.text === source.text);
    return found === undefined ? null : { ok: true, value: found.document };
  }
}
