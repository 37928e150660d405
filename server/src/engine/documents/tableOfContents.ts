import type { Head } from './headingLine.ts';

/** Dot leaders and a page number at the end. */
const LEADERS = /(?:\.[ .]{3,}|\u2026+)[ \t]*(?:\d{1,4}|[ivxlc]{1,6})[ \t]*$/;
/** Nothing but a link into the same document. */
const INNER_LINK = /^[ \t]*(?:[-*+][ \t]+)?\[[^\]]{1,200}\]\(#[^)]{0,200}\)[ \t]*$/;
const LOOKED_AT = 450;
/** Lines below one heading of a table of contents, in UTF-16 code units. */
const MAX_CONTENTS_BLOCK = 10_000;
/** So many numbered headings in a row without text, all of which come again later, are a list of contents. */
const MIN_RUN = 4;

/** True for a line of a table of contents: leaders and a page, or a link to a heading. */
export function isContentsLine(line: string): boolean {
  return line.length <= LOOKED_AT && /[A-Za-z]/.test(line) && (LEADERS.test(line) || INNER_LINK.test(line));
}

function signature(head: Head): string {
  return `${head.number ?? ''} ${head.title}`.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
}

/** Headings of a table of contents without page numbers: a run without text but links, each of which stands again later. */
export function repeatedContents(heads: readonly Head[], text: string): ReadonlySet<Head> {
  const lastAt = new Map<string, number>();
  heads.forEach((head, index) => lastAt.set(signature(head), index));
  const repeated = new Set<Head>();
  let run: Head[] = [];
  const close = (): void => {
    if (run.length >= MIN_RUN) for (const head of run) repeated.add(head);
    run = [];
  };
  heads.forEach((head, index) => {
    const next = heads[index + 1]?.start ?? text.length;
    const words = text.slice(head.textAt, Math.min(next, head.textAt + MAX_CONTENTS_BLOCK));
    const bare = words.split('\n').every((line) => line.trim() === '' || isContentsLine(line));
    if (bare && (lastAt.get(signature(head)) ?? index) > index) run.push(head);
    else close();
  });
  close();
  return repeated;
}
