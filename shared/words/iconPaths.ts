import type { Outcome, Relation } from '../model.ts';

export type IconName = Relation | Exclude<Outcome, 'decided'> | 'moved' | 'arrow';

/** Drawings of relations and outcomes: 16 x 16 units, stroke only, in the current colour. */
export const ICON_PATHS: Readonly<Record<IconName, string>> = {
  same: 'M3 6h10M3 10h10',
  reworded: 'M2 6q2-3 4 0t4 0 4 0M2 11q2-3 4 0t4 0 4 0',
  changed: 'M3 6h10M3 10h10M10.5 3 5.5 13',
  split: 'M2 8h4l3-4h4M6 8l3 4h4M11 2l2 2-2 2M11 10l2 2-2 2',
  merged: 'M2 4h4l3 4h4M2 12h4l3-4M11 6l2 2-2 2',
  covered: 'M2.5 2.5h11v11h-11zM6 6h4v4H6z',
  missing: 'M2.5 5V2.5H5M7 2.5h2M11 2.5h2.5V5M13.5 7v2M13.5 11v2.5H11M9 13.5H7M5 13.5H2.5V11M2.5 9V7M5.5 8h5',
  new: 'M2.5 2.5h11v11h-11zM5.5 8h5M8 5.5v5',
  abstained: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M6 6.2q.2-2 2-2t2 1.7q0 1-1.2 1.7-.8.5-.8 1.400M8 11v.8',
  skipped: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M12.5 3.5l-9 9',
  failed: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M5.5 5.5l5 5M10.5 5.5l-5 5',
  moved: 'M3 13V8q0-3 3-3h7M10 2l3 3-3 3',
  arrow: 'M2 8h11M9.5 4.5 13 8l-3.5 3.5',
};
