import type { OutputUnit } from '../../../../shared/model.ts';
import { counted } from '../../../../shared/words/format.ts';
import { html, type Html, type HtmlPart } from './html.ts';
import { reflow, type TextPart } from '../../../../shared/words/textParts.ts';

/** Where the rest of a cut text can be read. */
function rest(length: number, unit: OutputUnit): Html {
  return html` <span class="dim">(${counted(length, 'more character')} in ${unit.span.document}, from line ${unit.span.line})</span>`;
}

/** Text of a unit with its marks, at most `limit` characters of it. `tag` marks what only this side has. */
export function markedWords(parts: readonly TextPart[], tag: 'del' | 'ins', unit: OutputUnit, limit: number): Html {
  const out: HtmlPart[] = [];
  let left = limit;
  let dropped = 0;
  let lastFact: number | null = null;
  for (const part of parts) {
    if (left <= 0) {
      dropped += part.text.length;
      continue;
    }
    const text = part.text.slice(0, left);
    dropped += part.text.length - text.length;
    left -= text.length;
    const said: HtmlPart = part.only ? (tag === 'del' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`) : text;
    const number = part.fact !== null && part.fact !== lastFact ? html`<sup>${part.fact}</sup>` : null;
    out.push(part.fact === null ? said : html`${number}<mark>${said}</mark>`);
    lastFact = part.fact;
  }
  return html`<p class="text">${out}${dropped > 0 ? rest(dropped, unit) : null}</p>`;
}

/** Text of a unit without marks. */
export function plainWords(text: string, unit: OutputUnit, limit: number): Html {
  return markedWords([{ text: reflow(text), only: false, fact: null }], 'del', unit, limit);
}
