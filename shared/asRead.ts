/** Addresses of texts that stand in no file: what a model read from a picture, as a run has it. */

/** Their scheme; the client shows them, the server names them. */
export const AS_READ_SCHEME = 'collate-read';

export interface AsRead {
  readonly runId: string;
  /** Document key. */
  readonly document: string;
}

/** A tab shows it as `scan.png (as read)`. */
export function asReadUri({ runId, document }: AsRead): string {
  const name = document.slice(document.lastIndexOf('/') + 1);
  return `${AS_READ_SCHEME}:/${encodeURIComponent(`${name} (as read)`)}?${encodeURIComponent(JSON.stringify({ runId, document }))}`;
}

/** The text such an address means, by its decoded query. Null: it is written wrongly. */
export function asReadOf(query: string): AsRead | null {
  try {
    const { runId, document } = JSON.parse(query) as Partial<AsRead>;
    return typeof runId === 'string' && typeof document === 'string' ? { runId, document } : null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}
