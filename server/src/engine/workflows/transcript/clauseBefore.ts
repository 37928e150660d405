/** The words of the same clause in front of an offset. */
export function clauseBefore(text: string, index: number): string {
  const before = text.slice(0, index);
  const cut = [...before.matchAll(/[,;:\u2014]| - | (?:and|but|so) /g)].at(-1);
  return cut === undefined ? before : before.slice(cut.index + cut[0].length);
}

/** Inside quotation marks somebody else's words are told. */
export function isQuoted(text: string, index: number): boolean {
  const before = text.slice(0, index);
  const double = before.match(/["\u201c\u201d]/g)?.length ?? 0;
  // The mark may stand right in front of the words looked at.
  const single = text.slice(0, index + 1).match(/(?:^|[\s\u2014(,:])['\u2018](?=\p{Lu})/gu)?.length ?? 0;
  const closed = before.match(/[a-z.,!?]'(?=[\s.,;)]|$)/g)?.length ?? 0;
  return double % 2 === 1 || single > closed;
}
