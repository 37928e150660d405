import { spokenText, type Places, type SpokenText, type SpokenUnit } from '../../documents/spokenText.ts';

/** What people say while they look for the next word, with its commas. */
const FILLER = String.raw`\b(?:um+|uh+m?|er|erm|mm+|hmm+|mhm)\b,?\s*|,(?=\s+(?:um+|uh+m?|er|erm)\b,)|(?<=,\s*)(?:you know|i mean),\s*|(?<!\b(?:a|an|the|this|that|what|some|any|which|every|one|same|these|those|of)\s)\b(?:sort|kind) of\s+(?=[a-z])`;
/** A short word said twice, or a word broken off and said again: "the the", "I I'll", "we- we". */
const STUTTER = String.raw`\b([A-Za-z']{1,5})(?:-{1,2}|,|\.{3})?\s+(?=\1\b)|\b[A-Za-z]{1,8}-{1,2}\s+(?=[A-Za-z])`;
const LEFT_OUT = new RegExp(`${FILLER}|${STUTTER}`, 'gi');

/** The words of a turn as the rules read them: without fillers and stutters, every code unit with its place. */
export function plainSpeech(text: string, unit: SpokenUnit): SpokenText {
  const spoken = spokenText(text, unit);
  const parts: string[] = [];
  const offsets: number[] = [];
  let from = 0;
  const keep = (to: number): void => {
    parts.push(spoken.text.slice(from, to));
    for (let at = from; at < to; at += 1) offsets.push(spoken.offsets[at] ?? 0);
  };
  for (const found of spoken.text.matchAll(LEFT_OUT)) {
    keep(found.index);
    from = found.index + found[0].length;
  }
  keep(spoken.text.length);
  return { text: parts.join(''), offsets, gaps: spoken.gaps };
}

/** The document's words at places of it, on one line. */
export function wordsAt(text: string, places: Places): string {
  return places.map(({ start, end }) => text.slice(start, end)).join(' ').replace(/\s+/g, ' ').trim();
}
