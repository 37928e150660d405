import { FailureError, type Result } from '../../../../shared/failure.ts';
import type { DocumentSummary, Span, Unit } from '../../../../shared/model.ts';
import type { UnitText } from '../../../../shared/protocol/results.ts';
import type { RunStore } from '../ports.ts';

/** A provision longer than this is shown cut, in UTF-16 code units; the file has the rest. */
export const MAX_UNIT_TEXT = 20_000;
/** Texts kept for the next row that is opened; the store has them all. */
const KEPT_TEXTS = 4;

/** The first `length` code units, without half of a surrogate pair at the end. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? length - 1 : length);
}

/** The beginning of a span, as a span: its quote still equals the text between its ends. */
export function cutSpan(span: Span, length: number): Span {
  const quote = cutText(span.quote, length);
  return { ...span, end: span.start + quote.length, quote };
}

/** The words of units, out of the texts the store keeps. */
export class UnitTexts {
  readonly #store: RunStore;
  readonly #recent = new Map<string, string>();

  constructor(store: RunStore) {
    this.#store = store;
  }

  async text(document: DocumentSummary): Promise<string> {
    const kept = this.#recent.get(document.hash);
    if (kept !== undefined) return kept;
    const read = await this.#store.text(document.hash);
    if (!read.ok) throw new FailureError(read.failure);
    if (read.value === null) {
      throw new FailureError({
        code: 'unreadable',
        message: `The text of ${document.path} is no longer in the store. Start the run again.`,
        retry: 'never',
      });
    }
    this.#recent.set(document.hash, read.value);
    for (const hash of this.#recent.keys()) {
      if (this.#recent.size <= KEPT_TEXTS) break;
      this.#recent.delete(hash);
    }
    return read.value;
  }

  /** A unit with its words, both cut at `limit` code units. */
  async of(unit: Unit, document: DocumentSummary, limit = MAX_UNIT_TEXT): Promise<UnitText> {
    const text = (await this.text(document)).slice(unit.textStart, unit.textEnd);
    // The election of a long form would not fit a message; the output has it.
    const { election: _election, ...rest } = unit;
    const shown = { ...rest, span: cutSpan(unit.span, limit) };
    return { unit: shown, text: cutText(text, limit), truncated: text.length > limit, path: document.path };
  }
}

/** The value, or the failure as an exception, for code between two edges. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new FailureError(result.failure);
  return result.value;
}
