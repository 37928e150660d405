import { matched, type EntityFinder } from './entity.ts';

/** Web addresses, and the target of a Markdown link: `](address)`. */
const LINK = /\]\([^()\s]{0,2000}\)|\b(?:https?:\/\/|www\.)[^\s()<>"\]]{1,2000}/giu;

/** Addresses outside the document. Their digits are no numbers of the text. */
export const findLinks: EntityFinder = (text) =>
  matched(text, LINK, 'link', ([link]) => (link.startsWith('](#') ? INSIDE : addressOf(link)));

/** Anchors of the document itself are printed numbers in another form: one is like the other. */
const INSIDE = '#';

function addressOf(link: string): string {
  return link.replace(/^\]\(|\)$|[.,;:]+$/gu, '').replace(/^https?:\/\/(?:www\.)?|\/$/giu, '').toLowerCase();
}

/** The text with addresses blanked, at the same length. */
export function withoutLinks(text: string): string {
  return text.replace(LINK, (link) => ' '.repeat(link.length));
}
