import { TextMapper } from '../text/textMapper.ts';
import { PlacedDocument } from './placedDocument.ts';

/** Documents kept placed; a crosswalk has two, a few windows side by side a few. */
const KEPT_DOCUMENTS = 8;

interface Kept {
  readonly before: string;
  readonly document: PlacedDocument;
}

/** The documents of runs in their texts of now. After an edit only the edit is aligned again. */
export class PlacedDocuments {
  /** By URI and hash of the text the run read, the least recently used first. */
  readonly #kept = new Map<string, Kept>();

  of(uri: string, readHash: string, before: string, now: string): PlacedDocument {
    const name = `${readHash} ${uri}`;
    const kept = this.#kept.get(name);
    const known = kept?.before === before ? kept.document : null;
    const document = known?.text === now ? known : new PlacedDocument(uri, now, known?.mapper.edited(now) ?? new TextMapper(before, now));
    this.#kept.delete(name);
    this.#kept.set(name, { before, document });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_DOCUMENTS && oldest !== undefined) this.#kept.delete(oldest);
    return document;
  }
}
