/** A sentence of a turn, by its offsets in the document. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A sentence longer than this is cut at the next space, so that no rule ever reads without end. */
const MAX_SENTENCE = 600;
/** Shortened words whose full stop ends no sentence. */
const SHORTENED = /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|hon|st|sec|no|vs|e\.g|i\.e|etc|inc|co|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[a-z])\.$/i;

function isSpace(code: number): boolean {
  return code <= 32 || code === 0xa0;
}

/** Sentences of `text` between two offsets, in order; white space between them is left out. */
export function sentencesOf(text: string, start: number, end: number): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let from = start;
  const close = (to: number): void => {
    let left = from;
    let right = to;
    while (left < right && isSpace(text.charCodeAt(left))) left += 1;
    while (right > left && isSpace(text.charCodeAt(right - 1))) right -= 1;
    if (left < right) sentences.push({ start: left, end: right, text: text.slice(left, right) });
    from = to;
  };
  for (let at = start; at < end; at += 1) {
    const sign = text[at];
    const last = at + 1 >= end;
    const before = sign === '.' ? text.slice(Math.max(from, at - 8), at + 1) : '';
    const stop = (sign === '.' || sign === '?' || sign === '!') && (last || isSpace(text.charCodeAt(at + 1)) || /["'\u201d)]/.test(text[at + 1] ?? ''));
    if (stop && !(sign === '.' && SHORTENED.test(before))) {
      let to = at + 1;
      while (to < end && /["'\u201d)]/.test(text[to] ?? '')) to += 1;
      close(to);
      at = to - 1;
    } else if (at - from >= MAX_SENTENCE && isSpace(text.charCodeAt(at))) close(at);
  }
  close(end);
  return sentences;
}
