/** A box that is ticked or not. Offsets are in the text it was found in. */
export interface OptionBox {
  readonly start: number;
  readonly end: number;
  readonly selected: boolean;
  /** `round` boxes, as radio buttons, take one answer. */
  readonly shape: 'square' | 'round' | 'line';
}

const TICK = '[xX\u2713\u2714\u2715\u2716\u2717\u2718]';
/** `[ ]`, `[x]`, `[_x_]`, also with Markdown's backslashes; a link `[x](...)` is none. */
const SQUARE = `\\\\?\\[(?:[ \\u00a0_]{0,3}(${TICK})[ \\u00a0_]{0,3}|[ \\u00a0]{1,3}|_{1,3}|)\\\\?\\](?!\\()`;
const ROUND = `\\((?:[ \\u00a0_]{0,3}(${TICK})[ \\u00a0_]{0,3}|[ \\u00a0]{1,3}|_{1,3})\\)(?=[ \\t\\n]|$)`;
const DRAWN = '([\u2610\u25a1\u25a2\u274f\u2751\u2b1c\u25fb])|([\u2611\u2612\u25a0\u25a3\u2705\u2b1b\u25fc])|([\u25ef\u25cb])(?=[ \\t])|([\u25c9\u29bf])';
const BOX = new RegExp(`${SQUARE}|${ROUND}|${DRAWN}`, 'g');

/** A list's mark behind a line that stands for a box: `___ a.`, `_X_ (ii)`. */
const MARK = '\\(?(?:[A-Za-z]|[ivx]{2,5}|\\d{1,2})[.)]';
/** `____ a. No minimum age` at the start of a line, or `___ Yes` anywhere. */
const LINE_AT_START = new RegExp(`^([ \\t]*(?:[-*+\u2022][ \\t]+)?)(_{2,8}|_{1,6}(${TICK})_{0,6})(?=[ \\t]+(${MARK}[ \\t])?\\S)`, 'gm');
const LINE_YES_NO = new RegExp(`(?<=[ \\t])(_{2,8}|_{1,6}(${TICK})_{0,6})(?=[ \\t]{0,2}(?:Yes|No|None|N/A)\\b)`, 'g');

/** `(x)` is the tenth numeral or the letter after `(w)` where no empty round box stands in the same text. */
const EMPTY_ROUND = /\((?:[ \u00a0]{1,3}|_{1,3})\)(?=[ \t\n]|$)/;
const LETTER_BEFORE = /\((?:w|ix)\)/i;
/** So far back a list's item before `(x)` is looked for, in UTF-16 code units. */
const LIST_BACK = 600;

function isNumeral(text: string, box: { readonly start: number; readonly selected: boolean }, hasEmptyRound: boolean): boolean {
  return box.selected && (!hasEmptyRound || LETTER_BEFORE.test(text.slice(Math.max(0, box.start - LIST_BACK), box.start)));
}

/** Lines that stand for boxes: with an `X` in them or a list mark behind them, or several of one block of lines. */
function lineBoxes(text: string): OptionBox[] {
  const found: (OptionBox & { readonly sure: boolean })[] = [];
  for (const match of text.matchAll(LINE_AT_START)) {
    const [, lead = '', line = '', tick, mark] = match;
    const start = match.index + lead.length;
    found.push({ start, end: start + line.length, selected: tick !== undefined, shape: 'line', sure: tick !== undefined || mark !== undefined });
  }
  for (const match of text.matchAll(LINE_YES_NO)) {
    found.push({ start: match.index, end: match.index + match[0].length, selected: match[2] !== undefined, shape: 'line', sure: true });
  }
  found.sort((a, b) => a.start - b.start);
  const inBlockWith = (a: OptionBox | undefined, b: OptionBox | undefined): boolean =>
    a !== undefined && b !== undefined && b.start - a.end < LIST_BACK && !/\n[ \t]*\n/.test(text.slice(a.end, b.start));
  return found.flatMap(({ sure, ...box }, at) => (sure || inBlockWith(found[at - 1], box) || inBlockWith(box, found[at + 1]) ? [box] : []));
}

/** Every option box of a text, in order. */
export function optionBoxes(text: string): readonly OptionBox[] {
  const hasEmptyRound = EMPTY_ROUND.test(text);
  const boxes: OptionBox[] = lineBoxes(text);
  for (const match of text.matchAll(BOX)) {
    const [whole, square, round, , drawnFull, , radioFull] = match;
    const box = { start: match.index, end: match.index + whole.length, selected: [square, round, drawnFull, radioFull].some((one) => one !== undefined) };
    const isRound = whole.startsWith('(');
    if (isRound && isNumeral(text, box, hasEmptyRound)) continue;
    boxes.push({ ...box, shape: isRound || match[5] !== undefined || radioFull !== undefined ? 'round' : 'square' });
  }
  return boxes.sort((a, b) => a.start - b.start);
}

/** Those of `places` (in order, apart from each other) that lie in a stretch. */
export function placesWithin<T extends { readonly start: number; readonly end: number }>(places: readonly T[], start: number, end: number): readonly T[] {
  const first = (limit: number): number => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle]?.start ?? 0) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return places.slice(first(start), first(end));
}
