/** At this width of the panel and below, rows have two lines. Pixels; the style sheets have the same border. */
const NARROW = 560;
/** Heights in pixels; the style sheet has the same ones. */
const ROW = { wide: 26, narrow: 48 } as const;

const query = window.matchMedia(`(max-width: ${String(NARROW)}px)`);

export function isNarrow(): boolean {
  return query.matches;
}

/** Height of a row of the list of matches as the panel is wide now. */
export function rowHeight(): number {
  return isNarrow() ? ROW.narrow : ROW.wide;
}
