import type { CollateDocument } from '../../engine/index.ts';

/** Numbered sections, and their share of all, from which any document is one that is cited by number. */
const NUMBERED = { units: 5, share: 0.5 };
/** `4.2`, `3.01(c)`, `ARTICLE V`: not the `1` of a list or of a step. */
const SECTION_NUMBER = /\d\.\d|^(?:article|section|part|\u00a7)\s?\S/i;

/**
 * True where outline, folding and links are Collate's to give: kinds that only it reads, and any document whose sections
 * are numbered. VS Code outlines Markdown by itself, and a README or a note would have every heading twice.
 */
export function isOutlined({ kind, units }: CollateDocument): boolean {
  if (kind === 'transcript' || kind === 'basicPlanDocument' || kind === 'adoptionAgreement') return true;
  if (kind !== 'document') return false;
  const numbered = units.filter(({ number }) => number !== undefined && SECTION_NUMBER.test(number)).length;
  return numbered >= NUMBERED.units && numbered >= units.length * NUMBERED.share;
}
