const known: { format?: Intl.DateTimeFormat } = {};

/** `24 Nov 2026, 14:09` in the reader's own time zone and order of day and month. */
export function momentWords(milliseconds: number): string {
  // Made with the first moment that is shown: it is the dearest thing a page could start with.
  known.format ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return known.format.format(milliseconds);
}
