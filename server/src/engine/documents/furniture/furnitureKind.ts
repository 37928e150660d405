/** What stands on a page and belongs to no provision. */
export type FurnitureKind = 'pageMark' | 'runningLine' | 'watermark';

/** What each line of a text is, by index; null for the document's own words. Filled in by one finder after the other. */
export type LineKinds = (FurnitureKind | null)[];
