import { printable } from './printable.ts';

/** Markup that is safe to place: made by `html`, never from a document's text. */
export interface Html {
  readonly markup: string;
}
export type HtmlPart = Html | string | number | null | readonly HtmlPart[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function render(part: HtmlPart): string {
  if (part === null) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return printable(part).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
  if ('markup' in part) return part.markup;
  return part.map(render).join('');
}

/** Builds markup; every string put in is escaped, for text and for quoted attributes alike. */
export function html(pieces: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  let markup = '';
  for (const [at, piece] of pieces.entries()) {
    markup += piece;
    const part = parts[at];
    if (part !== undefined) markup += render(part);
  }
  return { markup };
}

/** Joins parts with a separator. */
export function joined(parts: readonly HtmlPart[], separator: HtmlPart): HtmlPart {
  return parts.flatMap((part, at) => (at === 0 ? [part] : [separator, part]));
}
