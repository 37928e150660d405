import type { TextPlace } from '../../../../shared/model.ts';
import { blanksIn } from './blanks.ts';
import { placesWithin } from './optionBox.ts';
import { citationsIn } from './planCitation.ts';

/** A title longer than this is cut at a word, in UTF-16 code units. */
const MAX_TITLE = 120;
/** `(select one)`, `Check all that apply:` */
export const INSTRUCTION = /\((?:please )?(?:select|choose|check|elect|mark|complete)\b[^()\n]{0,80}\)|\b(?:please )?(?:select|choose|check|mark) (?:only |just )?(?:one|all|any|each|the)\b[^.:;()\n]{0,60}[.:]?/gi;

/** A heading's words without citations and instructions. */
export function plainTitle(title: string): string {
  const plain = questionTitle(title, { start: 0, end: title.length });
  return plain === '' ? title : plain;
}

/** The words of a question on one line: its first sentence, without instructions, citations, blanks, marks of type and the hyphens of `broken` words. */
export function questionTitle(text: string, { start, end }: TextPlace, broken: readonly TextPlace[] = []): string {
  const words = text.slice(start, end);
  const out = [
    ...citationsIn(text, { start, end }), ...blanksIn(text, { start, end }, []),
    ...[...words.matchAll(INSTRUCTION)].map((match) => ({ start: start + match.index, end: start + match.index + match[0].length })),
  ].map((place) => ({ ...place, shown: ' ' }));
  const hyphens = placesWithin(broken, start, end).map((place) => ({ ...place, shown: '' }));
  let kept = '';
  let from = start;
  for (const place of [...out, ...hyphens].sort((a, b) => a.start - b.start)) {
    if (place.start < from) continue;
    kept += text.slice(from, place.start) + place.shown;
    from = place.end;
  }
  kept = (kept + text.slice(from, end)).replace(/\*\*|^#+/g, '').replace(/\s+/g, ' ').trim();
  const sentence = /^[^.?:]{3,}?(?:[.?:](?= |$)|$)/.exec(kept)?.[0] ?? kept;
  const line = sentence.replace(/[\s.:;,*-]+$/, '').replace(/^[\s.:;,-]+/, '');
  if (line.length <= MAX_TITLE) return line;
  const cut = line.lastIndexOf(' ', MAX_TITLE);
  return line.slice(0, cut > 0 ? cut : MAX_TITLE).replace(/[\uD800-\uDBFF]$/, '');
}
