import { canonicalJson, type JsonValue } from './canonicalJson.ts';

/**
 * Why a text is no answer. `truncated`: it ends inside its JSON. `notJson`: there is none, or it cannot be read.
 * `ambiguous`: several objects that differ. `mismatch`: JSON of another shape. `tooLarge`: no answer is so long or so deep.
 */
export interface AnswerProblem {
  readonly kind: 'truncated' | 'notJson' | 'ambiguous' | 'mismatch' | 'tooLarge';
  /** In words a model can act on; holds no value of the answer. */
  readonly detail: string;
}

export type ReadAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: AnswerProblem };

/** UTF-16 code units. The longest answers of today's models, 128,000 tokens, are about 600,000. */
export const MOST_ANSWER_LENGTH = 2_000_000;
/** Objects and lists inside each other. Schemas of answers have five. */
const MOST_DEPTH = 40;

/**
 * The JSON value in a model's text: bare, in a fence, behind prose or a thinking part, with trailing commas. One object is
 * taken, several only where they are equal. Nothing is ever run, and the cost grows with the length alone.
 */
export function readJson(text: string): ReadAnswer<unknown> {
  if (text.length > MOST_ANSWER_LENGTH) return problem('tooLarge', 'The answer is longer than any answer asked for.');
  const from = afterThinking(text);
  if (from === null) return problem('truncated', 'The answer ends before its JSON begins.');
  const found: { readonly value: unknown; readonly json: string }[] = [];
  let trouble: AnswerProblem | null = null;
  for (let at = from; (at = nextOpening(text, at)) !== -1; ) {
    const piece = balanced(text, at);
    if (piece.depth > MOST_DEPTH) return problem('tooLarge', 'The answer is nested deeper than any answer asked for.');
    if (piece.end === null) {
      trouble = { kind: 'truncated', detail: 'The answer ends inside its JSON.' };
      break;
    }
    const value = parsed(piece.json);
    if (value.ok) found.push({ value: value.value, json: piece.json });
    else trouble ??= value.problem;
    if (found.length > MOST_VALUES) return SEVERAL;
    at = piece.end;
  }
  return chosen(found, trouble);
}

/** Values in one answer that are looked at; prose has few brackets that hold JSON. */
const MOST_VALUES = 20;
const SEVERAL = problem('ambiguous', 'The answer holds several JSON objects; exactly one is asked for.');

/** Objects before lists: every answer is an object, and prose has brackets. */
function chosen(found: readonly { readonly value: unknown; readonly json: string }[], trouble: AnswerProblem | null): ReadAnswer<unknown> {
  const objects = found.filter(({ json }) => json.startsWith('{'));
  // What broke off may have been the answer, and what stands before it a draft.
  if (trouble?.kind === 'truncated') return { ok: false, problem: trouble };
  const candidates = objects.length > 0 ? objects : found;
  const [first] = candidates;
  if (first === undefined) return { ok: false, problem: trouble ?? { kind: 'notJson', detail: 'The answer holds no JSON object.' } };
  const json = candidates.length === 1 ? '' : canonicalJson(first.value as JsonValue);
  return candidates.every((each) => each === first || canonicalJson(each.value as JsonValue) === json) ? { ok: true, value: first.value } : SEVERAL;
}

function problem(kind: AnswerProblem['kind'], detail: string): { readonly ok: false; readonly problem: AnswerProblem } {
  return { ok: false, problem: { kind, detail } };
}

const THINKING = ['<think>', '</think>'] as const;

/** Behind the thinking part that some models put first; null where it never ends. */
function afterThinking(text: string): number | null {
  const start = text.search(/[^\s\ufeff]/u);
  if (start === -1 || !text.startsWith(THINKING[0], start)) return 0;
  const end = text.indexOf(THINKING[1], start);
  return end === -1 ? null : end + THINKING[1].length;
}

function nextOpening(text: string, from: number): number {
  OPENING.lastIndex = from;
  return OPENING.exec(text)?.index ?? -1;
}
const OPENING = /[{[]/g;

interface Piece {
  /** Behind its last bracket; null where the text ends before. */
  readonly end: number | null;
  /** Without trailing commas. */
  readonly json: string;
  readonly depth: number;
}

/** The object or list that begins at `start`, brackets in strings aside. Stops where it is too deep. */
function balanced(text: string, start: number): Piece {
  const cuts: number[] = [];
  let comma = -1;
  let open = 0;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const sign = text.charAt(at);
    if (WHITE.has(sign)) continue;
    if (sign === ',') {
      comma = at;
      continue;
    }
    if (sign === '"') {
      at = stringEnd(text, at + 1);
      if (at === -1) break;
    } else if (sign === '{' || sign === '[') {
      depth = Math.max(depth, ++open);
      if (depth > MOST_DEPTH) break;
    } else if (sign === '}' || sign === ']') {
      if (comma !== -1) cuts.push(comma);
      // Brackets that do not fit each other are left for the parser to name.
      if (--open === 0) return { end: at + 1, json: without(text, start, at + 1, cuts), depth };
    }
    comma = -1;
  }
  return { end: null, json: '', depth };
}
const WHITE: ReadonlySet<string> = new Set([' ', '\n', '\r', '\t']);

/** Where the quotation mark stands that ends the string begun before `from`; -1 where none does. */
function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '"') return at;
    if (sign === '\\') at++;
  }
  return -1;
}

function without(text: string, start: number, end: number, cuts: readonly number[]): string {
  const pieces: string[] = [];
  let from = start;
  for (const cut of cuts) {
    pieces.push(text.slice(from, cut));
    from = cut + 1;
  }
  pieces.push(text.slice(from, end));
  return pieces.join('');
}

const SURROGATE = /[\ud800-\udfff]|\\u[dD][89a-fA-F]/;

/** Halves of surrogate pairs become the replacement character: they cannot be stored, and no document has them. */
function parsed(json: string): ReadAnswer<unknown> {
  try {
    const whole = SURROGATE.test(json) ? (_: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value) : undefined;
    return { ok: true, value: JSON.parse(json, whole) as unknown };
  } catch {
    return problem('notJson', 'The JSON of the answer cannot be read: see that quotation marks, commas, brackets and line ends in strings are right.');
  }
}
