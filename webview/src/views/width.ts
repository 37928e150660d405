/** At this width of the panel and below, rows have two lines. Pixels; the style sheets have the same border. */
const NARROW = 560;

const query = window.matchMedia(`(max-width: ${String(NARROW)}px)`);

export function isNarrow(): boolean {
  return query.matches;
}
