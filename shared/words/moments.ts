/** `24 Nov 2026, 14:09` in the reader's own time zone and order of day and month. */
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function momentWords(milliseconds: number): string {
  return MOMENT.format(milliseconds);
}
