import { digitsCost, pieceAt, signsCost, wordCost } from './tokenPieces.ts';

/** Largest error on a sample of 500 tokens or more, as a share of the true count. */
export const MEASURED_ERROR = 0.06;

/** What a character of ASCII is. Everything else is read by its Unicode class, which takes five times as long. */
const OTHER = 0;
const SMALL = 1;
const CAPITAL = 2;
const DIGIT = 3;
const BLANK = 4;
const SIGN = 5;
/** Behind the last character. */
const END = 6;
const ASCII = 128;
const SPACE = 0x20;
const LINE_END = 0x0a;
const SLASH = 0x2f;

const CLASSES = Uint8Array.from({ length: ASCII }, (_, code) => classOf(String.fromCharCode(code)));

function classOf(sign: string): number {
  if (/[a-z]/.test(sign)) return SMALL;
  if (/[A-Z]/.test(sign)) return CAPITAL;
  if (/\d/.test(sign)) return DIGIT;
  return /\s/.test(sign) ? BLANK : SIGN;
}

function classAt(text: string, at: number): number {
  if (at >= text.length) return END;
  const code = text.charCodeAt(at);
  return code < ASCII ? (CLASSES[code] as number) : OTHER;
}

function endOf(kind: number, text: string, start: number): number {
  let end = start + 1;
  while (classAt(text, end) === kind) end += 1;
  return end;
}

/**
 * How many tokens a text is to a language model, without the tables of any tokenizer: those of one encoding cost 75 MB and
 * half a second, and models have different ones. Held against the encodings o200k_base and cl100k_base on every sample text:
 * within MEASURED_ERROR of either. For sizing of batches and for usage that a provider does not report, which is then
 * marked as estimated; never for a bill.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  // Pieces as pieceAt reads them, those of ASCII without its expression: every call of a model is measured.
  for (let at = 0; at < text.length; ) {
    const from = text.charCodeAt(at) === SPACE && takesSpace(classAt(text, at + 1)) ? at + 1 : at;
    const kind = classAt(text, from);
    const run = endOf(kind, text, from);
    if (kind === SMALL) {
      tokens += wordCost(run - from, false);
      at = run;
    } else if (kind === CAPITAL) {
      const end = endOfCapitals(text, from, run);
      tokens += wordCost(end - from, end <= run);
      at = end;
    } else if (kind === OTHER || classAt(text, run) === OTHER) {
      const piece = pieceAt(text, at);
      tokens += piece.cost;
      at = piece.end;
    } else if (kind === DIGIT) {
      tokens += digitsCost(run - from);
      at = run;
    } else if (kind === SIGN) {
      tokens += signsCost(text.slice(from, run));
      at = endOfSigns(text, run);
    } else {
      tokens += 1;
      at = endOfBlanks(text, from, run);
    }
  }
  return Math.ceil(tokens);
}

function takesSpace(kind: number): boolean {
  return kind === SMALL || kind === CAPITAL || kind === SIGN;
}

/** One capital begins a word of small letters; of several, the last one does. */
function endOfCapitals(text: string, from: number, run: number): number {
  if (classAt(text, run) !== SMALL) return run;
  return run - from === 1 ? endOf(SMALL, text, run) : run - 1;
}

function endOfSigns(text: string, run: number): number {
  let end = run;
  for (let code = text.charCodeAt(end); code === LINE_END || code === SLASH; code = text.charCodeAt(end)) end += 1;
  return end;
}

/** Up to the last end of a line; otherwise up to the space that belongs to a word. */
function endOfBlanks(text: string, from: number, run: number): number {
  for (let end = run; end > from; end -= 1) if (text.charCodeAt(end - 1) === LINE_END) return end;
  return run < text.length && run - from > 1 && text.charCodeAt(run - 1) === SPACE ? run - 1 : run;
}
