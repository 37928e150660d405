import type { OutputUnit } from '../../../../shared/model.ts';
import type { TextRange } from '../../../../shared/words/textParts.ts';

/** A heading further into the unit than this is a mention, not its heading. */
const HEADING_WITHIN = 200;

export interface UnitWords {
  readonly text: string;
  /** Offset of `text` in the document, to which spans refer. */
  readonly start: number;
  /** Ranges of `text` that are no part of the words: page furniture and hyphens at line ends. */
  readonly omitted: readonly TextRange[];
}

/** A unit's words without the number and heading that stand above them in every list. */
export function unitWords(unit: OutputUnit): UnitWords {
  const quote = unit.span.quote;
  let from = 0;
  for (const name of [unit.number, unit.title]) {
    if (name === undefined || name === '') continue;
    const at = quote.indexOf(name, from);
    if (at !== -1 && at <= HEADING_WITHIN) from = at + name.length;
  }
  const rest = quote.slice(from);
  if (from > 0) from += /^[\s.:*_#\u2013\u2014-]*/.exec(rest)?.[0].length ?? 0;
  // A unit that is nothing but its heading keeps it: it is all the words there are.
  if (quote.slice(from).trim() === '') from = 0;
  const start = unit.span.start + from;
  const omitted = (unit.omitted ?? []).map((range) => ({ start: range.start - start, end: range.end - start })).filter(({ end }) => end > 0);
  return { text: quote.slice(from).trimEnd(), start, omitted };
}
